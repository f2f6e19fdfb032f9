"""A year of hubs from planning to the last grant, drawn from a seed: all limits hold, and every total is recomputed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from certification.app import SERVICE as CERTIFICATION
from conftest import StartService
from funding.app import SERVICE as FUNDING
from hubs.app import SERVICE as HUBS
from ncce_cli.broker import RunningBroker
from simulated_year import year
from simulated_year.platform import Platform
from simulated_year.records import Line
from simulated_year.shapes import SHAPES
from simulated_year.sheets import differences

A_FEW = ["19-05", "19-11"]
HUBS_OF_A_YEAR, KILLS, REQUESTS = 40, 12, 25_000


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    """What the year is drawn from."""
    given: int = pytestconfig.getoption("--seed")
    return given


@pytest.fixture
def report(pytestconfig: pytest.Config, tmp_path: Path) -> Path:
    """Where the year's report goes."""
    given: Path | None = pytestconfig.getoption("--report")
    return given or tmp_path / "report"


@pytest.fixture
async def platform(
    start_service: StartService, own_broker: RunningBroker, tmp_path: Path, seed: int
) -> AsyncIterator[Platform]:
    """The three services of a year, none yet started, and a clock that stands where a file says."""
    clock_file = tmp_path / "clock"
    clock_file.write_text("0")
    settings = {"nats_url": own_broker.url, "sandbox": True, "sandbox_clock_file": clock_file}
    services = {one.name: await start_service(one, **settings) for one in (HUBS, FUNDING)}
    await services["hubs"].seed("networks")
    await services["funding"].seed("budgets", "grant-cards")
    made = Platform(services, own_broker, tmp_path, seed)
    yield made
    await made.close()


async def test_a_small_year_ends_with_every_total_as_recomputed(platform: Platform, seed: int, report: Path) -> None:
    await platform.start(as_processes=False)
    ended = await year.run(platform, seed, 1, A_FEW)
    year.write(ended, report)
    assert (ended.differences, ended.broken) == ([], [])
    assert platform.crossed
    _would_be_noticed(ended)


@pytest.mark.campaign
async def test_a_year_of_forty_hubs_and_all_projects_with_kills(
    platform: Platform, start_service: StartService, seed: int, report: Path
) -> None:
    settings = {"nats_url": platform.broker.url, "sandbox": True, "sandbox_clock_file": platform.clock_file}
    platform.services["certification"] = await start_service(CERTIFICATION, **settings)
    await platform.services["hubs"].seed("areas", "hubs")
    kills = platform.chance.sample(range(500, REQUESTS), KILLS)
    await platform.start(as_processes=True, kill_after=kills)
    ended = await year.run(platform, seed, HUBS_OF_A_YEAR, list(SHAPES))
    year.write(ended, report)
    year.tell(ended, seed)
    assert (ended.differences, ended.broken) == ([], [])
    assert platform.kills == KILLS
    _would_be_noticed(ended)


def _would_be_noticed(ended: year.Ended) -> None:
    """One drawing, report or post that the platform had not seen would make a difference."""
    lines = ended.world.journal.lines
    for kind in ("drawn", "report", "posted"):
        number = max(place for place, line in enumerate(lines) if line.kind == kind)
        others = [*lines[:number], *lines[number + 1 :]]
        assert differences(year.recomputed(others), ended.read), _missing(lines[number])


def _missing(line: Line) -> str:
    return f"without {line} everything is the same"
