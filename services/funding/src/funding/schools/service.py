"""Keeps the copy of school facts, and reads it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery
from contracts.hubs import SchoolChanged
from funding.base import Queryable
from funding.schools.models import School


@dataclass(frozen=True)
class SchoolFacts:
    """What funding knows of a school. None means that the register does not say."""

    urn: str
    sequence: int
    name: str
    phase: str
    establishment_type: int
    is_open: bool
    is_in_england: bool
    is_state_funded: bool | None
    district_code: str | None
    district_vintage: str | None
    offers_gcse_computer_science: bool | None
    lowest_age: int | None
    highest_age: int | None
    source: str
    as_of_on: date
    local_authority_code: str | None = None
    trust_codes: Sequence[str] | None = None
    """None: not known; empty: in no trust."""


_COLUMNS = [School.__table__.c[name] for name in SchoolFacts.__dataclass_fields__]


async def find_school(db: Queryable, urn: str) -> SchoolFacts | None:
    """The facts held about a school; None when no event has named it."""
    row = (await db.execute(select(*_COLUMNS).where(School.urn == urn))).one_or_none()
    return None if row is None else SchoolFacts(**row._mapping)


async def find_schools(db: Queryable, urns: Collection[str]) -> dict[str, SchoolFacts]:
    """The facts held about these schools, by number; those that no event has named are not in it."""
    rows = await db.execute(select(*_COLUMNS).where(School.urn.in_(urns)))
    return {row.urn: SchoolFacts(**row._mapping) for row in rows}


async def schools_of_trusts(db: Queryable, trusts: Collection[str]) -> list[SchoolFacts]:
    """Every school of one of these trusts that was heard of, by number."""
    if not trusts:
        return []
    query = select(*_COLUMNS).where(School.trust_codes.overlap(sorted(trusts))).order_by(School.urn)
    return [SchoolFacts(**row._mapping) for row in await db.execute(query)]


# In the order of the array, which is that in which everybody locks them.
_LOCK = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('school:' || urn, 0)) FROM unnest(CAST(:urns AS text[])) AS one(urn)"
)


async def lock_schools(session: AsyncSession, urns: Collection[str]) -> None:
    """Hold several schools at once, in one statement."""
    await session.execute(_LOCK, {"urns": sorted(set(urns))})


async def lock_school(session: AsyncSession, urn: str) -> None:
    """Decide for one school one at a time, also while no facts about it are held; released at commit."""
    await lock_schools(session, [urn])


async def record_facts(session: AsyncSession, told: Sequence[tuple[SchoolChanged, Delivery]]) -> set[str]:
    """Keep the facts of schools, each named once, unless newer ones are held; the schools whose facts were kept."""
    rows = [
        event.model_dump() | {"sequence": delivery.sequence, "changed_at": delivery.occurred_at}
        for event, delivery in told
    ]
    statement = insert(School)
    newer = statement.on_conflict_do_update(
        index_elements=[School.urn],
        set_={name: statement.excluded[name] for name in rows[0] if name != "urn"},
        where=School.sequence < statement.excluded.sequence,
    )
    return set(await session.scalars(newer.returning(School.__table__.c.urn), rows))
