"""Roles at organisations as callers send and see them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from chassis import clock
from chassis.wire import Day
from identity.accounts import rules as accounts
from identity.accounts.schemas import Email, Name, Token
from identity.people.models import Role
from identity.teacher_numbers.schemas import Reason

ID = "0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11"
STEM = "f2b6a5b0-5a07-5d4e-9a86-8f6fd1f4d1c3"


def _ahead(day: date | None) -> date | None:
    if day is not None and day < clock.today():
        raise PydanticCustomError("past", "Choose today or a later day.")
    return day


UntilOn = Annotated[Day | None, AfterValidator(_ahead), Field(description="The last day, included; null: no end set")]
Where = Annotated[UUID | None, Field(description="An organisation's or a hub's id; null: everywhere")]


class NewMembership(BaseModel):
    """A role for somebody who has an account."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"person_id": ID, "role": "moderator", "organisation_id": STEM}]},
    )

    person_id: UUID
    role: Role
    organisation_id: Where = None
    until_on: UntilOn = None


class NewInvitation(BaseModel):
    """A role for somebody who can be reached by mail, with or without an account."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [{"email": "kim.moderator@demo.example.org", "role": "moderator", "organisation_id": STEM}]
        },
    )

    email: Email
    role: Role
    organisation_id: Where = None
    until_on: UntilOn = None


class Acceptance(BaseModel):
    """The token from the mail; name and password where the address has no account yet."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [
                {
                    "token": "q3Zk…",
                    "given_name": "Kim",
                    "family_name": "Moderator",
                    "password": "walnut copper lighthouse",
                }
            ]
        },
    )

    token: Token
    given_name: Name | None = None
    family_name: Name | None = None
    password: Annotated[str, AfterValidator(lambda text: accounts.acceptable_password(text, None))] | None = Field(
        default=None,
        description=f"{accounts.PASSWORD_MIN} to {accounts.PASSWORD_MAX} characters of any kind, not a common one",
    )


class Accepted(BaseModel):
    """The role is held from now on: it is in the next access token."""

    status: Literal["accepted"] = "accepted"
    has_new_account: bool


class Ending(BaseModel):
    """When a role ends."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"until_on": None}]})

    until_on: UntilOn = Field(default=None, description="The last day, included; null: at once")


class MembershipOut(BaseModel):
    """A role that somebody holds or held."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    given_name: str
    family_name: str
    email: str | None = Field(description="Null where the account is gone")
    role: Role
    organisation_id: UUID | None
    from_on: date
    until_on: date | None = Field(description="The last day, included")
    ended_at: datetime | None = Field(description="When it was ended at once")
    granted_by: UUID | None = Field(description="Null: the platform's seed")


class InvitationOut(BaseModel):
    """An open invitation."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    role: Role
    organisation_id: UUID | None
    until_on: date | None
    invited_by: UUID
    invited_at: datetime
    expires_at: datetime


class NewProposal(BaseModel):
    """One of the strongest roles, for somebody who has an account."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"person_id": ID, "role": "payment_officer", "reason": "Takes over the monthly runs."}]
        },
    )

    person_id: UUID
    role: Literal[Role.ADMINISTRATOR, Role.AUDITOR, Role.FUNDING_OFFICER, Role.FUNDING_APPROVER, Role.PAYMENT_OFFICER]
    until_on: UntilOn = None
    reason: Reason


class ProposalDecision(BaseModel):
    """What another administrator says."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "approved"}]})

    outcome: Literal["approved", "declined"]


class ProposalOut(BaseModel):
    """A proposal and what became of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    role: Role
    until_on: date | None
    reason: str
    proposed_by: UUID
    proposed_at: datetime
    outcome: Literal["approved", "declined"] | None
    decided_by: UUID | None
    decided_at: datetime | None
