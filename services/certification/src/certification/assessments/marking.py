"""Marking papers, and what a pass brings."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessments.models import AssessmentAttempt, AssessmentPass, AttemptItem
from certification.assessments.rules import Answered, AttemptStatus, Outcome, marks_for, passes, percent_of
from certification.credits.completion import reconsider
from certification.question_banks.models import Question
from certification.question_banks.schemas import QuestionContent
from certification.re_markings.models import ReMarking
from chassis import audit
from chassis.outbox import publish
from contracts.certification import AssessmentPassed

EndedBy = Literal["submission", "time_limit", "expiry", "result"]


@dataclass(frozen=True)
class Marks:
    """What a paper comes to."""

    awarded: int
    possible: int
    by_position: dict[int, int]


async def marks_of(session: AsyncSession, attempt_id: UUID) -> Marks:
    """What a paper comes to by what is known of its questions now."""
    answered = await _answered(session, attempt_id)
    by_position = {position: marks_for(one) for position, one in answered.items()}
    return Marks(sum(by_position.values()), sum(one.marks for one in answered.values()), by_position)


async def _answered(session: AsyncSession, attempt_id: UUID) -> dict[int, Answered]:
    query = select(AttemptItem.position, AttemptItem.answer, AttemptItem.question_id, Question.content, Question.marks)
    query = query.join(Question, Question.id == AttemptItem.question_id).where(AttemptItem.attempt_id == attempt_id)
    rows = (await session.execute(query)).all()
    corrected = await _corrections(session, [row.question_id for row in rows])
    found = {}
    for row in rows:
        right = frozenset(range(len(QuestionContent.model_validate(row.content).right)))
        correction = corrected.get(row.question_id)
        if correction is not None and correction.right_options is not None:
            right = frozenset(correction.right_options)
        answer = None if row.answer is None else frozenset(row.answer)
        is_given_away = correction is not None and correction.treatment == "marks_for_all"
        found[row.position] = Answered(row.marks, right, answer, is_given_away)
    return found


async def _corrections(session: AsyncSession, question_ids: list[UUID]) -> dict[UUID, ReMarking]:
    """By question what two people last said of it; none for most."""
    approved = select(ReMarking).where(
        ReMarking.question_id.in_(question_ids), ReMarking.status.in_(("running", "done"))
    )
    rows = await session.scalars(approved.order_by(ReMarking.decided_at, ReMarking.id))
    return {one.question_id: one for one in rows}


async def store_marks(session: AsyncSession, attempt: AssessmentAttempt, marks: Marks) -> None:
    """Write marks to the paper; the outcome is the caller's to decide."""
    attempt.marks_awarded, attempt.marks_possible = marks.awarded, marks.possible
    attempt.percent = percent_of(marks.awarded, marks.possible)
    for position, awarded in marks.by_position.items():
        this = (AttemptItem.attempt_id == attempt.id, AttemptItem.position == position)
        await session.execute(update(AttemptItem).where(*this).values(marks_awarded=awarded))


async def mark(session: AsyncSession, attempt: AssessmentAttempt, ended_at: datetime, ended_by: EndedBy) -> None:
    """End an attempt and mark what was saved. The caller holds the teacher's log."""
    marks = await marks_of(session, attempt.id)
    await store_marks(session, attempt, marks)
    await conclude(
        session, attempt, ended_at, ended_by, has_passed=passes(marks.awarded, marks.possible, attempt.pass_percent)
    )


async def mark_by_result(
    session: AsyncSession, attempt: AssessmentAttempt, percent: Decimal, finished_at: datetime
) -> None:
    """End an attempt with what a provider found. The caller holds the teacher's log."""
    attempt.percent = percent
    await conclude(session, attempt, finished_at, "result", has_passed=percent >= attempt.pass_percent)


async def conclude(
    session: AsyncSession, attempt: AssessmentAttempt, ended_at: datetime, ended_by: EndedBy, *, has_passed: bool
) -> None:
    """Write down what came of an attempt, and what follows from a pass."""
    attempt.status, attempt.ended_at, attempt.ended_by = AttemptStatus.MARKED, ended_at, ended_by
    attempt.outcome = Outcome.PASSED if has_passed else Outcome.FAILED
    await session.flush()
    await audit.record(session, None, f"assessment_attempt.{attempt.outcome}", f"assessment-attempt:{attempt.id}")
    if has_passed:
        await give_pass(session, attempt, ended_at)


async def give_pass(session: AsyncSession, attempt: AssessmentAttempt, passed_at: datetime) -> bool:
    """Record, tell and act on a pass, unless there is one: it is given once and never taken back."""
    row = insert(AssessmentPass).values(
        teacher_id=attempt.teacher_id, scheme=attempt.scheme, attempt_id=attempt.id, passed_at=passed_at
    )
    is_new = await session.scalar(row.on_conflict_do_nothing().returning(AssessmentPass.teacher_id)) is not None
    if is_new:
        passed = AssessmentPassed(
            attempt_id=attempt.id,
            teacher_id=attempt.teacher_id,
            assessment=attempt.assessment,
            scheme=attempt.scheme,
            scheme_version=attempt.scheme_version,
            passed_at=passed_at,
        )
        await publish(session, passed)
        await reconsider(session, attempt.teacher_id)
    return is_new
