"""The loops beside the requests: one relay at a time, work in hand finished, nothing that ends for good."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from chassis import clock, tracing
from chassis.bus import BrokerNotDurable
from chassis.faults import FaultInjected, arm
from chassis.outbox import RELAY_LOCK, Relay, publish, republish
from chassis.service import ServiceContext, running, use_broker
from chassis.subscriptions import Delivery, Subscriptions
from chassis.tables import outbox
from conftest import StartService
from contracts.base import AnyEnvelope
from contracts.hubs import HubJoined
from harness import ServiceHarness
from ncce_cli.broker import Broker, RunningBroker
from otlp_receiver import collecting
from real_parts import at_work, somebody_waits, streams_of, until
from sample_service.app import SERVICE
from sample_service.models import JoinCount


class Kept:
    """Takes what a relay sends, and keeps it."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.ids: list[str] = []
        self.traceparents: list[str | None] = []

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """Store everything."""
        self.subjects += [subject for subject, _, _ in messages]
        self.ids += [message_id for _, message_id, _ in messages]
        self.traceparents += [AnyEnvelope.model_validate_json(body).traceparent for _, _, body in messages]
        return [True] * len(messages)


class Doubting(Kept):
    """Keeps everything and says of the first that it did not."""

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """Store everything."""
        return [False, *(await super().send(messages))[1:]]


class Stumbling(Kept):
    """Takes its time, and meets an error of its own when it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked = asyncio.Event()

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """Send until told to stop, and then say something else."""
        self.is_asked.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectionResetError from None
        raise AssertionError


class Refused(Exception):
    """What the driver says of a server that is going away."""

    sqlstate = "57P03"


async def publish_join(sample: ServiceHarness, teacher: UUID) -> None:
    """One event."""
    async with sample.session() as session:
        await publish(session, HubJoined(teacher_id=teacher, hub_id=uuid4(), joined_at=clock.now()))


async def test_while_one_relays_another_does_not(sample: ServiceHarness) -> None:
    await publish_join(sample, uuid4())
    kept = Kept()
    relay = Relay(sample.database, kept, "hubs")
    async with sample.session() as session:
        await session.execute(select(func.pg_advisory_xact_lock(RELAY_LOCK)))
        assert await relay.round() == 0
    assert kept.subjects == []
    assert await relay.round() == 1
    assert kept.subjects == ["hub.joined"]


@pytest.mark.parametrize(
    ("point", "times"), [("relay.before_publish", 1), ("relay.after_publish", 2), ("relay.before_mark_commit", 2)]
)
async def test_a_round_that_fails_marks_nothing_as_sent(sample: ServiceHarness, point: str, times: int) -> None:
    await publish_join(sample, uuid4())
    kept = Kept()
    relay = Relay(sample.database, kept, "hubs")
    arm(f"{point}:error")
    with pytest.raises(FaultInjected):
        await relay.round()
    assert [await relay.round(), await relay.round()] == [1, 0]
    assert (kept.subjects, len(set(kept.ids))) == (["hub.joined"] * times, 1)


async def test_what_the_broker_did_not_take_waits_and_is_counted(sample: ServiceHarness) -> None:
    def waiting() -> float | None:
        return REGISTRY.get_sample_value("ncce_outbox_waiting")

    for _ in range(3):
        await publish_join(sample, uuid4())
    doubting, kept = Doubting(), Kept()
    assert (await Relay(sample.database, doubting, "hubs").round(), waiting()) == (2, 1)
    assert (await Relay(sample.database, kept, "hubs").round(), waiting()) == (1, 0)
    assert kept.ids == doubting.ids[:1]
    await publish_join(sample, uuid4())
    assert (await Relay(sample.database, doubting, "hubs").round(), waiting()) == (0, 1)
    async with sample.session() as session:
        await session.execute(update(outbox).values(published_at=func.now()))
    assert (await Relay(sample.database, doubting, "hubs").round(), waiting()) == (0, 0)


async def test_a_round_takes_five_hundred(sample: ServiceHarness) -> None:
    async with sample.session() as session:
        joined = [HubJoined(teacher_id=uuid4(), hub_id=uuid4(), joined_at=clock.now()) for _ in range(501)]
        await publish(session, *joined)
    relay = Relay(sample.database, Kept(), "hubs")
    assert [await relay.round() for _ in range(3)] == [500, 1, 0]


async def test_an_event_is_told_of_from_when_it_was_recorded_to_when_the_broker_has_it(sample: ServiceHarness) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    doubting, kept = Doubting(), Kept()
    with collecting() as collector:
        recorder = tracing.open_recorder(collector.url, "sample-work")
        tracing.tell(recorder)
        await publish_join(sample, uuid4())
        with tracing.trace(parent):
            await publish_join(sample, uuid4())
        await Relay(sample.database, kept, "hubs").round()
        with tracing.trace(parent):
            await publish_join(sample, uuid4())
        await Relay(sample.database, doubting, "hubs").round()
        recorder.close()
        tracing.tell(None)
    (told,) = collector.spans
    assert (told.name, told.parent_id) == ("publish hub.joined", "b7ad6b7169203331")
    assert told.attributes == {"messaging.system": "nats", "messaging.destination.name": "hub.joined"}
    assert 0 < told.seconds < 600
    assert kept.traceparents == [None, f"00-{told.trace_id}-{told.span_id}-01"]


async def test_whoever_writes_or_marks_events_wakes_the_relay_at_commit(sample: ServiceHarness) -> None:
    woken = sample.database.outbox_written
    woken.clear()
    await publish_join(sample, uuid4())
    assert woken.is_set()
    assert await Relay(sample.database, Kept(), "hubs").round() == 1
    woken.clear()
    async with sample.session() as session:
        assert await republish(session) == 1
        assert not woken.is_set()
    assert woken.is_set()


async def test_what_is_sent_again_has_another_id_each_time(sample: ServiceHarness) -> None:
    await publish_join(sample, uuid4())
    kept = Kept()
    relay = Relay(sample.database, kept, "hubs")
    for _ in range(3):
        assert await relay.round() == 1
        async with sample.session() as session:
            assert await republish(session) == 1
    event_id = kept.ids[0]
    assert kept.ids == [event_id, f"{event_id}.1", f"{event_id}.2"]


async def test_a_relay_survives_rounds_that_fail(start_service: StartService) -> None:
    sample = await start_service(SERVICE)
    kept = Kept()
    running_relay = asyncio.create_task(Relay(sample.database, kept, "hubs").run())
    async with sample.session() as session:
        await session.execute(text("ALTER TABLE outbox RENAME TO hidden"))

    async def has_stumbled() -> bool:
        return not sample.database.outbox_written.is_set()

    async def is_told() -> bool:
        return bool(logs)

    with capture_logs() as logs:
        sample.database.outbox_written.set()
        await until(has_stumbled)
        await until(is_told)
    assert (logs[0]["event"], len(logs[0]["error"])) == ("relay.round_failed", 200)
    async with sample.session() as session:
        await session.execute(text("ALTER TABLE hidden RENAME TO outbox"))
    await publish_join(sample, uuid4())

    async def is_sent() -> bool:
        return kept.subjects == ["hub.joined"]

    await until(is_sent)
    running_relay.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running_relay


async def test_a_relay_told_to_stop_ends_though_an_error_takes_the_words_place(sample: ServiceHarness) -> None:
    await publish_join(sample, uuid4())
    stumbling = Stumbling()
    relay = asyncio.create_task(Relay(sample.database, stumbling, "hubs").run())
    await stumbling.is_asked.wait()
    relay.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(10):
            await relay


async def test_a_stopping_worker_finishes_the_event_in_hand(
    start_service: StartService, own_broker: RunningBroker
) -> None:
    heard = await start_service(SERVICE, nats_url=own_broker.url)
    teacher = uuid4()
    loop = asyncio.create_task(use_broker(SERVICE, heard.settings, heard.database, True))
    async with heard.session() as session:
        await session.execute(text("LOCK TABLE join_count"))
        await publish_join(heard, teacher)
        await until(lambda: somebody_waits(heard))
        loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop
    async with heard.session() as session:
        assert await session.scalar(select(JoinCount.joins).where(JoinCount.teacher_id == teacher)) == 1
    (stream,) = await streams_of(own_broker)
    assert [one["num_ack_pending"] for one in stream["consumer_detail"]] == [0, 0]


async def test_a_background_loop_that_fails_or_ends_is_begun_again(sample: ServiceHarness) -> None:
    begun: list[int] = []

    async def stumble(context: ServiceContext) -> None:
        begun.append(len(begun))
        if len(begun) == 1:
            raise LookupError
        if len(begun) == 3:
            await asyncio.Event().wait()

    async def has_begun_thrice() -> bool:
        return len(begun) == 3

    async with running(replace(SERVICE, background=[stumble]), sample.settings, consuming=True):
        await until(has_begun_thrice)


async def test_a_loop_that_meets_no_database_says_so_in_a_line_and_shows_nobodys_frames(sample: ServiceHarness) -> None:
    met = [
        ConnectionRefusedError(),
        ExceptionGroup("senders", [OperationalError("SELECT 1", {}, Refused())]),
        ExceptionGroup("senders", [ConnectionRefusedError(), LookupError()]),
    ]

    async def meet(context: ServiceContext) -> None:
        if met:
            raise met.pop(0)
        await asyncio.Event().wait()

    async def has_met_all() -> bool:
        return not met

    with capture_logs() as logs:
        async with running(replace(SERVICE, background=[meet]), sample.settings, consuming=True):
            await until(has_met_all)
    told = [(one["event"], "exc_info" in one) for one in logs if one.get("loop") == "meet"]
    assert told == [("loop.interrupted", False), ("loop.interrupted", False), ("loop.failed", True)]


async def test_a_background_loop_that_is_cancelled_from_within_is_begun_again(sample: ServiceHarness) -> None:
    begun: list[int] = []

    async def lose_what_it_waits_for(context: ServiceContext) -> None:
        begun.append(len(begun))
        waited_for = asyncio.get_running_loop().create_future()
        if len(begun) == 1:
            waited_for.cancel()
        await waited_for

    async def has_begun_twice() -> bool:
        return len(begun) == 2

    async with running(replace(SERVICE, background=[lose_what_it_waits_for]), sample.settings, consuming=True):
        await until(has_begun_twice)


async def test_a_loop_whose_group_failed_is_begun_again_when_it_is_cancelled_from_within_later(
    sample: ServiceHarness,
) -> None:
    begun: list[int] = []

    async def fail() -> None:
        raise LookupError

    async def fail_and_then_lose_what_it_waits_for(context: ServiceContext) -> None:
        begun.append(len(begun))
        if len(begun) == 1:
            async with asyncio.TaskGroup() as group:
                group.create_task(fail())
        waited_for = asyncio.get_running_loop().create_future()
        if len(begun) == 2:
            waited_for.cancel()
        await waited_for

    async def has_begun_thrice() -> bool:
        return len(begun) == 3

    service = replace(SERVICE, background=[fail_and_then_lose_what_it_waits_for])
    async with running(service, sample.settings, consuming=True):
        await until(has_begun_thrice)


async def test_a_consumer_that_is_cancelled_from_within_hears_again(
    start_service: StartService, own_broker: RunningBroker
) -> None:
    teacher, tries = uuid4(), []
    subscriptions = Subscriptions(SERVICE.name)

    @subscriptions.on(HubJoined)
    async def lose_what_it_waits_for(session: AsyncSession, event: HubJoined, delivery: Delivery) -> None:
        tries.append(event.teacher_id)
        if len(tries) == 1:
            raise asyncio.CancelledError

    async def is_heard() -> bool:
        return tries == [teacher, teacher]

    sample = await start_service(SERVICE, nats_url=own_broker.url, ack_wait_seconds=1)
    await publish_join(sample, teacher)
    hearing = replace(SERVICE, subscriptions=subscriptions)
    async with running(hearing, sample.settings, consuming=True):
        await until(is_heard)


async def test_nothing_is_published_to_a_broker_that_does_not_sync(start_service: StartService, tmp_path: Path) -> None:
    broker = Broker(tmp_path / "nats", durable=False).start()
    address = {"nats_url": broker.url, "nats_monitor_url": broker.monitor_url}
    sample = await start_service(SERVICE, **address, require_synced_broker=True)
    with pytest.raises(BrokerNotDurable):
        await use_broker(SERVICE, sample.settings, sample.database, False)
    assert await streams_of(broker) == []
    broker.stop()


async def test_a_loop_that_relays_alone_hears_nothing(start_service: StartService, own_broker: RunningBroker) -> None:
    sample = await start_service(SERVICE, nats_url=own_broker.url)
    await publish_join(sample, uuid4())

    async def is_relayed() -> bool:
        return [stream["state"]["messages"] for stream in await streams_of(own_broker)] == [1]

    async with at_work(sample, consuming=False):
        await until(is_relayed)
    assert [stream["consumer_detail"] for stream in await streams_of(own_broker)] == [[]]
