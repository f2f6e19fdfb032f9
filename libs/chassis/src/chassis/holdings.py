"""What a service holds about people, table by table: told to them when they ask, erased when they ask for that.

Each service keeps a table of `Holding`s. A table whose rows are somebody's and that is not in it fails a test
(`unnamed`), so that nothing is forgotten when something is added.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, MetaData, Table, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.audit import VIEWED
from chassis.db import count_changed
from chassis.exports import Told, forget_parts
from chassis.known_as import ids_of
from chassis.outbox import publish
from chassis.tables import audit_entry, erased_person, idempotency_key
from contracts.base import ErasureCompleted
from contracts.identity import TeacherErasureRequested

Value = object | Callable[[Table], object]
OF_PEOPLE = frozenset({"teacher_id", "person_id", "claimed_teacher_id"})
"""Columns by which a row is somebody's. Who of the staff did something (`…_by`) is about their work, and stays."""
ERASED = "(erased)"


@dataclass(frozen=True)
class Holding:
    """One table: whose its rows are, and what becomes of them when their person asks to be forgotten."""

    table: str
    by: tuple[str, ...] = ("teacher_id",)
    """The columns that say whose; any of them."""
    through: tuple[str, str] | None = None
    """Instead of `by`: a column here, and the table with a holding of its own whose key it refers to."""
    deletes: bool = False
    clears: Mapping[str, Value] = field(default_factory=dict)
    """What takes the place of what was there, by column."""
    because: str = ""
    """Why rows stay, as law or purpose has it. Needed unless they go."""
    untold: frozenset[str] = frozenset()
    """Columns that are not told: secrets, seals, other people."""

    def __post_init__(self) -> None:
        """Nothing stays without a reason."""
        if not self.deletes and not self.because:
            raise ValueError(f"{self.table} keeps rows without saying why")


@dataclass(frozen=True)
class Erased:
    """How many rows went or lost what told of a person, and how many stay with nothing but a number; by table."""

    erased: dict[str, int]
    kept: dict[str, int]


class Holdings:
    """The holdings of one service, in the order in which they are told. They are erased in the opposite order."""

    def __init__(self, metadata: MetaData, *holdings: Holding) -> None:
        self._metadata = metadata
        self._by_table = {one.table: one for one in holdings}

    def unnamed(self) -> set[str]:
        """Tables with a column of people that no holding names."""
        tables = self._metadata.tables.values()
        return {one.name for one in tables if OF_PEOPLE & set(one.c.keys())} - self._by_table.keys()

    async def tell(self, connection: AsyncConnection | AsyncSession, person_id: UUID) -> Told:
        """Everything held about somebody, by table, fit for JSON; with what they did and who looked at them.

        Somebody into whom others were merged is told what is held under any of the ids.
        """
        people = await ids_of(connection, person_id)
        told: dict[str, list[dict[str, object]]] = {}
        for holding in self._by_table.values():
            table = self._metadata.tables[holding.table]
            shown = [column for column in table.c if _is_told(holding, column.name)]
            query = select(*shown).where(self._is_of(holding, people)).order_by(*table.primary_key.columns)
            told[holding.table] = [dict(row) for row in (await connection.execute(query)).mappings()]
        return dict(to_jsonable_python(told | await trails_of(connection, people), bytes_mode="hex"))

    async def erase(self, session: AsyncSession, person_id: UUID, merged_ids: Sequence[UUID] = ()) -> Erased:
        """Erase somebody, with all ids that are theirs. Done again, it finds nothing more to erase."""
        people = list({*await ids_of(session, person_id), *merged_ids})
        found = Erased({}, {})
        for holding in reversed(self._by_table.values()):
            count = await self._erase(session, holding, people)
            (found.kept if not holding.deletes and not holding.clears else found.erased)[holding.table] = count
        found.erased["idempotency_key"] = await erase_answers(session, people)
        return found

    async def erase_and_tell(
        self, session: AsyncSession, event: TeacherErasureRequested, completed: type[ErasureCompleted]
    ) -> None:
        """Erase somebody, and tell how much that was."""
        found = await self.erase(session, event.teacher_id, event.merged_ids)
        await audit.record(session, None, "person.erased", f"erasure:{event.erasure_id}")
        done = completed(
            erasure_id=event.erasure_id,
            teacher_id=event.teacher_id,
            erased=found.erased,
            kept=found.kept,
            completed_at=clock.now(),
        )
        await publish(session, done)

    async def erase_again(self, session: AsyncSession, person_id: UUID) -> None:
        """Erase what arrived about somebody who was forgotten. Records of money and awards go on under their number."""
        await self.erase(session, person_id)

    async def _erase(self, session: AsyncSession, holding: Holding, people: Sequence[UUID]) -> int:
        table, is_theirs = self._metadata.tables[holding.table], self._is_of(holding, people)
        if holding.deletes:
            return await count_changed(session, delete(table).where(is_theirs))
        if not holding.clears:
            return (await session.execute(select(func.count()).select_from(table).where(is_theirs))).scalar_one()
        values = {name: value(table) if callable(value) else value for name, value in holding.clears.items()}
        return await count_changed(session, update(table).where(is_theirs).values(values))

    def _is_of(self, holding: Holding, people: Sequence[UUID]) -> ColumnElement[bool]:
        table = self._metadata.tables[holding.table]
        if holding.through is None:
            return or_(*(table.c[name].in_(people) for name in holding.by))
        column, owner = holding.through
        owners = self._metadata.tables[owner]
        [key] = owners.primary_key.columns
        return table.c[column].in_(select(key).where(self._is_of(self._by_table[owner], people)))


async def trails_of(
    connection: AsyncConnection | AsyncSession, people: Sequence[UUID]
) -> dict[str, list[dict[str, object]]]:
    """What the audit trail says that somebody did, and when staff looked at what is held about them."""
    looked = audit_entry.c.subject.in_([f"{kind}:{one}" for one in people for kind in ("person", "teacher")])
    return {
        "what_you_did": await _trail(connection, audit_entry.c.caller_id.in_(people)),
        "who_looked": await _trail(connection, looked & (audit_entry.c.action == VIEWED)),
    }


async def erase_answers(session: AsyncSession, people: Sequence[UUID]) -> int:
    """Erase the copies, kept for repeated requests, of answers that were given to a person; how many there were.

    With them go what was put by for an export, and the numbers are noted as ones to be forgotten again.
    """
    for one in people:
        await forget_parts(session, one)
        await session.execute(insert(erased_person).values(person_id=one).on_conflict_do_nothing())
    theirs = idempotency_key.c.caller.in_([f"person:{one}" for one in people])
    return await count_changed(session, delete(idempotency_key).where(theirs))


def _is_told(holding: Holding, column: str) -> bool:
    return column not in holding.untold and not column.endswith(("_by", "_hash", "seal"))


async def _trail(connection: AsyncConnection | AsyncSession, which: ColumnElement[bool]) -> list[dict[str, object]]:
    columns = ("recorded_at", "action", "subject", "details")
    query = select(*(audit_entry.c[name] for name in columns)).where(which).order_by(audit_entry.c.position)
    return [dict(row) for row in (await connection.execute(query)).mappings()]
