"""Marking again, a batch at a time: what was done is stored with how far it came, so that stopping loses nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessments.marking import give_pass, marks_of, store_marks
from certification.assessments.models import AssessmentAttempt, AttemptItem
from certification.assessments.rules import AttemptStatus, Outcome, passes
from certification.re_markings.models import ReMarking, ReMarkingChange
from certification.re_markings.schemas import ReMarkingStatus
from certification.teachers.service import lock_logs
from chassis import audit, clock

BATCH = 50


async def advance(session: AsyncSession) -> bool:
    """Do the next batch of the oldest re-marking that nobody else holds; whether there may be more to do."""
    running = select(ReMarking).where(ReMarking.status == ReMarkingStatus.RUNNING).order_by(ReMarking.id)
    re_marking = (await session.scalars(running.limit(1).with_for_update(skip_locked=True))).one_or_none()
    if re_marking is None:
        return False
    batch = await _next(session, re_marking)
    # An attempt that is being marked at this moment is waited for; one that ends later is marked by what is known then.
    await lock_logs(session, [row.teacher_id for row in batch])
    for row in batch:
        attempt = await session.get_one(AssessmentAttempt, row.id, populate_existing=True)
        if attempt.status == AttemptStatus.MARKED:
            await _mark_again(session, re_marking, attempt)
    if batch:
        re_marking.after_attempt = batch[-1].id
        re_marking.attempts_seen += len(batch)
    else:
        re_marking.status, re_marking.finished_at = ReMarkingStatus.DONE, clock.now()
    return True


async def _next(session: AsyncSession, re_marking: ReMarking) -> Sequence[Row[UUID, UUID]]:
    query = select(AssessmentAttempt.id, AssessmentAttempt.teacher_id)
    query = query.join(AttemptItem, AttemptItem.attempt_id == AssessmentAttempt.id)
    query = query.where(AttemptItem.question_id == re_marking.question_id)
    if re_marking.after_attempt is not None:
        query = query.where(AssessmentAttempt.id > re_marking.after_attempt)
    return (await session.execute(query.order_by(AssessmentAttempt.id).limit(BATCH))).all()


async def _mark_again(session: AsyncSession, re_marking: ReMarking, attempt: AssessmentAttempt) -> None:
    """Mark an attempt by what is known now. A pass stands; a failure may turn into one."""
    before = {"percent_before": attempt.percent, "outcome_before": attempt.outcome}
    marks = await marks_of(session, attempt.id)
    if marks.awarded == attempt.marks_awarded:
        return
    await store_marks(session, attempt, marks)
    reaches = passes(marks.awarded, marks.possible, attempt.pass_percent)
    if reaches and attempt.outcome == Outcome.FAILED:
        attempt.outcome = Outcome.PASSED
        await session.flush()
        re_marking.passes_given += await give_pass(session, attempt, clock.now())
    elif attempt.outcome == Outcome.PASSED and not reaches:
        re_marking.passes_kept += 1
    re_marking.attempts_changed += 1
    after = {"percent_after": attempt.percent, "outcome_after": attempt.outcome}
    this = {"re_marking_id": re_marking.id, "attempt_id": attempt.id}
    await session.execute(insert(ReMarkingChange).values(**this, **before, **after))
    await audit.record(session, None, "assessment_attempt.re_marked", f"assessment-attempt:{attempt.id}")
