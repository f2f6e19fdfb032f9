"""Reads of impacts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_

from chassis.paging import PageOf
from funding.base import Queryable
from funding.cursors import instant
from funding.impacts.errors import ImpactNotFound
from funding.impacts.models import Effect, Impact, ImpactItem
from funding.impacts.schemas import ImpactItemOut, ImpactOut

_IMPACTS = (
    select(
        Impact.__table__,
        *(func.count().filter(ImpactItem.effect == effect).label(str(effect)) for effect in Effect),
    )
    .outerjoin(ImpactItem, ImpactItem.impact_id == Impact.id)
    .group_by(Impact.id)
)


async def find_impact(db: Queryable, impact_id: UUID) -> ImpactOut:
    """One impact; ImpactNotFound."""
    row = (await db.execute(_IMPACTS.where(Impact.id == impact_id))).one_or_none()
    if row is None:
        raise ImpactNotFound(impact_id)
    return ImpactOut.model_validate(dict(row._mapping))


async def list_impacts(db: Queryable, page: PageOf) -> Sequence[ImpactOut]:
    """Impacts, the latest first, one more than the page holds."""
    query = _IMPACTS.order_by(Impact.opened_at.desc(), Impact.id.desc()).limit(page.limit + 1)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Impact.opened_at, Impact.id) < after)
    return [ImpactOut.model_validate(dict(row._mapping)) for row in await db.execute(query)]


async def list_items(db: Queryable, impact_id: UUID, page: PageOf, effect: Effect | None) -> Sequence[ImpactItemOut]:
    """The bursaries of an impact by id, one more than the page holds; ImpactNotFound."""
    await find_impact(db, impact_id)
    table = ImpactItem.__table__
    query = select(table).where(table.c.impact_id == impact_id).order_by(table.c.bursary_id).limit(page.limit + 1)
    if effect is not None:
        query = query.where(table.c.effect == effect)
    after = page.after_as(UUID)
    if after is not None:
        query = query.where(table.c.bursary_id > after[0])
    return [ImpactItemOut.model_validate(row) for row in await db.execute(query)]
