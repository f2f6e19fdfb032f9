"""Reads of the registry."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.area_lists.errors import AreaListNotFound
from hubs.area_lists.models import AreaList, AreaListEntry
from hubs.area_lists.rules import end_of
from hubs.area_lists.schemas import AreaListFilter, StandingOut
from hubs.area_lists.standing import Keys, Listed, Succession, codes_of, standing_on
from hubs.areas.models import DistrictSuccessor
from hubs.base import AnyRow
from hubs.reference import rows
from hubs.schools.news import trusts_of
from hubs.schools.queries import find_school
from hubs.sets import any_of

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


async def standings(db: AsyncConnection | AsyncSession, keys: Keys, on: date) -> list[StandingOut]:
    """Where a district or a school stands on the version in force of every scheme, whatever its keys."""
    successions = await successions_of(db)
    found: list[StandingOut] = []
    for version in await _in_force(db, on):
        if keys.urn is None and version.key_type != "district":
            continue
        standing = standing_on(await _listed(db, version, keys, successions), keys, successions)
        found.append(
            StandingOut(
                scheme=version.scheme,
                version=version.version,
                key_type=version.key_type,
                vintage=version.vintage,
                completeness=version.completeness,
                is_listed=standing.is_listed,
                categories=list(standing.categories),
                codes=sorted(standing.codes),
            )
        )
    return found


async def _listed(
    db: AsyncConnection | AsyncSession, version: AnyRow, keys: Keys, successions: Sequence[Succession]
) -> Listed:
    """What a version says of these keys."""
    codes_on = end_of(version.vintage)
    asked = codes_of(keys, version.key_type, successions, codes_on)
    of_list = AreaListEntry.list_id == version.id
    query = select(AreaListEntry.area_code, AreaListEntry.categories).where(
        of_list, any_of(AreaListEntry.area_code, asked)
    )
    categorised = exists().where(of_list, func.cardinality(AreaListEntry.categories) > 0)
    return Listed(
        key_type=version.key_type,
        categories={row.area_code: row.categories for row in await db.execute(query)},
        is_complete=version.completeness == "complete",
        is_plain=not await db.scalar(select(categorised)),
        codes_on=codes_on,
    )


async def keys_of_school(db: AsyncConnection | AsyncSession, urn: str) -> Keys:
    """By what lists may name a school; SchoolNotFound."""
    row = await find_school(db, urn)
    trusts = trusts_of(row._mapping)
    return Keys(row.district_code, row.la_code, urn, None if trusts is None else frozenset(trusts))


async def successions_of(db: AsyncConnection | AsyncSession) -> list[Succession]:
    """Every succession of districts and of authorities that is known."""
    columns = DistrictSuccessor.old_code, DistrictSuccessor.new_code, DistrictSuccessor.effective_on
    return [*(Succession(*row) for row in await db.execute(select(*columns))), *_authorities()]


@cache
def _authorities() -> tuple[Succession, ...]:
    return tuple(
        Succession(row["old_code"], row["new_code"], date.fromisoformat(row["effective_on"]))
        for row in rows("authority_successors.csv")
    )


async def _in_force(db: AsyncConnection | AsyncSession, on: date) -> Sequence[AnyRow]:
    """Per scheme the latest approved version whose days include `on`."""
    query = (
        select(LIST)
        .ext(distinct_on(AreaList.scheme))
        .where(
            AreaList.status == "approved",
            AreaList.valid_from <= on,
            AreaList.valid_to.is_(None) | (AreaList.valid_to >= on),
        )
        .order_by(AreaList.scheme, AreaList.version.desc())
    )
    return (await db.execute(query)).all()
