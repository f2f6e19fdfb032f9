"""The sample's routes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select, tuple_

from chassis.access import PUBLIC, SERVICE, SIGNED_IN, allow, role, scope
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from sample_service import service
from sample_service.models import Membership
from sample_service.service import HubClosed, MembershipNotFound

router = ServiceRouter(prefix="/v1", tags=["sample"])


class Joining(BaseModel):
    """What joining needs."""

    model_config = ConfigDict(extra="forbid")

    hub_id: UUID
    badge: str = Field(min_length=1, max_length=40)


class Badge(BaseModel):
    """Another badge."""

    model_config = ConfigDict(extra="forbid")

    badge: str = Field(min_length=1, max_length=40)


class MembershipOut(BaseModel):
    """A membership as its owner sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    hub_id: UUID
    badge: str
    version: int
    joined_at: datetime


# The session comes before the caller here on purpose: who calls is settled first all the same.
@router.post(
    "/memberships",
    status_code=201,
    response_model=MembershipOut,
    dependencies=[IDEMPOTENT],
    responses=errors(HubClosed),
)
async def join(body: Joining, session: Session, caller: Annotated[Principal, allow(SIGNED_IN)]) -> Membership:
    """Join a hub."""
    return await service.join(session, caller, body.hub_id, body.badge)


@router.get("/memberships", response_model=Page[MembershipOut])
async def list_memberships(
    reader: Reader, page: PageRequest, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> dict[str, Any]:
    """The caller's memberships, oldest first."""
    table = Membership.__table__.c
    query = select(Membership.__table__).where(table.teacher_id == caller.id).order_by(table.joined_at, table.id)
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(table.joined_at, table.id) > after)
    rows = (await reader.execute(query.limit(page.limit + 1))).all()
    return Page.of(rows, page, key=lambda row: (row.joined_at.isoformat(), str(row.id)))


@router.put(
    "/memberships/{membership_id}", response_model=MembershipOut, responses=errors(MembershipNotFound, StaleVersion)
)
async def rename(
    membership_id: UUID,
    body: Badge,
    seen: IfMatch,
    session: Session,
    response: Response,
    caller: Annotated[Principal, allow(SIGNED_IN)],
) -> Membership:
    """Give a membership another badge."""
    membership = await service.rename(session, caller, membership_id, body.badge, seen)
    response.headers["ETag"] = etag(membership.version)
    return membership


@router.get("/public")
async def public(caller: Annotated[Principal, allow(PUBLIC)]) -> Mapping[str, str]:
    """Open to everybody the gateway vouches for."""
    return {"kind": caller.kind}


@router.get("/moderation")
async def moderation(caller: Annotated[Principal, allow(role("moderator"), scope("notes:read"))]) -> Mapping[str, str]:
    """For moderators, and for partners with the scope."""
    return {"kind": caller.kind}


@router.get("/internal")
async def internal(caller: Annotated[Principal, allow(SERVICE)]) -> Mapping[str, str]:
    """For the platform's own processes."""
    return {"kind": caller.kind}


@router.get("/broken")
async def broken(caller: Annotated[Principal, allow(PUBLIC)]) -> Mapping[str, str]:
    """Fails in a way nobody has thought of, with personal data in the error."""
    raise LookupError("ada@example.org")
