"""Holding bursaries until commit, always in the order of their ids."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from funding.bursaries.errors import BursaryNotFound
from funding.bursaries.models import Bursary


async def lock_bursary(session: AsyncSession, bursary_id: UUID) -> Bursary:
    """The bursary, held until commit, or BursaryNotFound."""
    found = await session.get(Bursary, bursary_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise BursaryNotFound(bursary_id)
    return found


async def lock_all(session: AsyncSession, condition: ColumnElement[bool]) -> list[Bursary]:
    """Every bursary of which this holds."""
    query = select(Bursary).where(condition).order_by(Bursary.id).with_for_update()
    return list((await session.execute(query.execution_options(populate_existing=True))).scalars())


async def lock_application(session: AsyncSession, bursary_id: UUID) -> list[Bursary]:
    """All parts of one application, that which was asked for among them; BursaryNotFound."""
    group = select(Bursary.group_id).where(Bursary.id == bursary_id).scalar_subquery()
    found = await lock_all(session, or_(Bursary.id == bursary_id, Bursary.group_id == group))
    if not any(one.id == bursary_id for one in found):
        raise BursaryNotFound(bursary_id)
    return found
