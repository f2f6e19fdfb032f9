"""Reading adjustments."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.adjustments.errors import AdjustmentNotFound
from certification.adjustments.models import Adjustment
from certification.question_banks.models import Assessment
from certification.question_banks.queries import is_kept_by
from chassis.paging import PageOf
from chassis.principal import Principal

Runner = AsyncConnection | AsyncSession


async def extra_time_of(runner: Runner, teacher_id: UUID | None, assessment: str) -> int:
    """The extra time in percent that stands for a teacher; 0 for most."""
    query = select(Adjustment.extra_time_percent).where(
        Adjustment.teacher_id == teacher_id, Adjustment.assessment == assessment, Adjustment.ended_at.is_(None)
    )
    return (await runner.execute(query)).scalar_one_or_none() or 0


async def listed(connection: AsyncConnection, caller: Principal, page: PageOf, assessment: str) -> list[RowMapping]:
    """Adjustments at an assessment of the caller's organisation, oldest first."""
    query = select(Adjustment.__table__).join(Assessment, Assessment.slug == Adjustment.assessment)
    query = query.where(Adjustment.assessment == assessment, is_kept_by(caller))
    after = page.after_as(UUID)
    if after:
        query = query.where(Adjustment.id > after[0])
    return list((await connection.execute(query.order_by(Adjustment.id).limit(page.limit + 1))).mappings())


async def locked(session: AsyncSession, caller: Principal, adjustment_id: UUID) -> Adjustment:
    """An adjustment at an assessment of the caller's organisation, held, or AdjustmentNotFound."""
    query = select(Adjustment).join(Assessment, Assessment.slug == Adjustment.assessment)
    own = query.where(Adjustment.id == adjustment_id, is_kept_by(caller)).with_for_update(of=Adjustment)
    found = (await session.scalars(own)).one_or_none()
    if found is None:
        raise AdjustmentNotFound
    return found
