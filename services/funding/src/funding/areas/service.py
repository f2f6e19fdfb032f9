"""Imports lists of areas and answers from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict
from sqlalchemy import desc, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from funding.areas.models import AreaCategory, AreaList, DistrictSuccession
from funding.areas.rules import Succession, categories_of
from funding.base import Queryable
from funding.canonical import canonical, checksum

ACHIEVING_EXCELLENCE = "achieving-excellence-areas"


class ListedArea(BaseModel):
    """One area of a list to be imported."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area_code: str
    area_name: str
    categories: tuple[int, ...]
    basis: str


class AreaListing(BaseModel):
    """A list to be imported."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    title: str
    vintage: str
    key_type: str
    valid_from: date
    valid_to: date | None
    completeness: str
    source: str
    areas: tuple[ListedArea, ...]


@dataclass(frozen=True)
class Categories:
    """The categories a district may be in (none: unknown), and the list that says so."""

    possible: tuple[int, ...]
    source: str
    as_of: date | None


async def import_list(session: AsyncSession, listing: AreaListing) -> bool:
    """Add the list as a new edition unless the latest edition is the same; whether it was added."""
    digest = checksum(canonical(listing))
    latest = await _latest(session, listing.scheme)
    if latest is not None and latest.checksum == digest:
        return False
    edition = 1 if latest is None else latest.edition + 1
    session.add(AreaList(edition=edition, checksum=digest, **listing.model_dump(exclude={"areas"})))
    await session.flush()
    rows = [area.model_dump() | {"scheme": listing.scheme, "edition": edition} for area in listing.areas]
    await session.execute(insert(AreaCategory), [row | {"categories": list(row["categories"])} for row in rows])
    return True


async def import_successions(session: AsyncSession, rows: Sequence[Mapping[str, str | date]]) -> None:
    """Add successions that are not held yet."""
    await session.execute(postgresql.insert(DistrictSuccession).values(list(rows)).on_conflict_do_nothing())


async def categories_of_district(db: Queryable, code: str | None) -> Categories:
    """The achieving excellence categories of a district, by the latest edition of the list."""
    latest = await _latest(db, ACHIEVING_EXCELLENCE)
    if latest is None:
        return Categories((), "no list of achieving excellence areas is held", None)
    source = f"achieving excellence areas {latest.vintage}, edition {latest.edition} ({latest.completeness} list)"
    if code is None:
        return Categories((), f"{source}; the register names no district", latest.valid_from)
    listed = await db.execute(
        select(AreaCategory.area_code, AreaCategory.categories).where(
            AreaCategory.scheme == latest.scheme, AreaCategory.edition == latest.edition
        )
    )
    passed = await db.execute(
        select(DistrictSuccession.old_code, DistrictSuccession.new_code, DistrictSuccession.effective_from)
    )
    possible = categories_of(
        code,
        {row.area_code: row.categories for row in listed},
        [Succession(row.old_code, row.new_code, row.effective_from) for row in passed],
        latest.valid_from,
    )
    return Categories(possible, f"{source}; district {code}", latest.valid_from)


@dataclass(frozen=True)
class _Edition:
    scheme: str
    edition: int
    vintage: str
    completeness: str
    valid_from: date
    checksum: str


async def _latest(db: Queryable, scheme: str) -> _Edition | None:
    table = AreaList.__table__.c
    columns = [table[name] for name in _Edition.__dataclass_fields__]
    query = select(*columns).where(AreaList.scheme == scheme).order_by(desc(AreaList.edition)).limit(1)
    row = (await db.execute(query)).one_or_none()
    return None if row is None else _Edition(**row._mapping)
