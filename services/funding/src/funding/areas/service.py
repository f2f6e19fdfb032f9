"""Imports lists of areas and answers from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict
from sqlalchemy import desc, exists, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.hubs import AreaListApproved
from funding.areas.models import AreaCategory, AreaList, DistrictSuccession
from funding.areas.rules import (
    UNKNOWN,
    Keys,
    KeyType,
    Listed,
    Standing,
    Succession,
    code_of,
    codes_of,
    end_of,
    standing_on,
)
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
class OnList:
    """Where a school stands on the list of a scheme that counts (edition None: none does), and who says so."""

    edition: int | None
    standing: Standing
    source: str
    as_of: date | None


async def hold_version(session: AsyncSession, listing: AreaListing, edition: int) -> bool:
    """Hold a version for ever; False when one of this number is held, whatever it says: versions never change."""
    values = listing.model_dump(exclude={"areas"}) | {"edition": edition, "checksum": checksum(canonical(listing))}
    added = postgresql.insert(AreaList).values(values).on_conflict_do_nothing().returning(AreaList.edition)
    if (await session.execute(added)).first() is None:
        return False
    await _add_areas(session, listing.scheme, edition, listing.areas)
    return True


_LISTS = func.hashtextextended("area-lists", 0)


async def hold_lists(session: AsyncSession) -> None:
    """Decide by the lists as they are until commit, beside others who do: a list that comes waits, and finds what
    was decided without it."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(_LISTS)))


async def change_lists(session: AsyncSession) -> None:
    """Let a list count from commit on, once those who decide without it have committed."""
    await session.execute(select(func.pg_advisory_xact_lock(_LISTS)))


async def hear_part(session: AsyncSession, event: AreaListApproved) -> bool:
    """Keep a part of a list that hubs approved, in any order; whether the list is whole with it."""
    # Parts one after another, so that whichever is last sees the others.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"area-list:{event.list_id}", 0))))
    head = {
        "scheme": event.scheme,
        "edition": event.list_version,
        "title": event.title,
        "vintage": event.vintage,
        "key_type": event.key_type,
        "valid_from": event.valid_from_on,
        "valid_to": event.valid_to_on,
        "completeness": event.completeness,
        "source": event.source,
        "checksum": event.checksum,
        "size": event.size,
    }
    await session.execute(postgresql.insert(AreaList).values(head).on_conflict_do_nothing())
    # A list of this number that did not come by this event stays as it is.
    held = select(AreaList.checksum).where(AreaList.scheme == event.scheme, AreaList.edition == event.list_version)
    if await session.scalar(held) != event.checksum:
        return False
    areas = [ListedArea.model_validate(area.model_dump()) for area in event.areas]
    await _add_areas(session, event.scheme, event.list_version, areas)
    count = select(func.count()).where(AreaCategory.scheme == event.scheme, AreaCategory.edition == event.list_version)
    return await session.scalar(count) == event.size


async def _add_areas(session: AsyncSession, scheme: str, edition: int, areas: Sequence[ListedArea]) -> None:
    if not areas:
        return
    place = {"scheme": scheme, "edition": edition}
    rows = [area.model_dump() | place | {"categories": list(area.categories)} for area in areas]
    await session.execute(postgresql.insert(AreaCategory).on_conflict_do_nothing(), rows)


async def import_successions(session: AsyncSession, rows: Sequence[Mapping[str, str | date]]) -> None:
    """Add successions that are not held yet."""
    await session.execute(postgresql.insert(DistrictSuccession).values(list(rows)).on_conflict_do_nothing())


@dataclass(frozen=True)
class _Edition:
    scheme: str
    edition: int
    key_type: KeyType
    vintage: str
    completeness: str
    valid_from: date


async def where_on(db: Queryable, scheme: str, keys: Keys, on: date) -> OnList:
    """Where a school stands on the latest whole edition of a scheme whose days include `on`, whatever its keys."""
    return (await where_all_on(db, scheme, {"": keys}, on))[""]


async def where_all_on(db: Queryable, scheme: str, schools: Mapping[str, Keys], on: date) -> dict[str, OnList]:
    """The same for any number of schools by name, in as many queries as for one."""
    edition = await _in_force(db, scheme, on)
    name = scheme.replace("-", " ")
    if edition is None:
        return dict.fromkeys(schools, OnList(None, UNKNOWN, f"no list of {name} counts on {on}", None))
    successions = await _successions(db)
    listed = await _listed(db, edition, schools.values(), successions)
    source = f"{name} {edition.vintage}, edition {edition.edition} ({edition.completeness} list); "
    return {
        school: OnList(
            edition.edition,
            standing_on(listed, keys, successions),
            source + _named_by(keys, edition.key_type),
            edition.valid_from,
        )
        for school, keys in schools.items()
    }


def _named_by(keys: Keys, key_type: KeyType) -> str:
    kind = {"urn": "school", "trust": "trust", "local_authority": "authority", "district": "district"}[key_type]
    if key_type == "trust" and keys.trusts is not None:
        return f"trust {', '.join(sorted(keys.trusts))}" if keys.trusts else "the school is in no trust"
    code = None if key_type == "trust" else code_of(keys, key_type)
    return f"the register names no {kind}" if code is None else f"{kind} {code}"


async def _listed(
    db: Queryable, edition: _Edition, schools: Iterable[Keys], successions: Sequence[Succession]
) -> Listed:
    codes_on = end_of(edition.vintage)
    asked = {code for keys in schools for code in codes_of(keys, edition.key_type, successions, codes_on)}
    of_list = (AreaCategory.scheme == edition.scheme) & (AreaCategory.edition == edition.edition)
    query = select(AreaCategory.area_code, AreaCategory.categories).where(of_list, AreaCategory.area_code.in_(asked))
    categorised = exists().where(of_list, func.cardinality(AreaCategory.categories) > 0)
    return Listed(
        key_type=edition.key_type,
        categories={row.area_code: row.categories for row in await db.execute(query)},
        is_complete=edition.completeness == "complete",
        is_plain=not (await db.execute(select(categorised))).scalar_one(),
        codes_on=codes_on,
    )


async def _successions(db: Queryable) -> list[Succession]:
    passed = select(DistrictSuccession.old_code, DistrictSuccession.new_code, DistrictSuccession.effective_from)
    return [Succession(row.old_code, row.new_code, row.effective_from) for row in await db.execute(passed)]


async def _in_force(db: Queryable, scheme: str, on: date) -> _Edition | None:
    table = AreaList.__table__.c
    columns = [table[name] for name in _Edition.__dataclass_fields__]
    held = (
        select(func.count())
        .where(AreaCategory.scheme == AreaList.scheme, AreaCategory.edition == AreaList.edition)
        .correlate(AreaList)
        .scalar_subquery()
    )
    query = select(*columns).where(
        AreaList.scheme == scheme,
        AreaList.valid_from <= on,
        AreaList.valid_to.is_(None) | (AreaList.valid_to >= on),
        AreaList.size.is_(None) | (AreaList.size == held),
    )
    row = (await db.execute(query.order_by(desc(AreaList.edition)).limit(1))).one_or_none()
    return None if row is None else _Edition(**row._mapping)
