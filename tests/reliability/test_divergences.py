"""Two hundred differences between what was told and what was heard, made on purpose: each is named, and nothing else.

`./ncce test --campaign divergences --seed 1`: among a hundred thousand events.
"""

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from contracts.base import Event
from contracts.registry import PUBLISHER
from corruptions import SERVICES
from harness import Databases
from ncce_cli.jobs import environments
from ncce_cli.parity import NOT_HEARD, NOT_TOLD, PARKED, differences
from ncce_cli.settings_for import Connections
from ncce_cli.state import Home

DIVERGENCES = 200
HOURS = 100
"""Over so many hours before now events are spread."""
HOUR_MS = 3_600_000
FAR = str(1 << 47)
LOST, FORGOTTEN, SWAPPED, PUT_ASIDE = "lost", "forgotten", "swapped", "put aside"
COLUMNS = {
    "outbox": ("event_id", "subject", "type", "aggregate", "sequence", "data", "published_at"),
    "inbox": ("consumer", "event_id"),
    "dead_letter": ("id", "consumer", "event_id", "subject", "body", "error", "deliveries"),
}
HEARERS: dict[type[Event], list[str]] = defaultdict(list)
for subscription in (one for service in SERVICES.values() for one in service.subscriptions.table):
    HEARERS[subscription.event].append(subscription.durable)

Named = tuple[str, str, str]
"""A consumer, an event and what is wrong with it."""
Rows = dict[tuple[str, str], list[tuple[Any, ...]]]
"""By service and table."""


@dataclass(frozen=True)
class Story:
    """What became of one event on purpose, and the consumer to whom it happened."""

    what: str
    consumer: str


def an_id(chosen: random.Random, hour: int) -> UUID:
    """As they are made: the moment, and then chance."""
    made_ms = hour * HOUR_MS + chosen.randrange(HOUR_MS)
    return UUID(int=made_ms << 80 | 7 << 76 | chosen.getrandbits(76))


def a_past(chosen: random.Random, events: int) -> tuple[Rows, set[Named]]:
    """So many events that were told and heard by all, but for those with a story; and what is to be said of these."""
    rows: Rows = defaultdict(list)
    named: set[Named] = set()
    kinds = sorted(HEARERS, key=lambda one: one.subject)
    with_a_story = set(chosen.sample(range(events), DIVERGENCES))
    this_hour = int(time.time() * 1000) // HOUR_MS
    for number in range(events):
        kind, hour = chosen.choice(kinds), this_hour - chosen.randrange(1, HOURS)
        event_id, story = an_id(chosen, hour), None
        if number in with_a_story:
            what = chosen.choice((LOST, FORGOTTEN, SWAPPED, PUT_ASIDE))
            story = Story(what, chosen.choice(HEARERS[kind]))
        if story is None or story.what != FORGOTTEN:
            told = (event_id, kind.subject, kind.type(), f"past:{number}", 1, "{}", datetime.now(UTC))
            rows[PUBLISHER[kind], "outbox"].append(told)
        another = an_id(chosen, hour)
        for consumer in HEARERS[kind]:
            named |= heard(rows, kind, consumer, event_id, another, story)
    return rows, named


def heard(
    rows: Rows, kind: type[Event], consumer: str, event_id: UUID, another: UUID, story: Story | None
) -> set[Named]:
    """Add what one consumer kept of an event; what is to be said of it."""
    service = consumer.partition("-")[0]
    what = story.what if story and (story.consumer == consumer or story.what == FORGOTTEN) else ""
    kept = {"": event_id, FORGOTTEN: event_id, SWAPPED: another}.get(what)
    if kept:
        rows[service, "inbox"].append((consumer, kept))
    if what == PUT_ASIDE:
        letter = (another, consumer, event_id, kind.subject, b"{}", "Refused()", 5)
        rows[service, "dead_letter"].append(letter)
    problems = {
        LOST: {(event_id, NOT_HEARD)},
        FORGOTTEN: {(event_id, NOT_TOLD)},
        SWAPPED: {(event_id, NOT_HEARD), (another, NOT_TOLD)},
        PUT_ASIDE: {(event_id, PARKED)},
    }
    return {(consumer, str(one), problem) for one, problem in problems.get(what, ())}


async def stored(urls: dict[str, str], rows: Rows) -> None:
    """Put them where they belong."""
    for (service, table), records in rows.items():
        connection = await asyncpg.connect(urls[service])
        try:
            await connection.copy_records_to_table(table, records=records, columns=COLUMNS[table])
        finally:
            await connection.close()


@pytest.mark.parametrize(
    "events", [pytest.param(2_000, id="some"), pytest.param(100_000, id="divergences", marks=pytest.mark.campaign)]
)
async def test_every_difference_is_named_and_nothing_else_is(
    databases: Databases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
    events: int,
) -> None:
    monkeypatch.setenv("NCCE_HOME", str(tmp_path / "home"))
    Home(tmp_path / "home").make()
    urls = {name: await databases.of(service) for name, service in SERVICES.items()}
    rows, named = a_past(random.Random(pytestconfig.getoption("--seed")), events)
    await stored(urls, rows)
    jobs, begun = environments(Connections(urls, "nats://127.0.0.1:4222", "")), time.monotonic()
    found = await asyncio.to_thread(lambda: list(differences(jobs, FAR)))
    told_of = [(one.consumer, one.event_id, one.problem) for one in found]
    kept = sum(len(records) for records in rows.values())
    print(f"{len(named)} of {kept} rows named in {time.monotonic() - begun:.1f} s")  # noqa: T201  the campaign's figure
    assert sorted(told_of) == sorted(named)
    assert len(named) >= DIVERGENCES
    for url in urls.values():
        await databases.drop(url)
