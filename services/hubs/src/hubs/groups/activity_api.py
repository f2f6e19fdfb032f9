"""`/v1/groups/…/activities`: sessions, visits and tasks of a group, and their registers."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.groups import activities
from hubs.groups.activity_schemas import (
    GroupActivityEdit,
    GroupActivityIn,
    GroupActivityOut,
    GroupRegisterIn,
    GroupRegisterOut,
)
from hubs.groups.errors import (
    GroupDatesWrong,
    GroupMarkWrong,
    GroupNotFound,
    GroupPartNotFound,
    GroupRoleUnknown,
    GroupSchoolUnknown,
    GroupStepWrong,
)

router = ServiceRouter(prefix="/v1/groups", tags=["groups"])
Caller = Annotated[Principal, allow(SIGNED_IN)]


@router.get("/{group_id}/activities", response_model=Page[GroupActivityOut], responses=errors(GroupNotFound))
async def list_group_activities(reader: Reader, caller: Caller, group_id: UUID, page: PageRequest) -> dict[str, object]:
    """What a group does, in the order in which it was planned."""
    rows = await activities.list_activities(reader, caller, group_id, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "/{group_id}/activities",
    status_code=201,
    response_model=GroupActivityOut,
    dependencies=[IDEMPOTENT],
    responses=errors(GroupNotFound, GroupStepWrong, GroupDatesWrong, GroupRoleUnknown, GroupSchoolUnknown),
)
async def plan_group_activity(session: Session, caller: Caller, group_id: UUID, body: GroupActivityIn) -> AnyRow:
    """Plan a session, a visit, a task or anything else, by the group's leads or its hub."""
    return await activities.plan(session, caller, group_id, body)


@router.get(
    "/{group_id}/activities/{activity_id}",
    response_model=GroupActivityOut,
    responses=errors(GroupNotFound, GroupPartNotFound),
)
async def get_group_activity(
    reader: Reader, caller: Caller, group_id: UUID, activity_id: UUID, response: Response
) -> AnyRow:
    """One of them; its ETag is what an edit needs."""
    found = await activities.find_activity(reader, caller, group_id, activity_id)
    response.headers["ETag"] = etag(found.version)
    return found


@router.patch(
    "/{group_id}/activities/{activity_id}",
    response_model=GroupActivityOut,
    responses=errors(GroupNotFound, GroupPartNotFound, GroupDatesWrong, IfMatchMissing, StaleVersion),
)
async def edit_group_activity(
    session: Session,
    caller: Caller,
    group_id: UUID,
    activity_id: UUID,
    seen: IfMatch,
    body: GroupActivityEdit,
    response: Response,
) -> AnyRow:
    """Change it, call it off, or say that a visit took place."""
    found = await activities.change(session, caller, group_id, activity_id, seen, body)
    response.headers["ETag"] = etag(found.version)
    return found


@router.get(
    "/{group_id}/activities/{activity_id}/register",
    response_model=GroupRegisterOut,
    responses=errors(GroupNotFound, GroupPartNotFound),
)
async def get_group_register(reader: Reader, caller: Caller, group_id: UUID, activity_id: UUID) -> dict[str, object]:
    """Who was there, or who did the task; schools see their own people."""
    return await activities.register_of(reader, caller, group_id, activity_id)


@router.put(
    "/{group_id}/activities/{activity_id}/register",
    response_model=GroupRegisterOut,
    responses=errors(GroupNotFound, GroupPartNotFound, GroupDatesWrong, GroupMarkWrong),
)
async def mark_group_register(
    session: Session, caller: Caller, group_id: UUID, activity_id: UUID, body: GroupRegisterIn
) -> dict[str, object]:
    """Mark participants, by the group's leads or its hub. Marking again corrects."""
    return await activities.mark(session, caller, group_id, activity_id, body)
