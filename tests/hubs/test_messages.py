"""What people are told of their bookings and runs: asked for in the transaction that makes it true."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from builders import a_school_lead, a_teacher
from calendar_steps import LINK, a_meeting_on, a_run, edit, told
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.messages import MessageRequested
from hubs.courses.models import CourseRun
from hubs_network import Network

SOON = clock.today() + timedelta(days=30)


async def booked(network: Network, run: dict[str, Any], teacher: Principal, **wish: bool) -> str:
    answer = await network.book(run["id"], teacher, None, **wish)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def kinds(asked: list[MessageRequested]) -> list[str]:
    return [one.kind for one in asked]


async def test_a_confirmed_place_is_told_of_with_the_meetings_and_the_link(network: Network) -> None:
    teacher = a_teacher()
    run = await a_run(network, SOON, SOON + timedelta(days=7))
    booking_id = await booked(network, run, teacher)
    [asked] = await told(network)
    assert (asked.kind, asked.person_id, str(asked.booking_id)) == ("booking_confirmed", teacher.id, booking_id)
    assert (asked.method, asked.sequence, asked.joining_link) == ("REQUEST", 1, LINK)
    assert [meeting.uid for meeting in asked.meetings] == [f"{run['id']}-{n}@ncce.example.org" for n in (1, 2)]
    assert (asked.title, asked.hub_name, asked.place) == ("Course CP008", "Moorland", "Town Hall, Ashton")
    assert asked.occasion == f"booking_confirmed:{booking_id}"
    assert asked.useless_from_at == asked.meetings[-1].ends_at


async def test_a_refused_booking_tells_nobody(network: Network) -> None:
    run, teacher = await a_run(network, SOON), a_teacher()
    await booked(network, run, teacher)
    assert (await network.book(run["id"], teacher)).status_code == 409
    assert len(await told(network)) == 1


async def test_a_turn_an_offer_and_its_confirmation_are_told_one_by_one(network: Network) -> None:
    run, other, teacher = await a_run(network, SOON, capacity=1), a_teacher(), a_teacher()
    place = await booked(network, run, other)
    turn = await booked(network, run, teacher, waiting_list=True)
    await network.post(other, f"/v1/bookings/{place}/cancellation")
    offer = (await told(network, person_id=teacher.id))[-1]
    assert (offer.kind, offer.method, offer.joining_link) == ("booking_offered", None, None)
    assert offer.expires_at is not None
    assert offer.useless_from_at == offer.expires_at
    for _ in range(2):
        await network.post(teacher, f"/v1/bookings/{turn}/confirmation")
    assert kinds(await told(network, person_id=teacher.id)) == [
        "booking_waiting",
        "booking_offered",
        "booking_confirmed",
    ]


async def test_who_waits_is_told_of_an_offer_also_when_more_places_come_free_than_people_wait_for(
    network: Network,
) -> None:
    run, teacher = await a_run(network, SOON, capacity=1), a_teacher()
    await booked(network, run, a_teacher())
    await booked(network, run, teacher, waiting_list=True)
    await edit(network, run["id"], capacity=20)
    assert kinds(await told(network, person_id=teacher.id))[-1] == "booking_offered"


async def test_a_held_place_is_told_of_when_it_is_confirmed(network: Network) -> None:
    run, teacher = await a_run(network, SOON), a_teacher()
    held = await booked(network, run, teacher, hold=True)
    assert await told(network) == []
    await network.post(teacher, f"/v1/bookings/{held}/confirmation")
    assert kinds(await told(network)) == ["booking_confirmed"]


async def test_a_place_given_up_is_taken_out_of_the_calendar_with_a_higher_number(network: Network) -> None:
    run, teacher = await a_run(network, SOON), a_teacher()
    place = await booked(network, run, teacher)
    for _ in range(2):
        await network.post(teacher, f"/v1/bookings/{place}/cancellation")
    await booked(network, run, teacher)
    told_of = [(one.kind, one.method, one.cause, one.sequence) for one in await told(network)]
    assert told_of == [
        ("booking_confirmed", "REQUEST", None, 1),
        ("booking_cancelled", "CANCEL", "teacher", 2),
        ("booking_confirmed", "REQUEST", None, 3),
    ]
    assert len({meeting.uid for one in await told(network) for meeting in one.meetings}) == 1


async def test_an_exchanged_place_is_told_of_on_both_runs(network: Network) -> None:
    run, other, teacher = await a_run(network, SOON), await a_run(network, SOON + timedelta(days=7)), a_teacher()
    place = await booked(network, run, teacher)
    await network.post(teacher, f"/v1/bookings/{place}/transfer", course_run_id=other["id"])
    told_of = [(str(one.course_run_id), one.method, one.cause) for one in (await told(network))[1:]]
    assert told_of == [(other["id"], "REQUEST", None), (run["id"], "CANCEL", "transferred")]


async def test_a_group_is_told_person_by_person(network: Network) -> None:
    run, lead = await a_run(network, SOON), a_school_lead("900001")
    colleagues = [await network.registered_teacher() for _ in range(2)]
    ids = [str(one) for one in colleagues]
    await network.post(lead, "/v1/bookings/groups", course_run_id=run["id"], teacher_ids=ids)
    assert [one.person_id for one in await told(network)] == colleagues


async def test_an_edit_that_matters_is_told_to_everybody_with_a_place_or_a_turn(network: Network) -> None:
    run, sure, waiting = await a_run(network, SOON, SOON + timedelta(days=7), capacity=1), a_teacher(), a_teacher()
    await booked(network, run, sure)
    await booked(network, run, waiting, waiting_list=True)
    await edit(network, run["id"], sessions=[a_meeting_on(SOON + timedelta(days=1))], town="Oldham")
    changed = {one.person_id: one for one in await told(network, "run_changed")}
    assert set(changed) == {sure.id, waiting.id}
    first, second = changed[sure.id or new_id()], changed[waiting.id or new_id()]
    assert first.changes == second.changes == ("dates", "place")
    assert (first.method, first.sequence, second.method) == ("REQUEST", 2, None)
    assert ([one.uid[-18:-17] for one in first.meetings], [one.uid[-18:-17] for one in first.withdrawn]) == (
        ["1"],
        ["2"],
    )
    assert (first.joining_link, second.joining_link) == (LINK, None)


@pytest.mark.parametrize("change", [{"capacity": 5}, {"hold_minutes": 9}, {"town": "Ashton"}, {"facilitator_ids": []}])
async def test_an_edit_that_changes_nothing_for_people_is_not_told(network: Network, change: dict[str, Any]) -> None:
    run = await a_run(network, SOON)
    await booked(network, run, a_teacher())
    await edit(network, run["id"], **change)
    assert await told(network, "run_changed") == []


async def test_a_new_link_is_told_to_those_who_may_use_it(network: Network) -> None:
    run, sure, holder = await a_run(network, SOON), a_teacher(), a_teacher()
    await booked(network, run, sure)
    await booked(network, run, holder, hold=True)
    await edit(network, run["id"], joining_link="https://meet.example.org/other")
    [asked] = await told(network, "run_changed")
    assert (asked.person_id, asked.joining_link) == (sure.id, "https://meet.example.org/other")


async def test_a_run_that_is_postponed_goes_ahead_or_moves_online_says_so(network: Network) -> None:
    run = await a_run(network, SOON)
    await booked(network, run, a_teacher())
    await edit(network, run["id"], status="postponed", status_reason="Snow.")
    await edit(network, run["id"], status="open")
    await edit(network, run["id"], status="moved_online", status_reason="Still snow.")
    changed = await told(network, "run_changed")
    assert [one.is_postponed for one in changed] == [True, False, False]
    told_of = [(one.changes, one.method, one.sequence, one.reason) for one in changed]
    assert told_of == [
        (("postponed",), "CANCEL", 2, "Snow."),
        (("goes_ahead",), "REQUEST", 3, "Snow."),
        (("moved_online",), "REQUEST", 4, "Still snow."),
    ]
    online = changed[-1]
    assert (online.is_online, online.place) == (True, None)


async def test_a_run_called_off_is_told_to_all_and_taken_out_of_the_calendars_of_those_with_a_place(
    network: Network,
) -> None:
    run, sure, waiting, gone = await a_run(network, SOON, capacity=1), a_teacher(), a_teacher(), a_teacher()
    await booked(network, run, sure)
    await booked(network, run, waiting, waiting_list=True)
    await network.post(gone, f"/v1/bookings/{await booked(network, run, gone, waiting_list=True)}/cancellation")
    for _ in range(2):
        await network.post(network.lead(), f"/v1/course-runs/{run['id']}/cancellation", reason="No trainer.")
    told_of = {one.person_id: (one.method, one.reason) for one in await told(network, "run_cancelled")}
    assert told_of == {sure.id: ("CANCEL", "No trainer."), waiting.id: (None, "No trainer.")}
    assert len(await told(network, "run_cancelled")) == 2


async def test_of_a_run_that_is_over_nobody_is_told_anything(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher()
    await network.book(run_id, teacher)
    async with network.service.session() as session:
        run = await session.get_one(CourseRun, run_id)
        run.starts_at, run.ends_at = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
        run.starts_on = run.ends_on = clock.today() - timedelta(days=1)
    await edit(network, str(run_id), venue="Elsewhere")
    assert kinds(await told(network)) == ["booking_confirmed"]


async def test_what_is_told_names_people_by_id_alone(network: Network) -> None:
    teacher = a_teacher()
    await booked(network, await a_run(network, SOON), teacher)
    async with network.service.session() as session:
        told_as = await session.scalar(text("SELECT data::text FROM outbox WHERE subject = 'message.requested'"))
    assert told_as is not None
    assert "@" not in told_as.replace("@ncce.example.org", "")
