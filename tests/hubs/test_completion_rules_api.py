"""`/v1/completion-rules`: what a run is judged by is data, proposed by one person and approved by another."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from builders import a_fresh_key, a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import CpdCompleted
from hubs_network import Network

PROPOSER, APPROVER = staff("administrator"), staff("administrator")
COURSE: dict[str, Any] = {
    "scope": "course",
    "applies_to": "CP008",
    "minimum_percent": "50",
    "valid_from_on": "2020-01-01",
    "source": "Letter of the department, 14 July 2026",
}


async def post(network: Network, path: str, by: Principal, **body: object) -> httpx.Response:
    client = await network.service.client(by, **a_fresh_key())
    return await client.post(f"/v1/completion-rules{path}", json=body)


async def approved(network: Network, **rule: object) -> str:
    """The id of a rule in force."""
    made = await post(network, "", PROPOSER, **{**COURSE, **rule})
    assert made.status_code == 201, made.text
    decided = await post(network, f"/{made.json()['id']}/decision", APPROVER, outcome="approved", reason="As written.")
    assert decided.json()["status"] == "approved"
    return str(made.json()["id"])


async def half_attended(network: Network, **how: Any) -> tuple[UUID, str]:
    """A run that is over, of which somebody attended 60 of 120 minutes."""
    run_id = await network.run(minutes=(60, 60), **how)
    booking_id = (await network.book(run_id)).json()["id"]
    await network.hold(run_id)
    for ordinal, presence in ((1, "present"), (2, "absent")):
        await network.mark_session(run_id, ordinal, [{"booking_id": booking_id, "presence": presence}])
    return run_id, booking_id


async def rule_of(network: Network, run_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = (await network.register(run_id))["rule"]
    return found


async def test_one_rule_comes_with_the_platform_and_anybody_reads_it(network: Network) -> None:
    client = await network.service.client(anonymous())
    [rule] = (await client.get("/v1/completion-rules")).json()["data"]
    assert (rule["scope"], rule["minimum_percent"], rule["credit"]) == ("default", "80.00", "course_hours")
    assert rule["proposed_by"] is None


async def test_a_rule_counts_once_another_administrator_has_approved_it(network: Network) -> None:
    run_id, _ = await half_attended(network)
    made = (await post(network, "", PROPOSER, **COURSE)).json()
    assert (made["version"], made["status"]) == (1, "proposed")
    assert (await rule_of(network, run_id))["scope"] == "default"
    public = await network.service.client(a_teacher())
    assert (await public.get("/v1/completion-rules", params={"status": "proposed"})).json()["data"] == []
    decision = {"outcome": "approved", "reason": "As written."}
    own = await post(network, f"/{made['id']}/decision", PROPOSER, **decision)
    assert (own.status_code, own.json()["code"]) == (403, "completion-rule-needs-another")
    await post(network, f"/{made['id']}/decision", APPROVER, **decision)
    assert await rule_of(network, run_id) == {
        "id": made["id"],
        "scope": "course",
        "applies_to": "CP008",
        "version": 1,
        "minimum_percent": "50.00",
        "credit": "course_hours",
    }
    again = await post(network, f"/{made['id']}/decision", APPROVER, **decision)
    assert again.json()["code"] == "completion-rule-decided"
    nowhere = await post(network, f"/{new_id()}/decision", APPROVER, **decision)
    assert nowhere.json()["code"] == "completion-rule-not-found"


async def test_the_nearest_rule_of_the_runs_first_day_is_taken(network: Network) -> None:
    run_id, _ = await half_attended(network)
    programme = await approved(network, scope="programme", applies_to="core", minimum_percent="70")
    assert (await rule_of(network, run_id))["id"] == programme
    first = await approved(network)
    assert (await rule_of(network, run_id))["id"] == first
    tomorrow = str(clock.today() + timedelta(days=1))
    await approved(network, valid_from_on=tomorrow)
    await approved(network, valid_to_on="2020-12-31")
    await approved(network, applies_to="CP999")
    assert (await rule_of(network, run_id))["id"] == first


async def test_a_run_is_judged_by_one_rule_whatever_is_approved_later(network: Network) -> None:
    run_id, booking_id = await half_attended(network)
    await network.close(run_id)
    before = await rule_of(network, run_id)
    await approved(network)
    assert await rule_of(network, run_id) == before
    mark: list[dict[str, object]] = [{"booking_id": booking_id, "presence": "present", "minutes": 20}]
    await network.mark_session(run_id, 2, mark, reason="Came for the end of it.")
    [entry] = (await network.register(run_id))["entries"]
    assert (entry["outcome"], entry["minutes_attended"]) == ("incomplete", 80)


@pytest.mark.parametrize(("credit", "hours"), [("course_hours", 12), ("minutes_attended", 1)])
async def test_a_rule_says_for_how_much_a_run_counts(network: Network, credit: str, hours: int) -> None:
    await approved(network, credit=credit)
    run_id, _ = await half_attended(network)
    await network.close(run_id)
    [told] = await network.service.published(CpdCompleted)
    assert told.hours == Decimal(hours)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"applies_to": "CP777"}, "completion-rule-of-nothing"),
        ({"scope": "programme", "applies_to": "physics"}, "completion-rule-of-nothing"),
        ({"scope": "default"}, "validation-failed"),
        ({"minimum_percent": "0"}, "validation-failed"),
        ({"minimum_percent": "101"}, "validation-failed"),
        ({"valid_to_on": "2019-01-01"}, "validation-failed"),
        ({"source": "a letter"}, "validation-failed"),
    ],
)
async def test_a_rule_that_cannot_be_is_refused_by_its_name(network: Network, rule: dict[str, Any], code: str) -> None:
    refused = await post(network, "", PROPOSER, **{**COURSE, **rule})
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_without_a_rule_nothing_is_judged(network: Network) -> None:
    run_id, _ = await half_attended(network)
    await approved(network, scope="default", applies_to="everything", valid_from_on="2018-01-01")
    assert (await rule_of(network, run_id))["version"] == 2
    old = await network.run(minutes=(60,))
    booking_id = (await network.book(old)).json()["id"]
    await network.hold(old, days_ago=4000)
    assert (await network.close(old)).json()["code"] == "register-incomplete"
    assert (await network.close(old, unmarked_are_absent=True)).json()["code"] == "no-completion-rule"
    [entry] = (await network.register(old))["entries"]
    assert (entry["booking_id"], entry["outcome"], entry["sessions"][0]["presence"]) == (
        booking_id,
        "pending",
        "pending",
    )
