"""What tests/reliability/test_networks.py runs in a network namespace. Outside it would lose the machine's packets."""

import asyncio
import random
import re
from pathlib import Path

import pytest

from harness import Databases
from ncce_cli.broker import RunningBroker
from real_parts import Processes
from sample_service.app import SERVICE
from under_faults.packets import Fate, Packets
from under_faults.writers import nothing_is_lost_or_doubled

LONGEST_SECONDS = 4.0
PORT = re.compile(r":(\d+)/")


async def test_nothing_is_lost_or_doubled(
    databases: Databases, own_broker: RunningBroker, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    changes, chosen = pytestconfig.getoption("--rounds"), random.Random(pytestconfig.getoption("--seed"))
    url = await databases.of(SERVICE)
    ports = [int(PORT.findall(url)[0]), own_broker.port]
    packets, processes = Packets(ports), Processes(url, own_broker.url, tmp_path)

    async def lose() -> None:
        for _ in range(changes):
            packets.turn(chosen.choice(ports), chosen.choice(list(Fate)))
            await asyncio.sleep(chosen.uniform(0, LONGEST_SECONDS))
        for port in ports:
            packets.turn(port, Fate.FAIR)

    told = await nothing_is_lost_or_doubled(processes, processes, lose)
    processes.kill()
    print(f"{changes} changes, {told}")  # noqa: T201  the campaign's figures
