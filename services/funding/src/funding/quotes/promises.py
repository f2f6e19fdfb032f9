"""What quotes promised for a booking."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from chassis.known_as import is_theirs
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
