"""Reads of spending and returns."""

from uuid import UUID

from sqlalchemy import select

from chassis.principal import Principal
from funding.base import Queryable
from funding.grant_spending.models import GrantReturn, GrantSpend
from funding.grant_spending.schemas import ReturnOut, SpendingOut, SpendOut
from funding.grants.access import seen_by
from funding.grants.errors import GrantNotFound
from funding.grants.models import GrantAward


async def spending_of(db: Queryable, caller: Principal, grant_id: UUID) -> SpendingOut:
    """What was spent of an award and what goes back, or GrantNotFound."""
    sums = select(
        GrantAward.drawn_pence, GrantAward.spent_pence, GrantAward.due_back_pence, GrantAward.returned_pence
    ).where(GrantAward.id == grant_id, seen_by(caller))
    row = (await db.execute(sums)).mappings().one_or_none()
    if row is None:
        raise GrantNotFound(grant_id)
    spent = select(GrantSpend.__table__).where(GrantSpend.grant_id == grant_id).order_by(GrantSpend.recorded_at)
    due = select(GrantReturn.__table__).where(GrantReturn.grant_id == grant_id).order_by(GrantReturn.raised_at)
    return SpendingOut(
        **row,
        spending=[SpendOut.model_validate(one) for one in await db.execute(spent)],
        returns=[ReturnOut.model_validate(one) for one in await db.execute(due)],
    )
