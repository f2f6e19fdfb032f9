"""Reads of requests to draw."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import String, cast, func, literal, select

from chassis.principal import Principal
from funding.base import Queryable
from funding.grant_drawdowns.errors import DrawdownNotFound
from funding.grant_drawdowns.models import DrawdownStatus, GrantDrawdown
from funding.grant_drawdowns.schemas import DrawdownOut
from funding.grants.access import seen_by
from funding.grants.errors import GrantNotFound
from funding.grants.models import GrantAward
from funding.payables.models import Payable


async def waiting_pence(db: Queryable, grant_id: UUID, instalment_id: UUID | None = None) -> int:
    """What is asked for and not decided, of an award or of one instalment."""
    query = select(func.coalesce(func.sum(GrantDrawdown.amount_pence), 0)).where(
        GrantDrawdown.grant_id == grant_id, GrantDrawdown.status == DrawdownStatus.REQUESTED
    )
    if instalment_id is not None:
        query = query.where(GrantDrawdown.instalment_id == instalment_id)
    return int((await db.execute(query)).scalar_one())


async def list_drawdowns(db: Queryable, caller: Principal, grant_id: UUID) -> Sequence[DrawdownOut]:
    """Every request of an award that the caller may see, or GrantNotFound."""
    known = select(GrantAward.id).where(GrantAward.id == grant_id, seen_by(caller))
    if (await db.execute(known)).first() is None:
        raise GrantNotFound(grant_id)
    source = literal("grant_drawdown:") + cast(GrantDrawdown.id, String)
    query = (
        select(GrantDrawdown.__table__, Payable.status.label("payment"))
        .outerjoin(Payable, Payable.source == source)
        .where(GrantDrawdown.grant_id == grant_id)
        .order_by(GrantDrawdown.requested_at, GrantDrawdown.id)
    )
    return [DrawdownOut.model_validate(row) for row in await db.execute(query)]


async def find_drawdown(db: Queryable, caller: Principal, grant_id: UUID, drawdown_id: UUID) -> DrawdownOut:
    """One request, or DrawdownNotFound."""
    for one in await list_drawdowns(db, caller, grant_id):
        if one.id == drawdown_id:
            return one
    raise DrawdownNotFound("The grant has no such request.")
