"""Reading assessments and attempts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, exists, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.adjustments.queries import extra_time_of
from certification.assessments.errors import AttemptNotFound
from certification.assessments.models import AssessmentAttempt, AttemptItem
from certification.assessments.rules import AttemptStatus
from certification.assessments.schemas import (
    AssessmentDetail,
    AssessmentSummary,
    AttemptOut,
    GateOut,
    OptionOut,
    QuestionOut,
    TopicOnPaper,
    TopicResult,
)
from certification.assessments.standing import standing_of
from certification.question_banks.errors import AssessmentNotFound
from certification.question_banks.models import Assessment, Question, QuestionBank
from certification.question_banks.queries import is_kept_by
from certification.question_banks.schemas import BankContent, QuestionContent
from chassis import clock
from chassis.known_as import is_same_person, is_theirs
from chassis.paging import PageOf
from chassis.principal import Principal

Runner = AsyncConnection | AsyncSession
LETTERS = "abcdefghijkl"


async def assessment(runner: Runner, slug: str) -> RowMapping:
    """An assessment, or AssessmentNotFound."""
    query = select(Assessment.__table__).where(Assessment.slug == slug)
    found = (await runner.execute(query)).mappings().one_or_none()
    if found is None:
        raise AssessmentNotFound
    return found


async def all_open(runner: Runner) -> list[AssessmentSummary]:
    """Every assessment with a published bank."""
    columns = (*Assessment.__table__.columns, QuestionBank.version, QuestionBank.content)
    query = select(*columns).join(QuestionBank, QuestionBank.assessment == Assessment.slug)
    published = query.where(QuestionBank.status == "published").ext(distinct_on(Assessment.slug))
    rows = await runner.execute(published.order_by(Assessment.slug, QuestionBank.version.desc()))
    return [_summary(row) for row in rows.mappings()]


def _summary(row: RowMapping) -> AssessmentSummary:
    content = BankContent.model_validate(row["content"])
    return AssessmentSummary(
        slug=row["slug"],
        title=row["title"],
        scheme=row["scheme"],
        version=row["version"],
        provider=content.provider,
        limits=content.limits,
        conditions=list(content.conditions),
        topics=[TopicOnPaper(topic=one.topic, title=one.title, questions=one.questions) for one in content.topics],
    )


async def detail(runner: Runner, caller: Principal, slug: str) -> AssessmentDetail:
    """An assessment and where the caller stands with it; AssessmentNotFound as well while nothing is published."""
    found = next((one for one in await all_open(runner) if one.slug == slug), None)
    if found is None:
        raise AssessmentNotFound
    standing = await standing_of(runner, caller.id, await assessment(runner, slug), clock.now())
    gate = GateOut(
        status=standing.gate.status,
        opens_at=standing.gate.opens_at,
        reasons=standing.reasons,
        attempts=standing.gate.attempts,
        failures=standing.gate.failures,
        extra_time_percent=await extra_time_of(runner, caller.id, slug),
        pass_percent=standing.pass_percent,
    )
    return AssessmentDetail(assessment=found, gate=gate)


def _is_visible_to(caller: Principal) -> ColumnElement[bool]:
    """One's own; an assessor sees those at the assessments of their organisation."""
    kept = exists().where(Assessment.slug == AssessmentAttempt.assessment, is_kept_by(caller))
    return is_theirs(AssessmentAttempt.teacher_id, caller.id) | kept


async def listed(runner: Runner, caller: Principal, page: PageOf, slug: str | None) -> list[RowMapping]:
    """The caller's own attempts, oldest first."""
    query = select(AssessmentAttempt.__table__).where(is_theirs(AssessmentAttempt.teacher_id, caller.id))
    if slug:
        query = query.where(AssessmentAttempt.assessment == slug)
    after = page.after_as(UUID)
    if after:
        query = query.where(AssessmentAttempt.id > after[0])
    return list((await runner.execute(query.order_by(AssessmentAttempt.id).limit(page.limit + 1))).mappings())


async def one_visible(runner: Runner, caller: Principal, attempt_id: UUID) -> RowMapping:
    """An attempt that the caller may see, or AttemptNotFound."""
    query = select(AssessmentAttempt.__table__).where(AssessmentAttempt.id == attempt_id, _is_visible_to(caller))
    found = (await runner.execute(query)).mappings().one_or_none()
    if found is None:
        raise AttemptNotFound
    return found


async def told(runner: Runner, caller: Principal, attempt_id: UUID) -> AttemptOut:
    """An attempt: its paper while it is in progress, how each topic went afterwards; AttemptNotFound."""
    attempt = await one_visible(runner, caller, attempt_id)
    columns = (*AttemptItem.__table__.columns, Question.content, Question.topic, Question.marks)
    query = select(*columns).join(Question, Question.id == AttemptItem.question_id)
    own = query.where(AttemptItem.attempt_id == attempt_id).order_by(AttemptItem.position)
    items = (await runner.execute(own)).mappings().all()
    bank = select(QuestionBank.content).where(QuestionBank.id == attempt["bank_id"])
    content = BankContent.model_validate((await runner.execute(bank)).scalar_one())
    is_running = attempt["status"] == AttemptStatus.IN_PROGRESS and clock.now() < attempt["deadline_at"]
    is_own = await is_same_person(runner, attempt["teacher_id"], caller.id)
    return AttemptOut.model_validate(
        {
            **attempt,
            "now_at": clock.now(),
            # A paper is shown to whoever sits it, and only while they do.
            "questions": [_shown(one) for one in items] if is_running and is_own else [],
            "topics": _topics(items, content) if attempt["status"] == AttemptStatus.MARKED else [],
        }
    )


def _shown(item: RowMapping) -> QuestionOut:
    question = QuestionContent.model_validate(item["content"])
    chosen = set(item["answer"] or ())
    letters = dict(zip(LETTERS, item["shown"], strict=False))
    return QuestionOut(
        question=item["position"],
        topic=question.topic,
        text=question.text,
        choose=len(question.right),
        marks=question.marks,
        options=[OptionOut(option=letter, text=question.options[place]) for letter, place in letters.items()],
        answer=[letter for letter, place in letters.items() if place in chosen],
    )


def _topics(items: Sequence[RowMapping], content: BankContent) -> list[TopicResult]:
    results = {
        one.topic: TopicResult(topic=one.topic, title=one.title, marks_awarded=0, marks_possible=0)
        for one in content.topics
    }
    for item in items:
        result = results[item["topic"]]
        result.marks_awarded += item["marks_awarded"] or 0
        result.marks_possible += item["marks"]
    return [one for one in results.values() if one.marks_possible]


async def has_overdue(runner: Runner, teacher_id: UUID, now: datetime) -> bool:
    """Whether something of a teacher's ran out and was not ended yet."""
    over = exists().where(
        is_theirs(AssessmentAttempt.teacher_id, teacher_id),
        AssessmentAttempt.status == AttemptStatus.IN_PROGRESS,
        AssessmentAttempt.deadline_at <= now,
    )
    return bool((await runner.execute(select(over))).scalar_one())
