"""The broker away for minutes under load: writes go on as fast as with it, nothing grows, all is heard when it is back.

`./ncce test --campaign broker_away --seed 1 --minutes 10`, which is also the most: the goal is ten minutes.
"""

import os
import signal
import time

import pytest

from left_running import stand_still
from platform_harness import Platform
from real_parts import until
from under_faults.backlog import Backlog
from under_faults.faults import Faults
from under_faults.growth import Growth
from under_faults.judge import judge
from under_faults.load import load_of
from under_faults.pace import Asked, Pace
from under_faults.stretches import go_on

AT_ONCE = 6
MOST_MINUTES = 10.0
SLOWER = 1.2
HEARD_SECONDS = 60.0
PATIENCE_SECONDS = 600.0
WARM_SECONDS = 20.0
"""Until connections are open and statements known; nobody's pace is measured by them."""


@pytest.mark.campaign
async def test_broker_away_for_minutes_holds_up_no_write_and_all_is_heard_when_it_is_back(
    platform: Platform, pytestconfig: pytest.Config
) -> None:
    seed, minutes = pytestconfig.getoption("--seed"), min(pytestconfig.getoption("--minutes"), MOST_MINUTES)
    load, growth, backlog = load_of(platform, seed), Growth(), Backlog(platform.databases())
    await load.begin(AT_ONCE)
    await go_on(platform, load, WARM_SECONDS)
    before = await go_on(platform, load, minutes * 30)
    broker = platform.pid("nats")
    # Killed it would be back at once. Whoever stands still lets nobody know that nothing will come of it.
    stand_still(broker)
    away = await go_on(platform, load, minutes * 60, growth)
    waiting = await backlog.waiting()
    os.kill(broker, signal.SIGKILL)
    begun = time.monotonic()
    await until(lambda: backlog.is_heard(waiting), PATIENCE_SECONDS)
    seconds = time.monotonic() - begun
    after = await go_on(platform, load, minutes * 30)
    await Faults(platform, seed).quiet()
    await load.end()
    there, gone = Pace(load.journal.asked, before, after), Pace(load.journal.asked, away)
    print(  # noqa: T201  the campaign's figures
        f"\nseed {seed}: there {there}; away {minutes:g} minutes {gone};"
        f" {sum(map(len, waiting.values()))} events waited, heard {seconds:.1f} s after it was ended",
        f"before {Pace(load.journal.asked, before)}; after {Pace(load.journal.asked, after)}",
        *growth.told(),
        sep="\n",
        flush=True,
    )
    found = await judge(platform, load)
    await load.close()
    assert found + growth.grown() == []
    assert gone.failed == []
    # Half the comparison is from afterwards: what else the machine does comes and goes.
    assert gone.p99 <= SLOWER * there.p99
    assert seconds <= HEARD_SECONDS


def test_the_pace_of_a_stretch_is_that_of_its_writes_alone() -> None:
    asked = [Asked(second, second / 1000, "POST", 201) for second in range(400)]
    asked += [Asked(10.0, 9.0, "GET", 200), Asked(20.0, 9.0, "POST", 503), Asked(150.0, 9.0, "POST", None)]
    pace = Pace(asked, (0, 100), (200, 301))
    assert (len(pace.took), pace.failed) == (201, [Asked(20.0, 9.0, "POST", 503)])
    assert pace.p99 == pytest.approx(0.298, abs=0.001)
