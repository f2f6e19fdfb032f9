"""Offers on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.academic_years import AcademicYear
from hubs.gcse_offers.models import AttestationStatus, AttestedAs


class AttestationIn(BaseModel):
    """Somebody's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"urn": "900003", "academic_year": "2026-27", "offers": True, "note": "First entries in summer 2028"}
            ]
        },
    )

    urn: str = Field(pattern=r"^[0-9]{6}$", examples=["900003"])
    academic_year: AcademicYear = Field(examples=["2026-27"])
    offers: bool = Field(description="Whether the school teaches GCSE computer science in that year")
    note: str | None = Field(default=None, max_length=500, description="No personal data")


class AttestationOut(BaseModel):
    """An attestation and what became of it."""

    id: UUID
    urn: str
    academic_year: str
    offers: bool
    attested_as: AttestedAs
    hub_id: UUID | None
    attested_at: datetime
    note: str | None
    status: AttestationStatus
    decided_at: datetime | None
    reason: str | None


class OfferFilter(BaseModel):
    """Of which school."""

    urn: str = Field(pattern=r"^[0-9]{6}$")


class OfferOut(BaseModel):
    """What counts for a school in a year, and since when."""

    academic_year: str
    offers: bool
    attested_as: AttestedAs
    attested_at: datetime
    is_disputed: bool = Field(description="A contrary attestation waits for a decision")


class OffersOut(BaseModel):
    """What counts for a school, newest year first; no year, nobody has said."""

    urn: str
    years: list[OfferOut]


class OfferDecisionIn(BaseModel):
    """A moderator's word on an attestation that contradicts the standing one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "accepted", "reason": "The school's options booklet lists it."}]},
    )

    outcome: Literal["accepted", "refused"]
    reason: str = Field(min_length=5, max_length=500)
