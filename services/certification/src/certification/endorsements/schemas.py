"""What the API says about endorsements."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from certification.chartered.schemas import Prose

READABLE = ConfigDict(from_attributes=True)
Subject = Literal["application", "certificate", "activity", "scheme"]


class EndorsementRequestIn(BaseModel):
    """Whom to ask, and for what: an application, a certificate or an activity of one's own."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "organisation_id": "18264509-9b30-5772-966f-0b3eb37ae78d",
                    "certificate_id": "01920000-0000-7000-8000-000000000007",
                    "note": "I led the spring meetings of your community in Leeds; you know me as Ada Example.",
                }
            ]
        },
    )

    organisation_id: UUID
    application_id: UUID | None = None
    certificate_id: UUID | None = None
    activity: str | None = Field(None, min_length=1, max_length=120, description="Code of an activity on your record")
    note: Prose = Field(description="By what the organisation knows you; it sees this and nothing else of you")

    @model_validator(mode="after")
    def _names_one_thing(self) -> "EndorsementRequestIn":
        if sum(one is not None for one in (self.application_id, self.certificate_id, self.activity)) != 1:
            raise ValueError("name one of application_id, certificate_id and activity")
        return self


class EndorsementRequestOut(BaseModel):
    """A request, as the teacher and the organisation see it."""

    model_config = READABLE

    id: UUID
    organisation_id: UUID
    organisation: str | None
    subject: Subject
    title: str = Field(description="What is to be endorsed, in words")
    note: str
    requested_at: datetime
    endorsement_id: UUID | None


class EndorsementIn(BaseModel):
    """What the organisation says."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"statement": "Ada has led our community in Leeds for two years, and well."}]},
    )

    statement: Prose


class SchemeEndorsementIn(EndorsementIn):
    """What the organisation says of a scheme."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"scheme": "primary", "statement": "We recognise this certificate in our own programmes."}]
        },
    )

    scheme: str = Field(min_length=1, max_length=60)


class EndorsementWithdrawal(BaseModel):
    """Why an endorsement is withdrawn."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "It was meant for somebody of the same name."}]}
    )

    reason: Prose


class EndorsementOut(BaseModel):
    """An endorsement."""

    model_config = READABLE

    id: UUID
    organisation_id: UUID
    organisation: str | None = Field(description="null where the platform knows the organisation by its id only")
    subject: Subject
    title: str
    statement: str
    given_at: datetime
    withdrawn_at: datetime | None
    withdrawal_reason: str | None


class SchemeEndorser(BaseModel):
    """An organisation that endorses a certificate scheme."""

    organisation_id: UUID
    organisation: str | None
    since_at: datetime


class OrganisationRecord(BaseModel):
    """An organisation in the reference file."""

    model_config = ConfigDict(extra="forbid")

    slug: str
    organisation_id: UUID
    name: str
