"""Reads of calls and applications, each limited in the SQL to what the caller may see."""

import json
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, false, or_, select, true, tuple_

from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.cursors import instant
from funding.grant_applications.errors import ApplicationNotFound, CallNotFound
from funding.grant_applications.models import GrantApplication, GrantCall, GrantScore
from funding.grant_applications.rules import CallTerms
from funding.grant_applications.schemas import ApplicationOut, CallOut, RankedApplication, Ranking, ScoreOut
from funding.grants.access import speaks_for
from funding.grants.schemas import Recipient
from funding.ledger.models import AccountKind, LedgerAccount
from funding.roles import reads_all

PANEL = "moderator"
"""Beside funding officers, who may score."""


def judges(caller: Principal) -> bool:
    """Whether the caller sees all applications and their scores."""
    return reads_all(caller) or caller.has_role(PANEL)


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    if judges(caller):
        return true()
    own = [
        (GrantApplication.recipient_kind == kind) & (GrantApplication.recipient_id == one)
        for kind, one in speaks_for(caller)
    ]
    return or_(*own) if own else false()


async def list_calls(db: Queryable) -> list[CallOut]:
    """Every call, the latest first."""
    rows = await db.execute(select(GrantCall.__table__).order_by(GrantCall.opens_on.desc(), GrantCall.id.desc()))
    return [
        CallOut.model_validate({**row, "terms": CallTerms.model_validate_json(row["terms"])}) for row in rows.mappings()
    ]


async def find_call(db: Queryable, call_id: UUID) -> CallOut:
    """One call, or CallNotFound."""
    for one in await list_calls(db):
        if one.id == call_id:
            return one
    raise CallNotFound(call_id)


async def find_application(db: Queryable, caller: Principal, application_id: UUID) -> ApplicationOut:
    """One application, or ApplicationNotFound."""
    query = select(GrantApplication.__table__).where(GrantApplication.id == application_id, _seen_by(caller))
    row = (await db.execute(query)).mappings().one_or_none()
    if row is None:
        raise ApplicationNotFound(application_id)
    [found] = await _shown(db, caller, [row])
    return found


async def list_applications(
    db: Queryable, caller: Principal, page: PageOf, call_id: UUID | None
) -> Sequence[ApplicationOut]:
    """Applications, the latest first, one more than the page holds."""
    query = select(GrantApplication.__table__).where(_seen_by(caller))
    if call_id is not None:
        query = query.where(GrantApplication.call_id == call_id)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(GrantApplication.submitted_at, GrantApplication.id) < after)
    query = query.order_by(GrantApplication.submitted_at.desc(), GrantApplication.id.desc()).limit(page.limit + 1)
    return await _shown(db, caller, (await db.execute(query)).mappings().all())


async def ranking(db: Queryable, call_id: UUID) -> Ranking:
    """Moderated applications of a call, the best first; equal ones in the order in which they came."""
    call = await find_call(db, call_id)
    available = select(LedgerAccount.balance_pence).where(
        LedgerAccount.budget == call.budget, LedgerAccount.kind == AccountKind.AVAILABLE
    )
    left = held = int((await db.execute(available)).scalar_one())
    query = (
        select(GrantApplication.__table__)
        .where(GrantApplication.call_id == call_id, GrantApplication.percent.is_not(None))
        .order_by(GrantApplication.percent.desc(), GrantApplication.submitted_at, GrantApplication.id)
    )
    ranked = []
    for place, row in enumerate((await db.execute(query)).mappings(), start=1):
        left -= row["requested_pence"]
        told = {**row, "application_id": row["id"], "recipient": _recipient(row), "place": place}
        ranked.append(RankedApplication.model_validate(told | {"is_within_budget": left >= 0}))
    return Ranking(available_pence=held, data=ranked)


def _recipient(row: RowMapping) -> Recipient:
    return Recipient.model_validate({name: row[f"recipient_{name}"] for name in ("kind", "id", "name")})


async def _shown(db: Queryable, caller: Principal, rows: Sequence[RowMapping]) -> list[ApplicationOut]:
    scores: dict[UUID, list[ScoreOut]] = {}
    if judges(caller) and rows:
        query = select(GrantScore.__table__).where(GrantScore.application_id.in_([row["id"] for row in rows]))
        for one in (await db.execute(query.order_by(GrantScore.scored_at))).mappings():
            points = None if one["points"] is None else json.loads(one["points"])
            scores.setdefault(one["application_id"], []).append(ScoreOut.model_validate({**one, "points": points}))
    return [_application(caller, row, scores.get(row["id"], [])) for row in rows]


def _application(caller: Principal, row: RowMapping, scores: list[ScoreOut]) -> ApplicationOut:
    hidden: dict[str, Decimal | None] = {}
    if not judges(caller) and row["decided_at"] is None:
        hidden = {"percent": None, "moderation": None}
    told = {"recipient": _recipient(row), "answers": json.loads(row["answers"]), "checks": json.loads(row["checks"])}
    return ApplicationOut.model_validate({**row, **told, "scores": scores, **hidden})
