"""The broker is transport: away, wiped or misconfigured, it delays events and loses none."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from sqlalchemy import func, select

from builders import a_teacher
from chassis import clock, outbox
from chassis.bus import CLOSE_SECONDS, BrokerNotDurable, Bus
from chassis.outbox import publish
from chassis.service import running
from chassis.tables import inbox as handled
from chassis.tables import outbox as written
from conftest import StartService
from contracts.hubs import HubJoined
from harness import ServiceHarness, settings_for
from left_running import stand_still
from ncce_cli.broker import Broker, RunningBroker
from real_parts import DROPS_SOCKETS, at_work, believes, until, with_another_password
from sample_service.app import SERVICE
from sample_service.models import JoinCount

DURABLE = "hubs-count-joins"


@pytest.fixture
async def heard(start_service: StartService, own_broker: RunningBroker) -> ServiceHarness:
    """The sample on a broker of its own."""
    return await start_service(SERVICE, nats_url=own_broker.url)


@pytest.fixture
async def bus(heard: ServiceHarness) -> AsyncIterator[Bus]:
    """A connection to that broker, its stream made."""
    connected = await Bus.connect(heard.settings, "hubs")
    await connected.ensure_stream()
    yield connected
    await connected.close()


async def publish_joins(sample: ServiceHarness, *teachers: UUID) -> None:
    """One event for each."""
    async with sample.session() as session:
        joined = [HubJoined(teacher_id=one, hub_id=uuid4(), joined_at=clock.now()) for one in teachers]
        await publish(session, *joined)


async def counts(sample: ServiceHarness) -> dict[UUID, int]:
    """What has been counted, by teacher."""
    async with sample.session() as session:
        rows = (await session.execute(select(JoinCount.teacher_id, JoinCount.joins))).all()
    return {row.teacher_id: row.joins for row in rows}


async def unpublished(sample: ServiceHarness) -> int:
    """How many events wait for the broker."""
    async with sample.session() as session:
        waiting = select(func.count()).select_from(written).where(written.c.published_at.is_(None))
        return await session.scalar(waiting) or 0


async def all_counted(sample: ServiceHarness, teachers: int) -> None:
    """Wait until each of so many teachers has been counted, and check that none was counted twice."""

    async def reached() -> bool:
        return len(await counts(sample)) == teachers

    await until(reached, seconds=60)
    assert set((await counts(sample)).values()) == {1}


async def test_writes_go_on_without_a_broker_and_every_event_arrives_once_it_is_back(
    heard: ServiceHarness, own_broker: RunningBroker, tmp_path: Path
) -> None:
    broker = Broker(tmp_path / "nats", durable=False)
    async with at_work(heard):
        await publish_joins(heard, *(uuid4() for _ in range(5)))
        await all_counted(heard, 5)
        own_broker.kill()
        client = await heard.client(a_teacher())
        for number in range(10):
            body = {"hub_id": str(uuid4()), "badge": f"b{number}"}
            reply = await client.post("/v1/memberships", json=body, headers={"Idempotency-Key": f"{number}"})
            assert reply.status_code == 201
        assert await unpublished(heard) == 10
        again = broker.start(own_broker.port)
        await until(lambda: is_drained(heard))
        await until(lambda: has_handled(heard, 15))
    again.stop()


@DROPS_SOCKETS
async def test_the_brokers_password_is_changed_under_a_service_that_knows_the_old_and_the_new_one(
    heard: ServiceHarness, own_broker: RunningBroker, tmp_path: Path
) -> None:
    another = own_broker.url.replace(own_broker.password, "another-password")
    settings = heard.settings.model_copy(update={"nats_url": f"{own_broker.url},{another}"})
    async with running(SERVICE, settings, consuming=True):
        await publish_joins(heard, *(uuid4() for _ in range(5)))
        await all_counted(heard, 5)
        await with_another_password(own_broker, tmp_path / "nats", "another-password")
        await publish_joins(heard, *(uuid4() for _ in range(5)))
        await all_counted(heard, 10)
    assert not await believes(own_broker.url)
    gc.collect()


@DROPS_SOCKETS
async def test_a_broker_that_stands_still_does_not_hold_up_who_lets_go_of_it(own_broker: RunningBroker) -> None:
    settings = settings_for(SERVICE, "postgresql://nobody@127.0.0.1/none", nats_url=own_broker.url)
    bus = await Bus.connect(settings, "hubs")
    stand_still(own_broker.pid)

    async def is_more_than_the_sockets_hold() -> bool:
        await bus.client.publish("hub.joined", bytes(2**18))
        return bus.client.pending_data_size > 2**20

    try:
        await until(is_more_than_the_sockets_hold, 60)
        async with asyncio.timeout(CLOSE_SECONDS + 10):
            await bus.close()
    finally:
        own_broker.process.send_signal(signal.SIGCONT)


async def is_drained(sample: ServiceHarness) -> bool:
    """Whether nothing waits for the broker."""
    return await unpublished(sample) == 0


async def has_handled(sample: ServiceHarness, events: int) -> bool:
    """Whether so many events have been handled."""
    async with sample.session() as session:
        return await session.scalar(select(func.count()).select_from(handled)) == events


async def test_a_wiped_broker_is_filled_again_from_the_outbox(
    heard: ServiceHarness, own_broker: RunningBroker, tmp_path: Path
) -> None:
    broker = Broker(tmp_path / "nats", durable=False)
    async with at_work(heard):
        await publish_joins(heard, *(uuid4() for _ in range(5)))
        await all_counted(heard, 5)
        before = await counts(heard)
        own_broker.stop()
        broker.wipe()
        again = broker.start(own_broker.port)
        async with heard.session() as session:
            assert await outbox.republish(session) == 5
        await until(lambda: is_drained(heard))
        await publish_joins(heard, uuid4())
        await all_counted(heard, 6)
        await until(lambda: nothing_pending(heard, 6))
    assert before.items() <= (await counts(heard)).items()
    again.stop()


async def nothing_pending(sample: ServiceHarness, events: int) -> bool:
    """Whether the stream holds so many events and the durable has acknowledged them all."""
    bus = await Bus.connect(sample.settings, "hubs")
    try:
        stream = await bus.jetstream.stream_info("HUBS")
        durable = await bus.jetstream.consumer_info("HUBS", DURABLE)
        pending = (durable.num_pending or 0) + (durable.num_ack_pending or 0)
        return stream.state.messages == events and pending == 0
    finally:
        await bus.close()


async def test_a_stream_that_somebody_changed_is_put_right(heard: ServiceHarness, bus: Bus) -> None:
    wanted = (await bus.jetstream.stream_info("HUBS")).config
    await bus.jetstream.update_stream(wanted.evolve(subjects=["hub.joined"], duplicate_window=1.0))
    await bus.ensure_stream()
    found = (await bus.jetstream.stream_info("HUBS")).config
    assert (found.subjects, found.duplicate_window) == (wanted.subjects, wanted.duplicate_window)


@pytest.mark.parametrize(
    "drift",
    [
        {"filter_subject": "hub.changed"},
        {"ack_wait": 1.0},
        {"max_deliver": 2},
    ],
)
async def test_a_durable_that_somebody_changed_is_put_right(
    heard: ServiceHarness, bus: Bus, drift: dict[str, Any]
) -> None:
    await bus.subscribe(HubJoined, DURABLE)
    wanted = (await bus.jetstream.consumer_info("HUBS", DURABLE)).config
    await bus.jetstream.add_consumer("HUBS", wanted.evolve(**drift))
    assert (await bus.jetstream.consumer_info("HUBS", DURABLE)).config != wanted
    await bus.subscribe(HubJoined, DURABLE)
    assert (await bus.jetstream.consumer_info("HUBS", DURABLE)).config == wanted


async def test_a_durable_that_starts_at_the_wrong_end_is_made_again(heard: ServiceHarness, bus: Bus) -> None:
    await publish_joins(heard, *(uuid4() for _ in range(3)))
    wrong = ConsumerConfig(
        durable_name=DURABLE,
        filter_subject="hub.joined",
        deliver_policy=DeliverPolicy.NEW,
        ack_policy=AckPolicy.EXPLICIT,
    )
    async with at_work(heard, consuming=False):
        await until(lambda: is_drained(heard))
    await bus.jetstream.add_consumer("HUBS", wrong)
    async with at_work(heard):
        await all_counted(heard, 3)


async def test_a_durable_deleted_under_its_consumer_is_made_again_and_the_inbox_absorbs_the_repeats(
    heard: ServiceHarness, bus: Bus
) -> None:
    async with at_work(heard):
        await publish_joins(heard, *(uuid4() for _ in range(5)))
        await all_counted(heard, 5)
        assert await bus.jetstream.delete_consumer("HUBS", DURABLE)
        await publish_joins(heard, *(uuid4() for _ in range(5)))
        await all_counted(heard, 10)


@pytest.mark.parametrize("durable", [True, False])
async def test_a_broker_that_acknowledges_before_it_syncs_is_refused_unless_that_is_allowed(
    tmp_path: Path, durable: bool
) -> None:
    running = Broker(tmp_path / "nats", durable=durable).start()
    settings = settings_for(
        SERVICE,
        "postgresql://nobody@127.0.0.1/none",
        nats_url=running.url,
        nats_monitor_url=running.monitor_url,
        require_synced_broker=True,
    )
    bus = await Bus.connect(settings, "hubs")
    try:
        if durable:
            await bus.require_durable()
        else:
            with pytest.raises(BrokerNotDurable, match="sync_interval"):
                await bus.require_durable()
    finally:
        await bus.close()
        running.stop()


@pytest.mark.parametrize("durable", [True, False])
async def test_one_of_several_monitors_may_be_away(tmp_path: Path, durable: bool) -> None:
    running = Broker(tmp_path / "nats", durable=durable).start()
    settings = settings_for(
        SERVICE,
        "postgresql://nobody@127.0.0.1/none",
        nats_url=running.url,
        nats_monitor_url=f"http://127.0.0.1:1,{running.monitor_url}",
        require_synced_broker=True,
    )
    bus = await Bus.connect(settings, "hubs")
    try:
        with nullcontext() if durable else pytest.raises(BrokerNotDurable, match="sync_interval"):
            await bus.require_durable()
    finally:
        await bus.close()
        running.stop()
    with pytest.raises(OSError, match="refused"):
        await bus.require_durable()


async def test_without_a_monitor_the_brokers_durability_is_not_taken_on_trust(own_broker: RunningBroker) -> None:
    url = "postgresql://nobody@127.0.0.1/none"
    settings = settings_for(SERVICE, url, nats_url=own_broker.url, require_synced_broker=True)
    bus = await Bus.connect(settings, "hubs")
    try:
        with pytest.raises(BrokerNotDurable, match="NATS_MONITOR_URL"):
            await bus.require_durable()
    finally:
        await bus.close()
