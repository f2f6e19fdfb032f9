"""Recording what registers say, each attendance once. Partners' reports: `batches.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.hubs import CpdCompleted, DeliveryMode
from hubs.base import AnyRow
from hubs.completions.models import Completion


@dataclass(frozen=True)
class Attendance:
    """A teacher attended a course run."""

    teacher_id: UUID
    booking_id: UUID
    course_run_id: UUID
    activity_code: str
    mode: DeliveryMode
    hours: Decimal
    completed_on: date


async def complete_attendances(session: AsyncSession, attendances: Sequence[Attendance]) -> None:
    """Record completions and publish them; a teacher completes a run once, ever."""
    if not attendances:
        return
    now = clock.now()
    rows = [vars(attendance) | {"id": new_id(), "recorded_at": now} for attendance in attendances]
    once = insert(Completion).on_conflict_do_nothing(
        index_elements=[Completion.teacher_id, Completion.course_run_id],
        index_where=text("course_run_id IS NOT NULL"),
    )
    made = await session.execute(once.values(rows).returning(Completion.__table__))
    await publish(session, *(completed(row) for row in made))


def completed(row: AnyRow) -> CpdCompleted:
    """The news of a completion."""
    return CpdCompleted.model_validate({**row._mapping, "completion_id": row.id})
