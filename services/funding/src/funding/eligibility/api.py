"""`/v1/eligibility`: what support a school may have, for anybody to ask."""

from typing import Annotated

from fastapi import Query

from chassis import clock
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.eligibility import service
from funding.eligibility.errors import SchoolNotFound
from funding.eligibility.schemas import EligibilityOut

router = ServiceRouter(prefix="/v1/eligibility", tags=["eligibility"])


@router.get("", responses=errors(SchoolNotFound))
async def get_eligibility(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    urn: Annotated[str, Query(pattern=r"^[0-9]{6}$", description="The school's unique reference number")],
) -> EligibilityOut:
    """Every rule, with each criterion, the fact used, its source, and the reason in plain English."""
    return await service.answer_every_rule(reader, urn, clock.today())
