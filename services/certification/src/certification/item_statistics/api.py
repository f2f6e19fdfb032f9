"""Routes of figures for assessors."""

from typing import Annotated

from fastapi import Path, Query

from certification.item_statistics import queries
from certification.item_statistics.schemas import AssessmentFigures
from certification.question_banks.errors import AssessmentNotFound
from certification.question_banks.queries import kept_assessment
from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/assessments", tags=["question banks"])

Slug = Annotated[str, Path(max_length=60, examples=["gcse-subject-knowledge"])]


@router.get("/{assessment}/statistics", responses=errors(AssessmentNotFound))
async def get_statistics(
    assessment: Slug,
    reader: Reader,
    caller: Annotated[Principal, allow(role("assessor"))],
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Of the bank; the newest if not said")] = None,
) -> AssessmentFigures:
    """How questions of your organisation's assessment do: how hard they are, how well they tell people apart."""
    await kept_assessment(reader, caller, assessment)
    return await queries.figures(reader, assessment, version)
