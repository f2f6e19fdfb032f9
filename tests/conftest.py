"""Real servers for the suite: PostgreSQL and nats-server, started once, private, stopped at the end."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from chassis.service import Service
from harness import Databases, ServiceHarness, settings_for
from ncce_cli.broker import Broker, RunningBroker
from ncce_cli.postgres import Postgres, RunningPostgres
from ncce_cli.postgres_programs import sweep_second_homes

StartService = Callable[..., Awaitable[ServiceHarness]]

# Not the library's default, which draws every local variable of every frame and takes seconds.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
    ],
    wrapper_class=structlog.make_filtering_bound_logger("warning"),
)


def pytest_unconfigure() -> None:
    """Root's servers had their data outside pytest's directories, which are gone by now, unless a test failed."""
    sweep_second_homes()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPostgres]:
    """A throw-away PostgreSQL; it does not sync, since nobody will ask it after a power cut."""
    running = Postgres(tmp_path_factory.mktemp("postgres"), durable=False).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBroker]:
    """A throw-away nats-server."""
    running = Broker(tmp_path_factory.mktemp("nats"), durable=False).start()
    yield running
    running.stop()


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[RunningBroker]:
    """A broker for one test, which may stop, wipe or misconfigure it."""
    running = Broker(tmp_path / "nats", durable=False).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def databases(postgres: RunningPostgres) -> Databases:
    """Databases cloned from migrated templates."""
    return Databases(postgres)


@pytest.fixture
async def start_service(databases: Databases) -> AsyncIterator[StartService]:
    """Start a service on a fresh database: `await start_service(SERVICE, seeded=True, **settings)`."""
    started: list[tuple[ServiceHarness, str]] = []

    async def start(service: Service, *, seeded: bool = False, **overrides: Any) -> ServiceHarness:
        url = await databases.of(service, seeded=seeded)
        harness = ServiceHarness(service, settings_for(service, url, **overrides))
        started.append((harness, url))
        return harness

    yield start
    for harness, url in started:
        await harness.close()
        await databases.drop(url)
