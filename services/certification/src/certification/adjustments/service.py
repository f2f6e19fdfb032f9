"""Granting extra time and ending it."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.adjustments import queries
from certification.adjustments.errors import AdjustmentStands, OwnAdjustment, TeacherNotHeardOf
from certification.adjustments.models import Adjustment
from certification.adjustments.schemas import AdjustmentRequest
from certification.question_banks.queries import kept_assessment
from certification.teachers.models import Teacher
from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal


async def grant(session: AsyncSession, caller: Principal, slug: str, request: AdjustmentRequest) -> Adjustment:
    """Grant a teacher extra time for attempts to come; one that runs keeps its deadline."""
    await kept_assessment(session, caller, slug)
    if request.teacher_id == caller.id:
        raise OwnAdjustment
    if await session.get(Teacher, request.teacher_id) is None:
        raise TeacherNotHeardOf
    row = insert(Adjustment).values(
        id=new_id(), assessment=slug, granted_by=caller.id, granted_at=clock.now(), **request.model_dump()
    )
    granted = (await session.scalars(row.on_conflict_do_nothing().returning(Adjustment))).one_or_none()
    if granted is None:
        raise AdjustmentStands
    await audit.record(session, caller, "adjustment.granted", f"adjustment:{granted.id}", {"assessment": slug})
    return granted


async def end(session: AsyncSession, caller: Principal, adjustment_id: UUID) -> Adjustment:
    """Let attempts to come have the ordinary time; one that has ended stays as it is."""
    adjustment = await queries.locked(session, caller, adjustment_id)
    if adjustment.ended_at is None:
        adjustment.ended_by, adjustment.ended_at = caller.id, clock.now()
        await audit.record(session, caller, "adjustment.ended", f"adjustment:{adjustment.id}")
    return adjustment
