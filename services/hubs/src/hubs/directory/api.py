"""`/v1/hubs`: the directory, the lookup and joining."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from chassis import clock
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import conditional, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.directory import exports, queries, rules, service
from hubs.directory.errors import HubClosed, HubNotFound, LookupAmbiguous
from hubs.directory.life_cycle import HIDDEN
from hubs.directory.models import HubMember
from hubs.directory.schemas import HubFilter, HubOut, LookupOut, LookupQuery, MembershipOut
from hubs.schools.errors import SchoolNotFound
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])


exports_router = ServiceRouter(prefix="/v1", tags=["hubs"])
MAX_AGE_SECONDS = 300
PRIVATE = {"Cache-Control": "private, no-store"}
LINKED_DATA = "application/ld+json"


@exports_router.get("/hubs.geojson", response_class=Response)
async def get_hubs_geojson(request: Request, reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> Response:
    """All hubs as GeoJSON."""
    body = exports.geojson(*await queries.hubs_with_districts(reader))
    return conditional(request, body, "application/geo+json", MAX_AGE_SECONDS)


@exports_router.get("/hubs.csv", response_class=Response)
async def get_hubs_csv(request: Request, reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> Response:
    """All hubs as CSV."""
    body = exports.as_csv(*await queries.hubs_with_districts(reader))
    return conditional(request, body, "text/csv; charset=utf-8", MAX_AGE_SECONDS)


@router.get("", response_model=Page[HubOut])
async def list_hubs(
    request: Request,
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[HubFilter, Query()],
    page: PageRequest,
) -> Response:
    """Hubs by name; 304 for who holds this page already."""
    rows = await queries.list_hubs(reader, caller, wanted, page)
    found = Page.of([HubOut.model_validate(row._mapping) for row in rows], page, key=lambda hub: (hub.name,))
    body = Page[HubOut].model_validate(found).model_dump_json().encode()
    if wanted.stage in HIDDEN:
        return Response(body, headers=PRIVATE, media_type="application/json")
    return conditional(request, body, max_age_seconds=MAX_AGE_SECONDS)


@router.get(
    "/lookup",
    response_model=LookupOut,
    response_model_exclude_none=False,
    responses=errors(LookupAmbiguous, PostcodeMalformed, PostcodeUnknown, OutsideEngland, SchoolNotFound),
    dependencies=[PUBLIC_FOR_MINUTES],
)
async def look_up_hub(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], place: Annotated[LookupQuery, Query()]
) -> dict[str, object]:
    """The hub of a postcode or school: by the coverage of its district, else the nearest. The answer says which."""
    if (place.postcode is None) == (place.urn is None):
        raise LookupAmbiguous("Send either postcode or urn.", parameters=["postcode", "urn"])
    on = place.on or clock.today()
    if place.postcode is not None:
        normal, found = await queries.hub_of_postcode(reader, place.postcode, on)
        return {"postcode": normal, **_answer(found)}
    return {"urn": place.urn, **_answer(await queries.hub_of_school(reader, place.urn or "", on))}


def _answer(found: queries.FoundHub) -> dict[str, object]:
    return {
        "district": found.district,
        "hub": found.nearest.hub,
        "km": found.nearest.km,
        "basis": found.basis,
        "precision": found.place.precision,
        "is_fallback": found.is_fallback,
        "on": found.on,
        "coverage_basis": found.coverage.basis if found.coverage else None,
        "alternatives": [{"hub": other.hub, "km": other.km} for other in found.alternatives],
        "explanation": rules.explain(found),
    }


@router.get("/{hub_id}", response_model=HubOut, responses=errors(HubNotFound) | {200: {"content": {LINKED_DATA: {}}}})
async def get_hub(
    request: Request, reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], hub_id: UUID
) -> Response:
    """One hub, or with `Accept: application/ld+json` in schema.org's words. Its ETag is what an edit needs."""
    hub = await queries.find_hub(reader, caller, hub_id)
    headers = {"Vary": "Accept", "Cache-Control": f"public, max-age={MAX_AGE_SECONDS}"}
    if LINKED_DATA in request.headers.get("Accept", ""):
        served, closed = await queries.districts_of(reader, hub_id), await queries.closed_on(reader, hub_id)
        return Response(exports.json_ld(hub, served, closed), 200, headers, LINKED_DATA)
    headers |= {"ETag": etag(hub.version)} | (PRIVATE if hub.stage in HIDDEN else {})
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(HubOut.model_validate(hub._mapping).model_dump_json(), 200, headers, "application/json")


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
