"""Programmes, enrolments and reports on the wire."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from contracts.identity import Phase
from hubs.academic_years import AcademicYear
from hubs.programmes.models import WithdrawalCause
from hubs.schools.models import KeyStage

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
Aim = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
Approach = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Aims = Annotated[list[Aim], Field(min_length=1, max_length=10)]
KeyStages = Annotated[list[KeyStage], Field(min_length=1, max_length=6)]
Approaches = Annotated[list[Approach], Field(max_length=20)]
Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
ReportBy = Literal["total", "region", "organiser", "approach"]


class ProgrammeIn(BaseModel):
    """A programme to run."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "slug": "physical-computing-days",
                    "title": "Physical computing days",
                    "aims": ["Let pupils of key stage 2 build and program something that moves"],
                    "phase": "primary",
                    "key_stages": ["ks2"],
                    "first_year": "2026-27",
                    "is_state_funded_only": True,
                    "source": "Decision of the National Centre, autumn 2026",
                }
            ]
        },
    )

    slug: Slug
    title: Title
    aims: Aims
    phase: Phase
    key_stages: KeyStages
    first_year: AcademicYear
    last_year: AcademicYear | None = None
    is_state_funded_only: bool
    counts_groups: bool = Field(default=False, description="Whether events count girls and boys")
    approaches: Approaches = []
    source: Source


class ProgrammeEdit(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"last_year": "2027-28"}]})

    title: Title | None = None
    aims: Aims | None = None
    key_stages: KeyStages | None = None
    last_year: AcademicYear | None = Field(default=None, description="Null for no end")
    is_state_funded_only: bool | None = None
    approaches: Approaches | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if emptied := sorted(one for one in self.model_fields_set - {"last_year"} if getattr(self, one) is None):
            raise ValueError(f"these cannot be null: {', '.join(emptied)}")
        return self


class ProgrammeOut(BaseModel):
    """A programme. Its version is the `If-Match` of an edit."""

    slug: str
    title: str
    aims: list[str]
    phase: Phase
    key_stages: list[str]
    first_year: str
    last_year: str | None = Field(description="Null while nobody has decided on an end")
    is_state_funded_only: bool
    counts_groups: bool
    approaches: list[str] = Field(description="What a pilot compares; each of its events follows one")
    source: str
    version: int


class ProgrammesOut(BaseModel):
    """All programmes, by title."""

    data: list[ProgrammeOut]


class EnrolmentIn(BaseModel):
    """In which year the caller's school takes part."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"academic_year": "2026-27"}]})

    academic_year: AcademicYear = Field(description="The present academic year or the next")


class WithdrawalIn(BaseModel):
    """Why a school no longer takes part. There is no room for words, so that none of them is about a pupil."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"because": "timetable"}]})

    because: WithdrawalCause


class EnrolmentOut(BaseModel):
    """A school's part in a programme in a year."""

    id: UUID
    programme_slug: str
    urn: str
    academic_year: str
    enrolled_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: WithdrawalCause | None


class EnrolmentFilter(BaseModel):
    """Which enrolments to list."""

    academic_year: AcademicYear | None = None
    urn: str | None = Field(default=None, pattern=r"^[0-9]{6}$")
    is_standing: bool | None = Field(default=None, description="False for those that were withdrawn")


class ReportFilter(BaseModel):
    """Of what a report is."""

    by: ReportBy = Field(default="total", description="A line for each; each academic year has its own lines")
    academic_year: AcademicYear | None = Field(default=None, description="All years when left out")


class GroupsOut(BaseModel):
    """How many of the pupils who came were of which group."""

    girls: int
    boys: int
    not_stated: int = Field(description="Another group, or none given")


class ReportLine(BaseModel):
    """Figures of events that were held or will be. Cancelled ones are counted and add nothing else."""

    academic_year: str
    region: str | None = Field(description="Null in other reports than `region`, and for events without one")
    hub_id: UUID | None
    hub_name: str | None
    partner_id: UUID | None
    approach: str | None
    events: int
    events_cancelled: int
    schools_booked: int = Field(description="A school counts once, however many events it books")
    pupils_booked: int
    events_reported: int = Field(description="Events of which the organiser has said who came")
    pupils_attended: int
    staff_attended: int
    groups: GroupsOut | None = Field(description="Null when the programme counts none, or none can be shown")
    pupils_in_groups: int = Field(description="How many of `pupils_attended` the groups speak of")
    pupils_left_out: int = Field(description="Of events in which a group has fewer than 5 pupils")


class ReportOut(BaseModel):
    """What may be told of a programme. No figure, and no difference of figures, shows a group of fewer than five."""

    programme_slug: str
    by: ReportBy
    schools_enrolled: dict[str, int] | None = Field(
        description="By academic year; null for staff of a hub or partner, who see their own events alone"
    )
    lines: list[ReportLine]
