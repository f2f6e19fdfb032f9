"""`/v1/impacts`: whom a changed list, policy or fact concerns."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from funding.impacts import queries
from funding.impacts.errors import ImpactNotFound
from funding.impacts.models import Effect
from funding.impacts.schemas import ImpactItemOut, ImpactOut
from funding.roles import READERS

router = ServiceRouter(prefix="/v1/impacts", tags=["reviews"])
Staff = Annotated[Principal, allow(role(*READERS))]


@router.get("", response_model=Page[ImpactOut])
async def list_impacts(reader: Reader, caller: Staff, page: PageRequest) -> dict[str, object]:
    """Changes with what came of them, the latest first."""
    found = await queries.list_impacts(reader, page)
    return Page.of(found, page, key=lambda one: (one.opened_at.isoformat(), str(one.id)))


@router.get("/{impact_id}", responses=errors(ImpactNotFound))
async def get_impact(impact_id: UUID, reader: Reader, caller: Staff) -> ImpactOut:
    """One change, and how far it is worked off."""
    return await queries.find_impact(reader, impact_id)


@router.get("/{impact_id}/items", response_model=Page[ImpactItemOut], responses=errors(ImpactNotFound))
async def list_items(
    impact_id: UUID,
    reader: Reader,
    caller: Staff,
    page: PageRequest,
    effect: Annotated[Effect | None, Query(description="Only those to which this happened")] = None,
) -> dict[str, object]:
    """Every bursary that the change may touch, before and after."""
    found = await queries.list_items(reader, impact_id, page, effect)
    return Page.of(found, page, key=lambda one: (str(one.bursary_id),))
