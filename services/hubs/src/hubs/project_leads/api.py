"""`/v1/project-leads`: who leads groups of projects, the days that gives them, and where they have to be."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.directory.errors import HubNotFound
from hubs.groups.errors import HubNotTakingPart
from hubs.networks.access import TEAM
from hubs.project_leads import queries, service
from hubs.project_leads.errors import AlreadyLead, LeadNotEligible, LeadStepWrong, LeadUnasked, ProjectLeadNotFound
from hubs.project_leads.schemas import (
    LeadAttendanceIn,
    LeadDecisionIn,
    LeadEndIn,
    LeadFilter,
    ProjectLeadDetail,
    ProjectLeadIn,
    ProjectLeadOut,
)
from hubs.projects.errors import ProjectNotFound
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1/project-leads", tags=["project leads"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
Keeper = Annotated[Principal, allow(role(*HUB_STAFF))]
Decider = Annotated[Principal, allow(role(*HUB_STAFF, TEAM))]


@router.post(
    "",
    status_code=201,
    response_model=ProjectLeadDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, ProjectNotFound, HubNotTakingPart, LeadUnasked, AlreadyLead),
)
async def propose_project_lead(session: Session, caller: Keeper, body: ProjectLeadIn) -> dict[str, object]:
    """Propose a person as lead. The project's requirements are decided at once, with reasons."""
    lead = await service.propose(session, caller, body)
    return await queries.detail(session, caller, lead.id)


@router.get("", response_model=Page[ProjectLeadOut])
async def list_project_leads(
    reader: Reader, caller: Caller, wanted: Annotated[LeadFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Leads of the caller's hub or network, and the caller's own proposals."""
    rows = await queries.list_leads(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/{lead_id}", response_model=ProjectLeadDetail, responses=errors(ProjectLeadNotFound))
async def get_project_lead(reader: Reader, caller: Caller, lead_id: UUID) -> dict[str, object]:
    """One lead: the days they are given for what they lead, and where they have to be."""
    return await queries.detail(reader, caller, lead_id)


@router.post(
    "/{lead_id}/decision",
    response_model=ProjectLeadDetail,
    responses=errors(ProjectLeadNotFound, LeadStepWrong, LeadUnasked, LeadNotEligible),
)
async def decide_project_lead(
    session: Session, caller: Decider, lead_id: UUID, body: LeadDecisionIn
) -> dict[str, object]:
    """Accept or decline who was proposed. A repeat changes nothing."""
    await service.decide_on(session, caller, lead_id, body)
    return await queries.detail(session, caller, lead_id)


@router.post(
    "/{lead_id}/end",
    response_model=ProjectLeadDetail,
    responses=errors(ProjectLeadNotFound, LeadStepWrong),
)
async def end_project_lead(session: Session, caller: Decider, lead_id: UUID, body: LeadEndIn) -> dict[str, object]:
    """Let somebody lead no more. A repeat changes nothing."""
    await service.end(session, caller, lead_id, body.reason)
    return await queries.detail(session, caller, lead_id)


@router.put(
    "/{lead_id}/attendance",
    response_model=ProjectLeadDetail,
    responses=errors(ProjectLeadNotFound, LeadUnasked),
)
async def mark_project_lead(
    session: Session, caller: Annotated[Principal, allow(role(TEAM))], lead_id: UUID, body: LeadAttendanceIn
) -> dict[str, object]:
    """Say at which of the network's occasions a lead was. Marking again corrects."""
    await service.mark(session, caller, lead_id, body)
    return await queries.detail(session, caller, lead_id)
