"""`/v1/area-lists`: the lists that decide eligibility, version by version."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from chassis import clock
from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.area_lists import queries, service
from hubs.area_lists.errors import (
    AreaListDecided,
    AreaListNotFound,
    AreaListOvertaken,
    AreaListRowsWrong,
    AreaListUnchanged,
    AreaListUnreadable,
    SecondPersonNeeded,
)
from hubs.area_lists.models import AreaList
from hubs.area_lists.queries import KEEPERS
from hubs.area_lists.schemas import (
    AreaListFilter,
    AreaListHead,
    AreaListIn,
    AreaListOut,
    DecisionIn,
    EntryOut,
    StandingFilter,
    StandingsOut,
)
from hubs.area_lists.standing import Keys
from hubs.base import AnyRow
from hubs.schools.errors import SchoolNotFound

router = ServiceRouter(prefix="/v1/area-lists", tags=["area lists"])
Keeper = Annotated[Principal, allow(role(*KEEPERS))]
_FILE_EXAMPLE = "area_code,area_name,categories,basis\r\nE07000240,St Albans,5,named\r\n"
_FILE_CONTENT = {"text/csv": {"schema": {"type": "string"}, "example": _FILE_EXAMPLE}}
_FILE = {"requestBody": {"required": True, "content": _FILE_CONTENT}}


@router.get("", response_model=Page[AreaListOut])
async def list_area_lists(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[AreaListFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Approved versions by scheme, newest first; administrators may ask for proposed and refused ones."""
    if wanted.status != "approved" and not caller.has_role(*KEEPERS):
        return Page.of([], page, key=lambda row: ())
    rows = await queries.list_versions(reader, wanted, page)
    return Page.of(rows, page, key=lambda row: (row.scheme, str(row.version)))


@router.post(
    "",
    status_code=201,
    response_model=AreaListOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AreaListRowsWrong, AreaListUnchanged),
)
async def propose_area_list(session: Session, caller: Keeper, body: AreaListIn) -> AreaList:
    """Propose the next version of a list. It counts once another administrator has approved it."""
    return await service.propose(session, caller, body, service.rows_of(body.areas))


@router.post(
    "/files",
    status_code=201,
    response_model=AreaListOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AreaListRowsWrong, AreaListUnchanged, AreaListUnreadable),
    openapi_extra=_FILE,
)
async def upload_area_list(
    session: Session, caller: Keeper, head: Annotated[AreaListHead, Query()], request: Request
) -> AreaList:
    """The same with the rows as a CSV file: area_code, area_name, categories (`5;6`), basis."""
    return await service.propose(session, caller, head, service.rows_of_file(await request.body()))


@router.get("/standings", responses=errors(SchoolNotFound))
async def get_standings(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], wanted: Annotated[StandingFilter, Query()]
) -> StandingsOut:
    """Where a district stands on every list of districts in force, or a school on every list; not known is null."""
    on = wanted.on or clock.today()
    keys = Keys(wanted.district) if wanted.urn is None else await queries.keys_of_school(reader, wanted.urn)
    found = await queries.standings(reader, keys, on)
    return StandingsOut(district=wanted.district, urn=wanted.urn, on=on, standings=found)


@router.get("/{list_id}", response_model=AreaListOut, responses=errors(AreaListNotFound))
async def get_area_list(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], list_id: UUID) -> AnyRow:
    """One version."""
    return await queries.find_version(reader, caller, list_id)


@router.get("/{list_id}/entries", response_model=Page[EntryOut], responses=errors(AreaListNotFound))
async def list_area_list_entries(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], list_id: UUID, page: PageRequest
) -> dict[str, object]:
    """The areas of one version by code."""
    await queries.find_version(reader, caller, list_id)
    return Page.of(await queries.entries(reader, list_id, page), page, key=lambda row: (row.area_code,))


@router.post(
    "/{list_id}/decision",
    response_model=AreaListOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AreaListNotFound, AreaListDecided, AreaListOvertaken, SecondPersonNeeded),
)
async def decide_area_list(session: Session, caller: Keeper, list_id: UUID, body: DecisionIn) -> AreaList:
    """Approve or refuse what somebody else imported."""
    return await service.decide(session, caller, list_id, body)
