"""The sandbox: a second platform in the first one's directory, to which the first one's gateway sends test keys.

It shares nothing with the live one: databases, broker, keys, mail and processes are its own. What connects the two is
that the live gateway can sign for it.
"""

import json
import os
import subprocess
import sys

from rich.console import Console

from ncce_cli import processes
from ncce_cli.errors import ServiceFailed
from ncce_cli.keys import KeyStore
from ncce_cli.parts import ROOT, SERVICES, Part
from ncce_cli.postgres import Postgres
from ncce_cli.state import Home, read_state

START_SECONDS = 300.0


def home_within(home: Home) -> Home:
    """Where a platform's sandbox lives."""
    return Home(home.root / "sandbox")


def start(console: Console, live: Home) -> None:
    """Start it, unless it runs already."""
    home = home_within(live)
    if home.supervisor() is None:
        console.print("Starting the sandbox …")
        run(home, "up", "--detach")
    state = read_state(home)
    if state is None:
        raise ServiceFailed(f"The sandbox has not started: see the logs in {home}.")
    console.print(f"The sandbox has a gateway of its own, for its people: {state.base_url}", highlight=False)


def stop(console: Console, live: Home) -> None:
    """Stop it, if it runs."""
    if home_within(live).supervisor() is not None:
        console.print("Stopping the sandbox …")
        run(home_within(live), "down")


def wipe(live: Home) -> None:
    """Delete the database of a stopped one; its files go with the directory it is in."""
    home = home_within(live)
    if home.root.exists():
        Postgres(home.postgres).wipe()


def run(home: Home, *arguments: str) -> None:
    """Run a command on it, with nothing of the live platform's surroundings: never its databases, never its broker."""
    foreign = ("_DATABASE_URL", "NATS_URL", "NATS_MONITOR_URL", "PRINCIPAL_KEYS")
    kept = {name: value for name, value in os.environ.items() if not name.endswith(foreign)}
    own = {
        "NCCE_HOME": str(home.root),
        "NCCE_PORT": str(processes.free_port()),
        "NCCE_SANDBOX": "true",
        "NCCE_SANDBOX_CLOCK_FILE": str(home.clock),
    }
    command = [sys.executable, "-m", "ncce_cli", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=kept | own, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=START_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ServiceFailed(
            f"`{' '.join(arguments)}` failed for the sandbox: {(done.stderr or done.stdout).strip()[-800:]}"
        )


def settings_for_gateway(home: Home) -> dict[str, str]:
    """What the live gateway needs to send test keys there; nothing when it does not run."""
    state = read_state(home)
    if state is None:
        return {}
    ports = {service: state.processes[Part(service, "serve").name].port for service in SERVICES}
    urls = {
        f"GATEWAY_SANDBOX_{name.upper()}_URL": f"http://{processes.LOOPBACK}:{port}" for name, port in ports.items()
    }
    key = KeyStore(home.secrets).signing_key("gateway-principal")
    return urls | {"GATEWAY_SANDBOX_PRINCIPAL_KEY": json.dumps(key)}
