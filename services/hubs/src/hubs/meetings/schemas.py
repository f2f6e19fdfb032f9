"""Meetings on the wire."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from chassis.wire import Day
from hubs.meetings.models import MeetingStatus

Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$", max_length=300)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Shown = Annotated[time, PlainSerializer(lambda at: at.strftime("%H:%M"), return_type=str)]
Urn = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
MOST_SCHOOLS = 200


class MeetingIn(BaseModel):
    """A meeting to come, or one that was."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Sharing the sensor sets; plans for the summer term",
                    "meets_on": "2027-02-03",
                    "from_time": "16:00",
                    "until_time": "17:30",
                    "place": "Library of the lead school",
                }
            ]
        },
    )

    title: str = Field(min_length=3, max_length=120, description="What is on the agenda, in a line")
    meets_on: Day
    from_time: Clock | None = Field(default=None, description="By the clock in England")
    until_time: Clock | None = None
    place: str | None = Field(default=None, max_length=200)
    minutes_link: Link | None = None


class MeetingEdit(BaseModel):
    """What changes; a field left out keeps its value."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"minutes_link": "https://hub.example.org/minutes/2027-02-03"}]}
    )

    title: str = Field(default="", min_length=3, max_length=120)
    meets_on: Day = Field(default=date.min)
    from_time: Clock | None = None
    until_time: Clock | None = None
    place: str | None = Field(default=None, max_length=200)
    minutes_link: Link | None = None
    status: Literal["cancelled"] = Field(default="cancelled", description="Only to cancel; recording who came holds it")


class AttendanceIn(BaseModel):
    """The schools that came, all of them: what was recorded before is replaced."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"urns": ["900003", "900019"]}]})

    urns: list[Urn] = Field(min_length=1, max_length=MOST_SCHOOLS)


class AttendingSchoolOut(BaseModel):
    """A school that came."""

    urn: str
    name: str
    is_member: bool = Field(description="Of this hub, on the day of the meeting")


class MeetingOut(BaseModel):
    """A meeting, as anybody may see it. Minutes and schools are for the hub's staff and administrators."""

    id: UUID
    hub_id: UUID
    title: str
    meets_on: date
    from_time: Shown | None = Field(description="By the clock in England", examples=["16:00"])
    until_time: Shown | None
    place: str | None
    status: MeetingStatus
    schools_attended: int
    minutes_link: str | None = Field(default=None, description="Null for the public")
    schools: list[AttendingSchoolOut] | None = Field(default=None, description="Null for the public")


class MeetingFilter(BaseModel):
    """Which meetings."""

    from_on: Day | None = Field(default=None, description="The first day; all when left out")
    until_on: Day | None = None
