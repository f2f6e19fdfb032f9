"""`/v1/resources`: finding resources, and writing them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from chassis.access import PUBLIC, SIGNED_IN, allow, scope
from chassis.db import Reader
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, conditional, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.parties import OrganisationNotYours
from hubs.resources import queries, service
from hubs.resources.errors import (
    ResourceNotFound,
    ResourceWithdrawn,
    VersionNotOpen,
    VersionOpen,
    VocabularyUnknown,
)
from hubs.resources.models import ResourceVersion
from hubs.resources.schemas import (
    OwnFilter,
    ResourceCounts,
    ResourceDetail,
    ResourceFacets,
    ResourceFacts,
    ResourceFilter,
    ResourceIn,
    ResourceOut,
    ResourceVersionOut,
    VocabularyOut,
)
from hubs.teachers.errors import TeachersOnly
from hubs.tenancy import TenantReader, TenantSession

router = ServiceRouter(prefix="/v1/resources", tags=["resources"])
Anybody = Annotated[Principal, allow(PUBLIC)]
Author = Annotated[Principal, allow(SIGNED_IN, scope("resources:write"))]
Wanted = Annotated[ResourceFilter, Query()]
Number = Annotated[int, Path(ge=1, le=10_000)]
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("", response_model=Page[ResourceOut])
async def list_resources(
    request: Request, reader: Reader, caller: Anybody, wanted: Wanted, page: PageRequest
) -> Response:
    """Published resources; 304 for who holds this page already."""
    rows = await queries.list_resources(reader, wanted, page)
    found = Page.of(rows, page, key=lambda row: (str(row.sort_key), str(row.id)))
    found["data"] = [ResourceOut.model_validate(row._mapping) for row in rows[: page.limit]]
    return conditional(request, Page[ResourceOut].model_validate(found).model_dump_json().encode())


@router.get("/facets", dependencies=[PUBLIC_FOR_MINUTES])
async def count_resources(reader: Reader, caller: Anybody, wanted: Wanted) -> ResourceCounts:
    """How many resources the same search finds, and how many it would find with another value of each filter."""
    counts = await queries.count_resources(reader, wanted)
    return ResourceCounts(total=counts.total, facets=ResourceFacets(**counts.choices))


@router.get("/vocabulary", response_model=VocabularyOut)
async def get_resource_vocabulary(request: Request, reader: Reader, caller: Anybody) -> Response:
    """Topics, aims of the national curriculum, and licences that a resource may name."""
    found = VocabularyOut.model_validate(await queries.vocabulary(reader), from_attributes=True)
    return conditional(request, found.model_dump_json().encode(), max_age_seconds=300)


@router.get("/own", response_model=Page[ResourceVersionOut])
async def list_own_resources(
    reader: TenantReader, caller: Author, wanted: Annotated[OwnFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Versions of the caller's own resources, whatever became of them."""
    rows = await queries.own_versions(reader, caller, wanted.status, page)
    return Page.of(rows, page, key=lambda row: (str(row.resource_id), str(row.number)))


@router.post(
    "",
    status_code=201,
    response_model=ResourceVersionOut,
    dependencies=[IDEMPOTENT],
    responses=errors(VocabularyUnknown, OrganisationNotYours, TeachersOnly),
)
async def create_resource(
    session: TenantSession, caller: Author, body: ResourceIn, response: Response
) -> ResourceVersion:
    """Begin a resource: a teacher's own, or an organisation's by its key or its administrator."""
    return _tagged(response, await service.create(session, caller, body))


@router.get("/{resource_id}", response_model=ResourceDetail, responses=errors(ResourceNotFound, ResourceWithdrawn))
async def get_resource(request: Request, reader: Reader, caller: Anybody, resource_id: UUID) -> Response:
    """A published resource with its history and what those who used it gave it."""
    found = await queries.find_resource(reader, resource_id)
    body = ResourceDetail.model_validate(found, from_attributes=True).model_dump_json().encode()
    return conditional(request, body)


@router.post(
    "/{resource_id}/versions",
    status_code=201,
    response_model=ResourceVersionOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ResourceNotFound, ResourceWithdrawn, VersionOpen, VocabularyUnknown),
)
async def add_resource_version(
    session: TenantSession, caller: Author, resource_id: UUID, body: ResourceFacts, response: Response
) -> ResourceVersion:
    """Begin the next version. The published one stays until this is published, and readable for ever."""
    return _tagged(response, await service.add_version(session, caller, resource_id, body))


@router.get(
    "/{resource_id}/versions/{number}",
    response_model=ResourceVersionOut,
    responses=errors(ResourceNotFound, ResourceWithdrawn),
)
async def get_resource_version(
    request: Request, reader: Reader, caller: Anybody, resource_id: UUID, number: Number
) -> Response:
    """One version: a published one for everybody; before that its author's and, once submitted, the moderators'."""
    seen = await queries.find_version(reader, caller, resource_id, number)
    body = ResourceVersionOut.model_validate(seen.row._mapping).model_dump_json().encode()
    if seen.is_public:
        return conditional(request, body, max_age_seconds=300)
    return Response(body, headers={**PRIVATE, "ETag": etag(seen.row.edition)}, media_type="application/json")


@router.put(
    "/{resource_id}/versions/{number}",
    response_model=ResourceVersionOut,
    responses=errors(ResourceNotFound, VersionNotOpen, VocabularyUnknown, IfMatchMissing, StaleVersion),
)
async def edit_resource_version(
    session: TenantSession,
    caller: Author,
    resource_id: UUID,
    number: Number,
    seen: IfMatch,
    body: ResourceFacts,
    response: Response,
) -> ResourceVersion:
    """Say anew what a draft or a returned version says, from the edition that was read."""
    return _tagged(response, await service.edit(session, caller, resource_id, number, seen, body))


@router.delete("/{resource_id}/versions/{number}", status_code=204, responses=errors(ResourceNotFound, VersionNotOpen))
async def discard_resource_version(session: TenantSession, caller: Author, resource_id: UUID, number: Number) -> None:
    """Throw away a draft or a returned version; a resource of which nothing is left goes with it."""
    await service.discard(session, caller, resource_id, number)


@router.post(
    "/{resource_id}/versions/{number}/submission",
    response_model=ResourceVersionOut,
    responses=errors(ResourceNotFound, VersionNotOpen),
)
async def submit_resource_version(
    session: TenantSession, caller: Author, resource_id: UUID, number: Number, response: Response
) -> ResourceVersion:
    """Put a version before the moderators. A teacher's first to be accepted earns community credit."""
    return _tagged(response, await service.submit(session, caller, resource_id, number))


def _tagged(response: Response, version: ResourceVersion) -> ResourceVersion:
    response.headers["ETag"] = etag(version.edition)
    return version
