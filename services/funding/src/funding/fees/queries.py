"""Reads of fees, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, true, tuple_

from chassis.known_as import is_theirs
from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.cursors import instant
from funding.fees.models import Fee, FeeDecision, FeeStatus
from funding.fees.rules import Due
from funding.fees.schemas import FeeOut
from funding.roles import reads_all


def _seen_by(caller: Principal) -> ColumnElement[bool]:
    return true() if reads_all(caller) else is_theirs(Fee.teacher_id, caller.id)


async def list_fees(
    db: Queryable, caller: Principal, page: PageOf, booking_id: UUID | None, status: FeeStatus | None
) -> Sequence[FeeOut]:
    """Fees, the latest booked first, one more than the page holds."""
    query = (
        select(Fee.__table__, FeeDecision.result)
        .join(FeeDecision, (FeeDecision.booking_id == Fee.booking_id) & (FeeDecision.ordinal == Fee.decisions))
        .where(_seen_by(caller))
        .order_by(Fee.placed_at.desc(), Fee.booking_id.desc())
        .limit(page.limit + 1)
    )
    if booking_id is not None:
        query = query.where(Fee.booking_id == booking_id)
    if status is not None:
        query = query.where(Fee.status == status)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Fee.placed_at, Fee.booking_id) < after)
    shown: list[FeeOut] = []
    for row in await db.execute(query):
        decision = Due.model_validate_json(row.result)
        held = {name: value for name, value in row._mapping.items() if name in FeeOut.model_fields}
        shown.append(FeeOut.model_validate(held | {"reason": decision.reason, "price": decision.price}))
    return shown
