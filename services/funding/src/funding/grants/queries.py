"""Reads of awards, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, select, tuple_

from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.cursors import instant
from funding.grant_cards.rules import Calculation
from funding.grants.access import seen_by
from funding.grants.errors import GrantNotFound
from funding.grants.models import (
    GrantAward,
    GrantHistory,
    GrantInstalment,
    GrantSnapshot,
    GrantSource,
    GrantStatus,
    RecipientKind,
)
from funding.grants.schemas import (
    GrantOut,
    GrantSummary,
    HistoryEntry,
    InstalmentOut,
    SnapshotOut,
    SourceOut,
)


def _summary(row: RowMapping) -> dict[str, Any]:
    recipient = {name: row[f"recipient_{name}"] for name in ("kind", "id", "name")}
    return {**row, "recipient": recipient}


async def find_grant(db: Queryable, caller: Principal, grant_id: UUID) -> GrantOut:
    """An award with everything that belongs to it, or GrantNotFound."""
    query = select(GrantAward.__table__).where(GrantAward.id == grant_id, seen_by(caller))
    row = (await db.execute(query)).mappings().one_or_none()
    if row is None:
        raise GrantNotFound(grant_id)
    parts = {
        "snapshots": [_snapshot(one) for one in await _of(db, GrantSnapshot, grant_id, GrantSnapshot.ordinal)],
        "sources": [
            SourceOut.model_validate(dict(one))
            for one in await _of(db, GrantSource, grant_id, GrantSource.ordinal, GrantSource.funder)
        ],
        "instalments": [
            InstalmentOut.model_validate(dict(one))
            for one in await _of(db, GrantInstalment, grant_id, GrantInstalment.number)
        ],
        "history": [
            HistoryEntry.model_validate(dict(one)) for one in await _of(db, GrantHistory, grant_id, GrantHistory.id)
        ],
    }
    return GrantOut.model_validate(_summary(row) | parts)


async def list_grants(
    db: Queryable, caller: Principal, page: PageOf, status: GrantStatus | None, kind: RecipientKind | None
) -> Sequence[GrantSummary]:
    """Awards, the latest proposed first, one more than the page holds."""
    query: Select[Any] = select(GrantAward.__table__).where(seen_by(caller))
    if status is not None:
        query = query.where(GrantAward.status == status)
    if kind is not None:
        query = query.where(GrantAward.recipient_kind == kind)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(GrantAward.proposed_at, GrantAward.id) < after)
    query = query.order_by(GrantAward.proposed_at.desc(), GrantAward.id.desc()).limit(page.limit + 1)
    return [GrantSummary.model_validate(_summary(row)) for row in (await db.execute(query)).mappings()]


async def _of(db: Queryable, model: Any, grant_id: UUID, *order: Any) -> Sequence[RowMapping]:
    query = select(model.__table__).where(model.grant_id == grant_id).order_by(*order)
    return (await db.execute(query)).mappings().all()


def _snapshot(row: RowMapping) -> SnapshotOut:
    calculation = Calculation.model_validate_json(row["calculation"])
    return SnapshotOut.model_validate({**row, "calculation": calculation})
