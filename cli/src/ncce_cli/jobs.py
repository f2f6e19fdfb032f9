"""Commands that run one job of a service: migrate, events republish, dead-letters, openapi."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from ncce_cli.errors import CommandError, NotRunning, ServiceFailed
from ncce_cli.parts import PARTS, ROOT, SERVICES, Part
from ncce_cli.servers import ServerRoom, connections_of_running
from ncce_cli.settings_for import Connections, Environments, External
from ncce_cli.state import home_of_environment, read_state

UNUSED_PORTS = {part.name: 1 for part in PARTS}  # jobs do not listen


def chosen_services(names: Sequence[str]) -> Sequence[str]:
    """The services named, or all."""
    if unknown := set(names) - set(SERVICES):
        raise CommandError(f"There is no service {', '.join(sorted(unknown))}; there are: {', '.join(SERVICES)}.")
    return names or SERVICES


def environments(connections: Connections) -> dict[str, dict[str, str]]:
    built = Environments(home_of_environment(), connections, UNUSED_PORTS)
    return {service: built.of(Part(service, "serve")) for service in SERVICES}


def migrating(connections: Connections) -> dict[str, dict[str, str]]:
    """As `environments`, for the one job that a database's owner does."""
    built = Environments(home_of_environment(), connections, UNUSED_PORTS)
    return {service: built.to_migrate(service) for service in SERVICES}


@contextmanager
def connected(
    build: Callable[[Connections], Mapping[str, Mapping[str, str]]] = environments, *, may_start: bool = False
) -> Iterator[Mapping[str, Mapping[str, str]]]:
    """The environment of each service's jobs, with the databases and broker of the running platform.

    Without one: external databases by settings, or, when `may_start`, our PostgreSQL for as long as the block takes.
    """
    home, external = home_of_environment(), External.of(os.environ)
    state = read_state(home)
    if state:
        yield build(connections_of_running(home, state, external))
    elif external.databases and (external.nats_url or may_start):
        home.make()
        yield build(Connections(external.databases, external.nats_url or "", ""))
    elif may_start:
        home.make()
        lock = home.acquire()
        room = ServerRoom(home, external)
        servers = room.start(broker=False)
        try:
            yield build(asyncio.run(room.connections(servers)))
        finally:
            servers.stop()
            os.close(lock)
    else:
        raise NotRunning(f"No platform is running in {home}: start one with ./ncce up.")


def run_job(service: str, arguments: Sequence[str], environment: Mapping[str, str]) -> list[dict[str, object]]:
    """Run `python -m <service> …` to its end; the JSON lines it printed."""
    return run_program(service, arguments, environment)


def run_program(
    module: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    expected: Collection[int] = (0,),
    said: str = "",
) -> list[dict[str, object]]:
    """Run `python -m <module> …` on what is `said` to it; the JSON lines it printed. Other exits are ServiceFailed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=dict(environment), cwd=ROOT, capture_output=True, text=True, input=said)
    if done.returncode not in expected:
        last = ((done.stderr or done.stdout).strip().splitlines() or ["it said nothing"])[-1]
        raise ServiceFailed(f"{module} could not {' '.join(arguments)} (exit code {done.returncode}): {last}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def migrate(console: Console, services: Sequence[str]) -> None:
    """Bring the databases to this release."""
    with connected(migrating, may_start=True) as environment:
        for service in chosen_services(services):
            [*_, last] = run_job(service, ["migrate"], environment[service]) or [{}]
            console.print(f"{service}: {last.get('from') or 'empty'} → {last.get('to')}", highlight=False)


def republish(console: Console, everything: bool, since: str | None, services: Sequence[str]) -> None:
    """Send events from the outboxes again; consumers have their effect once."""
    if everything == (since is not None):
        raise CommandError("Say which events: --all, or --since with a time such as 2026-11-22T09:00:00+00:00.")
    which = ["--all"] if since is None else ["--since", since]
    with connected() as environment:
        for service in chosen_services(services):
            [*_, last] = run_job(service, ["republish", *which], environment[service]) or [{}]
            console.print(f"{service}: {last.get('marked', 0)} events will be sent again", highlight=False)


def dead_letters(console: Console, action: str, services: Sequence[str], letter: str | None, everything: bool) -> None:
    """List the events that could not be handled, or handle them again."""
    which = [*([letter] if letter else []), *(["--all"] if everything else [])]
    if action == "requeue" and len(which) != 1:
        raise CommandError("Say which dead letters: an id, or --all.")
    found = 0
    with connected() as environment:
        for service in chosen_services(services):
            lines = run_job(service, ["dead-letters", "list"], environment[service])
            mine = [line for line in lines if letter is None or line["id"] == letter]
            found += len(mine)
            if action == "requeue" and mine:
                mine = run_job(service, ["dead-letters", "requeue", *which], environment[service])
            for line in mine:
                console.print_json(json.dumps({"service": service, **line}), indent=None)
    if not found and letter:
        raise CommandError(f"No service has a dead letter {letter}.")
    if not found:
        console.print("No dead letters.")


def openapi(console: Console, services: Sequence[str], directory: Path | None) -> None:
    """Print the OpenAPI document of one service, or write those of all into a directory."""
    chosen = chosen_services(services)
    if directory is None and len(chosen) != 1:
        raise CommandError("Name one service, or a directory to write all documents to with --out.")
    nowhere = dict.fromkeys(SERVICES, "postgresql://nobody@127.0.0.1/nothing")
    home_of_environment().make()
    environment = environments(Connections(nowhere, "nats://127.0.0.1:4222", ""))
    for service in chosen:
        [document] = run_job(service, ["openapi"], environment[service])
        if directory is None:
            print(json.dumps(document, indent=2))
        else:
            directory.mkdir(parents=True, exist_ok=True)
            (directory / f"{service}.json").write_text(json.dumps(document, indent=2) + "\n")
            console.print(f"{directory / service}.json", highlight=False)
