"""Two ids that are one person's: rows of the one go to the other, and each of them back when the two are separated.

A service names its tables of people (`PersonTables`): rows of some move, rows of others stay under the id that they
were made for and are read by every id of the person (`known_as.ids_of`). `settle` brings what is stored to what the
merges say, from whatever state it finds, so it may run at any time and as often as anybody likes: after each event
about somebody (`Subscriptions(settle=…)`), a late one is handled for the id that it names and its rows move with the
rest. Rows made for the person who is kept are theirs and stay with them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    String,
    Table,
    TextClause,
    UniqueConstraint,
    and_,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.util import ClauseAdapter

from chassis.holdings import OF_PEOPLE
from chassis.known_as import Executor, Merge, note_merged, note_separated, related
from chassis.tables import moved_row


@dataclass(frozen=True)
class Effects:
    """Rows by table: those that moved, and those that could not, since the person who is kept has one like it."""

    moved: dict[str, int]
    stayed: dict[str, list[dict[str, str]]]


class PersonTables:
    """What becomes of a service's rows about people when two are merged.

    `moves` are columns by table; `moves_into_nothing` those of tables whose rows move only where the kept person has
    none at all; `stays` the tables, or `table.column`, whose rows stay, with the reason; `only` which rows of a table
    that moves have to do with it.
    """

    def __init__(
        self,
        metadata: MetaData,
        moves: Mapping[str, Sequence[str]],
        stays: Mapping[str, str],
        moves_into_nothing: Mapping[str, Sequence[str]] | None = None,
        only: Mapping[str, ColumnElement[bool]] | None = None,
    ) -> None:
        self._only = only or {}
        self._metadata = metadata
        self._whole = set(moves_into_nothing or {})
        self.moves = {**moves, **(moves_into_nothing or {})}
        self.stays = stays

    def unnamed(self) -> set[str]:
        """Columns that tell whose a row is and that are neither moved nor excused."""
        return {
            f"{table.name}.{name}"
            for table in self._metadata.tables.values()
            for name in OF_PEOPLE & set(table.c.keys())
            if name not in self.moves.get(table.name, ())
            and not {table.name, f"{table.name}.{name}"} & self.stays.keys()
        }

    def unknown(self) -> set[str]:
        """Names in the lists that are of no table or column."""
        moved = {f"{table}.{name}" for table, names in self.moves.items() for name in names}
        known = {f"{table.name}.{one.name}" for table in self._metadata.tables.values() for one in table.c}
        return (moved - known) | (set(self.stays) - known - set(self._metadata.tables))

    async def hear(self, session: AsyncSession, merge: Merge) -> None:
        """Follow news of a merge or of its separation, whichever of the two comes first and however often."""
        await (note_merged if merge.separated_at is None else note_separated)(session, merge)
        await self.settle(session, [merge.kept_id])

    async def settle(self, session: AsyncSession, people: Collection[UUID]) -> list[Merge]:
        """Bring what is stored to what the merges of these people say; the merges, the oldest first."""
        merges = await related(session, people)
        for merge in reversed(merges):
            if merge.separated_at is not None:
                await self.put_back(session, merge)
        for merge in merges:
            if merge.separated_at is None:
                await self.move(session, merge)
        return merges

    async def move(self, session: AsyncSession, merge: Merge, *only: str) -> int:
        """Give the kept person the rows of the merged one that are theirs alone; how many there were."""
        count = 0
        for table, column in self._columns(only):
            giving = self._giving(table, column, merge.merged_id, merge.kept_id)
            keys = (await session.scalars(giving)).all()
            count += len(keys)
            if keys:
                rows = [{"merge_id": merge.merge_id, "owner": table.name, "name": column, "key": key} for key in keys]
                kept = insert(moved_row).on_conflict_do_update(
                    index_elements=list(moved_row.primary_key.columns), set_={"returned_at": None}
                )
                await session.execute(kept, rows)
        return count

    async def put_back(self, session: AsyncSession, merge: Merge, *only: str) -> int:
        """Give back what this merge moved and is still there; how many rows. What was made since stays."""
        count = 0
        for table, column in self._columns(only):
            these = and_(
                moved_row.c.merge_id == merge.merge_id,
                moved_row.c.owner == table.name,
                moved_row.c.name == column,
                moved_row.c.returned_at.is_(None),
            )
            if (await session.execute(select(moved_row.c.key).where(these).limit(1))).first() is None:
                continue
            moved = select(moved_row.c.key).where(these)
            giving = self._giving(table, column, merge.kept_id, merge.merged_id)
            keys = (await session.scalars(giving.where(_key(table, column).in_(moved)))).all()
            count += len(keys)
            returned = update(moved_row).where(these, moved_row.c.key.in_(keys))
            await session.execute(returned.values(returned_at=func.clock_timestamp()))
        return count

    async def effects(self, executor: Executor, merge: Merge) -> Effects:
        """What moved, and what stays with the merged id although its table moves."""
        counts = select(moved_row.c.owner, func.count()).where(
            moved_row.c.merge_id == merge.merge_id, moved_row.c.returned_at.is_(None)
        )
        moved = {row[0]: row[1] for row in await executor.execute(counts.group_by(moved_row.c.owner))}
        stayed: dict[str, list[dict[str, str]]] = {}
        for table, column in self._columns(()) if merge.separated_at is None else ():
            query = select(_key(table, column)).where(self._theirs(table, column, merge.merged_id)).limit(100)
            if keys := list((await executor.execute(query)).scalars()):
                stayed[table.name] = keys
        return Effects(moved, stayed)

    async def preview(self, executor: Executor, kept_id: UUID, merged_id: UUID) -> Effects:
        """What would move and what would stay."""
        moved: dict[str, int] = {}
        stayed: dict[str, list[dict[str, str]]] = {}
        for table, column in self._columns(()):
            theirs = self._theirs(table, column, merged_id)
            free = self._is_free(table, column, kept_id)
            rows = await executor.execute(select(_key(table, column), free).where(theirs))
            found = [(row[0], bool(row[1])) for row in rows]
            moved[table.name] = moved.get(table.name, 0) + sum(is_free for _, is_free in found)
            stayed.setdefault(table.name, []).extend(key for key, is_free in found if not is_free)
        return Effects({k: v for k, v in moved.items() if v}, {k: v for k, v in stayed.items() if v})

    def _columns(self, only: Collection[str]) -> list[tuple[Table, str]]:
        return [
            (self._metadata.tables[table], name)
            for table, names in self.moves.items()
            for name in names
            if not only or table in only
        ]

    def _giving(self, table: Table, column: str, giver: UUID, taker: UUID) -> ReturningUpdate[dict[str, str]]:
        theirs = self._theirs(table, column, giver)
        changing = update(table).where(theirs, self._is_free(table, column, taker))
        return changing.values({column: taker}).returning(_key(table, column))

    def _theirs(self, table: Table, column: str, person_id: UUID) -> ColumnElement[bool]:
        return and_(table.c[column] == person_id, self._only.get(table.name, true()))

    def _is_free(self, table: Table, column: str, taker: UUID) -> ColumnElement[bool]:
        """Whether the taker has no row that this one could not stand beside."""
        other = table.alias("held")
        if table.name in self._whole:
            return ~select(literal_column("1")).select_from(other).where(other.c[column] == taker).exists()
        return and_(true(), *(_stands_beside(one, table, column, taker) for one in _unique_with(table, column)))


@dataclass(frozen=True)
class _Unique:
    columns: tuple[str, ...]
    where: ColumnElement[bool] | TextClause | None = None
    nulls_alike: bool = False


def _unique_with(table: Table, column: str) -> list[_Unique]:
    """What must be unique in a table and has to do with a column."""
    found = [_Unique(tuple(table.primary_key.columns.keys()))]
    found += [_Unique(tuple(one.columns.keys())) for one in table.constraints if isinstance(one, UniqueConstraint)]
    for index in table.indexes:
        options = index.dialect_options["postgresql"]
        if index.unique:
            names = tuple(one.name for one in index.expressions if isinstance(one, Column))
            found.append(_Unique(names, options["where"], bool(options["nulls_not_distinct"])))
    return [one for one in found if column in one.columns]


def _stands_beside(unique: _Unique, table: Table, column: str, taker: UUID) -> ColumnElement[bool]:
    other = table.alias("held")
    same = [other.c[column] == taker]
    for name in unique.columns:
        if name != column:
            alike = unique.nulls_alike
            same.append(other.c[name].is_not_distinct_from(table.c[name]) if alike else other.c[name] == table.c[name])
    if unique.where is None:
        return ~select(literal_column("1")).select_from(other).where(*same).exists()
    both = [*same, _of(unique.where, other)]
    return or_(not_(_of(unique.where, table)), ~select(literal_column("1")).select_from(other).where(*both).exists())


def _of(where: ColumnElement[bool] | TextClause, which: FromClause) -> ColumnElement[bool]:
    """An index's condition for a table or its alias. Written as text, its columns are those of the nearest table."""
    if isinstance(where, TextClause):
        return literal_column(f"({where.text})")
    return where if isinstance(which, Table) else ClauseAdapter(which).traverse(where)


def _key(table: Table, column: str) -> ColumnElement[dict[str, str]]:
    """What names a row besides whose it is."""
    parts: list[ColumnElement[str]] = []
    for one in table.primary_key.columns:
        if one.name != column:
            parts += [literal_column(f"'{one.name}'"), cast(one, String)]
    return func.jsonb_build_object(*parts, type_=JSONB)
