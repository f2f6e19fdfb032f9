"""Looking after the people of one's organisation."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.passwords import PasswordHashing
from identity.memberships import errors as refusals
from identity.memberships import invitations, queries, service
from identity.memberships.models import Invitation, RoleProposal
from identity.memberships.rules import MANAGERS
from identity.memberships.schemas import (
    Acceptance,
    Accepted,
    Ending,
    InvitationOut,
    MembershipOut,
    NewInvitation,
    NewMembership,
    NewProposal,
    ProposalDecision,
    ProposalOut,
)
from identity.people.errors import PersonNotFound
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/memberships", tags=["memberships"])
public_router = ServiceRouter(prefix="/v1/auth/invitations", tags=["accounts"])

Manager = Annotated[Principal, allow(role(*MANAGERS))]
Administrator = Annotated[Principal, allow(role("administrator"))]
GRANTING = (refusals.RoleNotYours, refusals.RoleNeedsTwo, refusals.RoleMisplaced)


@router.get("", response_model=Page[MembershipOut])
async def list_memberships(
    session: Session,
    page: PageRequest,
    caller: Manager,
    organisation_id: Annotated[UUID | None, Query(description="At this organisation or hub only")] = None,
    present: Annotated[bool, Query(description="Only what is held today")] = True,
) -> dict[str, object]:
    """Who holds which role at the organisations you look after. Everybody shown can read that you looked."""
    rows = await queries.list_memberships(session, caller, organisation_id, present, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "",
    status_code=201,
    response_model=MembershipOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*GRANTING, PersonNotFound, refusals.RoleHeldAlready),
)
async def grant_membership(body: NewMembership, session: Session, caller: Manager) -> queries.MembershipRow:
    """Grant a role from today on. An organisation grants to people it knows; it invites others."""
    return await service.grant(session, caller, body)


@router.post(
    "/invitations",
    status_code=201,
    response_model=InvitationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*GRANTING),
)
async def invite_member(
    body: NewInvitation, session: Session, settings: IdentitySettings, caller: Manager
) -> Invitation:
    """Offer a role by mail, for a fortnight."""
    return await invitations.invite(session, settings, caller, body)


@router.get("/invitations", response_model=Page[InvitationOut])
async def list_invitations(reader: Reader, page: PageRequest, caller: Manager) -> dict[str, object]:
    """The open invitations of the organisations you look after."""
    rows = await queries.list_open_invitations(reader, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.delete("/invitations/{invitation_id}", status_code=204, responses=errors(refusals.InvitationNotFound))
async def withdraw_invitation(invitation_id: UUID, session: Session, caller: Manager) -> None:
    """Take an open invitation back."""
    await invitations.withdraw(session, caller, invitation_id)


@router.post(
    "/proposals",
    status_code=201,
    response_model=ProposalOut,
    dependencies=[IDEMPOTENT],
    responses=errors(PersonNotFound),
)
async def propose_role(body: NewProposal, session: Session, caller: Administrator) -> RoleProposal:
    """Propose one of the strongest roles for somebody. Another administrator decides."""
    return await service.propose(session, caller, body)


@router.get("/proposals", response_model=Page[ProposalOut])
async def list_role_proposals(
    reader: Reader, page: PageRequest, _caller: Annotated[Principal, allow(role("administrator", "auditor"))]
) -> dict[str, object]:
    """Proposals of the strongest roles, oldest first."""
    rows = await queries.list_proposals(reader, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "/proposals/{proposal_id}/decision",
    response_model=ProposalOut,
    dependencies=[IDEMPOTENT],
    responses=errors(
        refusals.ProposalNotFound,
        refusals.ProposalDecided,
        refusals.SecondAdministratorNeeded,
        refusals.RoleHeldAlready,
    ),
)
async def decide_role_proposal(
    proposal_id: UUID, body: ProposalDecision, session: Session, caller: Administrator
) -> RoleProposal:
    """Grant a proposed role, or decline. Neither who proposed it nor whom it is about may."""
    return await service.decide(session, caller, proposal_id, body.outcome)


@router.post(
    "/{membership_id}/end",
    response_model=MembershipOut,
    responses=errors(refusals.HeldRoleNotFound, refusals.RoleNotYours, refusals.LastAdministrator),
)
async def end_membership(membership_id: UUID, body: Ending, session: Session, caller: Manager) -> queries.MembershipRow:
    """End a role at once, or on a day to come. A role that has ended stays as it is."""
    return await service.end(session, caller, membership_id, body.until_on)


@public_router.post(
    "",
    response_model=Accepted,
    responses=errors(refusals.InvitationNotValid, refusals.AccountDetailsMissing, PasswordQueueFull),
)
async def accept_invitation(
    body: Acceptance, session: Session, passwords: PasswordHashing, caller: Annotated[Principal, allow(PUBLIC)]
) -> Accepted:
    """Take up the role that a mail offered, with the token from it."""
    return await invitations.accept(session, passwords, caller, body)
