"""`/v1/kits` and `/v1/loans`: equipment between schools of a hub, one borrower at a time, damage dealt with."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import a_school_lead, a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.directory.models import HubSchool
from hubs.equipment.models import Loan
from hubs_outreach import FIRST, JSON, SCHOOLS, SECOND, STRANGER, THIRD, TODAY, Outreach, days

OWNER = THIRD
LENDERS = pytest.mark.parametrize("by_owner", [True, False], ids=["by its owner", "by the hub"])


async def a_kit(outreach: Outreach, **facts: object) -> JSON:
    """A kit that a school of the hub owns."""
    body: JSON = {
        "hub_id": str(outreach.hub_id),
        "owner_urn": OWNER,
        "kind": "microbits",
        "title": "Class set of micro:bits",
        "items_count": 30,
        "value_pence": 52_500,
        "condition": "good",
    }
    made = await outreach.post(outreach.hub_lead(), "/v1/kits", body | facts)
    assert made.status_code == 201, made.text
    found: JSON = made.json()
    return found


async def ask(outreach: Outreach, kit: JSON, urn: str = FIRST, first: int = 0, last: int = 6) -> httpx.Response:
    body = {"kit_id": kit["id"], "from_on": days(first), "due_on": days(last)}
    return await outreach.post(a_school_lead(urn), "/v1/loans", body)


async def step(
    outreach: Outreach, loan: JSON, what: str, body: JSON | None = None, by: Principal | None = None
) -> httpx.Response:
    return await outreach.post(by or a_school_lead(OWNER), f"/v1/loans/{loan['id']}/{what}", body)


async def agree(outreach: Outreach, loan: JSON, by: Principal | None = None) -> httpx.Response:
    return await step(outreach, loan, "decision", {"outcome": "agreed"}, by)


async def lent(outreach: Outreach, kit: JSON, urn: str = FIRST, last: int = 6) -> JSON:
    """A loan whose kit was collected today."""
    loan: JSON = (await ask(outreach, kit, urn, 0, last)).json()
    await agree(outreach, loan)
    collected = await step(outreach, loan, "collection")
    assert collected.status_code == 200, collected.text
    found: JSON = collected.json()
    return found


async def shift(outreach: Outreach, loan: JSON, by: int) -> None:
    """Let a loan have begun so many days earlier."""
    async with outreach.service.session() as session:
        row = await session.get_one(Loan, UUID(loan["id"]))
        row.from_on, row.due_on = row.from_on - timedelta(by), row.due_on - timedelta(by)


async def status(outreach: Outreach, kit: JSON) -> str:
    found: str = (await outreach.get(outreach.hub_lead(), f"/v1/kits/{kit['id']}")).json()["status"]
    return found


@LENDERS
async def test_a_kit_goes_out_and_comes_back_and_its_history_says_so(outreach: Outreach, by_owner: bool) -> None:
    lender = a_school_lead(OWNER) if by_owner else outreach.hub_lead()
    kit = await a_kit(outreach)
    loan = (await ask(outreach, kit)).json()
    assert (loan["status"], loan["is_free"], loan["asked_before"]) == ("requested", True, 0)
    assert (await agree(outreach, loan, lender)).json()["status"] == "agreed"
    assert await status(outreach, kit) == "available"
    out = (await step(outreach, loan, "collection", None, lender)).json()
    assert (out["lent_on"], out["items_lent"], await status(outreach, kit)) == (str(TODAY), 30, "out")
    found = {"items_returned": 30, "condition": "worn"}
    back = (await step(outreach, loan, "return", found, lender)).json()
    assert (back["status"], back["returned_on"], back["damage_reports"]) == ("returned", str(TODAY), [])
    shown = (await outreach.get(lender, f"/v1/kits/{kit['id']}")).json()
    assert (shown["status"], shown["condition"], shown["taken"]) == ("available", "worn", [])
    told = (await outreach.get(lender, f"/v1/kits/{kit['id']}/history", limit=3)).json()
    rest = await outreach.get(lender, f"/v1/kits/{kit['id']}/history", cursor=told["page"]["next_cursor"])
    steps = [one["step"] for one in (*told["data"], *rest.json()["data"])]
    assert steps == ["returned", "collected", "agreed", "requested"]


async def test_of_twenty_schools_that_ask_for_the_same_days_one_gets_them_and_the_others_wait(
    outreach: Outreach,
) -> None:
    kit = await a_kit(outreach)
    borrowers = [urn for urn in SCHOOLS[:21] if urn != OWNER]
    loans = [one.json() for one in await asyncio.gather(*(ask(outreach, kit, urn, 1, 7) for urn in borrowers))]
    lenders = (a_school_lead(OWNER), outreach.hub_lead())
    answers = await asyncio.gather(*(agree(outreach, loan, lenders[number % 2]) for number, loan in enumerate(loans)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"kit-taken"}
    waiting = (await outreach.get(outreach.hub_lead(), "/v1/loans", status="requested", limit=50)).json()["data"]
    assert [one["asked_before"] for one in waiting] == list(range(19))
    assert not any(one["is_free"] for one in waiting)
    [agreed] = (await outreach.get(outreach.hub_lead(), "/v1/loans", status="agreed")).json()["data"]
    await step(
        outreach, agreed, "cancellation", {"reason": "The trip was moved."}, a_school_lead(agreed["borrower_urn"])
    )
    assert (await agree(outreach, waiting[0])).json()["status"] == "agreed"


async def test_the_database_itself_refuses_to_promise_a_kit_twice(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    await agree(outreach, (await ask(outreach, kit, FIRST, 1, 7)).json())
    other = (await ask(outreach, kit, SECOND, 7, 9)).json()
    for change, constraint in (
        ("status = 'agreed'", "ex_loan_no_overlap"),
        ("status = 'lent', from_on = from_on + 1, lent_on = from_on", None),
    ):
        sql = text(f"UPDATE loan SET {change} WHERE id = '{other['id']}'")
        if constraint is None:
            async with outreach.service.session() as session:
                await session.execute(sql)
        else:
            with pytest.raises(IntegrityError, match=constraint):
                async with outreach.service.session() as session:
                    await session.execute(sql)
    with pytest.raises(IntegrityError, match="uq_loan_out"):
        async with outreach.service.session() as session:
            await session.execute(text("UPDATE loan SET status = 'lent', lent_on = from_on"))


async def test_a_kit_that_is_overdue_is_listed_and_cannot_be_handed_to_the_next(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    late = await lent(outreach, kit)
    await shift(outreach, late, 9)
    following = (await ask(outreach, kit, SECOND)).json()
    assert (await agree(outreach, following)).status_code == 200
    refused = await step(outreach, following, "collection")
    assert (refused.status_code, refused.json()["kit_status"]) == (409, "out")
    [listed] = (await outreach.get(outreach.hub_lead(), "/v1/loans", is_overdue=True)).json()["data"]
    assert (listed["id"], listed["status"], listed["days_overdue"]) == (late["id"], "lent", 3)
    others = (await outreach.get(outreach.hub_lead(), "/v1/loans", is_overdue=False)).json()["data"]
    assert [one["id"] for one in others] == [following["id"]]
    assert (await outreach.get(outreach.other_lead(), "/v1/loans", is_overdue=True)).json()["data"] == []
    await step(outreach, late, "return", {"items_returned": 30, "condition": "good"})
    assert (await step(outreach, following, "collection")).json()["status"] == "lent"


async def test_damage_found_on_return_keeps_the_kit_back_until_it_is_dealt_with(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    loan = await lent(outreach, kit, last=3)
    following = (await ask(outreach, kit, SECOND, 4, 6)).json()
    await agree(outreach, following)
    found = {"items_returned": 28, "items_damaged": 3, "condition": "damaged", "description": "Sockets are loose."}
    for wrong in (
        found | {"items_returned": 31},
        found | {"description": None},
        {"items_returned": 30, "condition": "damaged"},
        {"items_returned": 30, "condition": "good", "description": "Nothing at all."},
    ):
        assert (await step(outreach, loan, "return", wrong)).json()["code"] == "return-wrong"
    [report] = (await step(outreach, loan, "return", found)).json()["damage_reports"]
    assert (report["items_damaged"], report["items_missing"], report["outcome"]) == (3, 2, None)
    assert await status(outreach, kit) == "in_repair"
    await shift(outreach, loan, 9)
    await shift(outreach, following, 4)
    assert (await step(outreach, following, "collection")).json()["kit_status"] == "in_repair"
    for by, is_open, count in (
        (a_school_lead(OWNER), True, 1),
        (a_school_lead(FIRST), True, 1),
        (a_school_lead(SECOND), True, 0),
        (outreach.other_lead(), True, 0),
        (outreach.hub_lead(), False, 0),
    ):
        listed = await outreach.get(by, "/v1/damage-reports", is_open=is_open, kit_id=kit["id"])
        assert len(listed.json()["data"]) == count
    path = f"/v1/damage-reports/{report['id']}/outcome"
    hidden = await outreach.post(a_school_lead(FIRST), path, {"outcome": "repaired"})
    assert (hidden.status_code, hidden.json()["code"]) == (404, "damage-report-not-found")
    decided = await outreach.post(outreach.hub_lead(), path, {"outcome": "repaired", "cost_pence": 1200})
    assert (decided.json()["outcome"], decided.json()["cost_pence"]) == ("repaired", 1200)
    assert (await outreach.post(outreach.hub_lead(), path, {"outcome": "written_off"})).json()[
        "code"
    ] == "damage-decided"
    shown = (await outreach.get(outreach.hub_lead(), f"/v1/kits/{kit['id']}")).json()
    assert (shown["items_count"], shown["condition"], shown["status"]) == (28, "good", "available")
    assert (await step(outreach, following, "collection")).json()["items_lent"] == 28
    told = (await outreach.get(outreach.hub_lead(), f"/v1/kits/{kit['id']}/history")).json()["data"]
    assert [one["step"] for one in told[:4]] == ["collected", "damage_decided", "damage_reported", "returned"]


async def test_a_borrower_reports_damage_and_a_kit_written_off_is_lent_no_more(outreach: Outreach) -> None:
    kit = await a_kit(outreach, items_count=2)
    loan = await lent(outreach, kit)
    borrower = a_school_lead(FIRST)
    body = {"items_damaged": 2, "items_missing": 0, "description": "Left in the rain."}
    too_many = await step(outreach, loan, "damage-reports", body | {"items_missing": 1}, borrower)
    assert (too_many.status_code, too_many.json()["code"]) == (422, "damage-wrong")
    made = await step(outreach, loan, "damage-reports", body, borrower)
    assert (made.status_code, await status(outreach, kit)) == (201, "out")
    stranger = await step(outreach, loan, "damage-reports", body, a_school_lead(SECOND))
    assert stranger.json()["code"] == "loan-not-found"
    path = f"/v1/damage-reports/{made.json()['id']}/outcome"
    await outreach.post(a_school_lead(OWNER), path, {"outcome": "written_off"})
    await step(outreach, loan, "return", {"items_returned": 2, "condition": "worn"})
    assert await status(outreach, kit) == "withdrawn"
    assert (await ask(outreach, kit, SECOND)).json()["code"] == "kit-not-lent"


async def test_what_is_lost_may_be_found(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    loan = await lent(outreach, kit)
    gone = await step(outreach, loan, "loss", None, a_school_lead(FIRST))
    assert (gone.json()["status"], await status(outreach, kit)) == ("lost", "lost")
    assert (await ask(outreach, kit, SECOND)).json()["code"] == "kit-not-lent"
    back = await step(outreach, loan, "return", {"items_returned": 30, "condition": "good"})
    assert (back.json()["status"], await status(outreach, kit)) == ("returned", "available")


async def test_an_extension_is_asked_for_and_granted_unless_somebody_else_has_the_days(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    loan = await lent(outreach, kit)
    following = (await ask(outreach, kit, SECOND, 10, 12)).json()
    await agree(outreach, following)
    borrower, word = a_school_lead(FIRST), "extension/decision"
    nothing = await step(outreach, loan, word, {"outcome": "granted"})
    assert nothing.json()["code"] == "loan-step-not-possible"
    for on in (days(6), days(60)):
        assert (await step(outreach, loan, "extension", {"due_on": on}, borrower)).json()["code"] == "loan-days-wrong"
    asked = await step(outreach, loan, "extension", {"due_on": days(10)}, borrower)
    assert (asked.json()["extension_to_on"], asked.json()["due_on"]) == (days(10), days(6))
    refused = await step(outreach, loan, word, {"outcome": "granted"})
    assert (refused.status_code, refused.json()["code"]) == (409, "kit-taken")
    await step(outreach, loan, "extension", {"due_on": days(9)}, borrower)
    granted = (await step(outreach, loan, word, {"outcome": "granted"})).json()
    assert (granted["due_on"], granted["extension_to_on"]) == (days(9), None)
    await step(outreach, loan, "extension", {"due_on": days(11)}, borrower)
    assert (await step(outreach, loan, word, {"outcome": "refused"})).json()["due_on"] == days(9)
    assert (await step(outreach, loan, word, {"outcome": "granted"}, borrower)).json()["code"] == "loan-not-found"


async def test_only_schools_of_the_hub_borrow_and_only_while_they_belong_to_it(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    for urn in (STRANGER, "900000"):
        assert (await ask(outreach, kit, urn)).json()["code"] == "kit-not-found"
        assert (await outreach.get(a_school_lead(urn), "/v1/kits")).json()["data"] == []
    own = await ask(outreach, kit, OWNER)
    assert (own.status_code, own.json()["code"]) == (409, "own-kit")
    waiting = (await ask(outreach, kit, SECOND, 0, 6)).json()
    async with outreach.service.session() as session:
        leaving = HubSchool.__table__.update()  # type: ignore[attr-defined]
        last = clock.today() + timedelta(days=3)
        await session.execute(leaving.where(HubSchool.urn == SECOND).values(left_on=last))
    refused = await ask(outreach, kit, SECOND, 7, 9)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-of-the-hub")
    assert (await ask(outreach, kit, SECOND, 1, 3)).json()["code"] == "loan-asked-already"
    assert (await agree(outreach, waiting)).json()["code"] == "not-of-the-hub"
    assert (await outreach.get(a_teacher(FIRST), "/v1/kits")).status_code == 403


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 28), (401, 402)])
async def test_days_that_cannot_be_are_refused(outreach: Outreach, first: int, last: int) -> None:
    assert (await ask(outreach, await a_kit(outreach), FIRST, first, last)).json()["code"] == "loan-days-wrong"


async def test_a_step_that_does_not_follow_is_refused_and_says_what_may(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    loan = (await ask(outreach, kit, FIRST, 2, 4)).json()
    early = await step(outreach, loan, "collection")
    assert (early.json()["code"], early.json()["may_follow"]) == (
        "loan-step-not-possible",
        ["agree", "refuse", "cancel"],
    )
    await agree(outreach, loan)
    assert (await step(outreach, loan, "collection")).json()["code"] == "loan-days-wrong"
    assert (await agree(outreach, loan)).json()["code"] == "loan-step-not-possible"
    for _ in range(2):
        off = await step(outreach, loan, "cancellation", {"reason": "The unit was moved."}, a_school_lead(FIRST))
        assert (off.json()["status"], off.json()["reason"]) == ("cancelled", "The unit was moved.")
    other = (await ask(outreach, kit, FIRST, 2, 4)).json()
    assert (await step(outreach, other, "decision", {"outcome": "refused"})).status_code == 422
    no = await step(outreach, other, "decision", {"outcome": "refused", "reason": "We need it ourselves."})
    assert (no.json()["status"], no.json()["reason"]) == ("refused", "We need it ourselves.")
    assert (await step(outreach, other, "loss")).json()["code"] == "loan-step-not-possible"


async def test_a_kit_is_kept_by_its_hub_and_its_owner_alone(outreach: Outreach) -> None:
    kit = await a_kit(outreach)
    loan = (await ask(outreach, kit)).json()
    path = f"/v1/kits/{kit['id']}"
    for by in (outreach.other_lead(), staff("hub_lead"), a_school_lead(SECOND), a_school_lead(STRANGER)):
        assert (await outreach.send("PATCH", by, path, {"title": "Mine now"}, 1)).json()["code"] == "kit-not-found"
        assert (await outreach.get(by, f"{path}/history")).json()["code"] == "kit-not-found"
        assert (await agree(outreach, loan, by)).json()["code"] == "loan-not-found"
        assert (await outreach.get(by, f"/v1/loans/{loan['id']}")).json()["code"] == "loan-not-found"
    assert (await agree(outreach, loan, a_school_lead(FIRST))).json()["code"] == "loan-not-found"
    await agree(outreach, loan)
    lead = outreach.hub_lead()
    assert (await outreach.send("PATCH", lead, path, {"is_withdrawn": True}, 1)).json()["code"] == "kit-in-use"
    await step(outreach, loan, "cancellation", {"reason": "The kit is withdrawn."})
    gone = await outreach.send("PATCH", a_school_lead(OWNER), path, {"is_withdrawn": True}, 1)
    assert (gone.json()["status"], gone.headers["ETag"]) == ("withdrawn", '"2"')
    assert (await outreach.send("PATCH", lead, path, {"title": "Other"}, 1)).json()["code"] == "stale-version"


async def test_a_school_keeps_its_own_kits_and_no_others(outreach: Outreach) -> None:
    body = {
        "hub_id": str(outreach.hub_id),
        "owner_urn": FIRST,
        "kind": "robots",
        "title": "Floor robots",
        "items_count": 6,
        "value_pence": 39_000,
        "condition": "new",
    }
    assert (await outreach.post(a_school_lead(FIRST), "/v1/kits", body)).status_code == 201
    for by, facts, code in (
        (a_school_lead(SECOND), {}, "hub-not-found"),
        (a_school_lead(FIRST), {"owner_urn": None}, "hub-not-found"),
        (a_school_lead(FIRST), {"hub_id": str(new_id())}, "hub-not-found"),
        (a_school_lead(FIRST), {"hub_id": str(outreach.network.other_hub_id)}, "not-of-the-hub"),
        (outreach.other_lead(), {}, "hub-not-found"),
        (outreach.hub_lead(), {"owner_urn": STRANGER}, "not-of-the-hub"),
    ):
        assert (await outreach.post(by, "/v1/kits", body | facts)).json()["code"] == code


async def test_kits_are_found_by_kind_and_by_days_on_which_they_are_free(outreach: Outreach) -> None:
    first, second = await a_kit(outreach), await a_kit(outreach, kind="robots", title="Floor robots")
    await agree(outreach, (await ask(outreach, first, FIRST, 3, 5)).json())
    for query, found in (
        ({}, [first, second]),
        ({"kind": "robots"}, [second]),
        ({"free_from": days(5), "free_to": days(8)}, [second]),
        ({"free_from": days(6)}, [first, second]),
        ({"hub_id": str(outreach.network.other_hub_id)}, []),
    ):
        listed = (await outreach.get(a_school_lead(SECOND), "/v1/kits", **query)).json()["data"]
        assert [one["id"] for one in listed] == [one["id"] for one in found]
