"""Puts dashboards together. Nothing is kept: every figure is counted when it is asked for."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.dashboards.access import sees_money
from hubs.dashboards.counting import Basis, Counts, Scope, count, is_open
from hubs.dashboards.groups import groups_of, is_own, own_groups, part_of
from hubs.dashboards.schemas import (
    DashboardEntry,
    HubDashboard,
    HubFigures,
    NetworkDashboard,
    OwnDashboard,
    ProjectFigures,
    RegionFigures,
    ReportsDue,
)
from hubs.directory.models import Hub
from hubs.groups.models import ProjectGroup
from hubs.hub_plans.models import HubPlan
from hubs.networks.access import teams_watched
from hubs.networks.errors import NetworkNotFound
from hubs.networks.models import Network, NetworkHub, NetworkVersion
from hubs.networks.queries import find_hub, find_watched_year, find_year
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.queries import is_late
from hubs.projects.models import Project
from hubs.registers.access import hubs_staffed_by
from hubs.sets import any_of

MOST_DUE = 100
ADDRESS = "/v1/networks/{network}/{project_year}"


async def network_scope(reader: AsyncConnection, caller: Principal, network: str, year: str, basis: Basis) -> Scope:
    """A whole network's year, for those who watch it; NetworkNotFound."""
    found = await find_watched_year(reader, caller, network, year)
    return Scope(network, year, None, basis, sees_money(caller, found.national_team_id))


async def hub_scope(
    reader: AsyncConnection, caller: Principal, network: str, year: str, hub_id: UUID, basis: Basis
) -> Scope:
    """One hub's part in it, for its staff and those who watch the network; NetworkHubNotFound."""
    found = await find_hub(reader, caller, network, year, hub_id)
    return Scope(network, year, hub_id, basis, sees_money(caller, found.national_team_id, hub_id))


async def network_dashboard(reader: AsyncConnection, scope: Scope) -> NetworkDashboard:
    """The whole year, in the order of codes, regions and names of hubs."""
    counts = await count(reader, scope)
    hubs = await _hubs(reader, scope)
    taking_part = [one for one in hubs if one.left_on is None]
    of_region = Counter(one.region for one in taking_part)
    return NetworkDashboard(
        **await _head(reader, scope),
        total=counts.figures("total"),
        plans=dict(Counter(one.plan_status or "none" for one in taking_part)),
        projects=await _projects(reader, scope, counts),
        regions=[
            RegionFigures(region=one, hubs=of_region[one], **counts.of("region", one))
            for one in sorted({one.region for one in hubs})
        ],
        hubs=[_hub(one, counts) for one in hubs],
        reports_due=await reports_due(reader, scope),
    )


def _hub(row: AnyRow, counts: Counts) -> HubFigures:
    status = row.plan_status or "none"
    return HubFigures(**dict(row._mapping) | {"plan_status": status}, **counts.of("hub", row.hub_id))


async def hub_dashboard(reader: AsyncConnection, scope: Scope) -> HubDashboard:
    """The same of one hub, and its groups one by one."""
    counts = await count(reader, scope)
    hub = next(iter(await _hubs(reader, scope)))
    projects = await _projects(reader, scope, counts)
    rows = await groups_of(reader, scope)
    return HubDashboard(
        **await _head(reader, scope),
        hub_id=hub.hub_id,
        hub_name=hub.hub_name,
        region=hub.region,
        plan_status=hub.plan_status or "none",
        total=counts.figures("total"),
        projects=[one for one in projects if counts.has("project", one.code)],
        groups=[part_of(row, scope.with_money) for row in rows],
        reports_due=await reports_due(reader, scope),
    )


async def own_dashboard(reader: AsyncConnection, caller: Principal, network: str, year: str) -> OwnDashboard:
    """The caller's own groups; NetworkNotFound, also for who has none: to them the year does not exist."""
    found = await find_year(reader, network, year)
    rows = await own_groups(reader, caller, network, year)
    if not rows:
        raise NetworkNotFound(f"There is no network {network} in {year}.")
    return OwnDashboard(
        network=network,
        network_title=found.title,
        project_year=year,
        as_at=clock.now(),
        groups=[row._mapping for row in rows],
    )


async def _head(reader: AsyncConnection, scope: Scope) -> dict[str, Any]:
    title = await reader.scalar(select(Network.title).where(Network.slug == scope.network))
    named = {"network": scope.network, "network_title": title, "project_year": scope.year}
    return named | {"as_at": clock.now(), "basis": scope.basis}


async def _projects(reader: AsyncConnection, scope: Scope, counts: Counts) -> list[ProjectFigures]:
    """Projects of the year, those not counted at all as well."""
    query = (
        select(Project.id.label("project_id"), Project.code, Project.title, Project.kind, Project.participation)
        .where(Project.network_slug == scope.network, Project.project_year == scope.year)
        .order_by(Project.code)
    )
    rows = await reader.execute(query)
    return [ProjectFigures(**row._mapping, **counts.of("project", row.code)) for row in rows]


async def _hubs(reader: AsyncConnection, scope: Scope) -> Sequence[AnyRow]:
    """Hubs in scope by name, those that have left too, with where their plan stands."""
    plan = and_(
        HubPlan.hub_id == NetworkHub.hub_id,
        HubPlan.network_slug == NetworkHub.network_slug,
        HubPlan.project_year == NetworkHub.project_year,
    )
    query = (
        select(Hub.id.label("hub_id"), Hub.name.label("hub_name"), Hub.region, NetworkHub.left_on)
        .add_columns(HubPlan.status.label("plan_status"))
        .select_from(NetworkHub)
        .join(Hub, Hub.id == NetworkHub.hub_id)
        .outerjoin(HubPlan, plan)
        .where(*scope.of(NetworkHub.network_slug, NetworkHub.project_year, NetworkHub.hub_id))
        .order_by(Hub.name)
    )
    return (await reader.execute(query, scope.parameters)).all()


async def reports_due(reader: AsyncConnection, scope: Scope, most: int = MOST_DUE) -> list[ReportsDue]:
    """Open reports with a day, those of one duty and day together, the earliest first."""
    names = ("project_code", "title", "by", "due_on")
    key = [ProjectReport.__table__.c[name] for name in names]
    of_scope = scope.of(ProjectReport.network, ProjectReport.project_year, ProjectReport.hub_id)
    query = (
        select(*key, func.bool_or(is_late()).label("is_late"), func.count().label("reports"))
        .where(*of_scope, is_open(), ProjectReport.due_on.is_not(None))
        .group_by(*key)
        .order_by(ProjectReport.due_on, ProjectReport.project_code, ProjectReport.title, ProjectReport.by)
        .limit(most)
    )
    return [ReportsDue(**row._mapping) for row in await reader.execute(query, scope.parameters)]


async def dashboards_of(reader: AsyncConnection, caller: Principal) -> list[DashboardEntry]:
    """Every dashboard that the caller may open: of networks, of hubs, and of their own groups."""
    found = [
        *_entries("network", await _watched(reader, caller), "/dashboard"),
        *_entries("hub", await _staffed(reader, caller), "/hubs/{hub_id}/dashboard"),
        *_entries("own", await _own(reader, caller), "/dashboard/own"),
    ]
    return sorted(found, key=lambda one: one.project_year, reverse=True)


def _entries(kind: Literal["network", "hub", "own"], rows: Sequence[AnyRow], end: str) -> list[DashboardEntry]:
    told = [{"hub_id": None, "hub_name": None, **row._mapping} for row in rows]
    return [DashboardEntry(kind=kind, **one, address=(ADDRESS + end).format(**one)) for one in told]


NAMED = (Network.slug.label("network"), Network.title.label("network_title"))


async def _watched(reader: AsyncConnection, caller: Principal) -> Sequence[AnyRow]:
    query = select(*NAMED, NetworkVersion.project_year).distinct()
    query = query.join(NetworkVersion, NetworkVersion.network_slug == Network.slug)
    teams = teams_watched(caller)
    if teams is not None:
        query = query.where(any_of(Network.national_team_id, teams))
    return (await reader.execute(query.order_by(Network.slug, NetworkVersion.project_year))).all()


async def _staffed(reader: AsyncConnection, caller: Principal) -> Sequence[AnyRow]:
    query = (
        select(*NAMED, NetworkHub.project_year, NetworkHub.hub_id, Hub.name.label("hub_name"))
        .join(NetworkHub, NetworkHub.network_slug == Network.slug)
        .join(Hub, Hub.id == NetworkHub.hub_id)
        .where(any_of(NetworkHub.hub_id, hubs_staffed_by(caller)))
        .order_by(Network.slug, NetworkHub.project_year, Hub.name)
    )
    return (await reader.execute(query)).all()


async def _own(reader: AsyncConnection, caller: Principal) -> Sequence[AnyRow]:
    query = select(*NAMED, ProjectGroup.project_year).distinct()
    query = query.join(ProjectGroup, ProjectGroup.network == Network.slug).where(is_own(caller))
    return (await reader.execute(query.order_by(Network.slug, ProjectGroup.project_year))).all()
