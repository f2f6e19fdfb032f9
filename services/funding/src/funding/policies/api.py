"""`/v1/policies`: every published rule and rate, for anybody to read."""

from typing import Annotated

from fastapi import Query

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from chassis.wire import Day
from funding.policies import service
from funding.policies.schemas import PolicyList

router = ServiceRouter(prefix="/v1/policies", tags=["policies"])


@router.get("")
async def list_policies(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    policy: Annotated[str | None, Query(max_length=60, description="One policy by name")] = None,
    on: Annotated[Day | None, Query(description="Only the versions in force on this day")] = None,
) -> PolicyList:
    """All versions of the bursary and fee policies, with the days they were in force."""
    return PolicyList(data=await service.list_versions(reader, policy, on))
