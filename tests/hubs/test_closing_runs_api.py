"""`/v1/course-runs/{id}/closure`: everybody's outcome settled, each completion told of once, corrections after."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from builders import a_teacher, staff
from chassis import clock
from chassis.principal import Principal
from chassis.tables import audit_entry
from contracts.hubs import BookingCancelled, CpdCompleted, CpdCorrected
from hubs.courses.models import CourseRun
from hubs.registers.rules import judge_again
from hubs_network import Network, a_session

WHY = "The list on paper says otherwise."


async def marked_run(network: Network, *marks: tuple[int, int] | str) -> tuple[UUID, list[str], list[Principal]]:
    """A run of two sessions of an hour that is over; minutes of each person at both, or where they were instead."""
    run_id, teachers = await network.run(minutes=(60, 60)), [a_teacher() for _ in marks]
    bookings = [(await network.book(run_id, teacher)).json()["id"] for teacher in teachers]
    await network.hold(run_id)
    for ordinal in (1, 2):
        entries = [_entry(booking, mark, ordinal) for booking, mark in zip(bookings, marks, strict=True)]
        assert (await network.mark_session(run_id, ordinal, entries)).status_code == 200
    return run_id, bookings, teachers


def _entry(booking_id: str, mark: tuple[int, int] | str, ordinal: int) -> dict[str, object]:
    if isinstance(mark, str):
        return {"booking_id": booking_id, "presence": mark}
    if mark[ordinal - 1] == 0:
        return {"booking_id": booking_id, "presence": "absent"}
    return {"booking_id": booking_id, "presence": "present", "minutes": mark[ordinal - 1]}


async def test_closing_settles_everybody_and_tells_of_each_completion_once(network: Network) -> None:
    marks = ((60, 60), (60, 36), (60, 35), "absent", "excused", (0, 60))
    run_id, bookings, teachers = await marked_run(network, *marks)
    first, again = await network.close(run_id), await network.close(run_id)
    assert (first.status_code, first.json()) == (200, again.json())
    told = first.json()
    assert [told[name] for name in ("attended", "incomplete", "no_show")] == [2, 3, 1]
    assert Decimal(told["hours_credited"]) == 24
    states = [await network.status(one, booking) for one, booking in zip(teachers, bookings, strict=True)]
    assert states == ["attended", "attended", "incomplete", "no_show", "incomplete", "incomplete"]
    completed = await network.service.published(CpdCompleted)
    assert {(str(one.booking_id), one.hours) for one in completed} == {(one, Decimal(12)) for one in bookings[:2]}
    run = (await (await network.service.client(network.lead())).get(f"/v1/course-runs/{run_id}")).json()
    assert run["status"] == "closed"


async def test_closing_at_once_from_many_hands_closes_once(network: Network) -> None:
    run_id, _, _ = await marked_run(network, (60, 60), (60, 60))
    answers = await asyncio.gather(*(network.close(run_id) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(await network.service.published(CpdCompleted)) == 2


async def test_a_run_is_closed_when_it_is_over_and_was_held(network: Network) -> None:
    run_id = await network.run(minutes=(60,))
    assert (await network.close(run_id)).json()["code"] == "run-not-over"
    await network.move(run_id, clock.now() - timedelta(minutes=5))
    assert (await network.close(run_id)).json()["code"] == "run-not-over"
    for status in ("draft", "postponed"):
        never = await network.run(minutes=(60,), status=status)
        await network.hold(never)
        assert (await network.close(never)).json()["code"] == "run-not-held"


async def test_unmarked_people_are_named_or_were_absent(network: Network) -> None:
    run_id = await network.run(minutes=(60, 60))
    marked, forgotten = [(await network.book(run_id)).json()["id"] for _ in range(2)]
    await network.hold(run_id)
    await network.mark_session(run_id, 1, [{"booking_id": marked, "presence": "present"}])
    refused = await network.close(run_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "register-incomplete")
    assert [(one["ordinal"], one["booking_ids"]) for one in refused.json()["sessions"]] == [
        (1, [forgotten]),
        (2, [marked, forgotten]),
    ]
    closed = (await network.close(run_id, unmarked_are_absent=True)).json()
    assert (closed["attended"], closed["incomplete"], closed["no_show"]) == (0, 1, 1)
    marks = [mark for entry in (await network.register(run_id))["entries"] for mark in entry["sessions"]]
    assert sorted(mark["origin"] for mark in marks) == ["closing", "closing", "closing", "staff"]


async def test_a_run_without_sessions_is_closed_with_the_outcomes_that_were_stated(network: Network) -> None:
    run_id = await network.run()
    came, forgotten = [(await network.book(run_id)).json()["id"] for _ in range(2)]
    await network.hold(run_id)
    await network.mark(run_id, [{"booking_id": came, "outcome": "attended", "hours": "6"}])
    assert (await network.close(run_id)).json()["booking_ids"] == [forgotten]
    closed = (await network.close(run_id, unmarked_are_absent=True)).json()
    assert (closed["attended"], closed["no_show"], closed["hours_credited"]) == (1, 1, "6.00")
    assert len(await network.service.published(CpdCompleted)) == 1
    late: list[dict[str, object]] = [{"booking_id": forgotten, "outcome": "attended"}]
    assert (await network.mark(run_id, late)).json()["code"] == "correction-needs-reason"
    assert (await network.mark(run_id, late, reason=WHY)).status_code == 200
    assert len(await network.service.published(CpdCompleted)) == 2


async def test_an_outcome_stated_before_the_run_had_sessions_stands(network: Network) -> None:
    run_id = await network.run()
    stated, marked = [(await network.book(run_id)).json()["id"] for _ in range(2)]
    early: dict[str, Any] = {"early": True, "reason": "Shown to visitors."}
    await network.mark(run_id, [{"booking_id": stated, "outcome": "attended"}], **early)
    async with network.service.session() as session:
        begins = (await session.get_one(CourseRun, run_id)).starts_at
        session.add(a_session(run_id, 1, begins, 60))
    await network.hold(run_id)
    entry = (await network.register(run_id))["entries"][0]
    assert (entry["outcome"], entry["basis"], entry["is_met"]) == ("attended", "stated", None)
    assert (await network.close(run_id)).json()["sessions"][0]["booking_ids"] == [marked]
    await network.mark_session(run_id, 1, [{"booking_id": marked, "presence": "present"}])
    assert (await network.close(run_id)).json()["attended"] == 2
    assert len(await network.service.published(CpdCompleted)) == 2
    assert await network.service.published(CpdCorrected) == []


async def test_a_closed_run_is_neither_booked_nor_edited(network: Network) -> None:
    run_id, _, _ = await marked_run(network, (60, 60))
    await network.close(run_id)
    async with network.service.session() as session:
        version = (await session.get_one(CourseRun, run_id)).version
    assert (await network.book(run_id)).json()["code"] == "run-not-open"
    client = await network.service.client(network.lead(), **{"If-Match": f'"{version}"'})
    reopened = await client.patch(f"/v1/course-runs/{run_id}", json={"status": "open"})
    assert reopened.json()["code"] == "run-closed"


async def test_a_correction_after_closing_needs_a_reason_and_compensates(network: Network) -> None:
    run_id, [booking_id, other], _ = await marked_run(network, (60, 60), (60, 30))
    await network.close(run_id)
    change: list[dict[str, object]] = [{"booking_id": booking_id, "presence": "present", "minutes": 20}]
    assert (await network.mark_session(run_id, 2, change)).json()["code"] == "correction-needs-reason"
    for _ in range(2):
        assert (await network.mark_session(run_id, 2, change, reason=WHY)).status_code == 200
    up: list[dict[str, object]] = [{"booking_id": other, "presence": "present", "minutes": 50}]
    assert (await network.mark_session(run_id, 2, up)).json()["code"] == "correction-needs-reason"
    await network.mark_session(run_id, 2, up, reason=WHY)
    back: list[dict[str, object]] = [{"booking_id": booking_id, "presence": "present"}]
    await network.mark_session(run_id, 2, back, reason=WHY)
    completed = await network.service.published(CpdCompleted)
    assert [str(one.booking_id) for one in completed] == [booking_id, other]
    corrected = await network.service.published(CpdCorrected)
    assert [(str(one.booking_id), one.revision, int(one.hours)) for one in corrected] == [
        (booking_id, 1, 0),
        (booking_id, 2, 12),
    ]


async def test_corrections_are_audited_with_before_and_after(network: Network) -> None:
    run_id, [booking_id], _ = await marked_run(network, (60, 60))
    await network.close(run_id)
    lead = network.lead()
    await network.mark_session(run_id, 2, [{"booking_id": booking_id, "presence": "excused"}], lead, reason=WHY)
    query = select(audit_entry).where(audit_entry.c.action.in_(("register.corrected", "session.marked")))
    async with network.service.session() as session:
        *_, of_session, of_outcome = (await session.execute(query.order_by(audit_entry.c.position))).all()
    assert of_outcome.subject == f"booking:{booking_id}"
    assert of_outcome.details == {
        "before": "attended, 12.00 h, 120 min",
        "after": "incomplete, 60 min",
        "reason": WHY,
    }
    assert of_session.details["marks"] == [f"{booking_id}: present 60 min → excused"]
    assert {of_session.caller_id, of_outcome.caller_id} == {lead.id}


async def test_decisions_keep_their_rule_and_inputs_and_replay_to_the_same(network: Network) -> None:
    run_id, [booking_id, _], _ = await marked_run(network, (60, 36), (60, 35))
    await network.close(run_id)
    away: list[dict[str, object]] = [{"booking_id": booking_id, "presence": "absent"}]
    await network.mark_session(run_id, 1, away, reason=WHY)
    client = await network.service.client(network.lead())
    found = (await client.get(f"/v1/registers/{run_id}/decisions")).json()["data"]
    rule_id = (await network.register(run_id))["rule"]["id"]
    assert [(one["revision"], one["outcome"], one["reason"]) for one in found] == [
        (1, "attended", None),
        (1, "incomplete", None),
        (2, "incomplete", WHY),
    ]
    assert {one["rule_id"] for one in found} == {rule_id}
    for one in found:
        verdict = judge_again(one["inputs"])
        hours = None if one["hours"] is None else Decimal(one["hours"])
        assert (verdict.outcome, verdict.hours, verdict.explanation) == (one["outcome"], hours, one["explanation"])
    own = (await client.get(f"/v1/registers/{run_id}/decisions", params={"booking_id": booking_id})).json()["data"]
    assert [one["revision"] for one in own] == [1, 2]
    stranger = await network.service.client(staff("hub_lead", organisation_id=network.other_hub_id))
    assert (await stranger.get(f"/v1/registers/{run_id}/decisions")).status_code == 404


async def test_calling_off_a_run_that_was_held_takes_everything_back(network: Network) -> None:
    run_id, bookings, teachers = await marked_run(network, (60, 60), (60, 10), "absent")
    await network.close(run_id)
    path, reason = f"/v1/course-runs/{run_id}/cancellation", "The trainer was not approved."
    assert (await network.post(network.lead(), path, reason=reason)).json()["code"] == "run-has-attendance"
    administrator = staff("hub_administrator", organisation_id=network.hub_id)
    wish: dict[str, Any] = {"reason": reason, "withdraw_attendance": True}
    assert (await network.post(administrator, path, **wish)).json()["code"] == "withdrawal-by-lead-only"
    for _ in range(2):
        assert (await network.post(network.lead(), path, **wish)).json()["status"] == "cancelled"
    [correction] = await network.service.published(CpdCorrected)
    assert (str(correction.booking_id), int(correction.hours_before), int(correction.hours)) == (bookings[0], 12, 0)
    assert len(await network.service.published(CpdCompleted)) == 1
    cancelled = await network.service.published(BookingCancelled)
    assert {(str(one.booking_id), one.cause) for one in cancelled} == {(one, "run_cancelled") for one in bookings}
    states = [await network.status(one, booking) for one, booking in zip(teachers, bookings, strict=True)]
    assert (set(states), await network.places_taken(run_id)) == ({"cancelled"}, 0)
    assert (await network.register(run_id))["entries"] == []


async def test_registers_that_wait_are_listed_for_their_keepers(network: Network) -> None:
    wanted = {"open": None, "due": 2, "overdue": 9}
    runs: dict[str, UUID] = {}
    for status, days_ago in wanted.items():
        runs[status] = await network.run(minutes=(60,))
        await network.book(runs[status])
        if days_ago is None:
            await network.move(runs[status], clock.now() - timedelta(minutes=5))
        else:
            await network.hold(runs[status], days_ago)
    empty, ahead = await network.run(minutes=(60,)), await network.run()
    await network.hold(empty)
    await network.book(ahead)
    client = await network.service.client(network.lead())
    listed = (await client.get("/v1/registers")).json()["data"]
    assert [(one["course_run_id"], one["status"]) for one in listed] == [
        (str(runs[status]), status) for status in ("overdue", "due", "open")
    ]
    await network.close(runs["overdue"], unmarked_are_absent=True)
    for status, run_id in (("closed", runs["overdue"]), ("due", runs["due"])):
        found = (await client.get("/v1/registers", params={"status": status})).json()["data"]
        assert [(one["course_run_id"], one["people"]) for one in found] == [(str(run_id), 1)]
    page = (await client.get("/v1/registers", params={"limit": 2})).json()
    rest = (await client.get("/v1/registers", params={"limit": 2, "cursor": page["page"]["next_cursor"]})).json()
    assert [len(page["data"]), len(rest["data"])] == [2, 1]
    for other in (staff("hub_lead", organisation_id=network.other_hub_id), a_teacher()):
        strange = await network.service.client(other)
        assert (await strange.get("/v1/registers")).json()["data"] == []
