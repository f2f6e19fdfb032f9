"""Following what changes."""

from typing import Annotated

from fastapi import Query

from chassis.access import allow, scope
from chassis.errors import errors
from chassis.paging import CursorInvalid
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.changes import service
from identity.changes.errors import CursorExpired
from identity.changes.schemas import ChangePage
from identity.tenancy import TenantSession

router = ServiceRouter(prefix="/v1/changes", tags=["changes"])

LIMIT_MAX = 500


@router.get("", response_model=ChangePage, responses=errors(CursorInvalid, CursorExpired))
async def list_changes(
    session: TenantSession,
    caller: Annotated[Principal, allow(scope("changes:read"))],
    after: Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="Changes per page")] = 100,
    resource: Annotated[
        list[str] | None, Query(max_length=10, description="Only these resources, such as `course_run`")
    ] = None,
) -> ChangePage:
    """Follow what changes: how each thing stands that you may know of, from the beginning or since a cursor."""
    return await service.read_changes(session, caller, after, limit, resource or [])
