"""`ncce parity`: what every service told held against what every other heard, and what is missing told again.

A restored backup forgets. Restored as a hearer, a service lacks what it had heard since: the tellers still know it, and
tell it again. Restored as a teller, it no longer knows what others have acted on: that is named, and its numbers are
moved on (`ncce events leap`), so that what it tells from now on counts as newer.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from rich.console import Console

from ncce_cli.errors import Unsound
from ncce_cli.jobs import chosen_services, connected, run_program
from ncce_cli.parts import SERVICES

NOT_HEARD, NOT_TOLD, PARKED = "not heard", "no longer known to who told it", "waits as a dead letter"
Line = dict[str, object]
Environment = Mapping[str, Mapping[str, str]]
Hour = tuple[str, str, int]
"""One side's ("told" or "heard"), of a subject or consumer, since 1970."""
Hours = set[Hour]
Sums = dict[tuple[str, int], tuple[int, int]]
"""By subject or consumer and hour: how many events, and their mark."""


@dataclass(frozen=True)
class Difference:
    """An event that one side has and the other has not."""

    consumer: str
    subject: str
    event_id: str
    problem: str
    teller: str
    """Who tells of this subject; empty when nobody has yet."""


@dataclass(frozen=True)
class Hearing:
    """One consumer: whose it is, what it hears, from whom (empty when nobody has told), and what it has put aside."""

    service: str
    teller: str
    consumer: str
    subject: str
    parked: frozenset[str]


def parity(console: Console, settled_seconds: int, heal: bool, as_json: bool) -> None:
    """Tell the differences, and heal them if so wished. Unsound when some remain."""
    before = str(int((time.time() - settled_seconds) * 1000))
    with connected() as environment:
        found = list(differences(environment, before))
        for one in found:
            console.print(json.dumps(asdict(one)) if as_json else _in_words(one), markup=False, soft_wrap=True)
        unheard = [one for one in found if one.problem == NOT_HEARD]
        if heal and unheard:
            tellers = sorted({one.teller for one in unheard})
            again = sum(_tell_again(environment, teller, unheard) for teller in tellers)
            console.print(f"{again} events will be told again: look once more in a minute.")
    if not found:
        console.print("Every event that was told has been heard by all who listen for it.")
    if len(found) > (len(unheard) if heal else 0):
        raise Unsound(f"{len(found)} differences.")


def leap(console: Console, services: Sequence[str]) -> None:
    """Number what a restored service tells from now on far above what it told before."""
    with connected() as environment:
        for service in chosen_services(services):
            [line] = run_program(service, ["parity", "leap"], environment[service])
            console.print(f"{service}: numbers of {line['aggregates']} aggregates moved on", highlight=False)


def differences(environment: Environment, before: str) -> Iterator[Difference]:
    """Every event, made before an instant (Unix milliseconds), that one side has and the other has not."""
    with ThreadPoolExecutor(len(SERVICES)) as pool:
        jobs = {name: pool.submit(_asked_for_sums, environment[name], name, before) for name in SERVICES}
        lines = {name: job.result() for name, job in jobs.items()}
    yield from held_apart(environment, before, lines)


def held_apart(environment: Environment, before: str, lines: Mapping[str, list[Line]]) -> Iterator[Difference]:
    """The same, from the sums that every service has said."""
    told = {key: value for name in SERVICES for key, value in _sums(lines[name], "told").items()}
    tellers = {subject: name for name in SERVICES for subject, _ in _sums(lines[name], "told")}
    unlike: dict[Hearing, list[int]] = {}
    for name in SERVICES:
        heard = _sums(lines[name], "heard")
        for hearing in (_hearing(name, tellers, line) for line in lines[name] if "parked" in line):
            unlike[hearing] = _unlike(hearing, told, heard)
    yield from _named(environment, before, {hearing: hours for hearing, hours in unlike.items() if hours})


def _asked_for_sums(environment: Mapping[str, str], service: str, before: str) -> list[Line]:
    return run_program(service, ["parity", "sums", "--before", before], environment)


def _unlike(hearing: Hearing, told: Sums, heard: Sums) -> list[int]:
    """The hours in which a consumer has not heard just what was told."""
    hours = {hour for of, hour in told if of == hearing.subject} | {
        hour for of, hour in heard if of == hearing.consumer
    }
    return sorted(hour for hour in hours if told.get((hearing.subject, hour)) != heard.get((hearing.consumer, hour)))


def _named(environment: Environment, before: str, unlike: Mapping[Hearing, Sequence[int]]) -> Iterator[Difference]:
    """The events in which hours differ, with what is wrong with each."""
    wanted: dict[str, Hours] = {}
    for one, hours in unlike.items():
        if one.teller:
            wanted.setdefault(one.teller, set()).update(("told", one.subject, hour) for hour in hours)
        wanted.setdefault(one.service, set()).update(("heard", one.consumer, hour) for hour in hours)
    ids = _ids(environment, wanted, before)
    for one, hours in unlike.items():
        for hour in hours:
            was_told = ids.get(("told", one.subject, hour), set())
            was_heard = ids["heard", one.consumer, hour]
            for event_id in sorted(was_told - was_heard):
                problem = PARKED if event_id in one.parked else NOT_HEARD
                yield Difference(one.consumer, one.subject, event_id, problem, one.teller)
            for event_id in sorted(was_heard - was_told):
                yield Difference(one.consumer, one.subject, event_id, NOT_TOLD, one.teller)


def _ids(environment: Environment, wanted: Mapping[str, Hours], before: str) -> dict[Hour, set[str]]:
    """The events of hours, of which each service is asked in one job: what takes long is to start it."""

    def asked_of(service: str) -> list[Line]:
        said = "".join(json.dumps(one) + "\n" for one in sorted(wanted[service]))
        return run_program(service, ["parity", "ids", "--before", before], environment[service], said=said)

    with ThreadPoolExecutor(len(SERVICES)) as pool:
        lines = [line for answered in pool.map(asked_of, wanted) for line in answered]
    return {(str(line["side"]), str(line["of"]), _int(line["hour"])): set(_texts(line["events"])) for line in lines}


def _tell_again(environment: Environment, teller: str, unheard: Sequence[Difference]) -> int:
    events = sorted({one.event_id for one in unheard if one.teller == teller})
    asked = "".join(json.dumps(one) + "\n" for one in events)
    [line] = run_program(teller, ["parity", "tell-again"], environment[teller], said=asked)
    return _int(line["marked"])


def _sums(lines: Sequence[Line], side: str) -> Sums:
    mine = [one for one in lines if one.get("side") == side]
    return {(str(one["of"]), _int(one["hour"])): (_int(one["events"]), _int(one["mark"])) for one in mine}


def _hearing(service: str, tellers: Mapping[str, str], line: Line) -> Hearing:
    subject = str(line["subject"])
    return Hearing(service, tellers.get(subject, ""), str(line["consumer"]), subject, frozenset(_texts(line["parked"])))


def _in_words(one: Difference) -> str:
    return f"{one.consumer}: {one.subject} {one.event_id}: {one.problem}"


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]
