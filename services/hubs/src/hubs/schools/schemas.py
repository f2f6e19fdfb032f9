"""What the register says to the outside."""

from datetime import date

from pydantic import BaseModel, Field

from hubs.schools.models import SchoolPhase


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
    as_of_on: date


class SchoolFilter(BaseModel):
    """Which schools to list."""

    district: str | None = Field(default=None, pattern=r"^[A-Z][0-9]{8}$", description="District code as recorded")
    phase: SchoolPhase | None = None
    q: str | None = Field(default=None, min_length=2, max_length=80, description="Part of the name")
