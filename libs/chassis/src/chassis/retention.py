"""How long data is kept, table by table, and the job that lets go of it.

A service names every table with data about people in one table of `Line`s: what it is, why it is held, on which basis,
until when, and what happens then. A line with a time is a rule, applied once a day in the `work` process in batches;
what it met is counted, and written to the audit trail. A line without one says in words until when rows stay.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import structlog
from sqlalchemy import ColumnElement, Date, MetaData, Table, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.db import Database, count_changed
from chassis.tables import dead_letter, export_part, idempotency_key, retention_run

log = structlog.get_logger(__name__)

Basis = Literal["public_task", "legal_obligation", "contract", "consent", "legitimate_interests"]
"""Of UK GDPR Article 6(1)."""
PERSONAL = re.compile(
    r"(teacher|person|learner|holder)_id$|^(given|family|holder|account|recipient|accepted)_name$|^email|^phone$|^trn$"
    r"|^(to_)?address$|description$|comment$|_reason$|^(reason|note|text|answers?|statement|body|details|caller)$"
)
"""Names of columns that hold data about people, or words in which somebody may have written it."""
BATCH = 500
LOOK_SECONDS = 600.0
RULE_LOCK = 7_004


@dataclass(frozen=True)
class Line:
    """One table, or a part of one."""

    table: str
    what: str
    why: str
    basis: Basis
    until: str
    """In words, for people: `6 years after the payment`."""
    since: str = ""
    """The column that time is counted from. Without one nothing happens by itself."""
    keep: timedelta = timedelta(0)
    clears: Mapping[str, object] = field(default_factory=dict)
    """What takes the place of what was there; without it rows are deleted."""
    only: Callable[[Table], ColumnElement[bool]] | None = None
    """Which rows, when not all."""
    rule: str = ""
    """What the rule is called; by default as the table."""

    @property
    def name(self) -> str:
        """The name under which runs are counted."""
        return self.rule or self.table

    @property
    def then(self) -> Literal["delete", "pseudonymise", "stays"]:
        """What happens when the time is over."""
        if not self.since:
            return "stays"
        return "pseudonymise" if self.clears else "delete"


def stays(what: str, why: str, basis: Basis, until: str, *tables: str) -> Sequence[Line]:
    """Lines of tables that are one thing to people, and from which nothing goes by itself."""
    return [Line(table, what, why, basis, until) for table in tables]


CHASSIS = (
    Line(
        "idempotency_key",
        "Copies of answers, for requests that are sent again",
        "A request that is repeated must not have its effect twice",
        "contract",
        "30 days after the request",
        since="recorded_at",
        keep=timedelta(days=30),
    ),
    Line(
        "export_part",
        "What somebody asked to be told of what is held about them",
        "Their right of access",
        "legal_obligation",
        "7 days after they asked",
        since="expires_at",
    ),
    Line(
        "dead_letter",
        "Events that could not be handled, by number",
        "Staff look at each, and have it handled again",
        "legitimate_interests",
        "90 days after it was resolved",
        since="resolved_at",
        keep=timedelta(days=90),
    ),
    Line(
        "audit_entry",
        "Who did what to whose record, by number",
        "Accountability for public money, awards and access to people's data; a chain that nobody can alter",
        "legal_obligation",
        "The platform ends; nothing in it is a name, and a number says nothing once its person is forgotten",
    ),
    Line(
        "erased_person",
        "Numbers of people who were forgotten",
        "What arrives late about one of them is forgotten again",
        "legal_obligation",
        "The platform ends; it is a number without a person",
    ),
)
"""What every service has."""
CHASSIS_TABLES = {one.name: one for one in (idempotency_key, export_part, dead_letter)}


class Retention:
    """The lines of one service."""

    def __init__(self, metadata: MetaData, *lines: Line, about_nobody: Mapping[str, str]) -> None:
        self.lines = (*lines, *CHASSIS)
        self.about_nobody = about_nobody
        """Tables whose columns look like people's, and why they are not."""
        self._metadata = metadata

    @property
    def _tables(self) -> Mapping[str, Table]:
        return {**self._metadata.tables, **CHASSIS_TABLES}

    def unnamed(self) -> set[str]:
        """Tables with data about people for which there is neither a line nor a reason."""
        named = {line.table for line in self.lines} | self.about_nobody.keys()
        return {one.name for one in self._tables.values() if any(map(PERSONAL.search, one.c.keys()))} - named

    def columns_of(self, table: str) -> set[str]:
        """The names of a table's columns."""
        return set(self._tables[table].c.keys())

    def about(self) -> dict[str, dict[str, str]]:
        """What a table is and why it is held, for the people whose data it is."""
        return {
            one.table: {"what": one.what, "why": one.why, "basis": one.basis, "until": one.until} for one in self.lines
        }

    def rules(self) -> Sequence[Line]:
        """The lines that have a time."""
        return [line for line in self.lines if line.since]

    async def count_due(self, connection: AsyncConnection | AsyncSession, line: Line, now: datetime) -> int:
        """How many rows a rule would meet now."""
        table = self._tables[line.table]
        query = select(func.count()).select_from(table).where(self._is_due(table, line, now))
        return int((await connection.execute(query)).scalar_one())

    async def apply(self, session: AsyncSession, line: Line, now: datetime) -> int:
        """Let go of a batch of what is due; how many rows that were."""
        table = self._tables[line.table]
        key = list(table.primary_key.columns)
        is_due = self._is_due(table, line, now)
        # Said twice instead of held in between: to hold a row takes the right to change it, which nobody has to change
        # prices and the like. Whoever changed one meanwhile is waited for, and the second looks at what it is then.
        due = select(*key).where(is_due).limit(BATCH)
        met = (tuple_(*key).in_(due) if len(key) > 1 else key[0].in_(due)) & is_due
        values = dict(line.clears)
        change = update(table).where(met).values(values) if values else delete(table).where(met)
        return await count_changed(session, change)

    def _is_due(self, table: Table, line: Line, now: datetime) -> ColumnElement[bool]:
        since = table.c[line.since]
        end = now - line.keep
        due = since <= (end.date() if isinstance(since.type, Date) else end)
        if line.only is not None:
            due &= line.only(table)
        if line.clears:
            due &= or_(*(table.c[name].is_distinct_from(value) for name, value in line.clears.items()))
        return due


async def last_runs(connection: AsyncConnection | AsyncSession) -> dict[str, tuple[datetime, int]]:
    """When each rule was last applied, and how many rows it met."""
    newest = select(retention_run).ext(distinct_on(retention_run.c.rule))
    newest = newest.order_by(retention_run.c.rule, retention_run.c.ran_at.desc())
    return {row.rule: (row.ran_at, row.found) for row in await connection.execute(newest)}


async def run_due(database: Database, retention: Retention) -> dict[str, int]:
    """Apply every rule that was not yet applied today; how many rows each met."""
    now = clock.now()
    async with database.reads.connect() as connection:
        ran = await last_runs(connection)
    due = [line for line in retention.rules() if line.name not in ran or ran[line.name][0].date() < now.date()]
    return {line.name: await _run(database, retention, line, now) for line in due}


async def _run(database: Database, retention: Retention, line: Line, now: datetime) -> int:
    found, is_more = 0, True
    while is_more:
        async with database.transaction() as session:
            if not await session.scalar(select(func.pg_try_advisory_xact_lock(RULE_LOCK))):
                return found
            met = await retention.apply(session, line, now)
            found, is_more = found + met, met == BATCH
            if not is_more:
                await session.execute(insert(retention_run).values(rule=line.name, ran_at=now, found=found))
            if found and not is_more:
                told: dict[str, audit.JSON] = {"rows": found, "then": line.then, "table": line.table}
                await audit.record(session, None, "retention.applied", f"retention:{line.name}", told)
    return found


async def keep_running(database: Database, retention: Retention) -> None:
    """Apply what is due, day by day, until cancelled. What was done is in the database, so stopping loses nothing."""
    while True:
        applied = {name: found for name, found in (await run_due(database, retention)).items() if found}
        if applied:
            log.info("retention.applied", **applied)
        await asyncio.sleep(LOOK_SECONDS)
