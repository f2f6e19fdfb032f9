"""Reads of overrides."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import PageOf
from funding.base import Queryable
from funding.cursors import instant
from funding.overrides.errors import OverrideNotFound
from funding.overrides.models import FactOverride, OverrideStatus
from funding.overrides.schemas import OverrideOut

_TABLE = FactOverride.__table__


async def find_override(db: Queryable, override_id: UUID) -> OverrideOut:
    """One override; OverrideNotFound."""
    row = (await db.execute(select(_TABLE).where(_TABLE.c.id == override_id))).one_or_none()
    if row is None:
        raise OverrideNotFound(override_id)
    return OverrideOut.model_validate(row)


async def list_overrides(
    db: Queryable, page: PageOf, status: OverrideStatus | None, school_urn: str | None
) -> Sequence[OverrideOut]:
    """Overrides, the latest first, one more than the page holds."""
    query = select(_TABLE).order_by(_TABLE.c.requested_at.desc(), _TABLE.c.id.desc()).limit(page.limit + 1)
    if status is not None:
        query = query.where(_TABLE.c.status == status)
    if school_urn is not None:
        query = query.where(_TABLE.c.school_urn == school_urn)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(_TABLE.c.requested_at, _TABLE.c.id) < after)
    return [OverrideOut.model_validate(row) for row in await db.execute(query)]
