"""A broker that comes and goes while events are made: all of them are stored once, each aggregate's in their order.

`./ncce test --campaign flapping --seed 1`: it goes fifty times, while sixty thousand events wait to be carried.
"""

import asyncio
import random
import time
from collections import defaultdict
from pathlib import Path
from uuid import UUID

import pytest
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from sqlalchemy import func, select

from chassis.bus import Bus
from chassis.outbox import publish
from chassis.tables import inbox, outbox
from conftest import StartService
from contracts.base import AnyEnvelope
from contracts.hubs import HubChanged
from harness import ServiceHarness
from ncce_cli.broker import Broker, RunningBroker
from real_parts import DROPS_SOCKETS, at_work, until
from sample_service.app import SERVICE

HUBS = 40
AT_ONCE = 50
LONGEST_AWAY_SECONDS, LONGEST_THERE_SECONDS = 0.5, 0.5
STREAM, DURABLE = "HUBS", "hubs-keep-hub"


def news(chosen: random.Random, number: int) -> HubChanged:
    """One of the hubs has another name."""
    hub = UUID(int=chosen.randrange(HUBS))
    return HubChanged(hub_id=hub, slug=f"hub-{hub.int}", name=f"Name {number}", region="North", is_open=True)


@DROPS_SOCKETS
@pytest.mark.parametrize(
    ("flaps", "events"),
    [pytest.param(4, 2_000, id="some"), pytest.param(50, 60_000, id="flapping", marks=pytest.mark.campaign)],
)
async def test_a_broker_that_comes_and_goes_is_told_everything_once_and_in_order(
    start_service: StartService,
    own_broker: RunningBroker,
    tmp_path: Path,
    pytestconfig: pytest.Config,
    flaps: int,
    events: int,
) -> None:
    chosen = random.Random(pytestconfig.getoption("--seed"))
    sample = await start_service(SERVICE, nats_url=own_broker.url)
    begun = time.monotonic()
    async with at_work(sample):
        telling = asyncio.create_task(tell(sample, chosen, events))
        broker = own_broker
        for _ in range(flaps):
            await asyncio.sleep(chosen.uniform(0, LONGEST_THERE_SECONDS))
            broker.kill()
            await asyncio.sleep(chosen.uniform(0, LONGEST_AWAY_SECONDS))
            broker = await asyncio.to_thread(Broker(tmp_path / "nats", durable=False).start, own_broker.port)
        await telling
        was_back = time.monotonic()
        await until(lambda: is_everything_heard(sample, events), 300)
        print(  # noqa: T201  the campaign's figures
            f"{flaps} times away in {was_back - begun:.1f} s;"
            f" all {events} events heard {time.monotonic() - was_back:.1f} s after the last"
        )
    stored = await in_the_stream(sample, events)
    broker.stop()
    by_hub: dict[str, list[int]] = defaultdict(list)
    for one in stored:
        by_hub[one.subject].append(one.sequence)
    assert {hub: numbers for hub, numbers in by_hub.items() if numbers != sorted(set(numbers))} == {}
    assert sum(len(numbers) for numbers in by_hub.values()) == events


async def tell(sample: ServiceHarness, chosen: random.Random, events: int) -> None:
    """Write so many events, some dozens in each transaction."""
    for first in range(0, events, AT_ONCE):
        async with sample.session() as session:
            await publish(session, *(news(chosen, number) for number in range(first, first + AT_ONCE)))


async def is_everything_heard(sample: ServiceHarness, events: int) -> bool:
    """Whether nothing waits for the broker, and everything was handled."""
    async with sample.session() as session:
        waiting = await session.scalar(select(func.count()).where(outbox.c.published_at.is_(None)))
        handled = await session.scalar(select(func.count()).where(inbox.c.consumer == DURABLE))
    return (waiting, handled) == (0, events)


async def in_the_stream(sample: ServiceHarness, at_least: int) -> list[AnyEnvelope]:
    """What the broker has stored, as it has stored it."""
    bus = await Bus.connect(sample.settings, "hubs")
    try:
        state = (await bus.jetstream.stream_info(STREAM)).state
        wanted = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL)
        reading = await bus.jetstream.pull_subscribe("", stream=STREAM, config=wanted)
        found: list[AnyEnvelope] = []
        while len(found) < state.messages:
            found += [AnyEnvelope.model_validate_json(one.data) for one in await reading.fetch(500)]
    finally:
        await bus.close()
    assert len(found) >= at_least
    return found
