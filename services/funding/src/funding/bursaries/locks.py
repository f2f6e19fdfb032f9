"""Holding bursaries until commit, always in the order of their ids."""

from collections.abc import Collection
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
    found = await lock_applications(session, [bursary_id])
    if not any(one.id == bursary_id for one in found):
        raise BursaryNotFound(bursary_id)
    return found


async def lock_applications(session: AsyncSession, bursary_ids: Collection[UUID]) -> list[Bursary]:
    """All parts of the applications that these belong to, as far as there are any."""
    groups = select(Bursary.group_id).where(Bursary.id.in_(bursary_ids), Bursary.group_id.is_not(None))
    return await lock_all(session, or_(Bursary.id.in_(bursary_ids), Bursary.group_id.in_(groups)))
