"""Each event has its effect once, however often and in whatever order it is delivered; a bad one stands aside."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock, inbox, subscriptions
from chassis.bus import Bus
from chassis.outbox import publish
from chassis.subscriptions import BATCH, LEAST_BATCH, Delivery, Subscriptions, Unreadable, next_batch
from chassis.tables import dead_letter
from conftest import StartService
from contracts.hubs import HubChanged, HubJoined
from harness import ServiceHarness
from ncce_cli.broker import RunningBroker
from real_parts import at_work, somebody_waits, streams_of, until
from sample_service.app import SERVICE
from sample_service.handlers import Refused
from sample_service.models import JoinCount, KnownHub, Refusal

QUICK = {"retry_seconds": (0.02,), "max_deliveries": 3}


@pytest.fixture
async def heard(start_service: StartService, own_broker: RunningBroker) -> ServiceHarness:
    """The sample on a broker of its own, quick to give up on a bad event."""
    return await start_service(SERVICE, nats_url=own_broker.url, **QUICK)


@pytest.fixture
async def bus(heard: ServiceHarness) -> AsyncIterator[Bus]:
    """A connection to that broker, its stream made."""
    connected = await Bus.connect(heard.settings, "hubs")
    await connected.ensure_stream()
    yield connected
    await connected.close()


def joined(teacher: UUID) -> HubJoined:
    """A teacher joined some hub."""
    return HubJoined(teacher_id=teacher, hub_id=uuid4(), joined_at=clock.now())


def changed(hub: UUID, name: str) -> HubChanged:
    """A hub as it now stands."""
    return HubChanged(hub_id=hub, slug="h", name=name, region="R", is_open=True)


async def joins(sample: ServiceHarness, teacher: UUID) -> int:
    """What has been counted for a teacher."""
    async with sample.session() as session:
        return await session.scalar(select(JoinCount.joins).where(JoinCount.teacher_id == teacher)) or 0


async def parked(sample: ServiceHarness) -> int:
    """How many dead letters wait."""
    async with sample.session() as session:
        return len(await inbox.waiting(session))


async def publish_joins(sample: ServiceHarness, *teachers: UUID) -> None:
    """One event for each."""
    async with sample.session() as session:
        await publish(session, *(joined(teacher) for teacher in teachers))


async def refuse(sample: ServiceHarness, teacher: UUID) -> None:
    """Let the handler fail for a teacher."""
    async with sample.session() as session:
        session.add(Refusal(teacher_id=teacher))


async def test_an_event_delivered_twice_has_one_effect(sample: ServiceHarness) -> None:
    teacher = uuid4()
    assert await sample.deliver(joined(teacher), times=3) == 1
    assert await joins(sample, teacher) == 1


async def test_whatever_the_order_the_newest_state_stays(sample: ServiceHarness) -> None:
    orders = list(itertools.permutations((1, 2, 3)))
    for number, order in enumerate(orders):
        hub = UUID(int=number + 1)
        for sequence in (*order, random.Random(number).choice(order)):
            await sample.deliver(changed(hub, f"name {sequence}"), sequence=sequence)
    async with sample.session() as session:
        names = (await session.scalars(select(KnownHub.name))).all()
    assert names == ["name 3"] * len(orders)


async def test_two_workers_with_the_same_event_have_one_effect(sample: ServiceHarness) -> None:
    teacher, event_id = uuid4(), uuid4()
    event = joined(teacher)
    ran = await asyncio.gather(*(sample.deliver(event, event_id=event_id) for _ in range(8)))
    assert sorted(ran) == [0] * 7 + [1]
    assert await joins(sample, teacher) == 1


async def test_events_flow_through_the_broker_at_once(heard: ServiceHarness) -> None:
    teachers = [uuid4() for _ in range(20)]
    async with at_work(heard):
        for _ in range(3):
            await publish_joins(heard, *teachers)
        await until(lambda: counted(heard, dict.fromkeys(teachers, 3)))


async def counted(sample: ServiceHarness, wanted: dict[UUID, int]) -> bool:
    """Whether exactly this has been counted."""
    async with sample.session() as session:
        rows = (await session.execute(select(JoinCount.teacher_id, JoinCount.joins))).all()
    return {row.teacher_id: row.joins for row in rows} == wanted


async def test_one_event_reaches_its_consumer_without_waiting_for_more(heard: ServiceHarness) -> None:
    async with at_work(heard):
        await publish_joins(heard, uuid4())
        await until(lambda: has_counted(heard, 1))
        started = asyncio.get_running_loop().time()
        await publish_joins(heard, uuid4())
        await until(lambda: has_counted(heard, 2))
        assert asyncio.get_running_loop().time() - started < 1.5


async def has_counted(sample: ServiceHarness, teachers: int) -> bool:
    """Whether joins of so many teachers have been counted."""
    async with sample.session() as session:
        return await session.scalar(select(func.count()).select_from(JoinCount)) == teachers


async def test_a_bad_event_is_parked_and_the_others_go_on(heard: ServiceHarness) -> None:
    good, bad = [uuid4() for _ in range(9)], uuid4()
    await refuse(heard, bad)
    await publish_joins(heard, *good[:4], bad, *good[4:])
    async with at_work(heard):
        await until(lambda: counted(heard, dict.fromkeys(good, 1)))

        async def one_is_parked() -> bool:
            return await parked(heard) == 1

        await until(one_is_parked)
    async with heard.session() as session:
        (letter,) = await inbox.waiting(session)
    assert (letter.consumer, letter.subject, letter.deliveries) == ("hubs-count-joins", "hub.joined", 3)
    assert "Refused" in letter.error
    assert await joins(heard, bad) == 0


async def park_one(heard: ServiceHarness, bad: UUID) -> UUID:
    """Let one event become a dead letter."""
    await refuse(heard, bad)
    await publish_joins(heard, bad)

    async def is_parked() -> bool:
        return await parked(heard) == 1

    async with at_work(heard):
        await until(is_parked)
    async with heard.session() as session:
        (letter,) = await inbox.waiting(session)
    assert isinstance(letter.id, UUID)
    return letter.id


async def test_a_parked_event_is_handled_again_once_the_cause_is_gone(heard: ServiceHarness) -> None:
    bad = uuid4()
    letter = await park_one(heard, bad)
    with pytest.raises(Refused):
        async with heard.session() as session:
            await subscriptions.handle_again(session, SERVICE.subscriptions, letter)
    assert await parked(heard) == 1
    async with heard.session() as session:
        await session.execute(delete(Refusal))
    async with heard.session() as session:
        assert await subscriptions.handle_again(session, SERVICE.subscriptions, letter)
    async with heard.session() as session:
        assert not await subscriptions.handle_again(session, SERVICE.subscriptions, letter)
    assert (await joins(heard, bad), await parked(heard)) == (1, 0)


async def test_a_parked_event_of_a_handler_that_is_gone_says_so(heard: ServiceHarness) -> None:
    letter = await park_one(heard, uuid4())
    with pytest.raises(Unreadable, match="hubs-count-joins"):
        async with heard.session() as session:
            await subscriptions.handle_again(session, Subscriptions("hubs"), letter)


async def test_a_message_that_is_no_event_is_parked_at_once(heard: ServiceHarness, bus: Bus) -> None:
    await bus.jetstream.publish("hub.joined", b"not an envelope")
    other = changed(uuid4(), "H").model_dump_json().encode()
    await bus.jetstream.publish("hub.joined", other)
    teacher = uuid4()
    await publish_joins(heard, teacher)

    async def both_are_parked() -> bool:
        return await parked(heard) == 2 and await joins(heard, teacher) == 1

    async with at_work(heard):
        await until(both_are_parked)
    async with heard.session() as session:
        letters = await inbox.waiting(session)
    assert {letter.deliveries for letter in letters} == {1}
    assert {bytes(letter.body) for letter in letters} == {b"not an envelope", other}


TOGETHER = Subscriptions("hubs")


@TOGETHER.on_many(HubJoined)
async def count_together(session: AsyncSession, events: Sequence[HubJoined], deliveries: Sequence[Delivery]) -> None:
    """Count all that wait in one statement."""
    refused = set(await session.scalars(select(Refusal.teacher_id)))
    if refused & {event.teacher_id for event in events}:
        raise Refused
    assert len(events) == len(deliveries)
    session.add_all(JoinCount(teacher_id=event.teacher_id, joins=1) for event in events)


async def test_events_handled_together_are_handled_apart_when_one_is_bad(
    start_service: StartService, own_broker: RunningBroker
) -> None:
    heard = await start_service(replace(SERVICE, subscriptions=TOGETHER), nats_url=own_broker.url, **QUICK)
    good, bad = [uuid4() for _ in range(9)], uuid4()
    await refuse(heard, bad)
    await publish_joins(heard, *good[:4], bad, *good[4:])

    async def is_done() -> bool:
        return await parked(heard) == 1 and await counted(heard, dict.fromkeys(good, 1))

    async with at_work(heard):
        await until(is_done)
    async with heard.session() as session:
        (letter,) = await inbox.waiting(session)
    assert letter.consumer == "hubs-count-together"


SLOW = Subscriptions("hubs")


@SLOW.on(HubJoined)
async def count_slowly(session: AsyncSession, event: HubJoined, delivery: Delivery) -> None:
    """Take a while for each."""
    await session.execute(text("SELECT pg_sleep(0.036)"))
    session.add(JoinCount(teacher_id=event.teacher_id, joins=1))


async def test_what_a_slow_handler_changes_is_not_held_for_as_long_as_everything_takes_that_waits(
    start_service: StartService, own_broker: RunningBroker
) -> None:
    heard = await start_service(replace(SERVICE, subscriptions=SLOW), nats_url=own_broker.url)
    teachers = [uuid4() for _ in range(3 * LEAST_BATCH)]
    await publish_joins(heard, *teachers)
    async with at_work(heard):
        await until(lambda: counted(heard, dict.fromkeys(teachers, 1)))
    together = text("SELECT max(rows) FROM (SELECT count(*) AS rows FROM join_count GROUP BY xmin) AS made")
    async with heard.session() as session:
        assert await session.scalar(together) <= LEAST_BATCH


def test_so_many_are_taken_at_once_as_are_through_in_a_second() -> None:
    assert next_batch(LEAST_BATCH, LEAST_BATCH, 0.1) == 2 * LEAST_BATCH
    assert next_batch(BATCH, BATCH, 0.1) == BATCH
    assert next_batch(BATCH, BATCH, 2) == BATCH // 2
    assert next_batch(BATCH, BATCH, 50) == LEAST_BATCH
    assert next_batch(LEAST_BATCH, LEAST_BATCH, 0.6) == LEAST_BATCH
    assert next_batch(LEAST_BATCH, 3, 0.1) == LEAST_BATCH


async def test_a_slow_handler_keeps_its_event(start_service: StartService, own_broker: RunningBroker) -> None:
    heard = await start_service(SERVICE, nats_url=own_broker.url, ack_wait_seconds=1.5)
    clock_of_loop = asyncio.get_running_loop().time
    teacher = uuid4()

    async with at_work(heard), at_work(heard), heard.session() as session:
        await session.execute(text("LOCK TABLE join_count"))
        await publish_joins(heard, teacher)
        await until(lambda: somebody_waits(heard))
        started = clock_of_loop()

        async def others_had_time_to_get_it() -> bool:
            return clock_of_loop() - started > 3

        await until(others_had_time_to_get_it)
        (stream,) = await streams_of(own_broker)
        assert [one["num_redelivered"] for one in stream["consumer_detail"]] == [0, 0]
        await session.rollback()
        await until(lambda: counted(heard, {teacher: 1}))


def test_two_handlers_of_one_name_are_a_mistake() -> None:
    table = Subscriptions("hubs")

    def handler() -> object:
        async def count(session: object, event: HubJoined, delivery: object) -> None: ...

        return count

    table.on(HubJoined)(handler())  # type: ignore[arg-type]  # only its name matters
    with pytest.raises(ValueError, match="hubs-count"):
        table.on(HubJoined)(handler())  # type: ignore[arg-type]  # as above


async def test_a_dead_letter_waits_once(sample: ServiceHarness) -> None:
    event_id = uuid4()
    async with sample.session() as session:
        for _ in range(2):
            await inbox.park(session, "hubs-count-joins", event_id, "hub.joined", b"{}", "why", 8)
    async with sample.session() as session:
        assert await session.scalar(select(func.count()).select_from(dead_letter)) == 1
