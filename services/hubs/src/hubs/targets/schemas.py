"""Targets and delivery on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.academic_years import AcademicYear
from hubs.directory.models import HubKind
from hubs.targets.models import Measure

MOST = 10_000_000


def _figure(what: str) -> int | None:
    found: int | None = Field(default=None, ge=0, le=MOST, description=what)
    return found


class TargetsIn(BaseModel):
    """The whole set: a measure left out has no target."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"teachers": 240, "schools": 90, "course_runs": 36}]}
    )

    teachers: int | None = _figure("Teachers who complete professional development with the hub")
    schools: int | None = _figure("Schools of these teachers")
    course_runs: int | None = _figure("Runs held")
    places: int | None = _figure("Places confirmed on runs that begin in the year")
    cpd_hours: int | None = _figure("Hours of professional development completed")
    new_members: int | None = _figure("Teachers who sign up to the hub")
    member_schools: int | None = _figure("Schools that belong to the hub on some day of the year")
    meetings: int | None = _figure("Meetings of the hub's schools that are held")


class TargetsOut(TargetsIn):
    """What a hub is to reach in a year."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={})

    hub_id: UUID
    academic_year: str
    set_at: datetime | None = Field(description="Null: nobody has set any")


class YearFilter(BaseModel):
    """Of which academic year."""

    year: AcademicYear | None = Field(default=None, description="The present one when left out", examples=["2026-27"])


class MeasureOut(BaseModel):
    """One thing that is counted."""

    measure: Measure
    target: int | None
    delivered: int
    percent: int | None = Field(description="Delivered of the target, rounded down; null without a target or with 0")


class DeliveryOut(BaseModel):
    """What a hub is to reach in a year, and what it has."""

    hub_id: UUID
    academic_year: str
    first_on: date
    last_on: date
    measures: list[MeasureOut]


class HubDeliveryOut(BaseModel):
    """A hub in the network's view."""

    hub_id: UUID
    slug: str
    name: str
    kind: HubKind
    region: str
    is_open: bool
    measures: list[MeasureOut]


class NationalTargetOut(BaseModel):
    """A figure that a source names for the whole network, and where it stands today."""

    measure: str
    title: str
    target: int
    delivered: int
    since_on: date
    until_on: date = Field(description="When it was to be reached")
    source: str


class NetworkDeliveryOut(BaseModel):
    """Every hub's year. Totals count a teacher or school once, however many hubs they were with."""

    academic_year: str
    first_on: date
    last_on: date
    totals: list[MeasureOut]
    national: list[NationalTargetOut]
    hubs: list[HubDeliveryOut]
