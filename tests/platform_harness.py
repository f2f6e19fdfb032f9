"""A whole platform, started by the command a newcomer types, on free ports and in a directory of its own."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from left_running import of_a_platform
from ncce_cli import processes
from ncce_cli.broker import Broker
from ncce_cli.demo.people import DEMO_PASSWORD
from ncce_cli.errors import NotRunning
from ncce_cli.servers import as_owners, port_of_running
from ncce_cli.state import Home, PlatformState, running_state


class Platform:
    """The `ncce` command with a state directory."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = Home(home)
        foreign = ("DATABASE_URL", "NATS_URL")
        self._environment = {name: value for name, value in os.environ.items() if not name.endswith(foreign)} | {
            "NCCE_HOME": str(home),
            "NCCE_PORT": str(processes.free_port()),
            **of_a_platform(home),
            **settings,
        }

    def setting(self, name: str) -> str:
        """What the environment of its commands says."""
        return self._environment[name]

    def run(self, *arguments: str, exit_code: int = 0, seconds: float = 180) -> str:
        """Run a command to its end; its output."""
        done = self.done(*arguments, seconds=seconds)
        assert done.returncode == exit_code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def done(self, *arguments: str, seconds: float = 180) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, however it ends."""
        command = [sys.executable, "-m", "ncce_cli", *arguments]
        return subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=seconds, check=False
        )

    def demo(self) -> dict[str, Any]:
        """Play the journey; its transcript and summary."""
        found: dict[str, Any] = json.loads(self.run("demo", "--json"))
        return found

    @property
    def state(self) -> PlatformState:
        """What runs, as the supervisor says."""
        return running_state(self.home)

    def databases(self) -> dict[str, str]:
        """Each service's database, as its owner."""
        return as_owners(self.home, port_of_running(self.state))

    def pid(self, name: str) -> int:
        """The process of this name."""
        pid = self.state.processes[name].pid
        assert pid is not None
        return pid

    def keep_evidence(self, folder: Path) -> None:
        """What everything logged, which processes there are, what the broker holds: it outlives the platform."""
        shutil.copytree(self.home.logs, folder)
        for server in (self.home.nats / "nats.log", self.home.postgres / "postgres.log"):
            shutil.copy(server, folder)
        listed = subprocess.run(["ps", "-eo", "pid,ppid,stat,wchan:24,etimes,args"], capture_output=True, check=True)
        (folder / "processes.txt").write_bytes(listed.stdout)
        with suppress(httpx.HTTPError, NotRunning):  # what cannot be asked any more has logged why
            asked = {"accounts": "true", "streams": "true", "consumers": "true"}
            held = httpx.get(f"{self.state.monitor_url}/jsz", params=asked, timeout=10)
            (folder / "broker.json").write_bytes(held.content)

    def wipe_broker(self) -> None:
        """Lose everything the broker holds. The platform must be down."""
        Broker(self.home.nats).wipe()


async def sign_in(http: httpx.AsyncClient, address: str, password: str = DEMO_PASSWORD) -> None:
    """Call as somebody from now on; without a password as one of the demo's people."""
    tokens = (await http.post("/v1/auth/login", json={"email": address, "password": password})).json()
    http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
