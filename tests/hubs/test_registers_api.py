"""`/v1/registers`: attendance marked by the run's hub, and counted once."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from builders import a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.tables import audit_entry
from contracts.hubs import CpdCompleted, CpdCorrected
from hubs.bookings.models import Booking
from hubs_network import Network

EARLY: dict[str, Any] = {"early": True, "reason": "Shown to visitors."}


async def booked(network: Network, run_id: UUID, teacher: Principal | None = None) -> str:
    """The id of a fresh booking."""
    booking_id: str = (await network.book(run_id, teacher)).json()["id"]
    return booking_id


def attended(booking_id: str, hours: str | None = None) -> dict[str, object]:
    mark: dict[str, object] = {"booking_id": booking_id, "outcome": "attended"}
    return mark | {"hours": hours} if hours else mark


def absent(booking_id: str) -> dict[str, object]:
    return {"booking_id": booking_id, "outcome": "absent"}


async def test_attendance_is_reported_once_however_often_it_is_marked(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher()
    booking_id, away = await booked(network, run_id, teacher), await booked(network, run_id)
    await network.begin(run_id)
    marks = [attended(booking_id), absent(away)]
    first, again = await network.mark(run_id, marks), await network.mark(run_id, marks)
    assert first.status_code == 200
    assert first.json() == again.json()
    assert {entry["booking_id"]: (entry["outcome"], entry["hours"]) for entry in first.json()["entries"]} == {
        booking_id: ("attended", "12.00"),
        away: ("absent", None),
    }
    [event] = await network.service.published(CpdCompleted)
    assert (event.teacher_id, event.activity_code, event.hours) == (teacher.id, "CP008", Decimal(12))
    assert (event.completed_on, str(event.booking_id), event.course_run_id) == (clock.today(), booking_id, run_id)
    assert event.reported_by_organisation_id is None


async def test_marking_at_once_from_many_hands_counts_once(network: Network) -> None:
    run_id = await network.run()
    booking_id = await booked(network, run_id)
    await network.begin(run_id)
    answers = await asyncio.gather(*(network.mark(run_id, [attended(booking_id)]) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(await network.service.published(CpdCompleted)) == 1


async def test_an_attendance_is_corrected_with_a_reason_and_everybody_is_told(network: Network) -> None:
    run_id, why = await network.run(), "The wrong Smith was marked."
    booking_id = await booked(network, run_id)
    await network.begin(run_id)
    await network.mark(run_id, [absent(booking_id)])
    assert await network.service.published(CpdCompleted) == []
    await network.mark(run_id, [attended(booking_id, "6")])
    for change in (absent(booking_id), attended(booking_id, "12")):
        refused = await network.mark(run_id, [change])
        assert (refused.status_code, refused.json()["code"]) == (422, "correction-needs-reason")
    for change in (attended(booking_id, "12"), attended(booking_id, "12"), absent(booking_id), attended(booking_id)):
        assert (await network.mark(run_id, [change], reason=why)).status_code == 200
    [told] = await network.service.published(CpdCompleted)
    corrections = await network.service.published(CpdCorrected)
    assert {one.completion_id for one in corrections} == {told.completion_id}
    assert [(one.revision, int(one.hours_before), int(one.hours)) for one in corrections] == [
        (1, 6, 12),
        (2, 12, 0),
        (3, 0, 12),
    ]
    assert {(str(one.booking_id), one.course_run_id, one.activity_code) for one in corrections} == {
        (booking_id, run_id, "CP008")
    }
    assert await network.places_taken(run_id) == 1


async def test_correcting_at_once_from_many_hands_compensates_once(network: Network) -> None:
    run_id = await network.run()
    booking_id = await booked(network, run_id)
    await network.begin(run_id)
    await network.mark(run_id, [attended(booking_id)])
    change = [absent(booking_id)]
    await asyncio.gather(*(network.mark(run_id, change, reason="Was not there.") for _ in range(8)))
    assert [one.hours for one in await network.service.published(CpdCorrected)] == [Decimal(0)]


async def test_hours_are_needed_where_the_catalogue_has_none_and_never_pass_the_course(network: Network) -> None:
    unknown, known = await network.run(course="CP999", status="closed"), await network.run()
    booking_id = await booked(network, known)
    await network.begin(known)
    assert (await network.mark(known, [attended(booking_id, "12.5")])).json()["code"] == "too-many-hours"
    async with network.service.session() as session:
        from_known = await session.get_one(Booking, UUID(booking_id))
        from_known.course_run_id = unknown
    await network.begin(unknown)
    assert (await network.mark(unknown, [attended(booking_id)])).json()["code"] == "hours-required"
    assert (await network.mark(unknown, [attended(booking_id, "61")])).json()["code"] == "validation-failed"
    assert (await network.mark(unknown, [attended(booking_id, "3")])).status_code == 200


async def test_a_register_is_marked_from_the_first_day_or_early_by_the_lead_with_a_reason(network: Network) -> None:
    run_id = await network.run()
    booking_id = await booked(network, run_id)
    administrator = staff("hub_administrator", organisation_id=network.hub_id)
    assert (await network.mark(run_id, [attended(booking_id)])).json()["code"] == "register-not-due"
    refused = await network.mark(run_id, [attended(booking_id)], administrator, **EARLY)
    assert (refused.status_code, refused.json()["code"]) == (403, "early-marking-refused")
    assert (await network.mark(run_id, [attended(booking_id)], early=True)).status_code == 422
    assert (await network.mark(run_id, [attended(booking_id)], **EARLY)).status_code == 200
    [event] = await network.service.published(CpdCompleted)
    assert event.completed_on == clock.today()
    trail = select(audit_entry.c.details).where(audit_entry.c.action == "register.marked")
    async with network.service.session() as session:
        [details] = (await session.scalars(trail)).all()
    assert details == {"attended": [booking_id], "absent": [], **EARLY}


async def test_another_hubs_staff_find_no_such_register(network: Network) -> None:
    run_id = await network.run()
    booking_id = await booked(network, run_id)
    stranger = staff("hub_lead", "hub_administrator", organisation_id=network.other_hub_id)
    client = await network.service.client(stranger)
    assert (await client.get(f"/v1/registers/{run_id}")).json()["code"] == "register-not-found"
    assert (await network.mark(run_id, [attended(booking_id)], stranger, **EARLY)).status_code == 404
    for caller, status in ((a_teacher(), 404), (anonymous(), 401), (staff("moderator"), 404)):
        assert (await network.mark(run_id, [attended(booking_id)], caller, **EARLY)).status_code == status
    assert await network.service.published(CpdCompleted) == []


async def test_only_places_held_on_the_run_are_on_its_register(network: Network) -> None:
    run_id, other, teacher = await network.run(), await network.run(), a_teacher()
    given_up, elsewhere = await booked(network, run_id, teacher), await booked(network, other)
    await (await network.service.client(teacher)).post(f"/v1/bookings/{given_up}/cancellation")
    for booking_id in (given_up, elsewhere, str(new_id())):
        refused = await network.mark(run_id, [attended(booking_id)], **EARLY)
        assert (refused.json()["code"], refused.json()["booking_ids"]) == ("not-on-register", [booking_id])
    client = await network.service.client(network.lead())
    assert (await client.get(f"/v1/registers/{run_id}")).json()["entries"] == []


async def test_a_booking_is_named_once_and_a_marked_place_cannot_be_given_up(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher()
    booking_id = await booked(network, run_id, teacher)
    twice = await network.mark(run_id, [attended(booking_id), absent(booking_id)], **EARLY)
    assert twice.status_code == 422
    await network.mark(run_id, [attended(booking_id)], **EARLY)
    client = await network.service.client(teacher)
    assert (await client.post(f"/v1/bookings/{booking_id}/cancellation")).json()["code"] == "booking-started"
    assert await network.places_taken(run_id) == 1


async def test_a_teacher_completes_two_runs_of_a_course_and_each_is_told(network: Network) -> None:
    teacher = a_teacher()
    for run_id in (await network.run(), await network.run()):
        await network.mark(run_id, [attended(await booked(network, run_id, teacher))], **EARLY)
    assert len(await network.service.published(CpdCompleted)) == 2
