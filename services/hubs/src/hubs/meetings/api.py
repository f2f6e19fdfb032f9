"""`/v1/hubs/…/meetings`: when a hub's schools meet, and which of them came."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.directory.errors import HubNotFound
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.directory.queries import find_hub, keeps_hub
from hubs.meetings import service
from hubs.meetings.errors import MeetingCancelled, MeetingNotFound, MeetingNotYet, MeetingTimesWrong, SchoolsUnknown
from hubs.meetings.schemas import AttendanceIn, MeetingEdit, MeetingFilter, MeetingIn, MeetingOut
from hubs.registers.access import HUB_STAFF

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])
Keeper = Annotated[Principal, allow(role(*ADMINISTRATORS, *HUB_STAFF))]
Anybody = Annotated[Principal, allow(PUBLIC)]


@router.get("/{hub_id}/meetings", response_model=Page[MeetingOut], responses=errors(HubNotFound))
async def list_meetings(
    reader: Reader, caller: Anybody, hub_id: UUID, wanted: Annotated[MeetingFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Meetings of a hub's schools by day; minutes and schools for the hub's staff and administrators."""
    await find_hub(reader, caller, hub_id)
    rows = await service.list_meetings(reader, hub_id, wanted, page, keeps=keeps_hub(caller, hub_id))
    return Page.of(rows, page, key=lambda row: (row.meets_on.isoformat(), str(row.id)))


@router.get(
    "/{hub_id}/meetings/{meeting_id}", response_model=MeetingOut, responses=errors(HubNotFound, MeetingNotFound)
)
async def get_meeting(reader: Reader, caller: Anybody, hub_id: UUID, meeting_id: UUID, response: Response) -> AnyRow:
    """One meeting; its ETag is what an edit needs."""
    await find_hub(reader, caller, hub_id)
    found = await service.find_meeting(reader, hub_id, meeting_id, keeps=keeps_hub(caller, hub_id))
    response.headers["ETag"] = etag(found.version)
    return found


@router.post(
    "/{hub_id}/meetings",
    status_code=201,
    response_model=MeetingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, MeetingTimesWrong),
)
async def plan_meeting(session: Session, caller: Keeper, hub_id: UUID, body: MeetingIn) -> AnyRow:
    """Plan a meeting, or enter one that was."""
    return await service.plan(session, caller, hub_id, body)


@router.patch(
    "/{hub_id}/meetings/{meeting_id}",
    response_model=MeetingOut,
    responses=errors(HubNotFound, MeetingNotFound, MeetingTimesWrong, MeetingCancelled, IfMatchMissing, StaleVersion),
)
async def edit_meeting(
    session: Session,
    caller: Keeper,
    hub_id: UUID,
    meeting_id: UUID,
    seen: IfMatch,
    body: MeetingEdit,
    response: Response,
) -> AnyRow:
    """Change or cancel a meeting, from the version that was read."""
    found = await service.edit(session, caller, hub_id, meeting_id, seen, body)
    response.headers["ETag"] = etag(found.version)
    return found


@router.put(
    "/{hub_id}/meetings/{meeting_id}/schools",
    response_model=MeetingOut,
    responses=errors(HubNotFound, MeetingNotFound, MeetingNotYet, MeetingCancelled, SchoolsUnknown),
)
async def record_meeting_schools(
    session: Session, caller: Keeper, hub_id: UUID, meeting_id: UUID, body: AttendanceIn
) -> AnyRow:
    """Say which schools came, members or guests; saying it again corrects it. No people are recorded."""
    return await service.record_schools(session, caller, hub_id, meeting_id, body)
