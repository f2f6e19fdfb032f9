"""Reads of payables."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import PageOf
from funding.base import Queryable
from funding.cursors import instant
from funding.payables.models import Payable, PayableStatus
from funding.payables.schemas import PayableOut


async def list_payables(
    db: Queryable, page: PageOf, budget: str | None, status: PayableStatus | None
) -> Sequence[PayableOut]:
    """Payables, the latest first, one more than the page holds."""
    query = select(Payable.__table__).order_by(Payable.ready_at.desc(), Payable.id.desc()).limit(page.limit + 1)
    if budget is not None:
        query = query.where(Payable.budget == budget)
    if status is not None:
        query = query.where(Payable.status == status)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Payable.ready_at, Payable.id) < after)
    return [PayableOut.model_validate(row) for row in await db.execute(query)]
