"""Keeping the read model, and locking one teacher's log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.teachers.models import Teacher
from contracts.identity import Phase


async def lock_log(session: AsyncSession, teacher_id: UUID) -> Teacher:
    """Hold the teacher's log until the transaction ends, opening it if nothing was heard of the teacher before.

    Whoever records an activity or enrols a teacher takes this lock first. Without it an activity and an enrolment that
    arrive together would not see each other, and credits would be lost.
    """
    row = insert(Teacher).values(teacher_id=teacher_id)
    locked = row.on_conflict_do_update(index_elements=["teacher_id"], set_={"teacher_id": row.excluded.teacher_id})
    found = await session.scalars(locked.returning(Teacher), execution_options={"populate_existing": True})
    return found.one()


async def register(session: AsyncSession, teacher_id: UUID, phase: Phase, registered_at: datetime) -> Teacher:
    """Record what a registration says of a teacher, whose log is locked from then on."""
    teacher = await lock_log(session, teacher_id)
    teacher.phase = phase
    teacher.registered_at = registered_at
    return teacher
