"""`ncce status`: what is running, asked now."""

import asyncio
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from ncce_cli import health, processes
from ncce_cli.errors import NotRunning
from ncce_cli.parts import PARTS
from ncce_cli.state import Home, ProcessState, home_of_environment, read_state

COLOURS = {"ready": "green", "external": "cyan", "starting": "yellow", "not ready": "yellow"}


@dataclass(frozen=True)
class Seen:
    """One process, as it is now."""

    name: str
    pid: int | None
    port: int | None
    state: str
    uptime_seconds: int | None
    restarts: int


@dataclass(frozen=True)
class Status:
    """One platform, as it is now."""

    state: str
    base_url: str | None
    home: str
    mail_directory: str
    pid: int | None
    processes: list[Seen]


def status_of(home: Home) -> Status:
    state = read_state(home)
    if state is None:
        return Status("stopped", None, str(home.root), str(home.mail), None, [])
    seen = asyncio.run(look_at(list(state.processes.values())))
    all_well = state.state != "ready" or all(entry.state in ("ready", "external") for entry in seen)
    summary = state.state if all_well else "degraded"
    return Status(summary, state.base_url, str(home.root), str(home.mail), home.supervisor(), seen)


async def look_at(entries: list[ProcessState]) -> list[Seen]:
    found = await asyncio.gather(*(look_at_one(entry) for entry in entries))
    order = ["postgres", "nats", *(part.name for part in PARTS)]
    return sorted(found, key=lambda entry: order.index(entry.name))


async def look_at_one(entry: ProcessState) -> Seen:
    """What the supervisor last knew, corrected by asking the process itself."""
    state = entry.state
    if entry.pid is not None and not processes.is_alive(entry.pid):
        state = "died"
    elif state == "ready" and entry.port is not None:
        asked = health.listens if entry.name in ("postgres", "nats") else health.is_ready
        state = "ready" if await asked(entry.port) else "not ready"
    return Seen(entry.name, entry.pid, entry.port, state, uptime_of(entry), entry.restarts)


def uptime_of(entry: ProcessState) -> int | None:
    if entry.pid is None or entry.started_at is None:
        return None
    return int((datetime.now(UTC) - datetime.fromisoformat(entry.started_at)).total_seconds())


def status(console: Console, as_json: bool) -> None:
    """Print the state; NotRunning when there is none to print, after the JSON that says so."""
    home = home_of_environment()
    found = status_of(home)
    if as_json:
        print(json.dumps(asdict(found), indent=2))
    if found.state == "stopped":
        raise NotRunning(f"No platform is running in {home}: start one with ./ncce up.")
    if not as_json:
        console.print(f"The platform is [bold]{found.state}[/] at {found.base_url}", highlight=False)
        console.print(table_of(found.processes))


def table_of(entries: list[Seen]) -> Table:
    table = Table("process", "state", "port", "pid", "uptime", "restarts", box=None, header_style="dim")
    for entry in entries:
        uptime = "" if entry.uptime_seconds is None else spell_out(entry.uptime_seconds)
        colour = COLOURS.get(entry.state, "red")
        table.add_row(
            entry.name,
            f"[{colour}]{entry.state}[/]",
            str(entry.port or ""),
            str(entry.pid or ""),
            uptime,
            str(entry.restarts or ""),
        )
    return table


def spell_out(seconds: int) -> str:
    """3 h 4 min rather than 11042."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
