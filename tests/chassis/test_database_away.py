"""A database that goes away and comes back: nothing is answered falsely, nothing is held against anybody."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from builders import a_teacher
from chassis import clock, inbox, migrate
from chassis.outbox import publish
from chassis.tables import outbox
from contracts.hubs import HubJoined
from harness import Databases, ServiceHarness, settings_for
from ncce_cli.broker import RunningBroker
from ncce_cli.postgres import Postgres, RunningPostgres
from real_parts import at_work, streams_of, until
from sample_service.app import SERVICE
from sample_service.models import JoinCount

HUB = UUID(int=9)


@dataclass
class OwnDatabase:
    """A PostgreSQL that this test may take away."""

    server: Postgres
    running: RunningPostgres

    def take_away(self) -> None:
        """End it as by a power cut."""
        self.running.kill()

    def bring_back(self) -> None:
        """Start it where it was."""
        self.running = self.server.start(self.running.port)


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[OwnDatabase]:
    """A PostgreSQL for one test. It syncs: it is going to be killed."""
    server = Postgres(tmp_path / "postgres")
    started = OwnDatabase(server, server.start())
    yield started
    started.running.stop()


@pytest.fixture
async def sample(own: OwnDatabase, own_broker: RunningBroker) -> AsyncIterator[ServiceHarness]:
    """The sample on that database, giving up on an event at its first failure."""
    url = await Databases(own.running).empty()
    await migrate.upgrade(url, SERVICE.migrations)
    harness = ServiceHarness(SERVICE, settings_for(SERVICE, url, nats_url=own_broker.url, max_deliveries=1))
    yield harness
    await harness.close()


async def join(client: httpx.AsyncClient) -> httpx.Response:
    """Join, always the same way."""
    return await client.post(
        "/v1/memberships", json={"hub_id": str(HUB), "badge": "b"}, headers={"Idempotency-Key": "k"}
    )


async def test_requests_are_told_to_come_back_and_succeed_when_they_do(
    own: OwnDatabase, sample: ServiceHarness
) -> None:
    client = await sample.client(a_teacher())
    assert (await client.get("/health/ready")).status_code == 200
    own.take_away()
    assert (await client.get("/health/live")).status_code == 200
    ready = await client.get("/health/ready")
    assert (ready.status_code, ready.json()["failing"]) == (503, ["database"])
    assert [(await join(client)).status_code, (await client.get("/v1/memberships")).status_code] == [503, 503]
    own.bring_back()
    assert (await join(client)).status_code == 201
    assert (await client.get("/health/ready")).status_code == 200


async def test_an_event_that_met_no_database_is_not_parked(
    own: OwnDatabase, sample: ServiceHarness, own_broker: RunningBroker
) -> None:
    teacher = a_teacher().id
    assert teacher is not None

    async def is_counted() -> bool:
        async with sample.session() as session:
            return await session.scalar(select(JoinCount.joins).where(JoinCount.teacher_id == teacher)) == 1

    async with sample.session() as session:
        await publish(session, HubJoined(teacher_id=teacher, hub_id=HUB, joined_at=clock.now()))
    async with at_work(sample, consuming=False):
        await until(lambda: nothing_waits(sample))
    own.take_away()
    async with at_work(sample):
        await until(lambda: has_been_refused(own_broker))
        own.bring_back()
        await until(is_counted)
    async with sample.session() as session:
        assert await inbox.waiting(session) == []


async def nothing_waits(sample: ServiceHarness) -> bool:
    """Whether all events are with the broker."""
    async with sample.session() as session:
        return not (await session.scalars(select(outbox.c.position).where(outbox.c.published_at.is_(None)))).all()


async def has_been_refused(broker: RunningBroker) -> bool:
    """Whether the broker has been told that its event could not be handled now."""
    return any(one["num_redelivered"] for stream in await streams_of(broker) for one in stream["consumer_detail"])
