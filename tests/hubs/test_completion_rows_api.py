"""What becomes of single rows, too little, corrected, withdrawn or late; and what a partner sees of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine

from builders import a_fresh_key, a_teacher, anonymous, partner, staff
from chassis import clock
from chassis.ids import new_id
from completion_steps import JSON, decide, hours_told, item, matches, report, reported, told
from contracts.hubs import CpdCompleted, CpdCorrected
from hubs.completion_thresholds.models import CompletionThreshold
from hubs.completions.models import Activity
from hubs_network import Network

SIXTY = {"version": 1, "percent": Decimal(60), "valid_from_on": clock.today() - timedelta(days=900), "source": "Ours"}


@pytest.fixture
async def teacher(network: Network) -> UUID:
    """A registered teacher; the default threshold is 60 %."""
    async with network.service.session() as session:
        session.add(CompletionThreshold(id=new_id(), recorded_at=clock.now(), **SIXTY))
    return await network.registered_teacher()


def row(teacher: UUID, **more: Any) -> dict[str, object]:
    """A row of one enrolment."""
    return item(1, teacher_id=str(teacher), **more)


def progress(teacher: UUID, percent: str, revision: int, **more: Any) -> dict[str, object]:
    """The same enrolment, so far."""
    return row(teacher, percent=percent, revision=revision, **more)


def bare(number: int, **more: object) -> dict[str, object]:
    """A withdrawal and nothing else."""
    return {"external_id": f"C{number}", "withdrawn": True, **more}


async def test_what_is_too_little_counts_once_it_is_enough_and_no_longer_when_it_was_not(
    network: Network, teacher: UUID
) -> None:
    sender, key = partner("completions:write"), (teacher, "CO001")
    steps: list[tuple[str, str, dict[tuple[UUID, str], Decimal]]] = [
        ("40", "below_threshold", {}),
        ("59.99", "below_threshold", {}),
        ("60", "recorded", {key: Decimal("3.5")}),
        ("100", "corrected", {key: Decimal("3.5")}),
        ("40", "below_threshold", {}),
        ("80", "recorded", {key: Decimal("3.5")}),
    ]
    for revision, (percent, status, hours) in enumerate(steps):
        result = await report(network.service, sender, [progress(teacher, percent, revision)])
        assert told(result) == [status], percent
        assert await hours_told(network.service) == hours, percent
    assert len(await network.service.published(CpdCompleted)) == 1
    assert [one.hours for one in await network.service.published(CpdCorrected)] == [Decimal(0), Decimal("3.5")]


async def test_the_same_number_with_other_content_needs_a_higher_revision(network: Network, teacher: UUID) -> None:
    sender = partner("completions:write")
    await report(network.service, sender, [row(teacher)])
    refused = await report(network.service, sender, [row(teacher, hours="4")])
    assert told(refused) == ["rejected revision-needed"]
    assert refused["results"][0]["errors"][0]["pointer"] == "/completions/0/revision"
    taken = await report(network.service, sender, [row(teacher, hours="4", revision=1)])
    assert told(taken) == ["corrected"]
    late = await report(network.service, sender, [row(teacher)])
    assert told(late) == ["duplicate superseded"]
    assert await hours_told(network.service) == {(teacher, "CO001"): Decimal(4)}


async def test_a_later_updated_at_does_as_well_as_a_revision(network: Network, teacher: UUID) -> None:
    sender = partner("completions:write")
    later, earlier = "2026-11-20T10:00:00+01:00", "2026-11-20T08:59:59Z"
    rows = [row(teacher, hours="2", updated_at=later), row(teacher, hours="1", updated_at=earlier)]
    assert told(await report(network.service, sender, rows)) == ["recorded", "duplicate superseded"]
    assert await hours_told(network.service) == {(teacher, "CO001"): Decimal(2)}


async def test_of_one_number_in_a_batch_the_newest_row_counts(network: Network, teacher: UUID) -> None:
    rows = [
        progress(teacher, "40", 1),
        progress(teacher, "90", 3),
        progress(teacher, "70", 2),
        progress(teacher, "91", 3),
    ]
    result = await report(network.service, partner("completions:write"), rows)
    assert told(result) == ["duplicate superseded", "recorded", "duplicate superseded", "rejected revision-needed"]


async def test_a_withdrawal_takes_back_what_counted_and_a_higher_revision_gives_it_again(
    network: Network, teacher: UUID
) -> None:
    sender, hubs = partner("completions:write"), network.service
    await report(hubs, sender, [row(teacher)])
    assert told(await report(hubs, sender, [bare(1)])) == ["withdrawn"]
    assert await hours_told(hubs) == {}
    assert told(await report(hubs, sender, [bare(1), row(teacher)])) == ["duplicate repeated", "duplicate superseded"]
    assert told(await report(hubs, sender, [row(teacher, revision=1)])) == ["recorded"]
    assert await hours_told(hubs) == {(teacher, "CO001"): Decimal("3.5")}
    assert len(await hubs.published(CpdCompleted)) == 1


async def test_a_withdrawal_may_come_before_what_it_withdraws(network: Network, teacher: UUID) -> None:
    sender = partner("completions:write")
    assert told(await report(network.service, sender, [bare(1, revision=5)])) == ["withdrawn"]
    assert told(await report(network.service, sender, [row(teacher, revision=4)])) == ["duplicate superseded"]
    assert await hours_told(network.service) == {}
    assert told(await report(network.service, sender, [row(teacher, revision=6)])) == ["recorded"]


async def test_the_fullest_of_several_reports_counts_whatever_happens_to_the_others(
    network: Network, teacher: UUID
) -> None:
    sender, hubs, key = partner("completions:write"), network.service, (teacher, "CO001")
    both = [item(1, teacher_id=str(teacher), hours="2"), item(2, "another", teacher_id=str(teacher), hours="3")]
    assert told(await report(hubs, sender, both)) == ["duplicate same-completion", "recorded"]
    assert await hours_told(hubs) == {key: Decimal(3)}
    await report(hubs, sender, [bare(2)])
    assert await hours_told(hubs) == {key: Decimal(2)}
    first, second = sorted(await reported(hubs, sender), key=lambda one: str(one["external_id"]))
    assert (first["status"], second["status"], second["completion_id"]) == ("recorded", "withdrawn", None)


async def test_a_correction_may_say_another_activity_learner_or_day(network: Network, teacher: UUID) -> None:
    sender, hubs, other = partner("completions:write"), network.service, await network.registered_teacher()
    await report(hubs, sender, [row(teacher)])
    await report(hubs, sender, [row(teacher, activity_code="CO002", revision=1)])
    assert await hours_told(hubs) == {(teacher, "CO002"): Decimal("3.5")}
    moved = item(1, "L2", "CO002", teacher_id=str(other), revision=2)
    assert told(await report(hubs, sender, [moved])) == ["corrected"]
    assert await hours_told(hubs) == {(other, "CO002"): Decimal("3.5")}
    await report(hubs, sender, [moved | {"completed_on": "2026-01-05", "revision": 3}])
    last = (await hubs.published(CpdCorrected))[-1]
    assert (str(last.completed_on), last.hours, last.hours_before) == ("2026-01-05", Decimal("3.5"), Decimal("3.5"))
    client = await hubs.client(a_teacher(person_id=other))
    [own] = (await client.get("/v1/completions/own")).json()["data"]
    assert (own["completed_on"], own["hours"], own["status"]) == ("2026-01-05", "3.50", "counts")


async def test_a_moment_counts_on_its_day_in_england(network: Network, teacher: UUID) -> None:
    sender = partner("completions:write")
    summer = row(teacher, occurred_at="2026-06-30T23:30:00Z")
    summer.pop("completed_on")
    both = item(2, code="CO002", occurred_at="2026-06-30T23:30:00Z", completed_on="2026-06-30")
    result = await report(network.service, sender, [summer, both])
    assert told(result) == ["recorded", "rejected days-differ"]
    [event] = await network.service.published(CpdCompleted)
    assert str(event.completed_on) == "2026-07-01"


async def test_a_percentage_alone_counts_for_the_catalogues_hours(network: Network, teacher: UUID) -> None:
    async with network.service.session() as session:
        session.add(Activity(code="CP008", title="In the catalogue, with 12 hours", mode="online"))
    sender, rows = partner("completions:write"), []
    for number, code, percent in ((1, "CP008", "75"), (2, "CO001", "75"), (3, "CO001", "10")):
        rows.append(item(number, teacher_id=str(teacher), code=code, percent=percent))
        rows[-1].pop("hours")
    assert told(await report(network.service, sender, rows)) == ["recorded", "rejected hours-needed", "below_threshold"]
    assert await hours_told(network.service) == {(teacher, "CP008"): Decimal(12)}


async def test_each_wrong_field_of_a_row_is_named(network: Network) -> None:
    rows: list[Any] = [
        {"external_id": "1"},
        item(2, percent="101", occurred_at="2026-01-01", revision=-1),
        item(3, occurred_at=1_700_000_000, updated_at="1999-01-01T00:00:00Z"),
        item(4, occurred_at=(clock.now() + timedelta(hours=1)).isoformat(), completed_on=None),
        item(5, school_urn="12"),
        7,
    ]
    result = await report(network.service, partner("completions:write"), rows)
    pointers = [[error["pointer"] for error in one["errors"]] for one in result["results"]]
    assert pointers == [
        [f"/completions/0/{name}" for name in ("external_learner_id", "activity_code", "hours", "occurred_at")],
        [f"/completions/1/{name}" for name in ("percent", "occurred_at", "revision")],
        ["/completions/2/occurred_at", "/completions/2/updated_at"],
        ["/completions/3/occurred_at"],
        ["/completions/4/school_urn"],
        ["/completions/5"],
    ]
    assert told(result) == [
        f"rejected {code}" for code in ("invalid", "invalid", "invalid", "in-future", "invalid", "invalid")
    ]
    assert [one["external_id"] for one in result["results"]] == ["1", "C2", "C3", "C4", "C5", None]
    assert await reported(network.service, partner("completions:write")) == []


async def test_a_decision_keeps_the_threshold_by_which_it_was_made(network: Network, teacher: UUID) -> None:
    sender = partner("completions:write")
    tomorrow = str(clock.today() + timedelta(days=1))
    client = await network.service.client(staff("administrator"), **a_fresh_key())
    wish = {"activity_code": "CO001", "percent": "80", "valid_from_on": tomorrow, "source": "Agreed with the provider"}
    made = await client.post("/v1/completion-thresholds", json=wish)
    assert (made.status_code, made.json()["version"]) == (201, 1)
    await report(network.service, sender, [progress(teacher, "70", 1), item(2, code="CO002")])
    first, second = await reported(network.service, sender)
    assert (first["status"], first["threshold_percent"], first["threshold_version"]) == ("recorded", "60.00", 1)
    assert (second["percent"], second["threshold_version"]) == (None, None)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=True):
        day = str(clock.today() - timedelta(days=1))
        result = await report(network.service, sender, [progress(teacher, "70", 2, completed_on=day)])
    assert told(result) == ["below_threshold"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_from_on": str(clock.today())}, "threshold-not-ahead"),
        ({"activity_code": "NONE"}, "activity-unknown"),
        ({"percent": "0"}, "validation-failed"),
    ],
)
async def test_a_threshold_begins_ahead_and_belongs_to_an_activity(network: Network, change: JSON, code: str) -> None:
    client = await network.service.client(staff("administrator"), **a_fresh_key())
    wish = {"percent": "80", "valid_from_on": str(clock.today() + timedelta(days=9)), "source": "Decided by the board"}
    refused = await client.post("/v1/completion-thresholds", json=wish | change)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_without_any_threshold_only_all_of_it_is_enough(network: Network) -> None:
    teacher, sender = await network.registered_teacher(), partner("completions:write")
    assert told(await report(network.service, sender, [progress(teacher, "99.99", 1)])) == ["below_threshold"]
    assert told(await report(network.service, sender, [progress(teacher, "100", 2)])) == ["recorded"]


async def test_thresholds_are_listed_page_by_page(network: Network, teacher: UUID) -> None:
    administrator = await network.service.client(staff("administrator"))
    for code, days in (("CO002", 1), ("CO002", 2), (None, 3), ("CO001", 4)):
        wish = {"activity_code": code, "percent": "80", "source": "Decided by the board"}
        wish["valid_from_on"] = str(clock.today() + timedelta(days=days))
        reply = await administrator.post("/v1/completion-thresholds", json=wish, headers=a_fresh_key())
        assert reply.status_code == 201
    anybody, found, cursor = await network.service.client(anonymous()), list[tuple[str | None, int]](), JSON()
    for _ in range(5):
        page = (await anybody.get("/v1/completion-thresholds", params={"limit": 1, **cursor})).json()
        found += [(one["activity_code"], one["version"]) for one in page["data"]]
        cursor = {"cursor": page["page"]["next_cursor"]}
    assert found == [(None, 1), (None, 2), ("CO001", 1), ("CO002", 1), ("CO002", 2)]
    assert page["page"]["has_more"] is False


async def test_a_partner_sees_its_own_reports_and_nobody_elses(network: Network, teacher: UUID) -> None:
    mine, theirs = partner("completions:write"), partner("completions:write")
    await report(network.service, mine, [row(teacher), item(2, "stranger")])
    await report(network.service, theirs, [item(2, "stranger of theirs"), item(3)])
    assert {one["external_id"] for one in await reported(network.service, mine)} == {"C1", "C2"}
    assert [one["external_id"] for one in await reported(network.service, mine, status="queued")] == ["C2"]
    assert [one["external_id"] for one in await reported(network.service, mine, external_id="C1")] == ["C1"]
    client = await network.service.client(mine)
    found, other = await client.get("/v1/completions/C1"), await client.get("/v1/completions/C3")
    assert (found.json()["teacher_id"], found.json()["status"]) == (str(teacher), "recorded")
    assert (other.status_code, other.json()["code"]) == (404, "completion-not-found")
    keyless = await network.service.client(mine.model_copy(update={"organisation_id": None}))
    assert (await keyless.get("/v1/completions")).json()["code"] == "organisation-required"


async def test_whoever_goes_on_from_the_last_page_sees_every_change_once(network: Network, teacher: UUID) -> None:
    sender, hubs = partner("completions:write"), network.service
    await report(hubs, sender, [row(teacher), item(2, "stranger", "CO002"), item(3, "stranger", "CO003")])
    before = (await reported(hubs, sender))[-1]["changed_at"]
    [match] = await matches(hubs, staff("moderator"))
    await decide(hubs, match["id"], teacher_id=str(teacher))
    since = await reported(hubs, sender, updated_since=before)
    assert [(one["external_id"], one["status"]) for one in since[-2:]] == [("C2", "recorded"), ("C3", "recorded")]
    # A link that a moderator made does not tell the partner our number of the teacher.
    assert [one["teacher_id"] for one in since[-2:]] == [None, None]
    assert await reported(hubs, sender, updated_since=(clock.now() + timedelta(hours=1)).isoformat()) == []


async def test_a_teacher_sees_what_counts_from_registers_and_partners(network: Network, teacher: UUID) -> None:
    await report(network.service, partner("completions:write"), [row(teacher)])
    run_id, caller = await network.run(), a_teacher(person_id=teacher)
    booking = (await network.book(run_id, caller)).json()["id"]
    await network.begin(run_id)
    await network.mark(run_id, [{"booking_id": booking, "outcome": "attended"}])
    client = await network.service.client(caller)
    first = (await client.get("/v1/completions/own", params={"limit": 1})).json()
    rest = (await client.get("/v1/completions/own", params={"cursor": first["page"]["next_cursor"]})).json()
    own = first["data"] + rest["data"]
    assert [(one["activity_code"], one["hours"]) for one in own] == [("CP008", "12.00"), ("CO001", "3.50")]
    assert [one["reported_by_organisation_id"] is None for one in own] == [True, False]
    somebody = await network.service.client(a_teacher())
    assert (await somebody.get("/v1/completions/own")).json()["data"] == []
    assert (await (await network.service.client(staff("moderator"))).get("/v1/completions/own")).status_code == 403
