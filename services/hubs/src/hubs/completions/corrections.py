"""Putting completions right after they were told of: another row each, and the news that compensates.

A completion keeps its id for ever. Withdrawn and counted again it is the same completion with another revision, so that
nobody who heard of it counts it twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert, select
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
    """A completion as it stands: the hours of its last revision, 0 when it was withdrawn, and the day that counts."""

    completion: Completion
    revision: int
    hours: Decimal
    completed_on: date


@dataclass(frozen=True)
class Change:
    """What a completion is to stand at instead."""

    standing: Standing
    hours: Decimal
    completed_on: date


async def settle_attendances(
    session: AsyncSession, attendances: Sequence[Attendance], reason: str, by: UUID | None
) -> None:
    """Make completions of a run say what its register says now. The caller holds the run.

    An attendance of 0 hours is none. What was never told of is told once; what differs is corrected.
    """
    if not attendances:
        return
    of_run = (
        Completion.course_run_id == attendances[0].course_run_id,
        any_of(Completion.teacher_id, [one.teacher_id for one in attendances]),
    )
    completions = (await session.scalars(select(Completion).where(*of_run))).all()
    standing = {one.completion.teacher_id: one for one in await as_they_stand(session, completions)}
    fresh = [one for one in attendances if one.teacher_id not in standing and one.hours > NONE]
    await complete_attendances(session, fresh)
    known = [(standing[one.teacher_id], one.hours) for one in attendances if one.teacher_id in standing]
    changes = [Change(one, hours, one.completed_on) for one, hours in known if one.hours != hours]
    await correct_all(session, changes, reason, by)


async def correct_all(session: AsyncSession, changes: Iterable[Change], reason: str, by: UUID | None) -> None:
    """Add the next revision of each completion and tell of it."""
    pairs = [(change, _correction(change, reason, by)) for change in changes]
    if not pairs:
        return
    await session.execute(insert(CompletionCorrection), [row for _, row in pairs])
    await publish(session, *(_news(change) for change, _ in pairs))


def _correction(change: Change, reason: str, by: UUID | None) -> dict[str, object]:
    before = change.standing
    return {
        "completion_id": before.completion.id,
        "revision": before.revision + 1,
        "hours_before": before.hours,
        "hours": change.hours,
        "completed_on": change.completed_on if change.completed_on != before.completed_on else None,
        "reason": reason,
        "corrected_at": clock.now(),
        "corrected_by": by,
    }


def _news(change: Change) -> CpdCorrected:
    told = change.standing.completion
    return CpdCorrected(
        completion_id=told.id,
        teacher_id=told.teacher_id,
        revision=change.standing.revision + 1,
        activity_code=told.activity_code,
        hours_before=change.standing.hours,
        hours=change.hours,
        completed_on=change.completed_on,
        booking_id=told.booking_id,
        course_run_id=told.course_run_id,
        reported_by_organisation_id=told.reported_by_organisation_id,
    )


async def as_they_stand(session: AsyncSession, completions: Iterable[Completion]) -> list[Standing]:
    """Completions with their corrections."""
    found = {one.id: Standing(one, 0, one.hours, one.completed_on) for one in completions}
    corrections = select(CompletionCorrection).where(any_of(CompletionCorrection.completion_id, found))
    for row in await session.scalars(corrections.order_by(CompletionCorrection.revision)):
        before = found[row.completion_id]
        day = row.completed_on or before.completed_on
        found[row.completion_id] = Standing(before.completion, row.revision, row.hours, day)
    return list(found.values())
