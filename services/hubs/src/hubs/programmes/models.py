"""Programmes as data, and the schools that take part in them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.identity import Phase
from hubs.base import Base, one_of

WithdrawalCause = Literal["timetable", "staffing", "no_longer_offered", "school_closing", "other"]


class PupilProgramme(Base):
    """A programme that holds events for pupils: what it is for, in which academic years, and what it counts."""

    __tablename__ = "pupil_programme"
    __table_args__ = (CheckConstraint("first_year <= last_year", name="years"),)

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    aims: Mapped[list[str]] = mapped_column(ARRAY(String(300)))
    phase: Mapped[Phase] = mapped_column(one_of("phase", Phase))
    key_stages: Mapped[list[str]] = mapped_column(ARRAY(String(12)))
    """A school that teaches one of them may take part, and events are for some of them."""
    first_year: Mapped[str] = mapped_column(String(7))
    last_year: Mapped[str | None] = mapped_column(String(7))
    """Null while nobody has decided on an end."""
    is_state_funded_only: Mapped[bool]
    counts_groups: Mapped[bool]
    """Whether events say how many of the pupils who came were girls and boys; else nobody may say so."""
    approaches: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    """What a pilot compares: an event follows one of them. Empty for a programme that compares nothing."""
    source: Mapped[str] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ProgrammeEnrolment(Base):
    """A school takes part in a programme in an academic year. It may withdraw, and enrol again."""

    __tablename__ = "programme_enrolment"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name="withdrawal"),
        Index(
            "uq_programme_enrolment_live",
            "programme_slug",
            "academic_year",
            "urn",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_programme_enrolment_urn", "urn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_slug: Mapped[str] = mapped_column(ForeignKey("pupil_programme.slug"))
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    academic_year: Mapped[str] = mapped_column(String(7))
    enrolled_at: Mapped[datetime]
    enrolled_by: Mapped[UUID]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[WithdrawalCause | None] = mapped_column(one_of("withdrawn_because", WithdrawalCause))
