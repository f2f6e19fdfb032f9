"""Two ids that are one person's: which of them goes by which, as identity tells it, until they are separated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Row, Uuid, bindparam, case, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from chassis.db import Database
from chassis.principal import Principal
from chassis.tables import UtcDateTime, merged_person

Executor = AsyncConnection | AsyncSession
KNOWN_FOR_SECONDS = 1.0
"""How long a process goes by the merges it read: sessions of a merged account end with the merge anyway."""


@dataclass(frozen=True)
class Merge:
    """`merged_id` goes by `kept_id`, from one moment and perhaps until another."""

    merge_id: UUID
    kept_id: UUID
    merged_id: UUID
    merged_at: datetime
    separated_at: datetime | None = None


async def note_merged(session: AsyncSession, merge: Merge) -> None:
    """Keep that two ids are one person's; a separation that was heard of first holds."""
    row = insert(merged_person).values(vars(merge))
    await session.execute(row.on_conflict_do_nothing())


async def note_separated(session: AsyncSession, merge: Merge) -> None:
    """Keep that they are not, also before it was heard that they ever were."""
    row = insert(merged_person).values(vars(merge))
    first = func.coalesce(merged_person.c.separated_at, row.excluded.separated_at)
    await session.execute(row.on_conflict_do_update(index_elements=["merge_id"], set_={"separated_at": first}))


async def ids_of(executor: Executor, person_id: UUID | None) -> list[UUID]:
    """Every id that is this person's now, the asked one first: their own and those that were merged into it."""
    found = [] if person_id is None else [person_id]
    for one in found:  # grows while it is walked
        standing = (merged_person.c.kept_id == one) & merged_person.c.separated_at.is_(None)
        into = await executor.execute(select(merged_person.c.merged_id).where(standing))
        found += [row for row in into.scalars() if row not in found]
    return found


def is_theirs(
    column: ColumnElement[UUID] | InstrumentedAttribute[UUID | None], person_id: UUID | None
) -> ColumnElement[bool]:
    """Whether a column names a person, by whichever of the ids that are theirs now: for rows that do not move."""
    ids = select(literal(person_id, Uuid).label("id")).cte(recursive=True)
    standing = ids.c.id.in_([merged_person.c.kept_id, merged_person.c.merged_id]) & merged_person.c.separated_at.is_(
        None
    )
    other = case((merged_person.c.kept_id == ids.c.id, merged_person.c.merged_id), else_=merged_person.c.kept_id)
    ids = ids.union(select(other).where(standing))
    # Worked out once, so that the column's index is used.
    return column == func.any(func.array(select(ids.c.id).scalar_subquery()))


@dataclass(frozen=True)
class Standing:
    """Which ids that were merged go by which, at one moment."""

    kept: Mapping[UUID, UUID]

    def goes_by(self, person_id: UUID) -> UUID:
        """The id by which a person goes."""
        return self.kept.get(person_id, person_id)

    def others(self, person_id: UUID) -> list[UUID]:
        """The same person's other ids."""
        now = self.goes_by(person_id)
        return [one for one in {now, *self.kept} if one != person_id and self.goes_by(one) == now]


async def kept_instead(executor: Executor) -> dict[UUID, UUID]:
    """By every id that was merged the one that its person goes by."""
    standing = await _standing(executor)
    return {merged_id: _follow(standing, merged_id) for merged_id in standing}


async def standing_now(executor: Executor) -> Standing:
    """Who goes by which id now."""
    return Standing(await kept_instead(executor))


async def is_same_person(executor: Executor, one: UUID | None, other: UUID | None) -> bool:
    """Whether two ids are one person's now."""
    if one is None or other is None or one == other:
        return one is not None and one == other
    standing = await standing_now(executor)
    return standing.goes_by(one) == standing.goes_by(other)


async def is_one_of(executor: Executor, person_id: UUID | None, people: Collection[UUID | None]) -> bool:
    """Whether a person is one of these, by whichever of their ids."""
    if person_id is None:
        return False
    standing = await standing_now(executor)
    return standing.goes_by(person_id) in {standing.goes_by(one) for one in people if one is not None}


async def goes_by(executor: Executor, person_id: UUID) -> UUID:
    """The id by which a person goes now: their own, or that of whom they were merged into."""
    return _follow(await _standing(executor), person_id)


async def _standing(executor: Executor) -> dict[UUID, UUID]:
    query = select(merged_person.c.merged_id, merged_person.c.kept_id).where(merged_person.c.separated_at.is_(None))
    return {row.merged_id: row.kept_id for row in await executor.execute(query)}


def _follow(kept: Mapping[UUID, UUID], person_id: UUID) -> UUID:
    while person_id in kept:
        person_id = kept[person_id]
    return person_id


class KnownAs:
    """Whom callers go by who come with an id that was merged: tokens made before live for minutes."""

    def __init__(self) -> None:
        self._kept: dict[UUID, UUID] = {}
        self._read_at = float("-inf")

    async def now(self, database: Database, caller: Principal) -> Principal:
        """The caller, by the id that the person has now."""
        if caller.kind != "person" or caller.id is None:
            return caller
        if monotonic() - self._read_at > KNOWN_FOR_SECONDS:
            self._read_at = monotonic()
            async with database.reads.connect() as connection:
                self._kept = await _standing(connection)
        kept = _follow(self._kept, caller.id)
        return caller if kept == caller.id else caller.model_copy(update={"id": kept})


_RELATED = text(
    """
    WITH RECURSIVE people (id) AS (
        SELECT unnest(:people)
        UNION
        SELECT CASE WHEN m.kept_id = p.id THEN m.merged_id ELSE m.kept_id END
        FROM people p JOIN merged_person m ON p.id IN (m.kept_id, m.merged_id)
    )
    SELECT merge_id, kept_id, merged_id, merged_at, separated_at FROM merged_person
    WHERE kept_id IN (SELECT id FROM people) ORDER BY merged_at, merge_id
    FOR UPDATE
    """
).bindparams(bindparam("people", type_=ARRAY(Uuid)))
_RELATED_MERGES = _RELATED.columns(merged_at=UtcDateTime, separated_at=UtcDateTime)


async def related(session: AsyncSession, people: Collection[UUID]) -> list[Merge]:
    """The merges that have to do with people, directly or by another, held until the transaction ends."""
    rows = (await session.execute(_RELATED_MERGES, {"people": list(set(people))})).all()
    return [_merge(row) for row in rows]


async def find(executor: Executor, merge_id: UUID) -> Merge | None:
    """A merge that this service has heard of."""
    row = (await executor.execute(select(merged_person).where(merged_person.c.merge_id == merge_id))).one_or_none()
    return None if row is None else _merge(row)


def _merge(row: Row[Any]) -> Merge:
    return Merge(row.merge_id, row.kept_id, row.merged_id, row.merged_at, row.separated_at)
