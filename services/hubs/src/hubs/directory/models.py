"""Hubs, the teachers who signed up to them, their schools and whom they work with."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from chassis.ids import new_id
from hubs.base import Base, one_of

HubKind = Literal["computing_hub", "maths_hub", "stem_skills_hub", "satellite"]
HubStage = Literal["applied", "assessed", "designated", "reviewed", "closed"]
LinkKind = Literal["partner", "lep", "ambassador_hub", "employer"]


class Hub(Base):
    """A lead school's hub. A satellite is a base of another hub: it runs courses and covers no district itself."""

    __tablename__ = "hub"
    __table_args__ = (
        CheckConstraint("kind = 'satellite' OR managed_by_hub_id IS NULL", name="manager"),
        CheckConstraint("NOT is_open OR stage IN ('designated', 'reviewed')", name="open_stage"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[HubKind] = mapped_column(one_of("kind", HubKind))
    region: Mapped[str] = mapped_column(String(40))
    lead_school: Mapped[str | None] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(8))
    latitude: Mapped[float]
    longitude: Mapped[float]
    district_code: Mapped[str] = mapped_column(String(9))
    email: Mapped[str] = mapped_column(String(120))
    is_open: Mapped[bool]
    stage: Mapped[HubStage] = mapped_column(
        one_of("stage", HubStage), default="designated", server_default="designated"
    )
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """Counts the changes people made: the entity tag."""
    managed_by_hub_id: Mapped[UUID | None] = mapped_column(ForeignKey("hub.id"))
    lead_school_urn: Mapped[str | None] = mapped_column(String(6))
    phone: Mapped[str | None] = mapped_column(String(20))
    website: Mapped[str | None] = mapped_column(String(200))
    opening_hours: Mapped[str | None] = mapped_column(String(200))


class HubTransition(Base):
    """A step of a hub's life: who recorded it when, and from which day it holds. Rows are only added."""

    __tablename__ = "hub_transition"
    __table_args__ = (Index("ix_hub_transition_hub_id", "hub_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    from_stage: Mapped[HubStage | None] = mapped_column(one_of("from_stage", HubStage))
    to_stage: Mapped[HubStage] = mapped_column(one_of("to_stage", HubStage))
    effective_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(Text)


class HubMember(Base):
    """A teacher's membership of a hub, once per hub whatever the number of requests."""

    __tablename__ = "hub_member"
    __table_args__ = (UniqueConstraint("hub_id", "teacher_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    teacher_id: Mapped[UUID]
    joined_at: Mapped[datetime]


class HubSchool(Base):
    """A school belongs to a hub from a day to a day; it may leave and come back. `left_on` is the last day.

    Days of one school at one hub never overlap: whoever writes holds the school's row.
    """

    __tablename__ = "hub_school_period"
    __table_args__ = (
        CheckConstraint("left_on >= joined_on", name="dates"),
        UniqueConstraint("hub_id", "urn", "joined_on"),
        Index("ix_hub_school_period_urn", "urn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]


ONE_PERIOD_SCHOOLS = Table(
    "hub_school",
    Base.metadata,
    Column("hub_id", Uuid, ForeignKey("hub.id"), primary_key=True),
    Column("urn", String(6), ForeignKey("school.urn"), primary_key=True),
    Column("joined_on", Date, nullable=False),
    Column("left_on", Date),
)
"""What the release before this one reads and writes while both run; a later release drops it."""


class HubLink(Base):
    """Whom a hub works with: a partner, a local enterprise partnership, an ambassador hub or an employer."""

    __tablename__ = "hub_link"
    __table_args__ = (UniqueConstraint("id"),)

    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"), primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(one_of("kind", LinkKind), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    id: Mapped[UUID] = mapped_column(default=new_id, server_default=func.gen_random_uuid())
    website: Mapped[str | None] = mapped_column(String(200))
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    """The last day; null while it goes on."""
