"""`/v1/networks`: networks of hubs, their documents year by year, and the hubs that take part."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.academic_years import PATTERN
from hubs.directory.errors import HubNotFound
from hubs.networks import queries, service
from hubs.networks.access import KEEPERS, READERS
from hubs.networks.errors import (
    NetworkDaysWrong,
    NetworkFactUnknown,
    NetworkHubNotFound,
    NetworkNotFound,
    NetworkTargetWrong,
)
from hubs.networks.schemas import (
    FormatChosen,
    NetworkHubDetail,
    NetworkHubIn,
    NetworkHubOut,
    NetworkOut,
    NetworkYearOut,
)
from hubs.projects.downloads import FILES, file_response

router = ServiceRouter(prefix="/v1/networks", tags=["networks"])
Anybody = Annotated[Principal, allow(PUBLIC)]
Keeper = Annotated[Principal, allow(role(*KEEPERS))]
ReaderOfHubs = Annotated[Principal, allow(role(*READERS))]
NetworkSlug = Annotated[str, Path(max_length=60, examples=["maths-hubs"])]
ProjectYear = Annotated[str, Path(pattern=PATTERN, examples=["2019-20"])]
HUB = "/{network}/{project_year}/hubs/{hub_id}"


@router.get("", response_model=Page[NetworkOut])
async def list_networks(reader: Reader, caller: Anybody, page: PageRequest) -> dict[str, object]:
    """Networks by slug."""
    return Page.of(await queries.list_networks(reader, page), page, key=lambda row: (row.slug,))


@router.get("/{network}/{project_year}", response_model=NetworkYearOut, responses=errors(NetworkNotFound))
async def get_network_year(reader: Reader, caller: Anybody, network: NetworkSlug, project_year: ProjectYear) -> object:
    """What holds in a network in a year. Its projects are at `/v1/projects?network=…&year=…`."""
    return await queries.find_year(reader, network, project_year)


@router.get("/{network}/{project_year}/file", response_class=Response, responses=errors(NetworkNotFound) | FILES)
async def get_network_file(
    reader: Reader,
    caller: Anybody,
    network: NetworkSlug,
    project_year: ProjectYear,
    wanted: Annotated[FormatChosen, Query()],
) -> Response:
    """The whole network in one file: edit it, and propose it at `/v1/network-proposals`."""
    file = await queries.file_in_force(reader, network, project_year)
    if file is None:
        raise NetworkNotFound(f"There is no network {network} in {project_year}.")
    return file_response(file, f"{network}-{project_year}", wanted.format)


@router.get("/{network}/{project_year}/hubs", response_model=Page[NetworkHubOut], responses=errors(NetworkNotFound))
async def list_network_hubs(
    reader: Reader, caller: Anybody, network: NetworkSlug, project_year: ProjectYear, page: PageRequest
) -> dict[str, object]:
    """Hubs of the network by name, those that have left too."""
    await queries.find_year(reader, network, project_year)
    rows = await queries.list_hubs(reader, network, project_year, page)
    return Page.of(rows, page, key=lambda row: (row.name,))


@router.get(HUB, response_model=NetworkHubDetail, responses=errors(NetworkHubNotFound))
async def get_network_hub(
    reader: Reader,
    caller: ReaderOfHubs,
    network: NetworkSlug,
    project_year: ProjectYear,
    hub_id: UUID,
    response: Response,
) -> dict[str, object]:
    """A hub's part in the network, for its staff and the national team."""
    hub = await queries.find_hub(reader, caller, network, project_year, hub_id)
    response.headers["ETag"] = etag(hub.version)
    return await service.detail_of(reader, network, project_year, hub)


@router.put(
    HUB,
    response_model=NetworkHubDetail,
    responses=errors(
        NetworkNotFound,
        HubNotFound,
        NetworkDaysWrong,
        NetworkFactUnknown,
        NetworkTargetWrong,
        IfMatchMissing,
        StaleVersion,
    ),
)
async def set_network_hub(
    session: Session,
    caller: Keeper,
    network: NetworkSlug,
    project_year: ProjectYear,
    hub_id: UUID,
    seen: IfMatch,
    body: NetworkHubIn,
    response: Response,
) -> dict[str, object]:
    """Set a hub's part in a network: when it joined, what is known of it, what was agreed. `"0"` begins it."""
    kept = await service.set_hub(session, caller, network, project_year, hub_id, seen, body)
    response.headers["ETag"] = etag(kept.version)
    hub = await queries.find_hub(session, caller, network, project_year, hub_id)
    return await service.detail_of(session, network, project_year, hub)
