"""Putting completions right after they were told of: another row each, and the news that compensates.

A completion keeps its id for ever. Withdrawn and counted again it is the same completion with another revision, so that
nobody who heard of it counts it twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.outbox import publish
from contracts.hubs import CpdCorrected
from hubs.completions.models import Completion, CompletionCorrection
from hubs.completions.service import Attendance, complete_attendances
from hubs.sets import any_of

NONE = Decimal(0)


@dataclass(frozen=True)
class Standing:
    """A completion as it stands: the hours of its last revision, 0 when it was withdrawn."""

    completion: Completion
    revision: int
    hours: Decimal


async def settle_attendances(
    session: AsyncSession, attendances: Sequence[Attendance], reason: str, by: UUID | None
) -> None:
    """Make completions of a run say what its register says now. The caller holds the run.

    An attendance of 0 hours is none. What was never told of is told once; what differs is corrected.
    """
    if not attendances:
        return
    standing = await _standing(session, attendances[0].course_run_id, [one.teacher_id for one in attendances])
    fresh = [one for one in attendances if one.teacher_id not in standing and one.hours > NONE]
    await complete_attendances(session, fresh)
    for one in attendances:
        known = standing.get(one.teacher_id)
        if known is not None and known.hours != one.hours:
            await correct(session, known, one.hours, reason, by)


async def correct(session: AsyncSession, standing: Standing, hours: Decimal, reason: str, by: UUID | None) -> None:
    """Add the next revision of a completion and tell of it."""
    told = standing.completion
    session.add(
        CompletionCorrection(
            completion_id=told.id,
            revision=standing.revision + 1,
            hours_before=standing.hours,
            hours=hours,
            reason=reason,
            corrected_at=clock.now(),
            corrected_by=by,
        )
    )
    await session.flush()
    news = CpdCorrected(
        completion_id=told.id,
        teacher_id=told.teacher_id,
        revision=standing.revision + 1,
        activity_code=told.activity_code,
        hours_before=standing.hours,
        hours=hours,
        completed_on=told.completed_on,
        booking_id=told.booking_id,
        course_run_id=told.course_run_id,
        reported_by_organisation_id=told.reported_by_organisation_id,
    )
    await publish(session, news)


async def _standing(session: AsyncSession, run_id: UUID, teacher_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    of_run = (Completion.course_run_id == run_id, any_of(Completion.teacher_id, teacher_ids))
    found = {one.id: Standing(one, 0, one.hours) for one in await session.scalars(select(Completion).where(*of_run))}
    corrections = select(CompletionCorrection).where(any_of(CompletionCorrection.completion_id, found))
    for row in await session.scalars(corrections.order_by(CompletionCorrection.revision)):
        found[row.completion_id] = Standing(found[row.completion_id].completion, row.revision, row.hours)
    return {one.completion.teacher_id: one for one in found.values()}
