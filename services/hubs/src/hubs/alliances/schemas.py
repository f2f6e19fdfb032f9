"""Alliances and guests on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from hubs.alliances.models import AllianceStatus
from hubs.directory.administration_schemas import Email, Urn

Words = Annotated[str, Field(min_length=5, max_length=1000)]


class AllianceIn(BaseModel):
    """Schools that mean to work as a hub; the caller's leads them, and the others are asked."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Fenland STEM alliance",
                    "region": "East of England",
                    "purpose": "Share sensors and know-how from Year 3 to Year 9; our leads meet each half term.",
                    "schools": ["900004", "900005"],
                }
            ]
        },
    )

    name: str = Field(min_length=3, max_length=120)
    region: str = Field(max_length=40)
    purpose: Words
    schools: list[Urn] = Field(max_length=40, description="Asked into it, beside the caller's own")


class AllianceInvitation(BaseModel):
    """Another school that is asked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"urn": "900009"}]})

    urn: Urn


class AllianceWord(BaseModel):
    """What the caller's school says: it consents, declines, or leaves."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"is_in": True}]})

    is_in: bool


class AllianceApplicationIn(BaseModel):
    """The alliance asks to be a STEM skills hub."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "slug": "fenland-stem",
                    "postcode": "PE15 8AX",
                    "email": "stem@fenland.example.org",
                    "reason": "Ten schools have met since spring.",
                    "findings_accepted_because": "Two more schools join in January.",
                }
            ]
        },
    )

    slug: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)
    postcode: str = Field(max_length=10)
    email: Email
    reason: str = Field(min_length=5, max_length=400)
    findings_accepted_because: str | None = Field(
        default=None, min_length=5, max_length=400, description="Needed while the alliance has findings"
    )


class AllianceEnd(BaseModel):
    """Why an alliance ends."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Too few schools came."}]})

    reason: str = Field(min_length=5, max_length=500)


class AllianceOut(BaseModel):
    """An alliance."""

    id: UUID
    name: str
    region: str
    purpose: str
    lead_urn: str
    status: AllianceStatus
    hub_id: UUID | None
    schools: int = Field(description="That are in it")
    formed_at: datetime
    ended_on: date | None
    ended_because: str | None


class AllianceSchoolOut(BaseModel):
    """A school of an alliance, or one that is asked."""

    urn: str
    name: str
    phase: str
    asked_on: date
    consented_on: date | None = Field(description="Null while it has not answered")


class AllianceFindingOut(BaseModel):
    """What is unusual about an alliance."""

    code: str
    says: str
    source: str
    is_decisive: bool


class GrantOfferOut(BaseModel):
    """How the hub applies for funds: by a grant application to an open call of this card, with these answers."""

    card: str
    recipient_kind: Literal["hub"]
    recipient_id: UUID
    answers: dict[str, str]


class AllianceDetail(AllianceOut):
    """An alliance with its schools, what is unusual about it, and the funds it may apply for once it is a hub."""

    members: list[AllianceSchoolOut]
    findings: list[AllianceFindingOut]
    grants: list[GrantOfferOut]


class HubGuestIn(BaseModel):
    """A school that may use the hub's centre and borrow its equipment without belonging to it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "urn": "900004",
                    "from_on": "2026-12-01",
                    "until_on": "2027-07-20",
                    "because": "A neighbour without a hub of its own.",
                }
            ]
        },
    )

    urn: Urn
    from_on: Day
    until_on: Day = Field(description="The last day")
    because: str = Field(min_length=5, max_length=500)


class HubGuestEnd(BaseModel):
    """The last day of a guest, earlier than it was."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"until_on": "2026-12-20"}]})

    until_on: Day


class HubGuestOut(BaseModel):
    """A guest of a hub."""

    id: UUID
    hub_id: UUID
    urn: str
    from_on: date
    until_on: date
    because: str
