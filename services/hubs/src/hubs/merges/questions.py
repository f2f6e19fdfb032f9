"""What of a merge a person has to settle here: nobody sits on two chairs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from chassis.known_as import Merge
from chassis.merge_effects_api import Question
from hubs.bookings.models import LIVE, Booking


async def ask(reader: AsyncConnection, merge: Merge) -> Sequence[Question]:
    """Runs on which both have a place."""
    other = aliased(Booking)
    query = (
        select(Booking.course_run_id, Booking.id, other.id.label("other_id"))
        .join(other, other.course_run_id == Booking.course_run_id)
        .where(
            Booking.teacher_id == merge.kept_id,
            other.teacher_id == merge.merged_id,
            Booking.status.in_(LIVE),
            other.status.in_(LIVE),
        )
        .order_by(Booking.course_run_id)
    )
    return [
        Question(
            "two-places-on-a-run",
            f"course-run:{row.course_run_id}",
            f"Bookings {row.id} and {row.other_id} are one person's. Cancel the one that is not wanted.",
        )
        for row in await reader.execute(query)
    ]
