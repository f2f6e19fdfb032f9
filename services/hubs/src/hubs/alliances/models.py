"""Alliances, the schools that consent to be in them, and schools that are a hub's guests."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

AllianceStatus = Literal["forming", "applied", "hub", "dissolved"]


class Alliance(Base):
    """Schools that mean to work as a hub. Whoever changes its schools or its status holds this row."""

    __tablename__ = "alliance"
    __table_args__ = (
        CheckConstraint("(status IN ('applied', 'hub')) <= (hub_id IS NOT NULL)", name="hub"),
        CheckConstraint("(status = 'dissolved') = (ended_on IS NOT NULL)", name="ended"),
        Index("uq_alliance_hub_id", "hub_id", unique=True),
        Index("ix_alliance_lead_urn", "lead_urn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(1000))
    """What the schools mean to do together, and how they meet."""
    lead_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    status: Mapped[AllianceStatus] = mapped_column(one_of("status", AllianceStatus))
    hub_id: Mapped[UUID | None] = mapped_column(ForeignKey("hub.id"))
    """The hub that it asks to be, or is."""
    formed_at: Mapped[datetime]
    formed_by: Mapped[UUID]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str | None] = mapped_column(String(500))


class AllianceSchool(Base):
    """A school was asked into an alliance, and is in it once whoever speaks for it consents."""

    __tablename__ = "alliance_school"
    __table_args__ = (
        CheckConstraint("(consented_on IS NULL) = (consented_by IS NULL)", name="consent"),
        CheckConstraint("left_on >= consented_on", name="dates"),
        Index("uq_alliance_school_asked", "alliance_id", "urn", unique=True, postgresql_where=text("left_on IS NULL")),
        Index(
            "uq_alliance_school_member",
            "urn",
            unique=True,
            postgresql_where=text("left_on IS NULL AND consented_on IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    alliance_id: Mapped[UUID] = mapped_column(ForeignKey("alliance.id"))
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    asked_on: Mapped[date]
    asked_by: Mapped[UUID]
    consented_on: Mapped[date | None]
    consented_by: Mapped[UUID | None]
    left_on: Mapped[date | None]
    """The last day in it, or the day on which it declined."""


class HubGuest(Base):
    """A school uses a hub's centre and borrows its equipment on these days, the last included, without being of it."""

    __tablename__ = "hub_guest"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="dates"),
        Index("ix_hub_guest_hub_id_urn", "hub_id", "urn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    because: Mapped[str] = mapped_column(String(500))
    admitted_by: Mapped[UUID]
