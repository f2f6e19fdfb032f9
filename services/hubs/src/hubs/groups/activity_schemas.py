"""What groups do, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from hubs.groups.models import ActivityKind, ActivityStatus, Mark
from hubs.groups.schemas import Urn
from hubs.projects.parts import Slug

MOST_MARKS = 500


class GroupActivityIn(BaseModel):
    """A session, a visit, a task between sessions or anything else that a group does on a day."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "session",
                    "title": "Workshop 1: what readiness means",
                    "starts_on": "2026-12-03",
                    "minutes": 180,
                    "place": "Library of the lead school",
                }
            ]
        },
    )

    kind: ActivityKind
    slug: Slug | None = Field(default=None, description="The project's activity of which this is one")
    title: str = Field(min_length=3, max_length=200)
    starts_on: Day
    ends_on: Day | None = Field(default=None, description="The last day; of a task the day by which it is done")
    minutes: int | None = Field(default=None, ge=1, le=6000, description="How long it is, without breaks")
    place: str | None = Field(default=None, max_length=200)
    urn: Urn | None = Field(default=None, description="The school that is visited, or that is the host")


class GroupActivityEdit(BaseModel):
    """What changes; a field left out keeps its value."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"place": "Town hall", "notes": "Bring counters."}]}
    )

    title: str = Field(default="", min_length=3, max_length=200)
    starts_on: Day = Field(default=date.min)
    ends_on: Day = Field(default=date.max)
    minutes: int | None = Field(default=None, ge=1, le=6000)
    place: str | None = Field(default=None, max_length=200)
    notes: str | None = Field(default=None, max_length=4000, description="What came of it, for the group and its hub")
    status: ActivityStatus = Field(default="planned", description="A visit is held without a register")


class GroupMarkIn(BaseModel):
    """One participant's mark."""

    model_config = ConfigDict(extra="forbid")

    participant_id: UUID
    mark: Mark = Field(description="present, absent or excused; of a task done or not_done")
    minutes: int | None = Field(default=None, ge=1, le=6000, description="Of who came for a part of it")


class GroupRegisterIn(BaseModel):
    """Marks of an activity: those that are named are set or corrected, others stay."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"entries": [{"participant_id": "01920000-0000-7000-8000-000000000002", "mark": "present"}]},
            ]
        },
    )

    entries: list[GroupMarkIn] = Field(min_length=1, max_length=MOST_MARKS)


class GroupActivityOut(BaseModel):
    """Something that a group does."""

    id: UUID
    group_id: UUID
    kind: ActivityKind
    slug: str | None
    title: str
    starts_on: date
    ends_on: date
    minutes: int | None
    place: str | None
    urn: str | None
    status: ActivityStatus
    notes: str | None
    marked: int = Field(description="Participants with a mark")
    present: int = Field(description="Of them those who came, or did the task")


class GroupMarkOut(BaseModel):
    """One line of a register."""

    participant_id: UUID
    person_id: UUID
    urn: str | None
    mark: Mark | None = Field(description="Null: not marked")
    minutes: int | None


class GroupRegisterOut(BaseModel):
    """The register of an activity: everybody who was in the group on its day."""

    activity: GroupActivityOut
    data: list[GroupMarkOut]
