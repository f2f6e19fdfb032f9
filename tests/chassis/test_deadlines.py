"""Work for which nobody waits any more is ended in the database; what is being committed is not."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import pytest
from prometheus_client import REGISTRY
from sqlalchemy import func, select, text

from builders import a_teacher
from chassis.deadlines import HEADER, MOST_SECONDS, seconds_left
from conftest import StartService
from harness import ServiceHarness
from real_parts import somebody_waits, until
from sample_service.app import SERVICE
from sample_service.models import Membership

PATIENT = 120.0
LOCK = 42
SLEEPS = """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(300); RETURN NEW; END $$;
CREATE TRIGGER waits BEFORE INSERT ON membership FOR EACH ROW EXECUTE FUNCTION wait()
"""
COMMITS_SLOWLY = f"""
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock({LOCK}); RETURN NEW; END $$;
CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON membership DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION wait()
"""
UNDER_WAY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND query LIKE 'INSERT INTO membership%'
"""


@pytest.fixture
async def sample(start_service: StartService) -> ServiceHarness:
    """The sample, with statements that may take as long as they like."""
    return await start_service(SERVICE, statement_timeout_ms=600_000)


async def run(sample: ServiceHarness, statements: str) -> None:
    """Change the schema by hand."""
    async with sample.database.engine.begin() as connection:
        for statement in statements.split(";\nCREATE"):
            await connection.execute(
                text(statement if statement.strip().startswith("CREATE") else "CREATE" + statement)
            )


async def joins(client: httpx.AsyncClient, key: str, seconds: float) -> httpx.Response:
    """Join, by a caller who waits for so long."""
    told = {"Idempotency-Key": key, HEADER.decode(): str(int((time.time() + seconds) * 1000))}
    return await client.post("/v1/memberships", json={"hub_id": str(UUID(int=9)), "badge": "b"}, headers=told)


def given_up() -> float:
    """How many have been so far."""
    return REGISTRY.get_sample_value("ncce_deadlines_passed_total", {"began": "yes"}) or 0


async def number(sample: ServiceHarness, query: str) -> int:
    """What the database says."""
    async with sample.database.reads.connect() as connection:
        return int((await connection.execute(text(query))).scalar_one())


async def test_a_statement_is_ended_at_the_deadline_and_nothing_is_kept_of_it(sample: ServiceHarness) -> None:
    await run(sample, SLEEPS)
    client = await sample.client(a_teacher())
    before = given_up()

    async def is_asleep() -> bool:
        return asked.done() or await number(sample, UNDER_WAY) == 1

    for seconds in (1, 5, 25):  # a machine that stands still may need longer to begin
        asked = asyncio.create_task(joins(client, "k", seconds))
        await until(is_asleep, PATIENT)
        if not asked.done():
            break
    refused = await asked
    assert (refused.status_code, refused.json()["code"]) == (504, "deadline-passed")
    assert await number(sample, UNDER_WAY) == 0
    assert given_up() > before
    await run(sample, "CREATE OR REPLACE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
    assert await number(sample, "SELECT count(*) FROM membership") == 0
    assert (await joins(client, "k", 60)).status_code == 201, "the key was free again"


@asynccontextmanager
async def held(sample: ServiceHarness) -> AsyncIterator[None]:
    """The lock that commits wait for."""
    async with sample.database.engine.begin() as connection:
        await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        yield


async def waits(sample: ServiceHarness, asked: "asyncio.Task[httpx.Response]") -> bool:
    """Whether it came to the lock before it was answered."""

    async def has_come() -> bool:
        return asked.done() or await somebody_waits(sample)

    await until(has_come, PATIENT)
    return not asked.done()


async def test_what_is_being_committed_is_not_given_up(sample: ServiceHarness) -> None:
    await run(sample, COMMITS_SLOWLY)
    client = await sample.client(a_teacher())
    for key, seconds in (("a", 1), ("b", 5), ("c", 25)):
        over_at = time.time() + seconds
        async with held(sample):
            asked = asyncio.create_task(joins(client, key, seconds))
            began = await waits(sample, asked)
            while began and time.time() < over_at:  # noqa: ASYNC110  nothing tells of a moment that passes
                await asyncio.sleep(0.02)
        if began:
            break
    assert (await asked).status_code == 201
    async with sample.session() as session:
        assert await session.scalar(select(func.count()).select_from(Membership)) == 1


async def test_what_nobody_will_wait_for_is_not_begun(sample: ServiceHarness) -> None:
    client = await sample.client(a_teacher())

    async def is_refused() -> bool:
        # A deadline that passed on the way would not be believed.
        return (await joins(client, "late", 0.1)).status_code == 504

    await until(is_refused, PATIENT)


def test_a_deadline_is_heeded_if_it_is_one_and_not_another_clocks() -> None:
    def left(told: bytes) -> float | None:
        return seconds_left({"headers": [(HEADER, told)]})

    soon = left(b"%d" % ((time.time() + 100) * 1000))
    assert soon is not None
    assert 0 < soon < 100
    for told in (b"", b"soon", b"-1", b"9" * 16, b"%d" % ((time.time() - 60) * 1000)):
        assert left(told) is None
    assert left(b"%d" % ((time.time() + MOST_SECONDS + 3600) * 1000)) is None
