"""Reads of bursaries, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select, true, tuple_

from chassis.known_as import is_theirs
from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.bursaries.decisions import replay
from funding.bursaries.errors import BursaryNotFound, DecisionNotFound
from funding.bursaries.models import Bursary, BursaryDecision, BursaryMove, BursaryStatus
from funding.bursaries.schemas import BursaryOut, DecisionOut, MoveOut, Replay
from funding.canonical import checksum
from funding.cursors import instant
from funding.policies.rules import Decision, Inputs
from funding.roles import reads_all


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    return true() if reads_all(caller) else is_theirs(Bursary.teacher_id, caller.id)


def _query(caller: Principal) -> Select[Any]:
    return (
        select(Bursary.__table__, BursaryDecision.result)
        .join(
            BursaryDecision,
            (BursaryDecision.bursary_id == Bursary.id) & (BursaryDecision.ordinal == Bursary.decisions),
        )
        .where(_seen_by(caller))
    )


def _shown(row: Row[Any]) -> BursaryOut:
    decision = Decision.model_validate_json(row.result)
    explained = decision.model_dump(include={"outcome", "reason", "trace", "criteria", "milestones", "valid_until"})
    held = {name: value for name, value in row._mapping.items() if name in BursaryOut.model_fields}
    return BursaryOut.model_validate(held | explained)


async def find_bursary(db: Queryable, caller: Principal, bursary_id: UUID) -> BursaryOut | None:
    """A bursary, if there is one that the caller may see."""
    row = (await db.execute(_query(caller).where(Bursary.id == bursary_id))).one_or_none()
    return None if row is None else _shown(row)


async def list_bursaries(
    db: Queryable, caller: Principal, page: PageOf, status: BursaryStatus | None
) -> Sequence[BursaryOut]:
    """Bursaries, the latest applied for first, one more than the page holds."""
    query = _query(caller).order_by(Bursary.applied_at.desc(), Bursary.id.desc()).limit(page.limit + 1)
    if status is not None:
        query = query.where(Bursary.status == status)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Bursary.applied_at, Bursary.id) < after)
    return [_shown(row) for row in await db.execute(query)]


async def list_moves(db: Queryable, caller: Principal, bursary_id: UUID) -> list[MoveOut]:
    """The history of a bursary that the caller may see; BursaryNotFound."""
    await _is_seen(db, caller, bursary_id)
    table = BursaryMove.__table__
    rows = await db.execute(select(table).where(table.c.bursary_id == bursary_id).order_by(table.c.id))
    return [MoveOut.model_validate(row) for row in rows]


async def list_decisions(db: Queryable, caller: Principal, bursary_id: UUID) -> list[DecisionOut]:
    """Every decision on a bursary that the caller may see; BursaryNotFound."""
    await _is_seen(db, caller, bursary_id)
    table = BursaryDecision.__table__
    rows = await db.execute(select(table).where(table.c.bursary_id == bursary_id).order_by(table.c.ordinal))
    return [_decision(row) for row in rows]


async def replay_decision(db: Queryable, bursary_id: UUID, ordinal: int) -> Replay:
    """Make a recorded decision again; DecisionNotFound."""
    table = BursaryDecision.__table__
    query = select(table.c.inputs, table.c.result).where(table.c.bursary_id == bursary_id, table.c.ordinal == ordinal)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise DecisionNotFound(bursary_id, ordinal)
    made_again = await replay(db, row.inputs)
    return Replay(
        bursary_id=bursary_id,
        ordinal=ordinal,
        is_same=made_again == row.result,
        recorded_checksum=checksum(row.result),
        replayed_checksum=checksum(made_again),
        result=Decision.model_validate_json(made_again),
    )


async def _is_seen(db: Queryable, caller: Principal, bursary_id: UUID) -> None:
    query = select(Bursary.id).where(Bursary.id == bursary_id, _seen_by(caller))
    if (await db.execute(query)).first() is None:
        raise BursaryNotFound(bursary_id)


def _decision(row: Row[Any]) -> DecisionOut:
    return DecisionOut(
        ordinal=row.ordinal,
        supersedes=row.ordinal - 1 or None,
        cause=row.cause,
        outcome=row.outcome,
        valid_until_on=row.valid_until_on,
        decided_at=row.decided_at,
        inputs=Inputs.model_validate_json(row.inputs),
        result=Decision.model_validate_json(row.result),
        checksum=checksum(row.result),
    )
