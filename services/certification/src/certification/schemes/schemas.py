"""What the API says about schemes."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from certification.schemes.cases import Case
from certification.schemes.rules import SchemeRules

SchemeStanding = Literal["in_force", "on_record"]
STANDING = (
    "`on_record`: rules by which the certificate was awarded elsewhere. Nobody is enrolled under them by date; people "
    "can be compared with them or moved to them"
)


class SchemeVersionOut(BaseModel):
    """One version of a scheme's rules."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    effective_from: date
    effective_to: date | None = Field(description="The first day on which it is no longer in force")
    standing: SchemeStanding = Field(description=STANDING)
    source: str
    rules: SchemeRules


class SchemeVersionDetail(SchemeVersionOut):
    """One version with the cases that it passed before it was published."""

    scheme: str = Field(examples=["secondary"])
    cases: list[Case]


class SchemeOut(BaseModel):
    """A certificate scheme with all its versions, oldest first."""

    model_config = ConfigDict(from_attributes=True)

    slug: str = Field(examples=["secondary"])
    title: str
    summary: str
    phases: list[str] = Field(description="Phases whose teachers may enrol")
    enrols_on_registration: bool
    versions: list[SchemeVersionOut]


class SchemeList(BaseModel):
    """All schemes."""

    data: list[SchemeOut]


class SchemeVersionRecord(BaseModel):
    """A version in the reference file."""

    model_config = ConfigDict(extra="forbid")

    version: int
    effective_from: date
    effective_to: date | None
    standing: SchemeStanding = "in_force"
    source: str
    rules: SchemeRules
    cases: list[Case] = []


class SchemeRecord(BaseModel):
    """A scheme in the reference file."""

    model_config = ConfigDict(extra="forbid")

    slug: str
    title: str
    summary: str
    phases: list[str]
    enrols_on_registration: bool
    versions: list[SchemeVersionRecord]
