"""Events are numbered and kept in the transaction that makes them true; the relay leaves none behind."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from chassis import clock, outbox
from chassis.bus import Bus
from chassis.outbox import Relay, publish
from chassis.tables import outbox as rows
from conftest import StartService
from contracts.base import AnyEnvelope
from contracts.hubs import HubChanged, HubJoined
from harness import ServiceHarness
from ncce_cli.broker import RunningBroker
from sample_service.app import SERVICE

STREAM = "HUBS"


def joined(teacher: UUID) -> HubJoined:
    """A teacher joined some hub."""
    return HubJoined(teacher_id=teacher, hub_id=uuid4(), joined_at=clock.now())


@pytest.fixture
async def relayed(start_service: StartService, own_broker: RunningBroker) -> ServiceHarness:
    """The sample with a broker of its own."""
    return await start_service(SERVICE, nats_url=own_broker.url)


@pytest.fixture
async def bus(relayed: ServiceHarness) -> AsyncIterator[Bus]:
    """A connection to that broker, its stream made."""
    connected = await Bus.connect(relayed.settings, "hubs")
    await connected.ensure_stream()
    yield connected
    await connected.close()


async def stored(bus: Bus) -> list[AnyEnvelope]:
    """Everything in the stream, in its order."""
    info = await bus.jetstream.stream_info(STREAM)
    messages = [await bus.jetstream.get_msg(STREAM, number) for number in range(1, info.state.messages + 1)]
    return [AnyEnvelope.model_validate_json(message.data or b"") for message in messages]


def by_aggregate(envelopes: Sequence[AnyEnvelope]) -> dict[str, list[int]]:
    """The sequences of each aggregate, in the order they were stored."""
    found: dict[str, list[int]] = defaultdict(list)
    for envelope in envelopes:
        found[envelope.subject].append(envelope.sequence)
    return found


async def drain(relay: Relay) -> int:
    """Relay until nothing waits."""
    moved = 0
    while count := await relay.round():
        moved += count
    return moved


async def test_sequences_have_no_gaps_under_concurrent_writers(sample: ServiceHarness) -> None:
    teachers = sorted(uuid4() for _ in range(3))
    chance = random.Random(7)

    async def write(times: int) -> None:
        for _ in range(times):
            chosen = chance.sample(teachers, k=2)
            async with sample.session() as session:
                await publish(session, *(joined(teacher) for teacher in chosen))
                if chance.random() < 0.2:
                    await session.rollback()

    await asyncio.gather(*(write(12) for _ in range(8)))
    async with sample.session() as session:
        found = (await session.execute(select(rows.c.aggregate, rows.c.sequence).order_by(rows.c.position))).all()
    for teacher in teachers:
        sequences = [row.sequence for row in found if row.aggregate == f"teacher:{teacher}"]
        assert sequences == list(range(1, len(sequences) + 1))


async def test_several_events_of_one_aggregate_are_numbered_as_given(sample: ServiceHarness) -> None:
    teacher, hub = uuid4(), uuid4()
    async with sample.session() as session:
        change = HubChanged(hub_id=hub, slug="h", name="H", region="R", is_open=True)
        await publish(session, joined(teacher), change, joined(teacher))
        await publish(session)
    async with sample.session() as session:
        found = (await session.execute(select(rows.c.aggregate, rows.c.sequence).order_by(rows.c.position))).all()
    assert [tuple(row) for row in found] == [(f"teacher:{teacher}", 1), (f"hub:{hub}", 1), (f"teacher:{teacher}", 2)]


async def test_an_event_of_a_rolled_back_transaction_never_was(sample: ServiceHarness) -> None:
    async with sample.session() as session:
        await publish(session, joined(uuid4()))
        await session.rollback()
    assert await sample.published(HubJoined) == []


async def test_an_event_too_large_for_the_broker_is_refused_where_it_is_written(sample: ServiceHarness) -> None:
    change = HubChanged(hub_id=uuid4(), slug="h", name="x" * 70_000, region="R", is_open=True)
    with pytest.raises(IntegrityError, match="size"):
        async with sample.session() as session:
            await publish(session, change)


async def test_a_row_that_commits_late_is_not_skipped(relayed: ServiceHarness, bus: Bus) -> None:
    early, late = uuid4(), uuid4()
    relay = Relay(relayed.database, bus, "hubs")
    async with relayed.session() as slow:
        await publish(slow, joined(late))
        async with relayed.session() as quick:
            await publish(quick, joined(early))
        assert await relay.round() == 1
    assert await relay.round() == 1
    assert [envelope.subject for envelope in await stored(bus)] == [f"teacher:{early}", f"teacher:{late}"]


async def test_two_relays_at_once_keep_each_aggregates_order_and_send_each_event_once(
    relayed: ServiceHarness, bus: Bus
) -> None:
    teachers = [uuid4() for _ in range(4)]
    other = await Bus.connect(relayed.settings, "hubs")

    async def write() -> None:
        for _ in range(40):
            async with relayed.session() as session:
                await publish(session, *(joined(teacher) for teacher in sorted(teachers)))

    async def relay(through: Bus) -> None:
        while not writing.done():
            await Relay(relayed.database, through, "hubs").round()

    writing = asyncio.gather(write(), write())
    await asyncio.gather(writing, relay(bus), relay(other))
    await drain(Relay(relayed.database, bus, "hubs"))
    await other.close()
    found = by_aggregate(await stored(bus))
    assert found == {f"teacher:{teacher}": list(range(1, 81)) for teacher in teachers}


async def test_a_publish_whose_mark_was_lost_is_not_stored_twice(relayed: ServiceHarness, bus: Bus) -> None:
    relay = Relay(relayed.database, bus, "hubs")
    async with relayed.session() as session:
        await publish(session, joined(uuid4()))
    assert await relay.round() == 1
    async with relayed.session() as session:
        await session.execute(update(rows).values(published_at=None))
    assert await relay.round() == 1
    assert len(await stored(bus)) == 1


async def test_republishing_sends_everything_again_or_what_is_recent(relayed: ServiceHarness, bus: Bus) -> None:
    relay = Relay(relayed.database, bus, "hubs")
    for _ in range(3):
        async with relayed.session() as session:
            await publish(session, joined(uuid4()))
    assert await drain(relay) == 3
    async with relayed.session() as session:
        last = await session.scalar(select(func.max(rows.c.recorded_at)))
        assert await outbox.republish(session, since=last) == 1
    assert await drain(relay) == 1
    async with relayed.session() as session:
        assert await outbox.republish(session) == 3
    assert await drain(relay) == 3
    envelopes = await stored(bus)
    assert len(envelopes) == 7
    assert len({envelope.id for envelope in envelopes}) == 3


async def test_more_than_a_batch_leaves_in_order(relayed: ServiceHarness, bus: Bus) -> None:
    teacher = uuid4()
    async with relayed.session() as session:
        await publish(session, *(joined(teacher) for _ in range(450)))
    assert await drain(Relay(relayed.database, bus, "hubs")) == 450
    info = await bus.jetstream.stream_info(STREAM)
    assert info.state.messages == 450
    first = await bus.jetstream.get_msg(STREAM, 1)
    last = await bus.jetstream.get_msg(STREAM, 450)
    assert [AnyEnvelope.model_validate_json(one.data or b"").sequence for one in (first, last)] == [1, 450]
