"""Keeping the read model, and locking logs."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from certification.teachers.models import Teacher
from contracts.identity import Phase

_LOCK = text(
    """
    INSERT INTO teacher (teacher_id) SELECT teacher_id FROM unnest(:teachers) AS wanted(teacher_id) ORDER BY teacher_id
    ON CONFLICT (teacher_id) DO UPDATE SET teacher_id = excluded.teacher_id
    """
).bindparams(bindparam("teachers", type_=ARRAY(Uuid)))


async def lock_logs(session: AsyncSession, teacher_ids: Collection[UUID]) -> None:
    """Hold these teachers' logs until the transaction ends, opening those of teachers not heard of before.

    Whoever records an activity or enrols a teacher takes this lock first. Without it an activity and an enrolment that
    arrive together would not see each other, and credits would be lost. Locks are taken in one order, so that two
    transactions with several teachers each do not wait for one another.
    """
    await session.execute(_LOCK, {"teachers": list(set(teacher_ids))})


async def lock_log(session: AsyncSession, teacher_id: UUID) -> Teacher:
    """Hold one teacher's log until the transaction ends, and read what is known of the teacher."""
    await lock_logs(session, [teacher_id])
    return await session.get_one(Teacher, teacher_id, populate_existing=True)


async def register(session: AsyncSession, teacher_id: UUID, phase: Phase, registered_at: datetime) -> Teacher:
    """Record what a registration says of a teacher, whose log is locked from then on."""
    teacher = await lock_log(session, teacher_id)
    teacher.phase = phase
    teacher.registered_at = registered_at
    return teacher
