"""Three of everything, two gateways, three brokers: each ends in its turn, and nothing is lost, doubled or refused.

`./ncce test --campaign replicas --seed 1`, `--campaign rolling` and `--campaign upgrade`. NCCE_REQUESTS: how many
requests each makes at least, 50,000 unless said otherwise. NCCE_MEMBERS: whose processes are ended, all unless said
otherwise, such as `hubs,gateway` for a short run. NCCE_PREVIOUS: the commit that is taken for the release before.
"""

import asyncio
import os
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from fleet import Fleet, Replica, a_fleet
from fleet_judge import SETTLED_SECONDS, everything_is_heard, judge, most_connections
from fleet_load import READS, Load
from ncce_cli.parts import GATEWAY, ROOT, SERVICES
from real_parts import until

REQUESTS = int(os.environ.get("NCCE_REQUESTS", "50000"))
PREVIOUS = os.environ.get("NCCE_PREVIOUS", "5865bd63ccedbc139e0cfa775415c498ed4aaf87")
MEMBERS = os.environ.get("NCCE_MEMBERS", ",".join((*SERVICES, GATEWAY))).split(",")
CLIENTS = int(os.environ.get("NCCE_CLIENTS", "12"))

pytestmark = pytest.mark.campaign


async def _begin(fleet: Fleet) -> None:
    """Start it, and let all hear what the others told of the seeds: before that, schools are unknown to some."""
    await fleet.begin()
    await until(lambda: _answers_every_read(fleet), SETTLED_SECONDS)
    await until(lambda: everything_is_heard(fleet), SETTLED_SECONDS)


async def _answers_every_read(fleet: Fleet) -> bool:
    """Whether the first news has come: until a service has made its durables, nothing waits at the broker either."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{fleet.gateways[0].port}", timeout=30) as client:
        return all([(await client.get(path)).is_success for path in READS])


async def _kill_each(fleet: Fleet) -> int:
    """Each process and each broker ends as by a crash, and comes back."""
    for replica in _ended(fleet):
        await _crash(fleet, replica)
    for index in range(3):
        fleet.brokers.kill(index)
        await asyncio.sleep(5)
        fleet.brokers.start(index)
        await fleet.brokers.ready()
    return len(_ended(fleet)) + 3


def _ended(fleet: Fleet) -> list[Replica]:
    """Those that are ended and brought back."""
    return [replica for replica in fleet.replicas if replica.part.member in MEMBERS]


async def _crash(fleet: Fleet, replica: Replica) -> None:
    replica.end(signal.SIGKILL)
    await replica.ended()
    await asyncio.sleep(1)
    replica.start(fleet.tree)
    await replica.ready()


async def test_replicas_die_one_by_one_and_nothing_acknowledged_is_lost(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    with a_fleet(tmp_path / "fleet", 3) as fleet:
        await _begin(fleet)
        load = Load(fleet, pytestconfig.getoption("--seed"))
        await load.begin(CLIENTS)
        kills = await _kill_each(fleet)
        connections = await most_connections(fleet)
        await load.end()
        _tell(load, f"{kills} kills; connections {dict(connections)}")
        found = await judge(fleet, load)
        _tell_found(found)
        assert found == []
        assert connections.total() <= 300 - 3


async def test_a_rolling_restart_of_everything_fails_no_request(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    with a_fleet(tmp_path / "fleet", 2) as fleet:
        await _begin(fleet)
        load, rounds = Load(fleet, pytestconfig.getoption("--seed")), 0
        await load.begin(CLIENTS)
        while not rounds or load.told.requests < REQUESTS:
            await fleet.roll(_ended(fleet))
            rounds += 1
        await load.end()
        _tell(load, f"{rounds} rounds of {len(_ended(fleet))} processes")
        found = await judge(fleet, load)
        _tell_found(found)
        assert (found, load.told.failures) == ([], [])


async def test_an_upgrade_from_the_release_before_and_back_fails_no_request(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """The old release, its processes on the new schema, both together, the new one, and the old one again."""
    before = _tree_of(PREVIOUS, tmp_path / "before")
    with a_fleet(tmp_path / "fleet", 2) as fleet:
        fleet.tree = before
        # That release knows no lists of addresses; from the first server it learns of the others.
        fleet.broker_url, fleet.monitor_url = (
            several.partition(",")[0] for several in (fleet.broker_url, fleet.monitor_url)
        )
        await _begin(fleet)
        load = Load(fleet, pytestconfig.getoption("--seed"))
        await load.begin(CLIENTS)
        steps: list[int] = []
        while not steps or load.told.requests < REQUESTS:
            fleet.tree = ROOT
            await fleet.migrate()
            steps.append(load.told.requests)
            for tree, replicas in ((ROOT, _gateways_first(fleet)), (before, _gateways_first(fleet)[::-1])):
                fleet.tree = tree
                await fleet.roll(replicas)
                steps.append(load.told.requests)
        fleet.tree = ROOT
        await fleet.roll(_gateways_first(fleet))
        await load.end()
        _tell(load, f"requests by step {steps}")
        found = await judge(fleet, load)
        _tell_found(found)
        assert (found, load.told.failures) == ([], [])


def _gateways_first(fleet: Fleet) -> list[Replica]:
    """The order of an upgrade: what stands before the services knows best how to do without one of them."""
    return sorted(_ended(fleet), key=lambda one: one.part.member != GATEWAY)


def _tree_of(commit: str, folder: Path) -> Path:
    """The repository as it was."""
    folder.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
    return folder


def _tell(load: Load, what: str) -> None:
    told = load.told
    said = f"{told.requests} requests, {len(told.failures)} failed, {dict(told.done)}; {what}"
    print("", f"{time.strftime('%T')}: {said}", *told.failures[:40], sep="\n")  # noqa: T201  the campaign's figures


def _tell_found(found: list[str]) -> None:
    print(f"{time.strftime('%T')}: judged, {len(found)} found", *found[:40], sep="\n")  # noqa: T201  as above
