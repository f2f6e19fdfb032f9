"""`/v1/dashboards`, and the figures of a network's year under `/v1/networks/…/dashboard`."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader
from chassis.errors import Responses, errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.dashboards import service
from hubs.dashboards.counting import Scope
from hubs.dashboards.groups import groups_of, part_of
from hubs.dashboards.schemas import (
    DashboardsOut,
    HubDashboard,
    HubTable,
    NetworkDashboard,
    NetworkTable,
    OwnDashboard,
    ProjectFigures,
)
from hubs.dashboards.tables import groups_table, reports_table, table_of
from hubs.hub_plans.schemas import BasisChosen
from hubs.networks.access import READERS, WATCHERS
from hubs.networks.api import HUB, NetworkSlug, ProjectYear
from hubs.networks.errors import NetworkHubNotFound, NetworkNotFound

router = ServiceRouter(prefix="/v1/dashboards", tags=["dashboards"])
network_router = ServiceRouter(prefix="/v1/networks", tags=["dashboards"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
Watcher = Annotated[Principal, allow(role(*WATCHERS))]
FigureReader = Annotated[Principal, allow(role(*READERS))]
YEAR = "/{network}/{project_year}"
CSV: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
OF_PROJECT = ("code", "title", "kind", "participation")
MOST_LINES = 10_000


@router.get("", response_model=DashboardsOut)
async def list_dashboards(reader: Reader, caller: Caller) -> dict[str, object]:
    """Every dashboard that the caller may open: of networks, of hubs, and of their own groups."""
    return {"data": await service.dashboards_of(reader, caller)}


@network_router.get(f"{YEAR}/dashboard", responses=errors(NetworkNotFound))
async def get_network_dashboard(
    reader: Reader,
    caller: Watcher,
    network: NetworkSlug,
    project_year: ProjectYear,
    wanted: Annotated[BasisChosen, Query()],
) -> NetworkDashboard:
    """A network's year in figures, by project, region and hub; without money for who only evaluates."""
    scope = await service.network_scope(reader, caller, network, project_year, wanted.basis)
    return await service.network_dashboard(reader, scope)


@network_router.get(f"{YEAR}/dashboard.csv", response_class=Response, responses=errors(NetworkNotFound) | CSV)
async def get_network_dashboard_csv(
    reader: Reader,
    caller: Watcher,
    network: NetworkSlug,
    project_year: ProjectYear,
    wanted: Annotated[NetworkTable, Query()],
) -> Response:
    """One of its tables as CSV; `groups` is every group of the year."""
    scope = await service.network_scope(reader, caller, network, project_year, wanted.basis)
    if wanted.table in ("groups", "reports"):
        return await _listed(reader, scope, wanted.table)
    found = await service.network_dashboard(reader, scope)
    tables: dict[str, tuple[Sequence[BaseModel], Sequence[str]]] = {
        "projects": (found.projects, OF_PROJECT),
        "regions": (found.regions, ("region", "hubs")),
        "hubs": (found.hubs, ("hub_id", "hub_name", "region", "left_on", "plan_status")),
    }
    return _file(table_of(*tables[wanted.table], scope.with_money), scope, wanted.table)


@network_router.get(f"{YEAR}/dashboard/own", responses=errors(NetworkNotFound))
async def get_own_dashboard(
    reader: Reader, caller: Caller, network: NetworkSlug, project_year: ProjectYear
) -> OwnDashboard:
    """Groups that the caller leads or is in, or whose school is in them: what was done, and what is due."""
    return await service.own_dashboard(reader, caller, network, project_year)


@network_router.get(f"{HUB}/dashboard", responses=errors(NetworkHubNotFound))
async def get_hub_dashboard(
    reader: Reader,
    caller: FigureReader,
    network: NetworkSlug,
    project_year: ProjectYear,
    hub_id: UUID,
    wanted: Annotated[BasisChosen, Query()],
) -> HubDashboard:
    """One hub's year in figures, and its groups one by one."""
    scope = await service.hub_scope(reader, caller, network, project_year, hub_id, wanted.basis)
    return await service.hub_dashboard(reader, scope)


@network_router.get(f"{HUB}/dashboard.csv", response_class=Response, responses=errors(NetworkHubNotFound) | CSV)
async def get_hub_dashboard_csv(
    reader: Reader,
    caller: FigureReader,
    network: NetworkSlug,
    project_year: ProjectYear,
    hub_id: UUID,
    wanted: Annotated[HubTable, Query()],
) -> Response:
    """One of its tables as CSV."""
    scope = await service.hub_scope(reader, caller, network, project_year, hub_id, wanted.basis)
    if wanted.table != "projects":
        return await _listed(reader, scope, wanted.table)
    projects: list[ProjectFigures] = (await service.hub_dashboard(reader, scope)).projects
    return _file(table_of(projects, OF_PROJECT, scope.with_money), scope, wanted.table)


async def _listed(reader: Reader, scope: Scope, table: str) -> Response:
    if table == "reports":
        return _file(reports_table(await service.reports_due(reader, scope, MOST_LINES)), scope, table)
    rows = [part_of(row, scope.with_money) for row in await groups_of(reader, scope)]
    return _file(groups_table(rows, scope.with_money), scope, table)


def _file(content: bytes, scope: Scope, table: str) -> Response:
    name = f"{table}-{scope.network}-{scope.year}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")
