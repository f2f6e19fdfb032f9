"""Sitting an assessment: beginning, saving, handing in, and ending what ran out. All under the teacher's log."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from certification.adjustments.queries import extra_time_of
from certification.assessments import queries
from certification.assessments.errors import (
    AnswerNotOffered,
    AssessmentClosed,
    AssessorOfTheAssessment,
    AttemptInProgress,
    AttemptNotFound,
    AttemptOver,
    NotSatHere,
)
from certification.assessments.marking import mark
from certification.assessments.models import AssessmentAttempt, AttemptItem
from certification.assessments.papers import Candidate, Place, draw
from certification.assessments.rules import AttemptStatus, GateStatus, Outcome, deadline_for
from certification.assessments.schemas import Answer, Answers
from certification.assessments.standing import Standing, standing_of
from certification.question_banks.models import QuestionBank
from certification.question_banks.queries import ASSESSOR, questions_of
from certification.question_banks.schemas import BankContent, QuestionContent
from certification.teachers.service import lock_log
from chassis import audit, clock
from chassis.ids import new_id
from chassis.known_as import is_same_person, is_theirs
from chassis.principal import Principal

SEED_BITS = 63


async def begin(session: AsyncSession, caller: Principal, slug: str) -> AssessmentAttempt:
    """Begin an attempt, if the gate lets the caller. This is where all of its rules hold, and nowhere else."""
    assessment = await queries.assessment(session, slug)
    if assessment["organisation_id"] in caller.organisations(ASSESSOR):
        raise AssessorOfTheAssessment
    assert caller.id is not None
    await lock_log(session, caller.id)
    now = clock.now()
    await end_overdue(session, caller.id, now)
    standing = await standing_of(session, caller.id, assessment, now)
    if standing.gate.status is GateStatus.IN_PROGRESS:
        raise AttemptInProgress(next(one["id"] for one in standing.attempts if one["status"] == "in_progress"))
    if standing.gate.status is not GateStatus.OPEN:
        raise AssessmentClosed(standing.gate.status, standing.reasons, standing.gate.opens_at)
    attempt = await _entered(session, caller.id, assessment, standing, now)
    details: dict[str, str | int | bool | list[str] | None] = {"assessment": slug, "number": attempt.number}
    await audit.record(session, caller, "assessment_attempt.begun", f"assessment-attempt:{attempt.id}", details)
    return attempt


async def _entered(
    session: AsyncSession, teacher_id: UUID, assessment: RowMapping, standing: Standing, now: datetime
) -> AssessmentAttempt:
    content, bank = standing.content, standing.bank
    assert content is not None
    assert bank is not None
    extra = await extra_time_of(session, teacher_id, assessment["slug"])
    expires_at = now + timedelta(minutes=content.limits.expires_after_minutes)
    attempt = AssessmentAttempt(
        id=new_id(),
        teacher_id=teacher_id,
        assessment=assessment["slug"],
        bank_id=bank["id"],
        scheme=assessment["scheme"],
        scheme_version=standing.scheme_version,
        number=max((one["number"] for one in standing.attempts), default=0) + 1,
        status=AttemptStatus.IN_PROGRESS,
        provider=content.provider,
        started_at=now,
        deadline_at=expires_at if content.provider else deadline_for(content.limits, now, extra),
        expires_at=expires_at,
        extra_time_percent=extra,
        pass_percent=standing.pass_percent,
        seed=secrets.randbits(SEED_BITS),
        saved_number=0,
    )
    session.add(attempt)
    await session.flush()
    if content.provider is None:
        places = await _drawn(session, attempt, content)
        rows = [{"attempt_id": attempt.id, **vars(one), "shown": list(one.shown)} for one in places]
        await session.execute(insert(AttemptItem), rows)
    return attempt


async def _drawn(session: AsyncSession, attempt: AssessmentAttempt, content: BankContent) -> list[Place]:
    questions = await questions_of(session, attempt.bank_id, live_only=True)
    candidates = [
        Candidate(one["id"], one["name"], one["topic"], len(QuestionContent.model_validate(one["content"]).options))
        for one in questions
    ]
    times = select(AttemptItem.question_id, func.count().label("times")).join(
        AssessmentAttempt, AssessmentAttempt.id == AttemptItem.attempt_id
    )
    own = times.where(is_theirs(AssessmentAttempt.teacher_id, attempt.teacher_id)).group_by(AttemptItem.question_id)
    seen = {row.question_id: row.times for row in await session.execute(own)}
    return draw(content.topics, candidates, seen, attempt.seed)


async def _open_attempt(session: AsyncSession, caller: Principal, attempt_id: UUID) -> AssessmentAttempt:
    """The caller's attempt, which takes answers at this moment, under the caller's log."""
    assert caller.id is not None
    await lock_log(session, caller.id)
    attempt = await session.get(AssessmentAttempt, attempt_id, populate_existing=True, with_for_update=True)
    if attempt is None or not await is_same_person(session, attempt.teacher_id, caller.id):
        raise AttemptNotFound
    if attempt.provider is not None:
        raise NotSatHere(is_ours=False)
    if attempt.status != AttemptStatus.IN_PROGRESS or attempt.deadline_at <= clock.now():
        raise AttemptOver(attempt.ended_at or attempt.deadline_at)
    return attempt


async def save(session: AsyncSession, caller: Principal, attempt_id: UUID, answers: Answers) -> AssessmentAttempt:
    """Keep answers in place of those kept before, unless newer ones are kept already."""
    attempt = await _open_attempt(session, caller, attempt_id)
    if answers.save_number >= attempt.saved_number:
        await _write(session, attempt, answers.answers)
        attempt.saved_number, attempt.saved_at = answers.save_number, clock.now()
    return attempt


async def hand_in(
    session: AsyncSession, caller: Principal, attempt_id: UUID, answers: Sequence[Answer] | None
) -> AssessmentAttempt:
    """Mark the answers given with it or, without any, those that were saved."""
    attempt = await _open_attempt(session, caller, attempt_id)
    if answers is not None:
        await _write(session, attempt, answers)
        attempt.saved_at = clock.now()
    await mark(session, attempt, clock.now(), "submission")
    return attempt


async def _write(session: AsyncSession, attempt: AssessmentAttempt, answers: Sequence[Answer]) -> None:
    query = select(AttemptItem.position, AttemptItem.shown).where(AttemptItem.attempt_id == attempt.id)
    shown = {row.position: row.shown for row in await session.execute(query)}
    given = {one.question: one for one in answers}
    if len(given) < len(answers):
        raise AnswerNotOffered("A question is answered twice.")
    if unknown := given.keys() - shown.keys():
        raise AnswerNotOffered(f"Your paper has no question {min(unknown)}.")
    for position, options in shown.items():
        answer = given.get(position)
        values: dict[str, list[int] | int | None] = {"answer": None, "seconds_spent": None}
        if answer is not None:
            values = {"answer": _places(answer, options), "seconds_spent": answer.seconds_spent}
        this = (AttemptItem.attempt_id == attempt.id, AttemptItem.position == position)
        await session.execute(update(AttemptItem).where(*this).values(values))


def _places(answer: Answer, shown: Sequence[int]) -> list[int] | None:
    """The places in the question of the options that were chosen by the letters shown."""
    chosen = {queries.LETTERS.index(letter) for letter in answer.options}
    if any(place >= len(shown) for place in chosen):
        raise AnswerNotOffered(f"Question {answer.question} has no such option.")
    return sorted(shown[place] for place in chosen) or None


async def end_overdue(session: AsyncSession, teacher_id: UUID, now: datetime) -> int:
    """End what of a person's ran out: marked from what was saved, or expired at another's; how many.

    The caller holds the teacher's log, and the rows are held besides: a person with two ids has two logs. The attempt
    ends when its time was up, whenever this is called.
    """
    over = select(AssessmentAttempt).where(
        is_theirs(AssessmentAttempt.teacher_id, teacher_id),
        AssessmentAttempt.status == AttemptStatus.IN_PROGRESS,
        AssessmentAttempt.deadline_at <= now,
    )
    attempts = (await session.scalars(over.with_for_update().execution_options(populate_existing=True))).all()
    for attempt in attempts:
        if attempt.provider is None:
            await mark(session, attempt, attempt.deadline_at, "time_limit")
        else:
            await _expire(session, attempt)
    return len(attempts)


async def _expire(session: AsyncSession, attempt: AssessmentAttempt) -> None:
    limits = BankContent.model_validate((await session.get_one(QuestionBank, attempt.bank_id)).content).limits
    attempt.status, attempt.ended_at, attempt.ended_by = AttemptStatus.EXPIRED, attempt.expires_at, "expiry"
    if limits.expired_counts_as == "failure":
        attempt.outcome = Outcome.FAILED
    await audit.record(session, None, "assessment_attempt.expired", f"assessment-attempt:{attempt.id}")
    await session.flush()


async def end_own_overdue(session: AsyncSession, teacher_id: UUID | None) -> None:
    """The same before reading, and without a lock where there is nothing to end, which is nearly always."""
    now = clock.now()
    if teacher_id is not None and await queries.has_overdue(session, teacher_id, now):
        await lock_log(session, teacher_id)
        await end_overdue(session, teacher_id, now)
