"""Bodies and answers of memberships. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo, Role
from ncce_sdk.transport import Model


class Ending(Model):
    """When a role ends."""

    until_on: dt.date | None = None


class InvitationOut(Model):
    """An open invitation."""

    email: str
    expires_at: dt.datetime
    id: UUID
    invited_at: dt.datetime
    invited_by: UUID
    organisation_id: UUID | None
    role: Role
    until_on: dt.date | None


class MembershipOut(Model):
    """A role that somebody holds or held."""

    email: str | None
    ended_at: dt.datetime | None
    family_name: str
    from_on: dt.date
    given_name: str
    granted_by: UUID | None
    id: UUID
    organisation_id: UUID | None
    person_id: UUID
    role: Role
    until_on: dt.date | None


class NewInvitation(Model):
    """A role for somebody who can be reached by mail, with or without an account."""

    email: str
    organisation_id: UUID | None = None
    role: Role
    until_on: dt.date | None = None


class NewMembership(Model):
    """A role for somebody who has an account."""

    organisation_id: UUID | None = None
    person_id: UUID
    role: Role
    until_on: dt.date | None = None


class NewProposal(Model):
    """One of the strongest roles, for somebody who has an account."""

    person_id: UUID
    reason: str
    role: Literal["administrator", "auditor", "funding_officer", "funding_approver", "payment_officer"]
    until_on: dt.date | None = None


class PageInvitationOut(Model):
    """PageInvitationOut."""

    data: list[InvitationOut]
    page: PageInfo


class PageMembershipOut(Model):
    """PageMembershipOut."""

    data: list[MembershipOut]
    page: PageInfo


class ProposalOut(Model):
    """A proposal and what became of it."""

    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    outcome: str | None
    person_id: UUID
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str
    role: Role
    until_on: dt.date | None


class PageProposalOut(Model):
    """PageProposalOut."""

    data: list[ProposalOut]
    page: PageInfo


class ProposalDecision(Model):
    """What another administrator says."""

    outcome: Literal["approved", "declined"]
