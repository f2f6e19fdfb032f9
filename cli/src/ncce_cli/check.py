"""`ncce check`: everything that must be true of the whole platform at rest, held against what it has stored.

Each service holds its own records against its rules and its audit trail against what the others witnessed of it; here
the services are held against each other and the broker against having delivered. A platform that works is never quite
at rest, so what is found is looked for again: only what is still so is told.
"""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from ncce_cli import parity
from ncce_cli.audits import FOUND
from ncce_cli.errors import Unsound
from ncce_cli.jobs import connected, run_job, run_program
from ncce_cli.parts import SERVICES
from ncce_cli.state import home_of_environment, read_state

FAR = str(1 << 47)
MONITOR_SECONDS = 10
Environment = Mapping[str, Mapping[str, str]]
Line = dict[str, object]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be: at which service, by which rule, of which record."""

    service: str
    rule: str
    subject: str
    detail: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells whether it is the same thing as before, whatever the numbers in its detail."""
        return self.service, self.rule, self.subject


def check(console: Console, settled_seconds: int, as_json: bool) -> None:
    """Tell what is broken; Unsound when anything is."""
    with connected() as environment:
        found = settled(lambda: look(environment), settled_seconds)
    for one in found:
        said = f"{one.service}: {one.rule}: {one.subject}: {one.detail}"
        console.print(json.dumps(asdict(one)) if as_json else said, markup=False, soft_wrap=True)
    if found:
        raise Unsound(f"{len(found)} findings.")
    if not as_json:
        console.print("Everything is as it must be.")


def settled(looked: Callable[[], list[Finding]], seconds: float) -> list[Finding]:
    """What is found, and found again when what was under way has had time to arrive."""
    found = looked()
    if found and seconds:
        time.sleep(seconds)
        before = {one.key for one in found}
        found = [one for one in looked() if one.key in before]
    return found


def look(environment: Environment) -> list[Finding]:
    """Everything that is not as it must be, now."""
    with ThreadPoolExecutor(len(SERVICES)) as pool, TemporaryDirectory() as folder:
        witnessed = pool.map(lambda name: run_job(name, ["audit", "witnessed"], environment[name]), SERVICES)
        held = [line for lines in witnessed for line in lines]
        jobs = {name: pool.submit(_checked, name, held, Path(folder), environment[name]) for name in SERVICES}
        lines = {name: job.result() for name, job in jobs.items()}
    return [
        *(finding for name in SERVICES for finding in _broken(name, lines[name])),
        *unknown_facts(lines),
        *_unlike(environment, lines),
        *_undelivered(),
    ]


def _checked(name: str, held: Sequence[Line], folder: Path, environment: Mapping[str, str]) -> list[Line]:
    heads = folder / name
    heads.write_text("".join(f"{json.dumps(line)}\n" for line in held if line["service"] == name))
    return run_program(name, ["check", "--heads", str(heads)], environment, expected=(0, FOUND))


def _broken(name: str, lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        if isinstance(found := line.get("broken"), dict):
            yield Finding(name, found["rule"], found["subject"], found["detail"])


def unknown_facts(lines: Mapping[str, Sequence[Line]]) -> Iterator[Finding]:
    """What a service tells of and one that is to hold it does not. Who holds more was told so before."""
    told = {str(line["fact"]): (name, line["ids"]) for name, line in _facts(lines, "tells")}
    for holder, line in _facts(lines, "holds"):
        teller, ids = told[str(line["fact"])]
        assert isinstance(ids, list)
        assert isinstance(line["ids"], list)
        for missing in sorted(set(ids) - set(line["ids"])):
            yield Finding(holder, "facts-are-known", f"{line['fact']} {missing}", f"{teller} has it.")


def _facts(lines: Mapping[str, Sequence[Line]], side: str) -> Iterator[tuple[str, Line]]:
    return ((name, line) for name in SERVICES for line in lines[name] if line.get("fact_side") == side)


def _unlike(environment: Environment, lines: Mapping[str, list[Line]]) -> Iterator[Finding]:
    for one in parity.held_apart(environment, FAR, lines):
        yield Finding(one.consumer.partition("-")[0], "events-are-heard", f"{one.consumer} {one.event_id}", one.problem)


def _undelivered() -> Iterator[Finding]:
    """Consumers that the broker has something for."""
    state = read_state(home_of_environment())
    if state is None or not state.monitor_url:
        return
    with urllib.request.urlopen(f"{state.monitor_url}/jsz?consumers=1", timeout=MONITOR_SECONDS) as page:  # noqa: S310
        told = json.load(page)
    for account in told.get("account_details", []):
        for stream in account.get("stream_detail", []):
            for one in stream.get("consumer_detail", []):
                if waiting := one["num_pending"] + one["num_ack_pending"]:
                    yield Finding("nats", "consumers-have-caught-up", one["name"], f"{waiting} events wait.")
