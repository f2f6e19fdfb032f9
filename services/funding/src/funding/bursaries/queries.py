"""Reads of bursaries, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select, true, tuple_

from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.bursaries.models import Bursary, BursaryDecision, BursaryStatus
from funding.bursaries.schemas import BursaryOut
from funding.cursors import instant
from funding.policies.rules import Decision
from funding.roles import reads_all


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    return true() if reads_all(caller) else Bursary.teacher_id == caller.id


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
    explained = decision.model_dump(include={"outcome", "reason", "trace", "criteria"})
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
