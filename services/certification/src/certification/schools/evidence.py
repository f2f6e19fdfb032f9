"""What the teachers of a school have done between them: an activity counts once, whoever of them did it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from certification.certificates.models import Certificate
from certification.credits.records import done_by_teacher
from certification.schemes.evaluation import Done
from certification.schemes.requirements import Facts
from certification.teachers.models import Teacher

Runner = AsyncConnection | AsyncSession


async def done_at_school(
    runner: Runner, teacher_ids: Collection[UUID], catalogue: Mapping[str, Facts]
) -> dict[UUID, list[Done]]:
    """By teacher, everything that the teachers of their school did and that stands. A teacher without one is alone."""
    if not teacher_ids:
        return {}
    colleague = aliased(Teacher)
    query = select(Teacher.teacher_id, colleague.teacher_id.label("colleague_id")).join(
        colleague, (colleague.school_urn == Teacher.school_urn) | (colleague.teacher_id == Teacher.teacher_id)
    )
    colleagues: dict[UUID, set[UUID]] = defaultdict(set)
    for row in await runner.execute(query.where(Teacher.teacher_id == func.any(list(teacher_ids)))):
        colleagues[row.teacher_id].add(row.colleague_id)
    done = await done_by_teacher(runner, set[UUID]().union(*colleagues.values()), catalogue)
    return {
        teacher_id: [one for colleague_id in sorted(ids) for one in done.get(colleague_id, ())]
        for teacher_id, ids in colleagues.items()
    }


async def awarded_to_school_of(runner: Runner, teacher_id: UUID) -> frozenset[str]:
    """The schemes whose award the teacher's school was given."""
    at = select(Teacher.school_urn).where(Teacher.teacher_id == teacher_id).scalar_subquery()
    rows = await runner.execute(select(Certificate.scheme).where(Certificate.school_urn == at))
    return frozenset(row.scheme for row in rows)
