"""`ncce doctor`."""

import asyncio
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from rich.console import Console

from ncce_cli.doctor import broker, databases, figures, machine
from ncce_cli.doctor.findings import Finding
from ncce_cli.errors import CommandError, NotRunning, Unsound
from ncce_cli.parts import GATEWAY, PARTS, SERVICES
from ncce_cli.servers import connections_of_running
from ncce_cli.settings_for import Connections, Environments, External, gateway_port
from ncce_cli.state import Home, PlatformState, home_of_environment, read_state


def doctor(console: Console, as_json: bool) -> None:
    """Say what is wrong; Unsound when anything is, NotRunning when nothing runs."""
    home = home_of_environment()
    state = read_state(home)
    found = list(examined(home, state))
    for one in found:
        said = f"[{'red' if one.severity == 'wrong' else 'yellow'}]{one.severity}[/] {one.sentence}"
        console.print(json.dumps(asdict(one)) if as_json else said, markup=not as_json, soft_wrap=True)
    wrong = sum(one.severity == "wrong" for one in found)
    if state is None:
        raise NotRunning(f"No platform is running in {home}: start one with ./ncce up.")
    if wrong:
        raise Unsound(f"{wrong} of {len(found)} findings are wrong now." if wrong < len(found) else f"{wrong} wrong.")
    if not as_json and not found:
        console.print("Everything is well.")


def examined(home: Home, state: PlatformState | None) -> Iterator[Finding]:
    """Everything that is wrong, or will be soon."""
    yield from machine.space(home)
    if state is None:
        yield from machine.port(gateway_port(os.environ))
        return
    yield from machine.those_that_run(state)
    try:
        connections = connections_of_running(home, state, External.of(os.environ))
    except CommandError as error:
        yield Finding("settings-missing", "machine", str(error))
        return
    yield from asyncio.run(databases.look(connections.databases))
    if connections.nats_monitor_url:
        yield from broker.look(connections.nats_monitor_url.split(",")[0])
    yield from _numbers(state)
    yield from _certificates(home, connections)


def _numbers(state: PlatformState) -> Iterator[Finding]:
    for service in SERVICES:
        entry = state.processes.get(f"{service}-work")
        if entry and entry.port:
            yield from figures.look(service, entry.port)
    yield from figures.reached(state.gateway_admin_port)


def _certificates(home: Home, connections: Connections) -> Iterator[Finding]:
    ports: Mapping[str, int] = {part.name: 1 for part in PARTS}
    built = Environments(home, connections, ports)
    for part in PARTS:
        if part.mode == "serve" or part.member == GATEWAY:
            yield from machine.certificates(built.of(part), part.member)
