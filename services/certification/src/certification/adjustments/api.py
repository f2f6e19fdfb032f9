"""Routes of adjustments."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from certification.adjustments import queries, service
from certification.adjustments.errors import AdjustmentNotFound, AdjustmentStands, OwnAdjustment, TeacherNotHeardOf
from certification.adjustments.models import Adjustment
from certification.adjustments.schemas import AdjustmentOut, AdjustmentRequest
from certification.question_banks.errors import AssessmentNotFound
from certification.question_banks.queries import kept_assessment
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["assessments"])

Assessor = Annotated[Principal, allow(role("assessor"))]
Slug = Annotated[str, Path(max_length=60, examples=["gcse-subject-knowledge"])]
GRANT_ERRORS = errors(AssessmentNotFound, TeacherNotHeardOf, OwnAdjustment, AdjustmentStands)


@router.post(
    "/assessments/{assessment}/adjustments",
    status_code=201,
    response_model=AdjustmentOut,
    dependencies=[IDEMPOTENT],
    responses=GRANT_ERRORS,
)
async def grant_extra_time(assessment: Slug, body: AdjustmentRequest, session: Session, caller: Assessor) -> Adjustment:
    """Grant a teacher extra time, before the attempt that it is for begins."""
    return await service.grant(session, caller, assessment, body)


@router.get(
    "/assessments/{assessment}/adjustments", response_model=Page[AdjustmentOut], responses=errors(AssessmentNotFound)
)
async def list_adjustments(assessment: Slug, reader: Reader, page: PageRequest, caller: Assessor) -> dict[str, object]:
    """Extra time granted at an assessment of your organisation, oldest first, and what has ended."""
    await kept_assessment(reader, caller, assessment)
    rows = await queries.listed(reader, caller, page, assessment)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.post(
    "/assessment-adjustments/{adjustment_id}/end",
    response_model=AdjustmentOut,
    responses=errors(AdjustmentNotFound),
)
async def end_extra_time(adjustment_id: UUID, session: Session, caller: Assessor) -> Adjustment:
    """Let attempts to come have the ordinary time."""
    return await service.end(session, caller, adjustment_id)
