"""Routes of question banks, for the assessors who keep them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response
from sqlalchemy import RowMapping

from certification.question_banks import queries, service
from certification.question_banks.errors import (
    AssessmentExists,
    AssessmentNotFound,
    OwnQuestionBank,
    ProviderUnknown,
    QuestionBankNotFound,
    QuestionBankNotReady,
    QuestionBankOfAnother,
    QuestionNotFound,
    TooFewQuestions,
)
from certification.question_banks.models import Assessment, QuestionBank
from certification.question_banks.schemas import (
    AssessmentFacts,
    AssessmentOut,
    BankDecision,
    BankEdit,
    BankOut,
    BankRequest,
    BankStatus,
    BankSummary,
    Retirement,
    RetirementOut,
)
from certification.schemes.errors import SchemeNotFound
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["question banks"])

Assessor = Annotated[Principal, allow(role("assessor"))]
Administrator = Annotated[Principal, allow(role("administrator"))]
Slug = Annotated[str, Path(max_length=60, examples=["gcse-subject-knowledge"])]
QuestionName = Annotated[str, Path(max_length=60, examples=["denary-of-1011"])]
EDIT_ERRORS = errors(
    QuestionBankNotFound, QuestionBankOfAnother, QuestionBankNotReady, ProviderUnknown, IfMatchMissing, StaleVersion
)


@router.post(
    "/assessments",
    status_code=201,
    response_model=AssessmentOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SchemeNotFound, AssessmentExists),
)
async def set_up_assessment(body: AssessmentFacts, session: Session, caller: Administrator) -> Assessment:
    """Give a scheme its summative assessment. It can be sat once its assessors have published a question bank."""
    return await service.set_up(session, caller, body)


@router.post(
    "/question-banks",
    status_code=201,
    response_model=BankSummary,
    dependencies=[IDEMPOTENT],
    responses=errors(AssessmentNotFound, ProviderUnknown),
)
async def propose_question_bank(body: BankRequest, session: Session, caller: Assessor) -> QuestionBank:
    """Propose a version of your organisation's assessment: its limits and all its questions."""
    return await service.propose(session, caller, body)


@router.get("/question-banks", response_model=Page[BankSummary])
async def list_question_banks(
    reader: Reader,
    page: PageRequest,
    caller: Assessor,
    assessment: Annotated[str | None, Query(max_length=60)] = None,
    status: BankStatus | None = None,
) -> dict[str, object]:
    """Banks of your organisation's assessments, oldest first."""
    rows = await queries.listed_banks(reader, caller, page, assessment, status)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/question-banks/{bank_id}", responses=errors(QuestionBankNotFound))
async def get_question_bank(bank_id: UUID, reader: Reader, response: Response, caller: Assessor) -> BankOut:
    """A bank with its questions and their answers."""
    bank = await queries.one_bank(reader, caller, bank_id)
    response.headers["ETag"] = etag(bank["revision"])
    return BankOut.model_validate({**bank, "retired": await _retired(reader, bank)})


async def _retired(reader: Reader, bank: RowMapping) -> list[str]:
    return [one["name"] for one in await queries.questions_of(reader, bank["id"]) if one["is_retired"]]


@router.put("/question-banks/{bank_id}", response_model=BankSummary, responses=EDIT_ERRORS)
async def rewrite_question_bank(
    bank_id: UUID, body: BankEdit, seen: IfMatch, session: Session, response: Response, caller: Assessor
) -> QuestionBank:
    """Replace what your draft says."""
    bank = await service.rewrite(session, caller, bank_id, body, seen)
    response.headers["ETag"] = etag(bank.revision)
    return bank


@router.post(
    "/question-banks/{bank_id}/approval",
    response_model=BankSummary,
    dependencies=[IDEMPOTENT],
    responses=errors(QuestionBankNotFound, OwnQuestionBank, QuestionBankNotReady),
)
async def decide_on_question_bank(
    bank_id: UUID, body: BankDecision, session: Session, caller: Assessor
) -> QuestionBank:
    """Approve or decline a bank that another assessor wrote."""
    return await service.decide(session, caller, bank_id, body)


@router.post(
    "/question-banks/{bank_id}/publication",
    response_model=BankSummary,
    dependencies=[IDEMPOTENT],
    responses=errors(QuestionBankNotFound, QuestionBankNotReady),
)
async def publish_question_bank(bank_id: UUID, session: Session, caller: Assessor) -> QuestionBank:
    """Make an approved bank the assessment's next version: new attempts are made from it."""
    return await service.publish(session, caller, bank_id)


@router.post(
    "/assessments/{assessment}/questions/{question}/retirement",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(AssessmentNotFound, QuestionNotFound, TooFewQuestions),
)
async def retire_question(
    assessment: Slug, question: QuestionName, body: Retirement, session: Session, caller: Assessor
) -> RetirementOut:
    """Put a question to nobody any more. Attempts that were marked stay as they are."""
    return await service.retire(session, caller, assessment, question, body.reason)
