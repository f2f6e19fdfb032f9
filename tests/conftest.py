"""Real servers for the suite: PostgreSQL and nats-server, started once, private, stopped at the end."""

import gc
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

import left_running
import lent
from chassis import clock
from chassis.service import Service
from harness import AS_RUNNING_ROLE, Databases, ServiceHarness, settings_for
from left_running import owner_of
from ncce_cli.broker import Broker, RunningBroker
from ncce_cli.postgres import Postgres, RunningPostgres
from ncce_cli.postgres_programs import sweep_second_homes
from pooler import pooling, through

MEMORY = Path("/dev/shm")  # noqa: S108  a directory of our own is made there
ROOM = 2 * 1024**3
PREFIX, OWNER = "ncce-tests-", "owner"

JOURNEYS = "tests/e2e/"
LONGEST = (
    JOURNEYS,
    "tests/api/",
    "tests/security/",
    "tests/reliability/",
    "tests/cli/test_platform.py",
    "tests/docs/test_sandbox.py",
)

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the simulated year is drawn from, and where its report goes."""
    parser.addoption("--seed", type=int, default=1, help="What a campaign is drawn from, or begins with")
    parser.addoption("--faults", type=int, default=1000, help="How often something is killed in the campaign faults")
    parser.addoption("--minutes", type=float, default=60, help="How long a campaign goes on that an_hour is one of")
    parser.addoption("--cuts", type=int, default=6, help="How often the power is cut in the campaign power_cuts")
    parser.addoption(
        "--seeds", type=int, default=1000, help="How many seeds the campaign simulation plays of each kind"
    )
    parser.addoption("--transactions", type=int, default=100_000, help="How many the campaign isolation makes")
    parser.addoption("--keys", type=int, default=10_000, help="How many the campaign ten_thousand_keys asks with")
    parser.addoption("--pooled", action="store_true", help="Let services reach their databases through PgBouncer")
    parser.addoption("--running-role", action="store_true", help="Let services run as the role they have in production")
    parser.addoption("--rounds", type=int, default=6, help="How often a disk is full, or a clock jumps")
    parser.addoption("--report", type=Path, default=None, help="A folder for the report of a simulated year")


class Units(LoadFileScheduling):  # type: ignore[misc]  # it comes without types
    """A file is one worker's, and so are all journeys: they share a platform, which takes half a minute to start."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Units | None:
    """How the whole suite is dealt out (`./ncce test`)."""
    return Units(config, log) if config.option.dist == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it in the end."""
    items.sort(
        key=lambda item: next((n for n, long in enumerate(LONGEST) if item.nodeid.startswith(long)), len(LONGEST))
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported stays: a collector that walked through it again and again took a sixth of all time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 10, 10)
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Who services are, in this process and in each worker."""
    AS_RUNNING_ROLE[:] = [True] if config.getoption("--running-role") else []
    if not hasattr(config, "workerinput") and (ended := left_running.end_left_running(left_running.lists())):
        print(f"ended what an earlier run had left: {len(ended)} processes")  # noqa: T201  whose machine it is


def pytest_unconfigure() -> None:
    """Root's servers had their data outside pytest's directories, which are gone by now, unless a test failed."""
    sweep_second_homes()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPostgres]:
    """A throw-away PostgreSQL; it does not sync, since nobody will ask it after a power cut."""
    if lent.SERVER:
        yield lent.SERVER[0]
        return
    with _quick_folder(tmp_path_factory) as folder:
        running = Postgres(folder, durable=False).start()
        yield running
        running.stop()


@contextmanager
def _quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In memory where there is room: a test's own database is a thousand files that no disk needs to see."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield tmp_path_factory.mktemp("postgres")
        return
    sweep_memory(MEMORY)
    with TemporaryDirectory(prefix=PREFIX, dir=MEMORY) as folder:
        (Path(folder) / OWNER).write_text(json.dumps(owner_of(os.getpid())))
        Path(folder).chmod(0o755)  # the server may be another user's
        yield Path(folder) / "postgres"


def sweep_memory(memory: Path) -> None:
    """Remove what runs left that were killed: each folder says whose it is, and one that does not is left alone."""
    for owner in memory.glob(f"{PREFIX}*/{OWNER}"):
        with suppress(OSError, ValueError):
            told = json.loads(owner.read_text())
            if told != owner_of(int(told[0])):
                shutil.rmtree(owner.parent, ignore_errors=True)


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


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """No test leaves a clock ahead to the next."""
    yield
    clock.follow(None)


@pytest.fixture(scope="session")
def databases(postgres: RunningPostgres) -> Databases:
    """Databases cloned from migrated templates."""
    return Databases(postgres, first=os.getpid() * lent.DATABASES_OF_A_PROCESS if lent.SERVER else 1)


@pytest.fixture(scope="session")
def pooled(
    request: pytest.FixtureRequest, postgres: RunningPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], dict[str, object]]]:
    """What a service is told of its database: its URL, or, with `--pooled`, the pooler's."""
    if not request.config.option.pooled:
        yield lambda url: {"database_url": url}
        return
    with pooling(postgres, tmp_path_factory.mktemp("pooler")) as port:
        yield lambda url: {"database_url": through(url, port), "database_pooled": True}


@pytest.fixture
async def start_service(
    databases: Databases, pooled: Callable[[str], dict[str, object]]
) -> AsyncIterator[StartService]:
    """Start a service on a fresh database: `await start_service(SERVICE, seeded=True, **settings)`.

    `loaded` names what it loads if that is not everything: once, into what is then copied for each test.
    """
    started: list[tuple[ServiceHarness, str]] = []

    async def start(
        service: Service, *, seeded: bool = False, loaded: Sequence[str] = (), **overrides: Any
    ) -> ServiceHarness:
        url = await databases.of(service, seeded=seeded, loaded=loaded)
        harness = ServiceHarness(service, settings_for(service, url, **(pooled(url) | overrides)))
        started.append((harness, url))
        return harness

    yield start
    for harness, url in started:
        await harness.close()
        await databases.drop(url)
