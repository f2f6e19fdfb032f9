"""Whatever the order of statements and deliveries, the crashes and the jumps of time: rules hold and nobody waits on.

`./ncce test --campaign simulation --seed 1 --seeds 1000` plays a thousand seeds of each kind from the first on. What
fails names its seed, and `--seeds 1` plays that one again.
"""

from collections.abc import AsyncIterator

import pytest

from harness import Databases
from simulation.awards import Awards
from simulation.bookings import Bookings
from simulation.bursaries import Bursaries
from simulation.campaign import play_all, quiet_rows
from simulation.defects import DEFECTS, Defect, planted
from simulation.journeys import Journeys
from simulation.outcome import Failed
from simulation.world import World

KINDS = (Bookings, Bursaries, Awards, Journeys)
IN_EVERY_RUN = {Bookings: (1, 3, 6), Bursaries: (5,), Awards: (3,), Journeys: (4,)}
"""Seeds of each; those that are long are left to the campaign."""
SOON = 12
"""So many seeds from the one that is known to find it, in case the product asks the database otherwise by then."""


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
    seeds = IN_EVERY_RUN[kind]
    assert (await play_all(databases, kind, seeds)).seeds == len(seeds)


@pytest.mark.parametrize(("kind", "seed"), [(Bookings, 6), (Awards, 3)], ids=str)
async def test_a_seed_decides_everything(databases: Databases, kind: type[World], seed: int) -> None:
    played = []
    for _ in range(2):
        async with kind.of(databases) as world:
            played.append(await world.play(seed))
    assert played[0] == played[1]


@pytest.mark.parametrize("defect", DEFECTS, ids=str)
async def test_a_planted_defect_is_found(databases: Databases, defect: Defect) -> None:
    with planted(defect), pytest.raises(Failed):
        await play_all(databases, defect.kind, range(defect.seed, defect.seed + SOON))


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS, ids=name_of)
async def test_they_hold_for_many_seeds(databases: Databases, kind: type[World], pytestconfig: pytest.Config) -> None:
    first, seeds = pytestconfig.getoption("--seed"), pytestconfig.getoption("--seeds")
    tally = await play_all(databases, kind, range(first, first + seeds))
    print(f"\n{name_of(kind)} from {first}: {tally}")  # noqa: T201  the campaign's figures
