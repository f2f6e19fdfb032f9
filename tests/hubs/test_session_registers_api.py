"""`/v1/registers/{run}/sessions/{session}`: minutes marked session by session, and what follows from them."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from chassis.tables import audit_entry
from contracts.hubs import CpdCompleted, CpdCorrected
from hubs.registers.models import SessionAttendance
from hubs_network import Network

WHY = "The list on paper says otherwise."
HOUR = timedelta(hours=1)


async def booked(network: Network, run_id: UUID) -> str:
    """The id of a fresh booking."""
    booking_id: str = (await network.book(run_id)).json()["id"]
    return booking_id


def present(booking_id: str, **how: object) -> dict[str, object]:
    return {"booking_id": booking_id, "presence": "present", **how}


def away(booking_id: str, presence: str = "absent") -> dict[str, object]:
    return {"booking_id": booking_id, "presence": presence}


async def entry_of(network: Network, run_id: UUID, booking_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in (await network.register(run_id))["entries"] if one["booking_id"] == booking_id
    )
    return found


async def test_a_register_shows_everybodys_minutes_beside_the_rule(network: Network) -> None:
    run_id = await network.run(minutes=(60, 120, 120))
    first, second = await booked(network, run_id), await booked(network, run_id)
    await network.hold(run_id)
    before = await network.register(run_id)
    assert [(one["ordinal"], one["minutes"], one["unmarked"]) for one in before["sessions"]] == [
        (1, 60, 2),
        (2, 120, 2),
        (3, 120, 2),
    ]
    assert (before["rule"]["scope"], before["rule"]["minimum_percent"]) == ("default", "80.00")
    for ordinal in (1, 2, 3):
        marks = [present(first), away(second) if ordinal == 2 else present(second)]
        assert (await network.mark_session(run_id, ordinal, marks)).status_code == 200
    shown = {one["booking_id"]: one for one in (await network.register(run_id))["entries"]}
    assert [(shown[one]["minutes_attended"], shown[one]["is_met"]) for one in (first, second)] == [
        (300, True),
        (180, False),
    ]
    assert shown[second]["explanation"] == "180 of 300 minutes attended, 60 %; 80 % are needed."
    assert {one["outcome"] for one in shown.values()} == {"pending"}
    assert await network.service.published(CpdCompleted) == []


async def test_the_rule_is_open_while_a_mark_can_still_decide_it(network: Network) -> None:
    run_id = await network.run(minutes=(60, 60))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    await network.mark_session(run_id, 1, [present(booking_id, minutes=50)])
    entry = await entry_of(network, run_id, booking_id)
    assert (entry["is_met"], entry["minutes_attended"]) == (None, 50)
    assert entry["explanation"].endswith("Not marked yet: session 2.")
    await network.mark_session(run_id, 1, [away(booking_id)])
    assert (await entry_of(network, run_id, booking_id))["is_met"] is False


async def test_who_comes_late_or_leaves_early_has_the_minutes_between(network: Network) -> None:
    run_id = await network.run(minutes=(120,))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    [meeting] = await network.sessions(run_id)
    late, early = meeting.starts_at + timedelta(minutes=20, seconds=40), meeting.ends_at - timedelta(minutes=15)
    times = {"arrived_at": late.isoformat(), "left_at": early.isoformat()}
    await network.mark_session(run_id, 1, [present(booking_id, **times)])
    [mark] = (await entry_of(network, run_id, booking_id))["sessions"]
    assert (mark["minutes_late"], mark["minutes_left_early"], mark["minutes"], mark["origin"]) == (20, 15, 85, "staff")
    await network.mark_session(run_id, 1, [present(booking_id, minutes=100, **times)])
    assert (await entry_of(network, run_id, booking_id))["minutes_attended"] == 100


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ({"presence": "present", "minutes": 121}, "too-many-minutes"),
        ({"presence": "present", "minutes": 0}, "validation-failed"),
        ({"presence": "absent", "minutes": 10}, "validation-failed"),
        ({"presence": "late"}, "validation-failed"),
        ({"presence": "present", "arrived_at": HOUR * 3}, "times-outside-session"),
        ({"presence": "present", "left_at": -HOUR}, "times-outside-session"),
        ({"presence": "present", "arrived_at": HOUR, "left_at": HOUR / 2}, "times-outside-session"),
        ({"presence": "present", "arrived_at": HOUR, "left_at": HOUR * 1.2}, "minutes-required"),
    ],
)
async def test_a_mark_that_cannot_be_is_refused_by_its_name(network: Network, mark: dict[str, Any], code: str) -> None:
    run_id = await network.run(minutes=(120,))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    [meeting] = await network.sessions(run_id)
    times = {
        name: (meeting.starts_at + value).isoformat() if isinstance(value, timedelta) else value
        for name, value in mark.items()
    }
    refused = await network.mark_session(run_id, 1, [{"booking_id": booking_id, **times}])
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await entry_of(network, run_id, booking_id))["minutes_attended"] == 0


async def test_marking_a_session_again_changes_nothing_and_from_many_hands_neither(network: Network) -> None:
    run_id = await network.run(minutes=(120,))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    answers = await asyncio.gather(*(network.mark_session(run_id, 1, [present(booking_id)]) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    async with network.service.session() as session:
        trail = await session.scalars(select(audit_entry.c.position).where(audit_entry.c.action == "session.marked"))
        assert len(trail.all()) == 1
        assert len((await session.scalars(select(SessionAttendance.minutes))).all()) == 1


async def test_a_session_is_marked_from_its_day_on_or_early_by_the_lead(network: Network) -> None:
    run_id = await network.run(minutes=(120, 120))
    booking_id = await booked(network, run_id)
    await network.move(run_id, clock.now())
    assert (await network.mark_session(run_id, 1, [present(booking_id)])).status_code == 200
    assert (await network.mark_session(run_id, 2, [present(booking_id)])).json()["code"] == "register-not-due"
    assert (await network.mark_session(run_id, 2, [away(booking_id, "excused")])).status_code == 200
    early: dict[str, Any] = {"early": True, "reason": "Shown to visitors."}
    administrator = staff("hub_administrator", organisation_id=network.hub_id)
    refused = await network.mark_session(run_id, 2, [present(booking_id)], administrator, **early)
    assert refused.json()["code"] == "early-marking-refused"
    assert (await network.mark_session(run_id, 2, [present(booking_id)], **early)).status_code == 200


async def test_a_word_about_the_whole_run_marks_every_session_and_settles_the_booking(network: Network) -> None:
    run_id = await network.run(minutes=(120, 120))
    came, stayed_away = await booked(network, run_id), await booked(network, run_id)
    await network.hold(run_id)
    marks: list[dict[str, object]] = [
        {"booking_id": came, "outcome": "attended"},
        {"booking_id": stayed_away, "outcome": "absent"},
    ]
    for _ in range(2):
        assert (await network.mark(run_id, marks)).status_code == 200
    entry = await entry_of(network, run_id, came)
    assert (entry["outcome"], entry["hours"], entry["basis"]) == ("attended", "12.00", "sessions")
    assert [one["origin"] for one in entry["sessions"]] == ["whole_run", "whole_run"]
    assert (await entry_of(network, run_id, stayed_away))["outcome"] == "absent"
    [told] = await network.service.published(CpdCompleted)
    assert str(told.booking_id) == came


async def test_sessions_and_the_whole_run_never_contradict_each_other(network: Network) -> None:
    run_id = await network.run(minutes=(120, 120))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    whole: list[dict[str, object]] = [{"booking_id": booking_id, "outcome": "attended"}]
    await network.mark_session(run_id, 1, [present(booking_id, minutes=30)])
    refused = await network.mark(run_id, whole)
    assert (refused.json()["code"], refused.json()["booking_ids"]) == ("correction-needs-reason", [booking_id])
    stated = await network.mark(run_id, [{**whole[0], "hours": "6"}])
    assert stated.json()["code"] == "hours-follow-sessions"
    assert (await network.mark(run_id, whole, reason=WHY)).status_code == 200
    assert (await entry_of(network, run_id, booking_id))["minutes_attended"] == 240
    # What was counted is corrected by its session, and judged anew.
    assert (await network.mark_session(run_id, 2, [away(booking_id)])).json()["code"] == "correction-needs-reason"
    assert (await network.mark_session(run_id, 2, [away(booking_id)], reason=WHY)).status_code == 200
    entry = await entry_of(network, run_id, booking_id)
    assert (entry["outcome"], entry["hours"], entry["booking_status"]) == ("incomplete", None, "incomplete")
    [correction] = await network.service.published(CpdCorrected)
    assert (int(correction.hours_before), int(correction.hours)) == (12, 0)


async def test_a_whole_run_is_marked_when_its_last_session_has_come(network: Network) -> None:
    run_id = await network.run(minutes=(120, 120))
    booking_id = await booked(network, run_id)
    await network.move(run_id, clock.now())
    refused = await network.mark(run_id, [{"booking_id": booking_id, "outcome": "attended"}])
    assert refused.json()["code"] == "register-not-due"


async def test_who_facilitates_a_run_marks_its_register_and_corrects_nothing_counted(network: Network) -> None:
    facilitator, other = a_teacher(), a_teacher()
    assert facilitator.id is not None
    run_id = await network.run(minutes=(120,), facilitator_ids=[facilitator.id])
    elsewhere = await network.run(minutes=(120,))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    assert (await network.mark_session(run_id, 1, [present(booking_id)], facilitator)).status_code == 200
    assert (await network.register(run_id, facilitator))["entries"][0]["minutes_attended"] == 120
    listed = (await (await network.service.client(facilitator)).get("/v1/registers")).json()["data"]
    assert [one["course_run_id"] for one in listed] == [str(run_id)]
    for caller, run in ((other, run_id), (facilitator, elsewhere)):
        assert (await network.register(run, caller))["code"] == "register-not-found"
        assert (await network.mark_session(run, 1, [present(booking_id)], caller)).status_code == 404
    assert (await network.close(run_id, facilitator)).status_code == 403
    assert (await network.close(run_id)).status_code == 200
    corrected = await network.mark_session(run_id, 1, [away(booking_id)], facilitator, reason=WHY)
    assert (corrected.status_code, corrected.json()["code"]) == (403, "correction-by-staff-only")


async def test_another_hubs_staff_find_no_such_session(network: Network) -> None:
    run_id, other = await network.run(minutes=(120,)), await network.run(minutes=(120,))
    booking_id = await booked(network, run_id)
    await network.hold(run_id)
    stranger = staff("hub_lead", "hub_administrator", organisation_id=network.other_hub_id)
    assert (await network.mark_session(run_id, 1, [present(booking_id)], stranger)).status_code == 404
    assert (await network.open_code(run_id, by=stranger)).status_code == 404
    client = await network.service.client(network.lead())
    [foreign] = await network.sessions(other)
    for session_id in (foreign.id, new_id()):
        path = f"/v1/registers/{run_id}/sessions/{session_id}"
        found = await client.put(path, json={"entries": [present(booking_id)]})
        assert (found.status_code, found.json()["code"]) == (404, "session-not-found")


async def test_a_run_that_was_marked_keeps_its_sessions(network: Network) -> None:
    run_id = await network.run(minutes=(120,))
    booking_id = await booked(network, run_id)
    await network.move(run_id, clock.now())
    await network.mark_session(run_id, 1, [present(booking_id)])
    starts_at = clock.now() + timedelta(days=9)
    plan = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + HOUR).isoformat(), "minutes": 60}
    client = await network.service.client(network.lead(), **{"If-Match": '"1"'})
    refused = await client.patch(f"/v1/course-runs/{run_id}", json={"sessions": [plan]})
    assert refused.json()["code"] == "run-has-attendance"
