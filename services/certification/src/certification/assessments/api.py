"""Routes of assessments and attempts, for those who sit them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from certification.assessments import queries, service
from certification.assessments.errors import (
    AnswerNotOffered,
    AssessmentClosed,
    AssessorOfTheAssessment,
    AttemptInProgress,
    AttemptNotFound,
    AttemptOver,
    NotSatHere,
)
from certification.assessments.models import AssessmentAttempt
from certification.assessments.schemas import (
    Answers,
    AssessmentDetail,
    AssessmentList,
    AttemptOut,
    AttemptRequest,
    AttemptSummary,
    SavedOut,
    Submission,
)
from certification.question_banks.errors import AssessmentNotFound
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["assessments"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
Slug = Annotated[str, Path(max_length=60, examples=["gcse-subject-knowledge"])]
START_ERRORS = errors(AssessmentNotFound, AssessmentClosed, AttemptInProgress, AssessorOfTheAssessment)
ANSWER_ERRORS = errors(AttemptNotFound, AttemptOver, AnswerNotOffered, NotSatHere)


@router.get("/assessments")
async def list_assessments(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> AssessmentList:
    """The summative assessments that can be sat, with their limits and conditions."""
    return AssessmentList(data=await queries.all_open(reader))


@router.get("/assessments/{assessment}", responses=errors(AssessmentNotFound))
async def get_assessment(assessment: Slug, session: Session, caller: SignedIn) -> AssessmentDetail:
    """One assessment and where you stand with it: whether you may begin an attempt now, why not, and when."""
    await service.end_own_overdue(session, caller.id)
    return await queries.detail(session, caller, assessment)


@router.post("/assessments/{assessment}/attempts", status_code=201, dependencies=[IDEMPOTENT], responses=START_ERRORS)
async def begin_attempt(assessment: Slug, body: AttemptRequest, session: Session, caller: SignedIn) -> AttemptOut:
    """Begin an attempt: a paper of your own, and the time runs."""
    attempt = await service.begin(session, caller, assessment)
    return await queries.told(session, caller, attempt.id)


@router.get("/assessment-attempts", response_model=Page[AttemptSummary])
async def list_attempts(
    session: Session,
    page: PageRequest,
    caller: SignedIn,
    assessment: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, object]:
    """Your attempts, oldest first."""
    await service.end_own_overdue(session, caller.id)
    rows = await queries.listed(session, caller, page, assessment)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/assessment-attempts/{attempt_id}", responses=errors(AttemptNotFound))
async def get_attempt(attempt_id: UUID, session: Session, caller: SignedIn) -> AttemptOut:
    """An attempt of yours: its paper and your answers while it is in progress, its result afterwards.

    An assessor sees the results of attempts at their organisation's assessments.
    """
    await service.end_own_overdue(session, caller.id)
    return await queries.told(session, caller, attempt_id)


@router.put("/assessment-attempts/{attempt_id}/answers", response_model=SavedOut, responses=ANSWER_ERRORS)
async def save_attempt_answers(
    attempt_id: UUID, body: Answers, session: Session, caller: SignedIn
) -> AssessmentAttempt:
    """Save all your answers so far, as often as you like. When the time is up, what was saved last is marked."""
    return await service.save(session, caller, attempt_id, body)


@router.post("/assessment-attempts/{attempt_id}/submission", dependencies=[IDEMPOTENT], responses=ANSWER_ERRORS)
async def hand_in_attempt(attempt_id: UUID, body: Submission, session: Session, caller: SignedIn) -> AttemptOut:
    """Hand in. It is marked at once, and a pass counts towards your certificate at once."""
    attempt = await service.hand_in(session, caller, attempt_id, body.answers)
    await session.flush()
    return await queries.told(session, caller, attempt.id)
