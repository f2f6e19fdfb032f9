"""`/v1/hub-plans`, and `/v1/networks/…/plan` for all of them together."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import Responses, errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.hub_plans import overview, queries, service
from hubs.hub_plans.errors import (
    HubPlanExists,
    HubPlanLineWrong,
    HubPlanNotFound,
    HubPlanStepNotPossible,
    HubPlanUnexplained,
    HubPlanWindowClosed,
    SecondPlannerNeeded,
)
from hubs.hub_plans.schemas import (
    BasisChosen,
    HubPlanDetail,
    HubPlanFilter,
    HubPlanIn,
    HubPlanOut,
    NetworkPlanOut,
    PlanDecisionIn,
    PlanLinesIn,
    PlanReopeningIn,
    PlanRevisionOut,
    PlanSubmissionIn,
)
from hubs.networks.access import KEEPERS, READERS, WATCHERS
from hubs.networks.api import NetworkSlug, ProjectYear
from hubs.networks.errors import NetworkFactUnknown, NetworkHubNotFound, NetworkNotFound
from hubs.networks.queries import Source, find_watched_year
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1/hub-plans", tags=["hub plans"])
network_router = ServiceRouter(prefix="/v1/networks", tags=["hub plans"])
Staff = Annotated[Principal, allow(role(*HUB_STAFF))]
Keeper = Annotated[Principal, allow(role(*KEEPERS))]
Watcher = Annotated[Principal, allow(role(*WATCHERS))]
PlanReader = Annotated[Principal, allow(role(*READERS))]
CSV: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


async def _told(source: Source, caller: Principal, plan_id: UUID, response: Response) -> dict[str, object]:
    plan = await queries.find_plan(source, caller, plan_id)
    response.headers["ETag"] = etag(plan.version)
    return await queries.detail_of(source, plan)


@router.get("", response_model=Page[HubPlanOut])
async def list_hub_plans(
    reader: Reader, caller: PlanReader, wanted: Annotated[HubPlanFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Plans of the caller's hubs and networks, newest first."""
    return Page.of(await queries.list_plans(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.post(
    "",
    status_code=201,
    response_model=HubPlanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(NetworkHubNotFound, HubPlanExists),
)
async def begin_hub_plan(session: Session, caller: Staff, body: HubPlanIn, response: Response) -> dict[str, object]:
    """Begin the plan of the caller's hub for a network's year."""
    return await _told(session, caller, await service.begin(session, caller, body), response)


@router.get("/{hub_plan_id}", response_model=HubPlanDetail, responses=errors(HubPlanNotFound))
async def get_hub_plan(reader: Reader, caller: PlanReader, hub_plan_id: UUID, response: Response) -> dict[str, object]:
    """A plan with its newest lines, and everything that the network's documents say of them."""
    return await _told(reader, caller, hub_plan_id, response)


@router.put(
    "/{hub_plan_id}",
    response_model=HubPlanDetail,
    responses=errors(
        HubPlanNotFound, HubPlanStepNotPossible, HubPlanLineWrong, NetworkFactUnknown, IfMatchMissing, StaleVersion
    ),
)
async def write_hub_plan(
    session: Session, caller: Staff, hub_plan_id: UUID, seen: IfMatch, body: PlanLinesIn, response: Response
) -> dict[str, object]:
    """Write the whole plan, from the version that was read. After a decision this begins the next revision."""
    await service.write_lines(session, caller, hub_plan_id, seen, body)
    return await _told(session, caller, hub_plan_id, response)


@router.post(
    "/{hub_plan_id}/submission",
    response_model=HubPlanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubPlanNotFound, HubPlanStepNotPossible, HubPlanUnexplained, HubPlanWindowClosed),
)
async def submit_hub_plan(
    session: Session, caller: Staff, hub_plan_id: UUID, body: PlanSubmissionIn, response: Response
) -> dict[str, object]:
    """Hand the plan in as it stands, with an explanation when it has faults."""
    await service.submit(session, caller, hub_plan_id, body)
    return await _told(session, caller, hub_plan_id, response)


@router.post(
    "/{hub_plan_id}/decision",
    response_model=HubPlanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubPlanNotFound, HubPlanStepNotPossible, SecondPlannerNeeded),
)
async def decide_hub_plan(
    session: Session, caller: Keeper, hub_plan_id: UUID, body: PlanDecisionIn, response: Response
) -> dict[str, object]:
    """Agree a plan that was handed in, or return it to the hub."""
    await service.decide(session, caller, hub_plan_id, body)
    return await _told(session, caller, hub_plan_id, response)


@router.post(
    "/{hub_plan_id}/reopening",
    response_model=HubPlanDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubPlanNotFound, HubPlanStepNotPossible),
)
async def reopen_hub_plan(
    session: Session, caller: Keeper, hub_plan_id: UUID, body: PlanReopeningIn, response: Response
) -> dict[str, object]:
    """Take a hub's plan in after the network's window, until a day."""
    await service.reopen(session, caller, hub_plan_id, body)
    return await _told(session, caller, hub_plan_id, response)


@router.get("/{hub_plan_id}/revisions", response_model=Page[PlanRevisionOut], responses=errors(HubPlanNotFound))
async def list_hub_plan_revisions(
    reader: Reader, caller: PlanReader, hub_plan_id: UUID, page: PageRequest
) -> dict[str, object]:
    """Every state of a plan, newest first, and what changed in it."""
    await queries.find_plan(reader, caller, hub_plan_id)
    rows = await queries.revisions_of(reader, hub_plan_id, page)
    told = Page.of(rows, page, key=lambda row: (str(row.revision),))
    return told | {"data": [await queries.with_changes(reader, row) for row in rows[: page.limit]]}


@network_router.get("/{network}/{project_year}/plan", response_model=NetworkPlanOut, responses=errors(NetworkNotFound))
async def get_network_plan(
    reader: Reader,
    caller: Watcher,
    network: NetworkSlug,
    project_year: ProjectYear,
    wanted: Annotated[BasisChosen, Query()],
) -> NetworkPlanOut:
    """All hubs' plans by project and region, held against the network's aims and limits."""
    await find_watched_year(reader, caller, network, project_year)
    return await overview.network_plan(reader, network, project_year, wanted.basis)


@network_router.get(
    "/{network}/{project_year}/plan.csv", response_class=Response, responses=errors(NetworkNotFound) | CSV
)
async def get_network_plan_csv(
    reader: Reader,
    caller: Watcher,
    network: NetworkSlug,
    project_year: ProjectYear,
    wanted: Annotated[BasisChosen, Query()],
) -> Response:
    """The same as CSV: a line for each line of each hub's plan."""
    await find_watched_year(reader, caller, network, project_year)
    body = await overview.network_csv(reader, network, project_year, wanted.basis)
    headers = {"Content-Disposition": f'attachment; filename="plan-{network}-{project_year}.csv"'}
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8")
