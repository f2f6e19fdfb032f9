"""Routes of re-markings."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from certification.question_banks.errors import AssessmentNotFound, QuestionNotFound
from certification.question_banks.queries import kept_assessment
from certification.re_markings import queries, service
from certification.re_markings.errors import (
    OptionUnknown,
    OwnReMarking,
    ReMarkingDecided,
    ReMarkingNotFound,
    ReMarkingUnderWay,
)
from certification.re_markings.schemas import ReMarkingDecision, ReMarkingOut, ReMarkingRequest
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["question banks"])

Assessor = Annotated[Principal, allow(role("assessor"))]
Slug = Annotated[str, Path(max_length=60, examples=["gcse-subject-knowledge"])]
PROPOSAL_ERRORS = errors(AssessmentNotFound, QuestionNotFound, OptionUnknown, ReMarkingUnderWay)


@router.post(
    "/assessments/{assessment}/re-markings", status_code=201, dependencies=[IDEMPOTENT], responses=PROPOSAL_ERRORS
)
async def propose_re_marking(
    assessment: Slug, body: ReMarkingRequest, session: Session, caller: Assessor
) -> ReMarkingOut:
    """Say that a question was wrong, and how whoever answered it is to be marked instead."""
    return await service.propose(session, caller, assessment, body)


@router.get(
    "/assessments/{assessment}/re-markings", response_model=Page[ReMarkingOut], responses=errors(AssessmentNotFound)
)
async def list_re_markings(assessment: Slug, reader: Reader, page: PageRequest, caller: Assessor) -> dict[str, object]:
    """Re-markings at an assessment of your organisation, oldest first."""
    await kept_assessment(reader, caller, assessment)
    rows = await queries.listed(reader, caller, page, assessment)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/re-markings/{re_marking_id}", responses=errors(ReMarkingNotFound))
async def get_re_marking(re_marking_id: UUID, reader: Reader, caller: Assessor) -> ReMarkingOut:
    """A re-marking, how far it has come and what it changed."""
    return await queries.one(reader, caller, re_marking_id)


@router.post(
    "/re-markings/{re_marking_id}/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(ReMarkingNotFound, OwnReMarking, ReMarkingDecided),
)
async def decide_on_re_marking(
    re_marking_id: UUID, body: ReMarkingDecision, session: Session, caller: Assessor
) -> ReMarkingOut:
    """Approve or decline what another assessor proposed. Approved, every marked attempt with it is marked again."""
    return await service.decide(session, caller, re_marking_id, body)
