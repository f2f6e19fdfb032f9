"""Reading assessments, banks and questions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.question_banks.errors import AssessmentNotFound, QuestionBankNotFound
from certification.question_banks.models import Assessment, BankQuestion, Question, QuestionBank, QuestionRetirement
from certification.question_banks.schemas import BankStatus
from chassis.paging import PageOf
from chassis.principal import Principal

Runner = AsyncConnection | AsyncSession
ASSESSOR = "assessor"
SUMMARY = [column for column in QuestionBank.__table__.columns if column.name != "content"]


def is_kept_by(caller: Principal) -> ColumnElement[bool]:
    """Whether the caller is an assessor of the organisation whose assessment it is."""
    return Assessment.organisation_id == func.any(sorted(caller.organisations(ASSESSOR)))


async def kept_assessment(runner: Runner, caller: Principal, slug: str) -> RowMapping:
    """An assessment of the caller's organisation, or AssessmentNotFound."""
    query = select(Assessment.__table__).where(Assessment.slug == slug, is_kept_by(caller))
    found = (await runner.execute(query)).mappings().one_or_none()
    if found is None:
        raise AssessmentNotFound
    return found


async def published_bank(runner: Runner, assessment: str) -> RowMapping | None:
    """The newest published version of an assessment; None while there is none."""
    query = select(QuestionBank.__table__).where(
        QuestionBank.assessment == assessment, QuestionBank.status == BankStatus.PUBLISHED
    )
    return (await runner.execute(query.order_by(QuestionBank.version.desc()).limit(1))).mappings().one_or_none()


async def listed_banks(
    connection: AsyncConnection, caller: Principal, page: PageOf, assessment: str | None, status: BankStatus | None
) -> list[RowMapping]:
    """Banks of the caller's organisation, oldest first."""
    query = select(*SUMMARY).join(Assessment, Assessment.slug == QuestionBank.assessment).where(is_kept_by(caller))
    if assessment:
        query = query.where(QuestionBank.assessment == assessment)
    if status:
        query = query.where(QuestionBank.status == status)
    after = page.after_as(UUID)
    if after:
        query = query.where(QuestionBank.id > after[0])
    return list((await connection.execute(query.order_by(QuestionBank.id).limit(page.limit + 1))).mappings())


async def one_bank(runner: Runner, caller: Principal, bank_id: UUID) -> RowMapping:
    """A bank of the caller's organisation, or QuestionBankNotFound."""
    query = select(QuestionBank.__table__).join(Assessment, Assessment.slug == QuestionBank.assessment)
    found = (await runner.execute(query.where(QuestionBank.id == bank_id, is_kept_by(caller)))).mappings().one_or_none()
    if found is None:
        raise QuestionBankNotFound
    return found


async def locked_bank(session: AsyncSession, caller: Principal, bank_id: UUID) -> QuestionBank:
    """A bank of the caller's organisation, held until the transaction ends, or QuestionBankNotFound."""
    await one_bank(session, caller, bank_id)
    return await session.get_one(QuestionBank, bank_id, with_for_update=True)


async def questions_of(runner: Runner, bank_id: UUID, *, live_only: bool = False) -> Sequence[RowMapping]:
    """The questions of a published bank by name, with whether each is retired."""
    is_retired = exists().where(QuestionRetirement.question_id == Question.id)
    query = select(*Question.__table__.columns, is_retired.label("is_retired"))
    query = query.join(BankQuestion, BankQuestion.question_id == Question.id).where(BankQuestion.bank_id == bank_id)
    if live_only:
        query = query.where(~is_retired)
    return (await runner.execute(query.order_by(Question.name))).mappings().all()
