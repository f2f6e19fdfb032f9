"""`/v1/fee-policies`: what courses may be charged for, for anybody to read."""

from typing import Annotated

from fastapi import Query

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.wire import Day
from funding.fee_policies import service
from funding.fee_policies.schemas import FeePolicyList

router = ServiceRouter(prefix="/v1/fee-policies", tags=["prices"])


@router.get("")
async def list_fee_policies(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    on: Annotated[Day | None, Query(description="Only the version in force on this day")] = None,
) -> FeePolicyList:
    """Every version of the fee policy with the days it was in force."""
    return FeePolicyList(data=await service.list_versions(reader, on))
