"""From a draft to a version of an assessment: written, approved by a second person, published for good."""

import hashlib
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.assessment_providers.models import AssessmentProvider
from certification.question_banks import queries
from certification.question_banks.errors import (
    AssessmentExists,
    OwnQuestionBank,
    ProviderUnknown,
    QuestionBankNotReady,
    QuestionBankOfAnother,
    QuestionNotFound,
    TooFewQuestions,
)
from certification.question_banks.models import Assessment, BankQuestion, Question, QuestionBank, QuestionRetirement
from certification.question_banks.schemas import (
    AssessmentFacts,
    BankContent,
    BankDecision,
    BankRequest,
    BankStatus,
    QuestionContent,
    RetirementOut,
)
from certification.schemes.errors import SchemeNotFound
from certification.schemes.models import Scheme
from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal


async def set_up(session: AsyncSession, caller: Principal, facts: AssessmentFacts) -> Assessment:
    """Give a scheme its assessment. It can be sat once a bank is published."""
    if await session.get(Scheme, facts.scheme) is None:
        raise SchemeNotFound(facts.scheme)
    row = insert(Assessment).values(facts.model_dump()).on_conflict_do_nothing().returning(Assessment)
    assessment = (await session.scalars(row)).one_or_none()
    if assessment is None:
        raise AssessmentExists
    await audit.record(session, caller, "assessment.set_up", f"assessment:{facts.slug}", {"scheme": facts.scheme})
    return assessment


async def propose(session: AsyncSession, author: Principal, request: BankRequest) -> QuestionBank:
    """Begin a version."""
    await queries.kept_assessment(session, author, request.assessment)
    bank = QuestionBank(
        id=new_id(),
        assessment=request.assessment,
        status=BankStatus.DRAFT,
        author_id=author.id,
        content=await _checked(session, request),
    )
    session.add(bank)
    await session.flush()
    await _note(session, author, "proposed", bank)
    return bank


async def rewrite(
    session: AsyncSession, author: Principal, bank_id: UUID, edit: BankContent, seen: int
) -> QuestionBank:
    """Replace what a draft says; one that was decided on changes no more."""
    bank = await queries.locked_bank(session, author, bank_id)
    if bank.author_id != author.id:
        raise QuestionBankOfAnother
    require_version(bank.revision, seen)
    if bank.status != BankStatus.DRAFT:
        raise QuestionBankNotReady("it changes no more. Begin another", bank.status)
    bank.content = await _checked(session, edit)
    bank.revision += 1
    await _note(session, author, "rewritten", bank)
    return bank


async def decide(session: AsyncSession, caller: Principal, bank_id: UUID, decision: BankDecision) -> QuestionBank:
    """Approve or decline a draft; never one's own."""
    bank = await queries.locked_bank(session, caller, bank_id)
    if bank.author_id == caller.id:
        raise OwnQuestionBank
    if bank.status != BankStatus.DRAFT:
        raise QuestionBankNotReady("a decision needs one that is not decided on", bank.status)
    bank.status = BankStatus(decision.outcome)
    bank.decided_by, bank.decided_at, bank.reason = caller.id, clock.now(), decision.reason
    bank.revision += 1
    await _note(session, caller, decision.outcome, bank)
    return bank


async def publish(session: AsyncSession, caller: Principal, bank_id: UUID) -> QuestionBank:
    """Make an approved bank the assessment's next version. Attempts that were begun keep the one they have."""
    bank = await queries.locked_bank(session, caller, bank_id)
    if bank.status != BankStatus.APPROVED:
        raise QuestionBankNotReady("only an approved one is published", bank.status)
    await enter_version(session, bank)
    await _note(session, caller, "published", bank)
    return bank


async def enter_version(session: AsyncSession, bank: QuestionBank) -> None:
    """Number a bank and enter its questions; one that says what it said before is the same question."""
    await session.get_one(Assessment, bank.assessment, with_for_update=True)
    last = select(func.max(QuestionBank.version)).where(QuestionBank.assessment == bank.assessment)
    bank.version = (await session.scalar(last) or 0) + 1
    bank.status, bank.published_at = BankStatus.PUBLISHED, clock.now()
    bank.revision += 1
    await session.flush()
    contents = BankContent.model_validate(bank.content).questions
    if not contents:
        return
    rows = [_row(bank.assessment, content) for content in contents]
    await session.execute(insert(Question).on_conflict_do_nothing(), rows)
    digests = {row["digest"] for row in rows}
    found = select(Question.id).where(Question.assessment == bank.assessment, Question.digest.in_(digests))
    members = [{"bank_id": bank.id, "question_id": one} for one in await session.scalars(found)]
    await session.execute(insert(BankQuestion), members)


def _row(assessment: str, content: QuestionContent) -> dict[str, object]:
    told = content.model_dump(mode="json")
    columns = {"name": content.name, "topic": content.topic, "difficulty": content.difficulty, "marks": content.marks}
    digest = hashlib.sha256(content.model_dump_json().encode()).hexdigest()
    return {**columns, "id": new_id(), "assessment": assessment, "digest": digest, "content": told}


async def retire(session: AsyncSession, caller: Principal, assessment: str, name: str, reason: str) -> RetirementOut:
    """Put a question of the published bank to nobody any more. Whatever was marked stays as it is."""
    await queries.kept_assessment(session, caller, assessment)
    await session.get_one(Assessment, assessment, with_for_update=True)
    bank = await queries.published_bank(session, assessment)
    questions = await queries.questions_of(session, bank["id"], live_only=True) if bank else []
    question = next((one for one in questions if one["name"] == name), None)
    if bank is None or question is None:
        raise QuestionNotFound(name)
    topic = next(one for one in BankContent.model_validate(bank["content"]).topics if one.topic == question["topic"])
    if sum(one["topic"] == topic.topic for one in questions) <= topic.questions:
        raise TooFewQuestions(topic.topic, topic.questions)
    assert caller.id is not None
    facts = {"retired_at": clock.now(), "retired_by": caller.id, "reason": reason}
    session.add(QuestionRetirement(question_id=question["id"], **facts))
    await audit.record(session, caller, "question.retired", f"question:{question['id']}", {"name": name})
    return RetirementOut.model_validate({"question": name, **facts})


async def _checked(session: AsyncSession, content: BankContent) -> dict[str, object]:
    if content.provider and await session.get(AssessmentProvider, content.provider) is None:
        raise ProviderUnknown(content.provider)
    return content.model_dump(mode="json", exclude={"assessment"})


async def _note(session: AsyncSession, caller: Principal, what: str, bank: QuestionBank) -> None:
    details: dict[str, str | int | bool | list[str] | None] = {"assessment": bank.assessment, "revision": bank.revision}
    await audit.record(session, caller, f"question_bank.{what}", f"question-bank:{bank.id}", details)
