"""What the register says to the outside."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field

from hubs.schools.models import LinkKind, SchoolPhase, SchoolStatus
from hubs.successions.models import SuccessionKind, SuccessionStatus


class SchoolOut(BaseModel):
    """A school; null means that the register does not say."""

    urn: str
    name: str
    phase: SchoolPhase
    establishment_type: int
    is_open: bool
    country: str
    is_state_funded: bool | None
    sector: str | None
    district_code: str | None
    district_vintage: str | None
    offers_gcse_computer_science: bool | None
    lowest_age: int | None
    highest_age: int | None
    source: str
    as_of_on: date = Field(description="Date of the extract that last changed what is kept of the school")
    status: SchoolStatus | None
    ukprn: str | None
    la_code: str | None = Field(description="The department's number of the local authority")
    establishment_number: str | None
    region: str | None
    town: str | None
    postcode: str | None
    key_stages: list[str] | None = Field(description="From the ages taught, else from the phase")
    pupils: int | None
    free_school_meals_percent: Decimal | None
    is_section_41_approved: bool | None
    trust_code: str | None
    opened_on: date | None
    closed_on: date | None
    missing_since_on: date | None = Field(description="First extract that no longer listed the school; it is kept")


class TrustMembershipOut(BaseModel):
    """A school's time in a trust, by the dates of the extracts that said so."""

    trust_code: str
    trust_name: str
    since_on: date
    until_on: date | None


class SchoolLinkOut(BaseModel):
    """An establishment that came before or after this one."""

    urn: str
    name: str | None = Field(description="Null when the register we hold lacks it")
    kind: LinkKind
    link_type: str = Field(description="In the register's words", examples=["Successor - Split School"])
    established_on: date | None


class SuccessionShown(BaseModel):
    """A split of this school, or a merger into it, and who carries on."""

    kind: SuccessionKind
    status: SuccessionStatus = Field(description="`open`: a person has yet to decide")
    candidates: list[str]
    chosen: list[str] | None = Field(description="Of a split those that carry on, of a merger those carried on")
    established_on: date | None


class SchoolDetail(SchoolOut):
    """A school with its trusts and the establishments before and after it."""

    trusts: list[TrustMembershipOut] = Field(description="The present one first")
    links: list[SchoolLinkOut]
    successions: list[SuccessionShown] = Field(description="Where several schools follow or came before; now only")


class SchoolFilter(BaseModel):
    """Which schools to list."""

    district: str | None = Field(default=None, pattern=r"^[A-Z][0-9]{8}$", description="District code as recorded")
    phase: SchoolPhase | None = None
    trust: str | None = Field(default=None, pattern=r"^[0-9]{1,10}$", description="The register's number of a trust")
    q: str | None = Field(default=None, min_length=2, max_length=80, description="Part of the name")
