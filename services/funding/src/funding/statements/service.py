"""Closing months: every fact that stands on no statement becomes a line, and the document is frozen with its digest.

A fact that is known only after its month was closed comes onto the next statement; what was closed is never changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.ids import new_id
from chassis.principal import Principal
from funding.base import Queryable
from funding.canonical import canonical, checksum
from funding.schools.models import School
from funding.statements.errors import ClosedByYou, MonthNotOver, StatementNotFound, StatementSettled
from funding.statements.facts import ORIGINALS, UNLISTED
from funding.statements.models import LineKind, PartyKind, Statement, StatementLine, StatementStatus
from funding.statements.schemas import ClosingOut, ClosingRequest, Document, Line, Settlement

CLOSING = 7_501
"""Closings wait for each other; the unique keys would refuse the second in any case."""
Fact = Row[Any]
Originals = dict[tuple[str, str, str], UUID]


@dataclass(frozen=True)
class Closed:
    """One statement, ready to be written."""

    document: Document
    text: str


def first_day(month: str) -> date:
    """Of a month written `2026-10`."""
    return date.fromisoformat(f"{month}-01")


def end_of(month: date) -> datetime:
    """The first moment after a month, in England."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime(following.year, following.month, 1, tzinfo=ENGLAND)


async def close(session: AsyncSession, caller: Principal, body: ClosingRequest) -> ClosingOut:
    """Close a month for all parties or one; MonthNotOver. A party whose month is closed stays as it is."""
    month = first_day(body.month)
    if end_of(month) > clock.now():
        raise MonthNotOver(f"{body.month} can be closed once it is over.")
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CLOSING})
    closed = await _drawn_up(session, month, body)
    await _write(session, caller, month, closed)
    total = sum(one.document.total_pence for one in closed)
    lines = sum(len(one.document.lines) for one in closed)
    details: dict[str, audit.JSON] = {"statements": len(closed), "lines": lines, "total_pence": total}
    await audit.record(session, caller, "statements.closed", f"month:{body.month}", details)
    return ClosingOut(month=body.month, statements=len(closed), lines=lines, total_pence=total)


async def _drawn_up(session: AsyncSession, month: date, body: ClosingRequest) -> list[Closed]:
    facts = await unlisted(session, end_of(month), month, body.party_kind, body.party)
    earlier = await originals(session, facts)
    names = await _names(session, facts)
    now, closed = clock.now(), []
    for (kind, party), own in groupby(facts, key=lambda fact: (fact.party_kind, fact.party)):
        lines = numbered(list(own), earlier)
        document = Document(
            statement_id=new_id(),
            party_kind=PartyKind(kind),
            party=party,
            party_name=names.get(party) if kind == PartyKind.SCHOOL else None,
            month=body.month,
            closed_at=now,
            total_pence=sum(line.amount_pence for line in lines),
            totals_pence=totals(lines),
            lines=tuple(lines),
        )
        closed.append(Closed(document, canonical(document)))
    return closed


async def unlisted(
    db: Queryable, before: datetime, month: date, party_kind: str | None = None, party: str | None = None
) -> Sequence[Fact]:
    """Facts from before a moment that stand on no statement, of parties whose month is not closed."""
    given = {"before": before, "month": month, "party_kind": party_kind, "party": party}
    return (await db.execute(text(UNLISTED), given)).all()


async def originals(db: Queryable, facts: Sequence[Fact]) -> Originals:
    """The lines that the facts reverse, where those stand on an earlier statement."""
    sources = [fact.reverses for fact in facts if fact.reverses is not None]
    if not sources:
        return {}
    rows = await db.execute(text(ORIGINALS), {"sources": sources})
    return {(row.party_kind, row.party, row.source): row.id for row in rows}


async def _names(session: AsyncSession, facts: Sequence[Fact]) -> dict[str, str]:
    urns = {fact.party for fact in facts if fact.party_kind == PartyKind.SCHOOL}
    if not urns:
        return {}
    rows = await session.execute(select(School.urn, School.name).where(School.urn.in_(urns)))
    return {row.urn: row.name for row in rows}


def numbered(facts: Sequence[Fact], earlier: Originals) -> list[Line]:
    """One party's facts as lines. A reversal follows what it reverses, which may be on the same statement."""
    lines: list[Line] = []
    known = dict(earlier)
    for fact in facts:
        reverses_id = None if fact.reverses is None else known[fact.party_kind, fact.party, fact.reverses]
        line = Line(
            line_id=new_id(),
            position=len(lines) + 1,
            kind=LineKind(fact.kind),
            source=fact.source,
            amount_pence=fact.amount_pence,
            occurred_at=fact.occurred_at,
            narrative=fact.narrative,
            reverses_id=reverses_id,
        )
        known[fact.party_kind, fact.party, fact.source] = line.line_id
        lines.append(line)
    return lines


def totals(lines: Sequence[Line]) -> dict[LineKind, int]:
    """The sum of each kind of line that there is."""
    kinds = sorted({line.kind for line in lines})
    return {kind: sum(line.amount_pence for line in lines if line.kind == kind) for kind in kinds}


async def _write(session: AsyncSession, caller: Principal, month: date, closed: Sequence[Closed]) -> None:
    if not closed:
        return
    statements = [
        {
            "id": one.document.statement_id,
            **one.document.model_dump(include={"party_kind", "party", "total_pence", "closed_at"}),
            "month": month,
            "status": StatementStatus.CLOSED,
            "lines": len(one.document.lines),
            "document": one.text,
            "document_sha256": checksum(one.text),
            "closed_by": caller.id,
        }
        for one in closed
    ]
    lines = [
        line.model_dump(exclude={"line_id"})
        | {"id": line.line_id, "statement_id": one.document.statement_id}
        | one.document.model_dump(include={"party_kind", "party"})
        for one in closed
        for line in one.document.lines
    ]
    await session.execute(insert(Statement), statements)
    await session.execute(insert(StatementLine), lines)


async def settle(session: AsyncSession, caller: Principal, statement_id: UUID, body: Settlement) -> None:
    """Record that a statement was settled; ClosedByYou, StatementSettled, StatementNotFound."""
    statement = await session.get(Statement, statement_id, with_for_update=True, populate_existing=True)
    if statement is None:
        raise StatementNotFound(statement_id)
    if statement.status == StatementStatus.PAID:
        raise StatementSettled("The statement was settled before.")
    if statement.closed_by == caller.id:
        raise ClosedByYou("A statement is settled by somebody other than the person who closed it.")
    statement.status, statement.settled_by, statement.settled_at = StatementStatus.PAID, caller.id, clock.now()
    statement.settlement_reference = body.reference
    await session.flush()
    await audit.record(session, caller, "statement.settled", f"statement:{statement_id}")
