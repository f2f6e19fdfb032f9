"""Whatever the order of statements and deliveries, the crashes and the jumps of time: rules hold and nobody waits on.

`./ncce test --campaign simulation --seed 1 --seeds 1000` plays a thousand seeds of each kind from the first on. What
fails names its seed, and `--seeds 1` plays that one again.
"""

from collections.abc import AsyncIterator

import pytest

from harness import Databases
from simulation.bookings import Bookings
from simulation.campaign import play_all, quiet_rows
from simulation.defects import OF_BOOKINGS, planted
from simulation.outcome import Failed
from simulation.world import World

KINDS = (Bookings,)
IN_EVERY_RUN = 8
SOON = 30
"""Within so many seeds each planted defect shows."""


@pytest.fixture(autouse=True)
async def rows_stay(databases: Databases) -> AsyncIterator[None]:
    """As if the database never cleared up."""
    async with quiet_rows(databases):
        yield


def name_of(kind: type[World]) -> str:
    """As one calls it."""
    return f"simulation_of_{kind.__name__.lower()}"


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
async def test_rules_hold_whatever_the_order(databases: Databases, kind: type[World]) -> None:
    assert (await play_all(databases, kind, range(1, 1 + IN_EVERY_RUN))).seeds == IN_EVERY_RUN


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
async def test_a_seed_decides_everything(databases: Databases, kind: type[World]) -> None:
    seeds = (3, 6, 8)
    async with kind.of(databases) as world:
        first = [await world.play(seed) for seed in seeds]
        again = [await world.play(seed) for seed in reversed(seeds)]
    assert first == again[::-1]


@pytest.mark.parametrize("defect", OF_BOOKINGS)
async def test_a_planted_defect_of_bookings_is_found(databases: Databases, defect: str) -> None:
    with planted(*OF_BOOKINGS[defect]), pytest.raises(Failed):
        await play_all(databases, Bookings, range(1, 1 + SOON))


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS, ids=name_of)
async def test_they_hold_for_many_seeds(databases: Databases, kind: type[World], pytestconfig: pytest.Config) -> None:
    first, seeds = pytestconfig.getoption("--seed"), pytestconfig.getoption("--seeds")
    tally = await play_all(databases, kind, range(first, first + seeds))
    print(f"\n{name_of(kind)} from {first}: {tally}")  # noqa: T201  the campaign's figures
