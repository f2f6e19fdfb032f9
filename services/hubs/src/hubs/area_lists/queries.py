"""Reads of the registry."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.area_lists.errors import AreaListNotFound
from hubs.area_lists.models import AreaList, AreaListEntry
from hubs.area_lists.rules import Succession, codes_then, end_of, standing_of
from hubs.area_lists.schemas import AreaListFilter, StandingOut
from hubs.areas.models import DistrictSuccessor
from hubs.base import AnyRow

LIST, ENTRY = AreaList.__table__, AreaListEntry.__table__
KEEPERS = ("administrator",)
"""Who proposes and decides, and sees what is not approved."""


async def list_versions(reader: AsyncConnection, wanted: AreaListFilter, page: PageOf) -> Sequence[AnyRow]:
    """Versions, the newest of each scheme first, one row more than the page holds."""
    query = select(LIST).where(AreaList.status == wanted.status).order_by(AreaList.scheme, AreaList.version.desc())
    if wanted.scheme:
        query = query.where(AreaList.scheme == wanted.scheme)
    if (after := page.after_as(str, int)) is not None:
        scheme, version = after
        later = (AreaList.scheme > scheme) | ((AreaList.scheme == scheme) & (AreaList.version < version))
        query = query.where(later)
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def find_version(reader: AsyncConnection, caller: Principal, list_id: UUID) -> AnyRow:
    """One version, or AreaListNotFound; what is not approved is its keepers' alone."""
    query = select(LIST).where(AreaList.id == list_id)
    if not caller.has_role(*KEEPERS):
        query = query.where(AreaList.status == "approved")
    row = (await reader.execute(query)).first()
    if row is None:
        raise AreaListNotFound("No approved list has this id.")
    return row


async def entries(reader: AsyncConnection, list_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Areas of a version by code, one row more than the page holds."""
    query = select(ENTRY).where(AreaListEntry.list_id == list_id).order_by(AreaListEntry.area_code)
    if (after := page.after_as(str)) is not None:
        query = query.where(AreaListEntry.area_code > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def standings(reader: AsyncConnection, district: str, on: date) -> list[StandingOut]:
    """Where a district stands on the version in force of every scheme of districts."""
    successions = await successions_of(reader)
    found: list[StandingOut] = []
    for version in await _in_force(reader, on):
        query = select(AreaListEntry.area_code, AreaListEntry.categories).where(AreaListEntry.list_id == version.id)
        listed = {row.area_code: row.categories for row in await reader.execute(query)}
        # A code that is on the list itself needs no tracing back.
        codes = codes_then(district, successions, end_of(version.vintage))
        codes = frozenset({district}) if district in listed else codes
        standing = standing_of(codes, listed, is_complete=version.completeness == "complete")
        found.append(
            StandingOut(
                scheme=version.scheme,
                version=version.version,
                vintage=version.vintage,
                completeness=version.completeness,
                is_listed=standing.is_listed,
                categories=list(standing.categories),
                codes=sorted(codes),
            )
        )
    return found


async def successions_of(db: AsyncConnection | AsyncSession) -> list[Succession]:
    """Every succession of districts that is known."""
    columns = DistrictSuccessor.old_code, DistrictSuccessor.new_code, DistrictSuccessor.effective_on
    return [Succession(*row) for row in await db.execute(select(*columns))]


async def _in_force(reader: AsyncConnection, on: date) -> Sequence[AnyRow]:
    """Per scheme of districts the latest approved version whose days include `on`."""
    query = (
        select(LIST)
        .ext(distinct_on(AreaList.scheme))
        .where(
            AreaList.status == "approved",
            AreaList.key_type == "district",
            AreaList.valid_from <= on,
            AreaList.valid_to.is_(None) | (AreaList.valid_to >= on),
        )
        .order_by(AreaList.scheme, AreaList.version.desc())
    )
    return (await reader.execute(query)).all()
