"""`/v1/hubs`: the directory, the lookup and joining."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.directory import queries, rules, service
from hubs.directory.errors import HubClosed, HubNotFound, LookupAmbiguous
from hubs.directory.models import HubMember
from hubs.directory.schemas import HubFilter, HubOut, LookupOut, LookupQuery, MembershipOut
from hubs.schools.errors import SchoolNotFound
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])


@router.get("", response_model=Page[HubOut], dependencies=[PUBLIC_FOR_MINUTES])
async def list_hubs(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[HubFilter, Query()],
    page: PageRequest,
) -> dict[str, Any]:
    """Hubs by name."""
    return Page.of(await queries.list_hubs(reader, wanted, page), page, key=lambda hub: (hub.name,))


@router.get(
    "/lookup",
    response_model=LookupOut,
    response_model_exclude_none=False,
    responses=errors(LookupAmbiguous, PostcodeMalformed, PostcodeUnknown, OutsideEngland, SchoolNotFound),
    dependencies=[PUBLIC_FOR_MINUTES],
)
async def lookup(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], place: Annotated[LookupQuery, Query()]
) -> dict[str, Any]:
    """The hub of a postcode or school: by the coverage of its district, else the nearest. The answer says which."""
    if (place.postcode is None) == (place.urn is None):
        raise LookupAmbiguous("Send either postcode or urn.", parameters=["postcode", "urn"])
    if place.postcode is not None:
        normal, found = await queries.hub_of_postcode(reader, place.postcode)
        return {"postcode": normal, **_answer(found)}
    return {"urn": place.urn, **_answer(await queries.hub_of_school(reader, place.urn or ""))}


def _answer(found: queries.FoundHub) -> dict[str, Any]:
    return {
        "district": found.district,
        "hub": found.nearest.hub,
        "km": found.nearest.km,
        "basis": found.basis,
        "precision": found.place.precision,
        "alternatives": [{"hub": other.hub, "km": other.km} for other in found.alternatives],
        "explanation": rules.explain(found),
    }


@router.get("/{hub_id}", response_model=HubOut, responses=errors(HubNotFound), dependencies=[PUBLIC_FOR_MINUTES])
async def get_hub(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], hub_id: UUID) -> queries.HubRow:
    """One hub."""
    return await queries.find_hub(reader, hub_id)


@router.post(
    "/{hub_id}/members",
    status_code=201,
    response_model=MembershipOut,
    responses=errors(HubNotFound, HubClosed, TeachersOnly)
    | {200: {"model": MembershipOut, "description": "A member already"}},
)
async def join_hub(
    session: Session, caller: Annotated[Principal, allow(SIGNED_IN)], hub_id: UUID, response: Response
) -> HubMember:
    """Sign up to a hub. A repeat answers 200 with the membership that exists."""
    membership, is_new = await service.join_hub(session, caller, hub_id)
    if not is_new:
        response.status_code = 200
    return membership
