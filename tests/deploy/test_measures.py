"""What each service tells of its state is asked of its real tables; what could not be asked for is no number."""

import importlib
import resource
from math import isnan
from pathlib import Path
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text

from chassis import clock
from chassis.bus import Bus
from chassis.inbox import park
from chassis.measures import COMMON, Measures, measure_broker, measure_lag
from chassis.outbox import publish
from chassis.service import Service
from composition import SERVICES
from conftest import StartService
from contracts.hubs import HubJoined
from hubs.app import SERVICE as HUBS
from ncce_cli import processes
from ncce_cli.broker import RunningBroker
from real_parts import tell_everything
from sample_service.app import SERVICE as SAMPLE


def service_named(name: str) -> Service:
    found = importlib.import_module(f"{name}.app").SERVICE
    assert isinstance(found, Service)
    return found


def value(name: str, **labels: str) -> float | None:
    # Of this name alone: what services tell of themselves is thousands of lines, asked for hundreds of times here.
    told = (sample for one in REGISTRY.restricted_registry([name]).collect() for sample in one.samples)
    return next((sample.value for sample in told if (sample.name, sample.labels) == (name, labels)), None)


@pytest.mark.parametrize("name", SERVICES)
async def test_every_number_can_be_asked_for(name: str, start_service: StartService, tmp_path: Path) -> None:
    service = service_named(name)
    own = {"maildir": tmp_path} if name == "identity" else {"seeded": True}
    harness = await start_service(service, **own)
    before = {one.name: value("ncce_measures_failed_total", measure=one.name) for one in service.measures}
    chosen = [*COMMON, *service.measures]
    await Measures(chosen).take(harness.database)
    assert {one.name: value("ncce_measures_failed_total", measure=one.name) for one in service.measures} == before
    for one in chosen:
        if not one.labels:
            found = value(one.name)
            assert found is not None
            assert found >= 0, one.name
        assert one.name.startswith(("ncce_", f"{name}_"))


async def test_what_waits_shows_and_what_cannot_be_asked_for_does_not_show_as_a_fact(
    start_service: StartService,
) -> None:
    hubs = await start_service(HUBS)
    taken = Measures(COMMON)
    await taken.take(hubs.database)
    assert value("ncce_outbox_oldest_seconds") == 0
    async with hubs.session() as session:
        await publish(session, HubJoined(teacher_id=uuid4(), hub_id=uuid4(), joined_at=clock.now()))
        await session.execute(text("UPDATE outbox SET recorded_at = recorded_at - interval '1 hour'"))
        await park(session, "hubs-keep-teacher", uuid4(), "teacher.registered", b"{}", "Refused()", 5)
    await taken.take(hubs.database)
    oldest = value("ncce_outbox_oldest_seconds")
    assert oldest is not None
    assert 3600 <= oldest < 3700
    assert value("ncce_dead_letters_waiting", consumer="hubs-keep-teacher") == 1
    async with hubs.session() as session:
        await session.execute(text("ALTER TABLE dead_letter RENAME TO elsewhere"))
    await taken.take(hubs.database)
    assert value("ncce_dead_letters_waiting", consumer="hubs-keep-teacher") is None
    assert value("ncce_measures_failed_total", measure="ncce_dead_letters_waiting") == 1


async def test_how_far_behind_a_consumer_is_shows_and_a_broker_that_is_away_shows_nothing(
    start_service: StartService, own_broker: RunningBroker
) -> None:
    sample = await start_service(SAMPLE, nats_url=own_broker.url)
    joins = next(one for one in SAMPLE.subscriptions.table if one.event is HubJoined)
    bus = await Bus.connect(sample.settings, "hubs")
    await bus.ensure_stream()
    async with await bus.subscribe(HubJoined, joins.durable):
        async with sample.session() as session:
            await publish(session, *(HubJoined(teacher_id=uuid4(), hub_id=uuid4(), joined_at=clock.now()),) * 3)
        await tell_everything(sample)
        await measure_lag(bus, joins)
    assert value("ncce_consumer_pending", consumer=joins.durable) == 3
    assert value("ncce_consumer_unacknowledged", consumer=joins.durable) == 0
    await bus.jetstream.delete_consumer("HUBS", joins.durable)
    await measure_lag(bus, joins)
    assert value("ncce_consumer_pending", consumer=joins.durable) is None
    await bus.close()


async def test_a_broker_that_gave_up_shows_and_one_that_is_away_shows_nothing(
    start_service: StartService, own_broker: RunningBroker
) -> None:
    sample = await start_service(SAMPLE, nats_url=own_broker.url)
    name = "ncce_broker_servers_that_gave_up"
    nobody = f"http://127.0.0.1:{processes.free_port()}"
    asked = sample.settings.model_copy(update={"nats_monitor_url": f"{nobody},{own_broker.monitor_url}"})
    bus = await Bus.connect(asked, "hubs")
    await bus.ensure_stream()
    await measure_broker(bus)
    assert value(name) == 0
    resource.prlimit(own_broker.pid, resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    assert await bus.send([(HubJoined.subject, "refused", b"{}")]) == [False]
    await measure_broker(bus)
    assert value(name) == 1
    own_broker.kill()
    await measure_broker(bus)
    assert isnan(value(name) or 0)
    await bus.close()
