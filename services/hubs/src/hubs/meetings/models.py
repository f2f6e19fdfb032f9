"""Meetings of a hub's schools. Schools attend, not people: no name is kept."""

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

MeetingStatus = Literal["planned", "held", "cancelled"]


class HubMeeting(Base):
    """A meeting. It is held once the schools that came are recorded."""

    __tablename__ = "hub_meeting"
    __table_args__ = (
        CheckConstraint("until_time > from_time", name="times"),
        Index("ix_hub_meeting_hub_id_meets_on", "hub_id", "meets_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    title: Mapped[str] = mapped_column(String(120))
    """What is on the agenda, in a line."""
    meets_on: Mapped[date]
    from_time: Mapped[time | None]
    """By the clock in England, as is `until_time`."""
    until_time: Mapped[time | None]
    place: Mapped[str | None] = mapped_column(String(200))
    minutes_link: Mapped[str | None] = mapped_column(String(300))
    status: Mapped[MeetingStatus] = mapped_column(one_of("status", MeetingStatus))
    version: Mapped[int] = mapped_column(default=1)
    planned_at: Mapped[datetime]
    planned_by: Mapped[UUID | None]


class MeetingSchool(Base):
    """A school came to a meeting, as a member of the hub on that day or as a guest."""

    __tablename__ = "hub_meeting_school"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("hub_meeting.id"), primary_key=True)
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True)
    is_member: Mapped[bool]
    """On the day of the meeting, as recorded when attendance was."""
