"""What quotes promised for a booking."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from chassis.known_as import is_theirs, standing_now
from funding.base import Queryable
from funding.fees.rules import Promise
from funding.quotes.models import Quote


async def promises_at(
    db: Queryable, teacher_id: UUID, school_urn: str, course_run_id: UUID, at: datetime
) -> list[Promise]:
    """The teacher's quotes for the run, as a teacher of this school, that held at a moment; the oldest first."""
    query = select(Quote.id, Quote.amount_pence, Quote.at_most_pence).where(
        is_theirs(Quote.teacher_id, teacher_id),
        Quote.school_urn == school_urn,
        Quote.course_run_id == course_run_id,
        Quote.quoted_at <= at,
        Quote.valid_until_at > at,
    )
    return [Promise(*row) for row in await db.execute(query.order_by(Quote.quoted_at, Quote.id))]


async def runs_quoted(db: Queryable, teachers: Collection[UUID], course_run_ids: Collection[UUID]) -> set[UUID]:
    """Those of these runs for which one of these teachers was ever promised something."""
    standing = await standing_now(db)
    known_as = [one for teacher_id in teachers for one in (teacher_id, *standing.others(teacher_id))]
    query = select(Quote.course_run_id).where(Quote.teacher_id.in_(known_as), Quote.course_run_id.in_(course_run_ids))
    return {row.course_run_id for row in await db.execute(query.distinct())}
