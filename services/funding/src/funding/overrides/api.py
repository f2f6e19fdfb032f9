"""`/v1/overrides`: facts that two people attest where no register tells."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.overrides import queries, service
from funding.overrides.errors import (
    FactCannotBeOverridden,
    FactOverriddenAlready,
    OverrideDecided,
    OverrideNotFound,
    OverrideTooLong,
    OwnOverride,
)
from funding.overrides.models import OverrideStatus
from funding.overrides.schemas import OverrideDecision, OverrideEnd, OverrideOut, OverrideRequest
from funding.roles import APPROVER, OFFICER, READERS

router = ServiceRouter(prefix="/v1/overrides", tags=["reviews"])
Staff = Annotated[Principal, allow(role(*READERS))]
Decider = Annotated[Principal, allow(role(OFFICER, APPROVER))]


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(FactCannotBeOverridden, OverrideTooLong, OwnOverride),
)
async def propose_override(body: OverrideRequest, session: Session, caller: Decider) -> OverrideOut:
    """Say what a fact is, with evidence. It counts once a second person approves it, until its last day."""
    return await queries.find_override(session, await service.propose(session, caller, body))


@router.get("", response_model=Page[OverrideOut])
async def list_overrides(
    reader: Reader,
    caller: Staff,
    page: PageRequest,
    status: Annotated[OverrideStatus | None, Query(description="Only those of this status")] = None,
    school_urn: Annotated[str | None, Query(pattern=r"^[0-9]{6}$", description="Only those about this school")] = None,
) -> dict[str, object]:
    """Overrides, the latest first."""
    found = await queries.list_overrides(reader, page, status, school_urn)
    return Page.of(found, page, key=lambda one: (one.requested_at.isoformat(), str(one.id)))


@router.get("/{override_id}", responses=errors(OverrideNotFound))
async def get_override(override_id: UUID, reader: Reader, caller: Staff) -> OverrideOut:
    """One override."""
    return await queries.find_override(reader, override_id)


@router.post(
    "/{override_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(OverrideNotFound, OwnOverride, OverrideDecided, FactOverriddenAlready),
)
async def decide_override(override_id: UUID, body: OverrideDecision, session: Session, caller: Decider) -> OverrideOut:
    """Approve or decline somebody else's. Bursaries and fees that wait for the fact are decided at once."""
    await service.decide(session, caller, override_id, body)
    return await queries.find_override(session, override_id)


@router.post("/{override_id}/end", dependencies=[IDEMPOTENT], responses=errors(OverrideNotFound, OverrideDecided))
async def end_override(override_id: UUID, body: OverrideEnd, session: Session, caller: Decider) -> OverrideOut:
    """Let it hold no longer. What was approved on it stays; what was not is decided again."""
    await service.end(session, caller, override_id, body.reason)
    return await queries.find_override(session, override_id)
