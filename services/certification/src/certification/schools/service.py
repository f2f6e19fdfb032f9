"""Keeping names of schools, and knowing at which school a teacher is."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.schools.models import School
from certification.teachers.models import Teacher
from certification.teachers.service import lock_logs
from chassis import clock

_NOTE = text(
    """
    INSERT INTO school_due (urn, since_at)
    SELECT DISTINCT teacher.school_urn, CAST(:at AS timestamptz)
    FROM teacher
    JOIN teacher AS colleague ON colleague.school_urn = teacher.school_urn
    JOIN enrolment ON enrolment.teacher_id = colleague.teacher_id
    JOIN scheme_version AS pinned
      ON pinned.scheme = enrolment.scheme AND pinned.version = enrolment.scheme_version
    WHERE teacher.teacher_id = ANY(:teachers) AND pinned.rules ->> 'awarded_to' = 'school'
    ORDER BY teacher.school_urn
    ON CONFLICT DO NOTHING
    """
).bindparams(bindparam("teachers", type_=ARRAY(Uuid)))


async def keep_names(session: AsyncSession, told: Sequence[tuple[str, str, int]]) -> None:
    """Keep what schools are called (number, name, sequence of the event), unless something newer is kept."""
    newest = {urn: {"urn": urn, "name": name, "sequence": at} for urn, name, at in sorted(told, key=lambda one: one[2])}
    row = insert(School)
    newer = row.on_conflict_do_update(
        index_elements=["urn"],
        set_={"name": row.excluded.name, "sequence": row.excluded.sequence},
        where=School.sequence < row.excluded.sequence,
    )
    await session.execute(newer, [newest[urn] for urn in sorted(newest)])


async def keep_schools_of(session: AsyncSession, told: Sequence[tuple[UUID, str, int]]) -> None:
    """Keep at which schools teachers are (teacher, school, sequence of the event), unless something newer is kept.

    Both the school that a teacher left and the one that they came to are looked at again.
    """
    teachers = {teacher_id for teacher_id, _, _ in told}
    await lock_logs(session, teachers)
    await note_due(session, teachers)
    for teacher_id, urn, sequence in told:
        older = (Teacher.teacher_id == teacher_id, Teacher.school_sequence < sequence)
        await session.execute(update(Teacher).where(*older).values(school_urn=urn, school_sequence=sequence))
    await note_due(session, teachers)


async def note_due(session: AsyncSession, teacher_ids: Collection[UUID]) -> None:
    """Note the schools of these teachers for another look, where somebody works towards a school's award.

    The caller holds the teachers' logs. Whoever looks takes the logs of all the school's teachers first, so that what
    is done meanwhile is noted anew.
    """
    await session.execute(_NOTE, {"teachers": list(set(teacher_ids)), "at": clock.now()})


async def schools_of(session: AsyncSession, teacher_ids: Collection[UUID]) -> dict[UUID, School]:
    """The schools of teachers, where both the school and its name are known."""
    query = select(Teacher.teacher_id, School).join(School, School.urn == Teacher.school_urn)
    rows = await session.execute(query.where(Teacher.teacher_id == func.any(list(teacher_ids))))
    return {row.teacher_id: row.School for row in rows}
