"""`/v1/groups`: work groups, cohorts and communities of a network's projects."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.directory.errors import HubNotFound
from hubs.groups import membership, queries, service
from hubs.groups.errors import (
    AlreadyInProject,
    GroupDatesWrong,
    GroupFull,
    GroupNotFound,
    GroupNotReady,
    GroupPartNotFound,
    GroupPersonUnknown,
    GroupRoleUnknown,
    GroupSchoolUnknown,
    GroupStepWrong,
    GroupStillNeeds,
    HubNotTakingPart,
    ProjectLimitReached,
)
from hubs.groups.models import GroupLead
from hubs.groups.schemas import (
    GroupContactsOut,
    GroupDeparture,
    GroupFilter,
    GroupLeadOut,
    GroupLeadsOut,
    GroupParticipantOut,
    GroupSchoolsOut,
    GroupStepIn,
    LeadJoins,
    PersonJoins,
    ProjectGroupDetail,
    ProjectGroupEdit,
    ProjectGroupIn,
    ProjectGroupOut,
    SchoolJoins,
)
from hubs.projects.errors import ProjectNotFound
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1/groups", tags=["groups"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
Keeper = Annotated[Principal, allow(role(*HUB_STAFF))]
Nominator = Annotated[Principal, allow(role(*HUB_STAFF, "school_lead"))]
JOINING = (
    GroupNotFound,
    GroupStepWrong,
    GroupFull,
    ProjectLimitReached,
    AlreadyInProject,
    GroupPersonUnknown,
    GroupSchoolUnknown,
)
LEAVING = (GroupNotFound, GroupPartNotFound, GroupStepWrong, GroupDatesWrong)


@router.post(
    "",
    status_code=201,
    response_model=ProjectGroupDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(
        HubNotFound, ProjectNotFound, HubNotTakingPart, GroupRoleUnknown, GroupDatesWrong, ProjectLimitReached
    ),
)
async def form_group(session: Session, caller: Keeper, body: ProjectGroupIn, response: Response) -> dict[str, object]:
    """Form a group of a project at a hub. It is told of once it starts."""
    group = await service.form(session, caller, body)
    response.headers["ETag"] = etag(group.version)
    return await queries.detail(session, caller, group.id)


@router.get("", response_model=Page[ProjectGroupOut])
async def list_groups(
    reader: Reader, caller: Caller, wanted: Annotated[GroupFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Groups of the caller's hub, school or network, and those they lead or are in, newest first."""
    rows = await queries.list_groups(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get("/{group_id}", response_model=ProjectGroupDetail, responses=errors(GroupNotFound))
async def get_group(reader: Reader, caller: Caller, group_id: UUID, response: Response) -> dict[str, object]:
    """One group: what it lacks, and what its grant card is filled with. Its ETag is what an edit needs."""
    found = await queries.detail(reader, caller, group_id)
    response.headers["ETag"] = etag(int(str(found["version"])))
    return found


@router.patch(
    "/{group_id}",
    response_model=ProjectGroupDetail,
    responses=errors(
        GroupNotFound,
        GroupStepWrong,
        GroupFull,
        GroupRoleUnknown,
        GroupDatesWrong,
        IfMatchMissing,
        StaleVersion,
    ),
)
async def edit_group(
    session: Session, caller: Keeper, group_id: UUID, seen: IfMatch, body: ProjectGroupEdit, response: Response
) -> dict[str, object]:
    """Change facts of a group, from the version that was read."""
    group = await service.edit(session, caller, group_id, seen, body)
    response.headers["ETag"] = etag(group.version)
    return await queries.detail(session, caller, group_id)


@router.post(
    "/{group_id}/steps",
    response_model=ProjectGroupDetail,
    responses=errors(GroupNotFound, GroupStepWrong, GroupNotReady, GroupDatesWrong),
)
async def step_group(session: Session, caller: Keeper, group_id: UUID, body: GroupStepIn) -> dict[str, object]:
    """Start, complete or call off a group. A repeat changes nothing."""
    await service.step(session, caller, group_id, body)
    return await queries.detail(session, caller, group_id)


@router.get("/{group_id}/schools", response_model=GroupSchoolsOut, responses=errors(GroupNotFound))
async def list_group_schools(reader: Reader, caller: Caller, group_id: UUID) -> dict[str, object]:
    """Schools that are and were in a group."""
    return {"data": await queries.schools_of(reader, caller, group_id)}


@router.post(
    "/{group_id}/schools",
    status_code=201,
    response_model=ProjectGroupDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(*JOINING),
)
async def add_group_school(session: Session, caller: Keeper, group_id: UUID, body: SchoolJoins) -> dict[str, object]:
    """Take a school into a group. Schools that apply join when the hub selects them."""
    await membership.join_school(session, caller, group_id, body)
    return await queries.detail(session, caller, group_id)


@router.post(
    "/{group_id}/schools/{group_school_id}/departure",
    response_model=ProjectGroupDetail,
    responses=errors(*LEAVING, GroupStillNeeds),
)
async def end_group_school(
    session: Session, caller: Keeper, group_id: UUID, group_school_id: UUID, body: GroupDeparture
) -> dict[str, object]:
    """Let a school leave, its people having left. A repeat changes nothing."""
    await membership.leave_school(session, caller, group_id, group_school_id, body)
    return await queries.detail(session, caller, group_id)


@router.get("/{group_id}/participants", response_model=Page[GroupParticipantOut], responses=errors(GroupNotFound))
async def list_group_participants(
    reader: Reader, caller: Caller, group_id: UUID, page: PageRequest
) -> dict[str, object]:
    """People of a group; schools see their own, and everybody themselves."""
    rows = await queries.participants_of(reader, caller, group_id, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "/{group_id}/participants",
    status_code=201,
    response_model=GroupParticipantOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*JOINING, GroupRoleUnknown),
)
async def add_group_participant(session: Session, caller: Nominator, group_id: UUID, body: PersonJoins) -> AnyRow:
    """Take a person into a group: anybody by the hub, their own teachers by a school that is in it."""
    joined = await membership.join_person(session, caller, group_id, body)
    return await queries.participant(session, joined.id)


@router.post(
    "/{group_id}/participants/{participant_id}/departure",
    response_model=GroupParticipantOut,
    responses=errors(*LEAVING),
)
async def end_group_participant(
    session: Session, caller: Nominator, group_id: UUID, participant_id: UUID, body: GroupDeparture
) -> AnyRow:
    """Let a person leave. A repeat changes nothing."""
    left = await membership.leave_person(session, caller, group_id, participant_id, body)
    return await queries.participant(session, left.id)


@router.get("/{group_id}/leads", response_model=GroupLeadsOut, responses=errors(GroupNotFound))
async def list_group_leads(reader: Reader, caller: Caller, group_id: UUID) -> dict[str, object]:
    """Who leads and led a group."""
    return {"data": await queries.leads_listed(reader, caller, group_id)}


@router.post(
    "/{group_id}/leads",
    status_code=201,
    response_model=GroupLeadOut,
    dependencies=[IDEMPOTENT],
    responses=errors(GroupNotFound, GroupStepWrong, GroupFull, AlreadyInProject),
)
async def add_group_lead(session: Session, caller: Keeper, group_id: UUID, body: LeadJoins) -> GroupLead:
    """Name who leads a group."""
    return await membership.add_lead(session, caller, group_id, body)


@router.post("/{group_id}/leads/{group_lead_id}/departure", response_model=GroupLeadOut, responses=errors(*LEAVING))
async def end_group_lead(
    session: Session, caller: Keeper, group_id: UUID, group_lead_id: UUID, body: GroupDeparture
) -> GroupLead:
    """Let a lead give a group up. A repeat changes nothing."""
    return await membership.end_lead(session, caller, group_id, group_lead_id, body)


@router.get("/{group_id}/contacts", response_model=GroupContactsOut, responses=errors(GroupNotFound))
async def list_group_contacts(reader: Reader, caller: Caller, group_id: UUID) -> dict[str, object]:
    """The contact list of a group as it is now, for who leads it, its hub and the national team."""
    return {"data": await queries.contacts_of(reader, caller, group_id)}
