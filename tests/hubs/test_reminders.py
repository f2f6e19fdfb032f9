"""Reminders: at their hour by England's clocks, once whoever sends them, and only of what will be."""

import asyncio
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from builders import a_teacher
from calendar_steps import a_run, edit, last_sunday, told
from chassis import clock
from chassis.ids import new_id
from chassis.service import ServiceContext
from hubs.bookings.models import Booking
from hubs.messages.background import send_reminders
from hubs.messages.reminders import due_reminders, remind
from hubs.settings import Settings
from hubs_network import Network
from real_parts import until

SOON = clock.today() + timedelta(days=30)


def settings_of(network: Network, **changes: Any) -> Settings:
    settings = network.service.settings
    assert isinstance(settings, Settings)
    return settings.model_copy(update=changes)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.ENGLAND)


async def sweep(network: Network, now: datetime, **changes: Any) -> int:
    """One round of what runs in the background, as if it were then."""
    settings, sent = settings_of(network, **changes), 0
    async with network.service.session() as session:
        due = await due_reminders(session, settings, now)
    for one in due:
        async with network.service.session() as session:
            sent += await remind(session, settings, one, now)
    return sent


async def test_people_are_reminded_a_week_and_a_day_before_each_once(network: Network) -> None:
    run, teachers = await a_run(network, SOON), [a_teacher(), a_teacher()]
    for teacher in teachers:
        await network.book(run["id"], teacher)
    sent = []
    for day in range(10, -1, -1):
        for hour in (0, 7, 8, 20):
            count = await sweep(network, at(SOON - timedelta(days=day), hour))
            sent += [(day, hour)] * count
    assert sent == [(7, 8), (7, 8), (1, 8), (1, 8)]
    reminders = await told(network, "booking_reminder")
    assert {one.person_id for one in reminders} == {teacher.id for teacher in teachers}
    assert sorted((one.days_before, one.method) for one in reminders) == [(1, None), (1, None), (7, None), (7, None)]
    assert len({one.occasion for one in reminders}) == 4
    assert {one.useless_from_at for one in reminders} == {reminders[0].meetings[0].starts_at}


@pytest.mark.parametrize("month", [3, 10])
async def test_the_hour_is_englands_on_both_sides_of_a_change_of_the_clocks(network: Network, month: int) -> None:
    first_day = last_sunday(month) + timedelta(days=2)
    run = await a_run(network, first_day)
    await network.book(run["id"], a_teacher())
    due_at = at(first_day - timedelta(days=7), 8)
    assert await sweep(network, due_at - timedelta(minutes=1)) == 0
    assert await sweep(network, due_at) == 1
    assert (await told(network, "booking_reminder"))[0].days_before == 7


async def test_two_workers_at_once_remind_once(network: Network) -> None:
    for _ in range(5):
        run = await a_run(network, SOON, capacity=20)
        for _ in range(4):
            await network.book(run["id"], a_teacher())
    now = at(SOON - timedelta(days=7), 9)
    rounds = [sum(await asyncio.gather(*(sweep(network, now) for _ in range(3)))) for _ in range(3)]
    assert sum(rounds) == 20
    assert len({one.booking_id for one in await told(network, "booking_reminder")}) == 20
    assert len(await told(network, "booking_reminder")) == 20


async def test_the_loops_of_two_processes_remind_once(network: Network) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    run = await a_run(network, tomorrow, capacity=20)
    for _ in range(10):
        await network.book(run["id"], a_teacher())
    async with network.service.session() as session:
        for one in await told(network):
            (await session.get_one(Booking, one.booking_id)).confirmed_at = clock.now() - timedelta(days=30)
    context = ServiceContext(network.service.database, settings_of(network, reminder_hour=0))
    loops = [asyncio.create_task(send_reminders(context)) for _ in range(2)]

    async def all_told() -> bool:
        return len(await told(network, "booking_reminder")) >= 10

    await until(all_told)
    for loop in loops:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
    assert len({one.booking_id for one in await told(network, "booking_reminder")}) == 10
    assert len(await told(network, "booking_reminder")) == 10


async def test_nobody_is_reminded_of_what_is_off_or_not_theirs(network: Network) -> None:
    now, teacher = at(SOON - timedelta(days=1), 9), a_teacher()
    off, postponed, full = [await a_run(network, SOON, capacity=1) for _ in range(3)]
    for run in (off, postponed, full):
        await network.book(run["id"], teacher)
    await network.book(full["id"], a_teacher(), waiting_list=True)
    await network.post(network.lead(), f"/v1/course-runs/{off['id']}/cancellation", reason="No trainer.")
    await edit(network, postponed["id"], status="postponed")
    assert await sweep(network, now) == 1
    [asked] = await told(network, "booking_reminder")
    assert (str(asked.course_run_id), asked.person_id) == (full["id"], teacher.id)


async def test_a_place_given_up_meanwhile_is_not_reminded_of(network: Network) -> None:
    run, teacher = await a_run(network, SOON), a_teacher()
    place = (await network.book(run["id"], teacher)).json()["id"]
    now, settings = at(SOON - timedelta(days=1), 9), settings_of(network)
    async with network.service.session() as session:
        [due] = await due_reminders(session, settings, now)
    await network.post(teacher, f"/v1/bookings/{place}/cancellation")
    async with network.service.session() as session:
        assert await remind(session, settings, due, now) == 0


async def test_nobody_is_reminded_of_what_they_have_just_done(network: Network) -> None:
    run = await a_run(network, SOON)
    place = (await network.book(run["id"], a_teacher())).json()["id"]
    async with network.service.session() as session:
        booking = await session.get_one(Booking, place)
        booking.confirmed_at = at(SOON - timedelta(days=3), 12)
    assert await sweep(network, at(SOON - timedelta(days=3), 13)) == 0
    assert await sweep(network, at(SOON - timedelta(days=1), 8)) == 1


async def test_after_an_outage_the_nearest_reminder_alone_is_sent_with_the_days_that_are_left(network: Network) -> None:
    run = await a_run(network, SOON)
    await network.book(run["id"], a_teacher())
    assert await sweep(network, at(SOON, 7)) == 1
    [asked] = await told(network, "booking_reminder")
    assert asked.days_before == 0


async def test_a_run_on_another_day_is_reminded_of_anew(network: Network) -> None:
    run = await a_run(network, SOON)
    await network.book(run["id"], a_teacher())
    assert await sweep(network, at(SOON - timedelta(days=7), 9)) == 1
    later = SOON + timedelta(days=20)
    begins, ends = at(later, 9).isoformat(), at(later, 15).isoformat()
    await edit(network, run["id"], sessions=[{"starts_at": begins, "ends_at": ends, "minutes": 300}])
    assert await sweep(network, at(SOON - timedelta(days=1), 9)) == 0
    assert await sweep(network, at(later - timedelta(days=7), 9)) == 1


async def test_how_many_days_is_a_setting_and_none_is_never(network: Network) -> None:
    run = await a_run(network, SOON)
    await network.book(run["id"], a_teacher())
    assert await sweep(network, at(SOON - timedelta(days=1), 9), reminder_days=()) == 0
    assert await sweep(network, at(SOON - timedelta(days=3), 9), reminder_days=(3,)) == 1


def test_a_setting_that_is_no_number_of_days_is_refused() -> None:
    needed = {"database_url": "postgresql://x/x", "principal_keys": "{}"}
    for wrong in ({"reminder_days": [0]}, {"reminder_days": [61]}, {"reminder_hour": 24}):
        with pytest.raises(ValueError, match="reminder"):
            Settings(**needed, **wrong)  # type: ignore[arg-type]  # which is the point


async def test_a_run_that_somebody_holds_comes_up_again(network: Network) -> None:
    run = await a_run(network, SOON)
    await network.book(run["id"], a_teacher())
    now, settings = at(SOON - timedelta(days=1), 9), settings_of(network)
    async with network.service.session() as holding:
        async with network.service.session() as session:
            [due] = await due_reminders(session, settings, now)
        assert (await remind(holding, settings, due, now)) == 1
        async with network.service.session() as session:
            assert await remind(session, settings, due, now) == 0
            assert await remind(session, settings, (new_id(), 1), now) == 0
    assert await sweep(network, now) == 0
