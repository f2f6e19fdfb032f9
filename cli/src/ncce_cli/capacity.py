"""What the platform needs for how many people: computed from what was measured and what is assumed, both named here.

`docs/guide/capacity.md` shows the tables; `python -m ncce_cli.reference` writes them into it, so that neither drifts.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

SECONDS_OF_AN_HOUR = 3_600


@dataclass(frozen=True)
class Load:
    """What is asked of the platform. Each figure is an assumption but the first, and each can be replaced."""

    people: int
    active_share: float
    """Of the people, those who do something in a year."""
    sessions_a_year: int
    """Of each active person."""
    requests_a_session: int
    visitors_a_day: int
    """Without an account: courses, hubs, certificates to verify."""
    requests_a_visitor: int
    days_a_year: int
    """On which schools work."""
    busiest_hour: float
    """Its share of a day's requests."""
    crowd: float
    """So many times the busiest hour's mean in its worst minute: a course's bookings open."""
    events_a_person: int
    """Of each active person in a year: bookings, attendance, completions, credits, claims."""
    hearers: float
    """Services that hear an event, on average."""

    @property
    def requests_a_day(self) -> float:
        """Of everybody."""
        own = self.people * self.active_share * self.sessions_a_year * self.requests_a_session / self.days_a_year
        return own + self.visitors_a_day * self.requests_a_visitor

    @property
    def requests_a_second(self) -> float:
        """In the worst minute."""
        return self.requests_a_day * self.busiest_hour / SECONDS_OF_AN_HOUR * self.crowd

    @property
    def events_a_year(self) -> float:
        """Told by all services."""
        return self.people * self.active_share * self.events_a_person

    @property
    def events_a_second(self) -> float:
        """In the worst minute: they follow the requests."""
        return self.events_a_year / self.days_a_year * self.busiest_hour / SECONDS_OF_AN_HOUR * self.crowd


@dataclass(frozen=True)
class Cost:
    """What one of them costs, by `./ncce bench scale` and `./ncce bench gateway`; microseconds of one processor."""

    gateway_us: float
    serve_us: float
    serve_database_us: float
    work_us: float
    work_database_us: float
    event_bytes: int
    """In the teller's outbox, with its indexes."""
    heard_bytes: int
    """In a hearer's inbox, with its indexes."""
    message_bytes: int
    """In the broker's stream, of which there are three copies."""


NATIONAL = Load(
    people=54_735,
    active_share=0.5,
    sessions_a_year=24,
    requests_a_session=40,
    visitors_a_day=20_000,
    requests_a_visitor=8,
    days_a_year=190,
    busiest_hour=0.25,
    crowd=5.0,
    events_a_person=40,
    hearers=2.0,
)
TEN_TIMES = replace(NATIONAL, people=10 * NATIONAL.people, visitors_a_day=10 * NATIONAL.visitors_a_day)
LOADS = {"national": NATIONAL, "ten times national": TEN_TIMES}
MEASURED = Cost(
    gateway_us=22.0,
    serve_us=6_000.0,
    serve_database_us=2_300.0,
    work_us=14_600.0,
    work_database_us=5_200.0,
    event_bytes=740,
    heard_bytes=220,
    message_bytes=1_000,
)
"""The dearest step of each, measured on 23 November 2026; a message is less than half of what is assumed here."""
BUSY = 0.45
"""Of a processor, for a replica of `serve` when the autoscaler asks for the next: three times what it requests."""
POOL = 2 * 10
"""Connections that a process may hold, for writing and for reading."""
LEAST = 2
"""Replicas of everything, so that one may fail."""
HARDEST = 0.5
"""Of all requests, those that meet the busiest of the four services."""


def processors(per_second: float, each_us: float) -> float:
    """That so much work keeps busy."""
    return per_second * each_us / 1e6


def replicas(busy: float) -> int:
    """Of a process, so that none is busier than it should be."""
    return max(LEAST, math.ceil(busy / BUSY))


Row = tuple[str, Callable[[Load], str]]

LOAD_ROWS: tuple[Row, ...] = (
    ("people with an account", lambda one: f"{one.people:,}"),
    ("requests in a day at school", lambda one: f"{one.requests_a_day:,.0f}"),
    ("requests a second in the worst minute", lambda one: f"{one.requests_a_second:,.0f}"),
    ("events in a year", lambda one: f"{one.events_a_year:,.0f}"),
    ("events a second in the worst minute", lambda one: f"{one.events_a_second:,.1f}"),
)


def need_rows(cost: Cost) -> tuple[Row, ...]:
    """What each load needs in its worst minute, and keeps of a year."""

    def serve(one: Load) -> float:
        return processors(one.requests_a_second, cost.serve_us)

    def busiest(one: Load) -> int:
        return replicas(HARDEST * serve(one))

    def work(one: Load) -> float:
        return processors(one.events_a_second * one.hearers, cost.work_us)

    def databases(one: Load) -> float:
        asked = processors(one.requests_a_second, cost.serve_database_us)
        return asked + processors(one.events_a_second * one.hearers, cost.work_database_us)

    def disk_gb(one: Load) -> float:
        return one.events_a_year * (cost.event_bytes + one.hearers * cost.heard_bytes) / 1e9

    return (
        ("processors of the gateway", lambda one: f"{processors(one.requests_a_second, cost.gateway_us):.2f}"),
        ("processors of all `serve`", lambda one: f"{serve(one):.2f}"),
        ("replicas of the busiest `serve`", lambda one: f"{busiest(one)}"),
        ("processors of all `work`", lambda one: f"{work(one):.2f}"),
        ("replicas of the busiest `work`", lambda one: f"{replicas(work(one))}"),
        ("processors of all four databases", lambda one: f"{databases(one):.2f}"),
        ("connections to the busiest database", lambda one: f"{POOL * (busiest(one) + replicas(work(one)))}"),
        ("events told and heard, GB of database a year", lambda one: f"{disk_gb(one):.1f}"),
        (
            "the broker's stream, GB a year on each of three",
            lambda one: f"{one.events_a_year * cost.message_bytes / 1e9:.1f}",
        ),
    )


def table(rows: tuple[Row, ...]) -> str:
    """Of Markdown, a column for each load."""
    lines = [f"| | {' | '.join(LOADS)} |", "|---|" + "---:|" * len(LOADS)]
    lines += [f"| {what} | {' | '.join(shown(load) for load in LOADS.values())} |" for what, shown in rows]
    return "\n".join(lines)


def regions() -> dict[str, str]:
    """What the page shows of it, by the name of its region."""
    return {"load": table(LOAD_ROWS), "needs": table(need_rows(MEASURED))}
