"""Reads of plans: by whoever may see them, and what they are held against."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.directory.models import Hub
from hubs.hub_plans.errors import HubPlanNotFound
from hubs.hub_plans.findings import Ground, Line, Target
from hubs.hub_plans.models import HubPlan, HubPlanLine, HubPlanRevision
from hubs.hub_plans.rules import findings_of
from hubs.hub_plans.schemas import HubPlanFilter
from hubs.hub_plans.windows import Window
from hubs.networks.access import teams_watched
from hubs.networks.document import NetworkDocument
from hubs.networks.models import Network, NetworkHub
from hubs.networks.queries import Source, documents_in_force, facts_of, find_year, takes_part, targets_of
from hubs.projects.models import Project
from hubs.registers.access import hubs_staffed_by
from hubs.sets import any_of

PLAN = HubPlan.__table__
REVISION = HubPlanRevision.__table__
LINE = HubPlanLine.__table__


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Plans of hubs that the caller staffs, and of networks whose national team they are with."""
    teams = teams_watched(caller)
    if teams is None:
        return true()
    return or_(any_of(HubPlan.hub_id, hubs_staffed_by(caller)), any_of(Network.national_team_id, teams))


def _plans(caller: Principal) -> Any:
    return (
        select(*PLAN.c, Hub.name.label("hub_name"), Hub.region, Network.national_team_id)
        .join(Hub, Hub.id == HubPlan.hub_id)
        .join(Network, Network.slug == HubPlan.network_slug)
        .where(seen_by(caller))
    )


async def list_plans(
    reader: AsyncConnection, caller: Principal, wanted: HubPlanFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Plans that the caller sees, newest first, one more than the page holds."""
    query = _plans(caller).order_by(HubPlan.id.desc()).limit(page.limit + 1)
    names = {"network": "network_slug", "year": "project_year"}
    for name, value in wanted.model_dump(exclude_none=True).items():
        query = query.where(PLAN.c[names.get(name, name)] == value)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(HubPlan.id < after[0])
    rows: Sequence[AnyRow] = (await reader.execute(query)).all()
    return rows


async def find_plan(reader: Source, caller: Principal, plan_id: UUID) -> AnyRow:
    """A plan that the caller sees, or HubPlanNotFound."""
    row: AnyRow | None = (await reader.execute(_plans(caller).where(HubPlan.id == plan_id))).first()
    if row is None:
        raise HubPlanNotFound("No plan has this id.")
    return row


async def lines_of(reader: Source, plan_id: UUID, revision: int) -> list[dict[str, Any]]:
    """Lines of one revision by project and strand."""
    query = select(LINE).where(HubPlanLine.hub_plan_id == plan_id, HubPlanLine.revision == revision)
    rows = await reader.execute(query.order_by(HubPlanLine.code, HubPlanLine.strand))
    return [{**row._mapping, "strand": row.strand or None} for row in rows]


def lines_from(rows: Iterable[dict[str, Any]]) -> list[Line]:
    """The same for the rules."""
    names = ("code", "strand", "groups", "schools", "participants", "leads")
    return [Line(**{name: row[name] for name in names}) for row in rows]


async def ground_of(reader: Source, network: str, year: str, hub_id: UUID | None, is_first: bool = True) -> Ground:
    """What plans of a network's year are held against; with a hub, what is known of and agreed with it."""
    found = await find_year(reader, network, year)
    projects = (await documents_in_force(reader, network, year)).values()
    targets = await targets_of(reader, network, year, hub_id) if hub_id else ()
    return Ground(
        network=NetworkDocument.model_validate(found.document),
        projects={one.code: one for one in projects},
        facts=await facts_of(reader, network, year, hub_id) if hub_id else {},
        targets=[Target(one.code, one.measure, one.at_least, one.reason) for one in targets],
        is_first=is_first,
    )


async def detail_of(reader: Source, plan: AnyRow) -> dict[str, Any]:
    """A plan with its newest lines and what the documents say of them now."""
    rows = await lines_of(reader, plan.id, plan.revision)
    first = plan.agreed_revision is None or plan.agreed_revision == plan.revision == 1
    ground = await ground_of(reader, plan.network_slug, plan.project_year, plan.hub_id, first)
    findings = findings_of(lines_from(rows), ground)
    faults = sum(one.severity == "fault" for one in findings)
    window = Window.of(ground.network.plans, plan.open_until_on)
    told = {**vars(window), "is_open": window.is_open(clock.today())}
    return {
        **plan._mapping,
        "window": told,
        "lines": rows,
        "facts": ground.facts,
        "findings": findings,
        "faults_count": faults,
    }


async def revisions_of(reader: AsyncConnection, plan_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Revisions of a plan, newest first, one more than the page holds."""
    query = select(REVISION).where(HubPlanRevision.hub_plan_id == plan_id)
    query = query.order_by(HubPlanRevision.revision.desc()).limit(page.limit + 1)
    if (after := page.after_as(int)) is not None:
        query = query.where(HubPlanRevision.revision < after[0])
    return (await reader.execute(query)).all()


async def with_changes(reader: AsyncConnection, revision: AnyRow) -> dict[str, Any]:
    """A revision with how its lines differ from those of the one before."""
    after = {
        (one["code"], one["strand"]): one for one in await lines_of(reader, revision.hub_plan_id, revision.revision)
    }
    before = {
        (one["code"], one["strand"]): one for one in await lines_of(reader, revision.hub_plan_id, revision.revision - 1)
    }
    keys = sorted({*before, *after}, key=lambda key: (key[0], key[1] or ""))
    changes = [
        {"code": code, "strand": strand, "before": before.get((code, strand)), "after": after.get((code, strand))}
        for code, strand in keys
        if _numbers(before.get((code, strand))) != _numbers(after.get((code, strand)))
    ]
    return {**revision._mapping, "changes": changes}


def _numbers(line: dict[str, Any] | None) -> object:
    return line and [line[name] for name in ("groups", "schools", "participants", "leads", "note")]


async def plans_of_network(reader: AsyncConnection, network: str, year: str) -> Sequence[AnyRow]:
    """Hubs that take part with their plan, if they have one."""
    columns = (HubPlan.id, HubPlan.status, HubPlan.revision, HubPlan.agreed_revision)
    hubs = _hubs_of(network, year).outerjoin(
        HubPlan,
        (HubPlan.hub_id == NetworkHub.hub_id)
        & (HubPlan.network_slug == NetworkHub.network_slug)
        & (HubPlan.project_year == NetworkHub.project_year),
    )
    return (await reader.execute(hubs.add_columns(*columns).order_by(Hub.name))).all()


def _hubs_of(network: str, year: str) -> Any:
    named = (NetworkHub.hub_id, Hub.name.label("hub_name"), Hub.region)
    return select(*named).join(Hub, Hub.id == NetworkHub.hub_id).where(takes_part(network, year))


async def lines_of_network(reader: AsyncConnection, network: str, year: str, agreed: bool) -> Sequence[AnyRow]:
    """Every line that counts: of agreed revisions, or of the newest ones; of hubs that take part."""
    counted = HubPlan.agreed_revision if agreed else HubPlan.revision
    taking_part = select(NetworkHub.hub_id).where(takes_part(network, year))
    query = (
        select(HubPlan.hub_id, Hub.region, Hub.name.label("hub_name"), *LINE.c)
        .join(HubPlan, (HubPlan.id == HubPlanLine.hub_plan_id) & (HubPlanLine.revision == counted))
        .join(Hub, Hub.id == HubPlan.hub_id)
        .where(HubPlan.network_slug == network, HubPlan.project_year == year, HubPlan.hub_id.in_(taking_part))
        .order_by(HubPlanLine.code, HubPlanLine.strand, Hub.name)
    )
    return (await reader.execute(query)).all()


async def newest_number(reader: Source, project_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Versions in force, by project."""
    query = select(Project.id, Project.number).where(any_of(Project.id, project_ids))
    return {row.id: row.number for row in await reader.execute(query)}
