"""Teachers: the caller as one, and the read model that identity's events keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principal import Principal
from contracts.identity import TeacherRegistered, TeacherUpdated
from hubs.sets import any_of
from hubs.teachers.errors import TeachersOnly
from hubs.teachers.models import Teacher


@dataclass(frozen=True)
class CallingTeacher:
    """The teacher who calls, as the signed principal says."""

    id: UUID
    school_urn: str
    phase: str | None


def teacher_of(caller: Principal) -> CallingTeacher:
    """The caller as a teacher; TeachersOnly for anybody without a school."""
    urn = caller.attributes.get("school_urn")
    if caller.kind != "person" or caller.id is None or not urn:
        raise TeachersOnly("This is for teachers; your account names no school.")
    return CallingTeacher(caller.id, urn, caller.attributes.get("phase"))


async def remember_teacher(session: AsyncSession, event: TeacherRegistered | TeacherUpdated, sequence: int) -> None:
    """Keep what the event says unless something newer is known."""
    row = insert(Teacher).values(id=event.teacher_id, school_urn=event.school_urn, phase=event.phase, sequence=sequence)
    newer = {name: row.excluded[name] for name in ("school_urn", "phase", "sequence")}
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[Teacher.id], set_=newer, where=Teacher.sequence < row.excluded.sequence
        )
    )


async def colleagues(session: AsyncSession, school_urn: str, ids: Iterable[UUID]) -> dict[UUID, CallingTeacher]:
    """Those of the ids that belong to registered teachers of a school."""
    found = await session.scalars(select(Teacher).where(any_of(Teacher.id, ids), Teacher.school_urn == school_urn))
    return {one.id: CallingTeacher(one.id, one.school_urn, one.phase) for one in found}


async def known_teachers(session: AsyncSession, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the ids that belong to registered teachers."""
    return frozenset(await session.scalars(select(Teacher.id).where(any_of(Teacher.id, ids))))
