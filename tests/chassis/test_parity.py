"""Sums of what was told and of what was heard differ exactly where an event is missing on one side."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from chassis import clock, parity
from chassis.ids import new_id
from chassis.inbox import park
from chassis.outbox import publish
from chassis.tables import inbox, outbox
from contracts.hubs import HubChanged, HubJoined
from harness import ServiceHarness
from sample_service.handlers import subscriptions

JOINS = "hubs-count-joins"


async def tell(sample: ServiceHarness, number: int, *, are_heard: bool = True) -> list[UUID]:
    """Record events in the outbox, and have them handled; their ids."""
    events = [HubJoined(teacher_id=uuid4(), hub_id=uuid4(), joined_at=clock.now()) for _ in range(number)]
    async with sample.session() as session:
        await publish(session, *events)
        rows = (await session.execute(select(outbox).order_by(outbox.c.position.desc()).limit(number))).all()
    by_teacher = {row.data["teacher_id"]: row for row in rows}
    for event in events if are_heard else ():
        row = by_teacher[str(event.teacher_id)]
        assert await sample.deliver(event, event_id=row.event_id, sequence=row.sequence) == 1
    return [row.event_id for row in rows]


def by_hour(sums: Sequence[parity.Sum], of: str) -> dict[int, tuple[int, int]]:
    return {one.hour: (one.events, one.mark) for one in sums if one.of == of}


FAR = 1 << 47


async def both_sides(sample: ServiceHarness, before: int = FAR) -> tuple[dict[int, tuple[int, int]], ...]:
    async with sample.session() as session:
        told = by_hour(await parity.told(session, before), HubJoined.subject)
        return told, by_hour(await parity.heard(session, subscriptions, before), JOINS)


async def test_equal_sums_mean_that_all_was_heard_and_others_name_the_hour(sample: ServiceHarness) -> None:
    events = await tell(sample, 5)
    told, heard = await both_sides(sample)
    assert told == heard
    assert sum(count for count, _ in told.values()) == 5
    async with sample.session() as session:
        await session.execute(delete(inbox).where(inbox.c.event_id == events[0]))
        # As many as before, but not the same: the mark shows it.
        await session.execute(inbox.insert().values(consumer=JOINS, event_id=new_id()))
    told, heard = await both_sides(sample)
    assert told != heard
    assert sum(count for count, _ in heard.values()) == 5
    hour = next(hour for hour in told if told[hour] != heard.get(hour))
    async with sample.session() as session:
        known = set(await parity.told_ids(session, HubJoined.subject, hour, FAR))
        handled = set(await parity.heard_ids(session, JOINS, hour, FAR))
    assert known - handled == {events[0]}


async def test_what_is_newer_than_asked_for_is_left_out(sample: ServiceHarness) -> None:
    await tell(sample, 2, are_heard=False)
    assert await both_sides(sample, before=0) == ({}, {})
    told, heard = await both_sides(sample)
    assert (sum(count for count, _ in told.values()), heard) == (2, {})


async def test_only_the_events_named_are_told_again(sample: ServiceHarness) -> None:
    events = await tell(sample, 3)
    async with sample.session() as session:
        await session.execute(outbox.update().values(published_at=clock.now()))
        assert await parity.tell_again(session, [events[1], uuid4()]) == 1
    async with sample.session() as session:
        waiting = await session.scalars(select(outbox.c.event_id).where(outbox.c.published_at.is_(None)))
        assert waiting.all() == [events[1]]


async def test_more_events_are_told_again_than_a_statement_has_room_for_values(sample: ServiceHarness) -> None:
    events = await tell(sample, 2)
    async with sample.session() as session:
        await session.execute(outbox.update().values(published_at=clock.now()))
        assert await parity.tell_again(session, [*(uuid4() for _ in range(40_000)), *events]) == 2


async def test_a_dead_letter_that_waits_is_told_apart(sample: ServiceHarness) -> None:
    event_id = uuid4()
    async with sample.session() as session:
        await park(session, JOINS, event_id, HubJoined.subject, b"{}", "Refused()", 5)
        assert await parity.parked_ids(session, JOINS) == {event_id}
        assert await parity.parked_ids(session, "hubs-keep-hub") == set()


async def test_after_a_leap_every_number_is_above_those_given_out_before_and_none_is_left_out(
    sample: ServiceHarness,
) -> None:
    def hub(number: int) -> HubChanged:
        return HubChanged(hub_id=UUID(int=number), slug=f"hub-{number}", name="Hub", region="North", is_open=True)

    async with sample.session() as session:
        await publish(session, hub(1), hub(1), hub(2))
    for times in (1, 2):
        async with sample.session() as session:
            assert await parity.leap(session) == 2 * times
        async with sample.session() as session:
            await publish(session, hub(1), hub(1), hub(3), hub(3))
            await publish(session, hub(3))
        async with sample.session() as session:
            found = (await session.execute(select(outbox).order_by(outbox.c.position.desc()).limit(5))).all()
        leapt = times * parity.LEAP
        ones = [row.sequence for row in found if row.aggregate == hub(1).aggregate_id]
        threes = sorted(row.sequence for row in found if row.aggregate == hub(3).aggregate_id)
        assert sorted(ones) == [leapt + 2 * times + 1, leapt + 2 * times + 2]
        assert threes == [leapt + 3 * times - 2, leapt + 3 * times - 1, leapt + 3 * times]
