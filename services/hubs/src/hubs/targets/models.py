"""Targets of hubs, one set per academic year."""

from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base

Measure = Literal[
    "teachers", "schools", "course_runs", "places", "cpd_hours", "new_members", "member_schools", "meetings"
]
MEASURES: tuple[Measure, ...] = get_args(Measure)
"""What is counted of a hub in a year; `delivery.py` says how."""


class HubTarget(Base):
    """What a hub is to reach in an academic year, by measure; null where no figure was set. Last year's stay."""

    __tablename__ = "hub_target"
    __table_args__ = tuple(CheckConstraint(f"{measure} >= 0", name=measure) for measure in MEASURES)

    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"), primary_key=True)
    academic_year: Mapped[str] = mapped_column(String(7), primary_key=True)
    teachers: Mapped[int | None]
    schools: Mapped[int | None]
    course_runs: Mapped[int | None]
    places: Mapped[int | None]
    cpd_hours: Mapped[int | None]
    new_members: Mapped[int | None]
    member_schools: Mapped[int | None]
    meetings: Mapped[int | None]
    version: Mapped[int]
    """1, 2, 3, …: the entity tag; 0 stands for none set yet."""
    set_at: Mapped[datetime]
    set_by: Mapped[UUID | None]
