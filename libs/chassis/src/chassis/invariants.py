"""What must be true of a service's database: rules of every service and of its own, held against rows.

A rule is a query for what breaks it. Facts are what one service owes another: who tells them and who holds them each
say which they have (`ncce check` compares), so that an event that was heard without its effect is found too.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.parity import LEAP


@dataclass(frozen=True)
class Broken:
    """One record that is not as it must be: the rule by name, the record, and what is wrong."""

    rule: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Rule:
    """A rule by name, and the query for what breaks it: `subject` and `detail`."""

    name: str
    query: str
    values: Mapping[str, object] = field(default_factory=dict)
    """Of the query's parameters."""


Check = Callable[[AsyncSession], AsyncIterator[Broken]]
"""A rule that no query can tell, such as that of a signature."""


@dataclass(frozen=True)
class Invariants:
    """A service's own. `tells` and `holds` name facts, each with the query for its `id`s."""

    rules: Sequence[Rule] = ()
    checks: Sequence[Check] = ()
    tells: Mapping[str, str] = field(default_factory=dict)
    holds: Mapping[str, str] = field(default_factory=dict)


EVERYWHERE = (
    Rule(
        "outbox-is-sent",
        "SELECT event_id::text AS subject, 'This event waits to be told.' AS detail"
        " FROM outbox WHERE published_at IS NULL",
    ),
    Rule(
        "letters-are-resolved",
        "SELECT consumer || ' ' || coalesce(event_id::text, id::text) AS subject,"
        " 'This event could not be handled: ' || left(error, 200) AS detail"
        " FROM dead_letter WHERE resolved_at IS NULL",
    ),
    Rule(
        "numbers-have-no-gap",
        """
        SELECT aggregate || ' ' || sequence AS subject, 'The number before it is missing.' AS detail FROM (
            SELECT aggregate, sequence, sequence - coalesce(lag(sequence) OVER of_it, 0) AS step
            FROM outbox WINDOW of_it AS (PARTITION BY aggregate ORDER BY sequence)
        ) AS numbered WHERE step <> 1 AND step < CAST(:leap AS bigint)
        """,
        {"leap": LEAP},
    ),
    Rule(
        "numbers-are-counted",
        """
        SELECT aggregate AS subject, 'The counter says another number than the last event has.' AS detail
        FROM (SELECT aggregate, max(sequence) AS last FROM outbox GROUP BY aggregate) AS told
        LEFT JOIN outbox_sequence AS counter USING (aggregate)
        WHERE counter.sequence IS NULL OR (counter.sequence <> last AND counter.sequence - last < CAST(:leap AS bigint))
        """,
        {"leap": LEAP},
    ),
    Rule(
        "events-have-their-counter",
        "SELECT aggregate AS subject, 'No event is left of what this counter counted.' AS detail"
        " FROM outbox_sequence WHERE aggregate <> '' AND sequence > 0"
        " AND NOT EXISTS (SELECT FROM outbox WHERE outbox.aggregate = outbox_sequence.aggregate)",
    ),
    Rule(
        "only-successes-are-repeated",
        "SELECT caller || ' ' || key AS subject, 'An answer that is repeated is a success.' AS detail"
        " FROM idempotency_key WHERE status NOT BETWEEN 200 AND 299",
    ),
    Rule(
        "guards-are-on",
        """
        SELECT tgrelid::regclass || ':' || tgname AS subject, 'This guard of the database is switched off.' AS detail
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgenabled = 'D' AND relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT conrelid::regclass || ':' || conname, 'This constraint was never held against the rows.'
        FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace
        UNION ALL
        SELECT indexrelid::regclass::text, 'This index is not valid.'
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE NOT indisvalid AND relnamespace = 'public'::regnamespace
        """,
    ),
)
"""What holds in every service's database."""


async def broken(session: AsyncSession, own: Invariants) -> AsyncIterator[Broken]:
    """Everything that is not as it must be."""
    for rule in (*EVERYWHERE, *own.rules):
        for row in (await session.execute(text(rule.query), rule.values)).all():
            yield Broken(rule.name, row.subject, row.detail)
    for check in own.checks:
        async for found in check(session):
            yield found


async def facts(session: AsyncSession, queries: Mapping[str, str]) -> dict[str, list[str]]:
    """The ids of each fact."""
    found = {}
    for name, query in queries.items():
        found[name] = sorted(row.id for row in (await session.execute(text(query))).all())
    return found
