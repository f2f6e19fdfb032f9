"""Impacts and their items."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class Effect(StrEnum):
    """What a change did to one bursary."""

    PENDING = "pending"
    UNCHANGED = "unchanged"
    """It comes out as before."""
    DECIDED = "decided"
    """It was decided again, and came out otherwise."""
    KEPT = "kept"
    """It would come out otherwise now; what was decided or approved stays as it was promised."""
    GONE = "gone"
    """It had ended before its turn came."""


class Impact(Base):
    """One change, and how far its consequences are worked off."""

    __tablename__ = "impact"
    __table_args__ = (Index("ix_impact_opened_at", "opened_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(120))
    policy: Mapped[str | None] = mapped_column(String(60))
    """Of a policy that was published: bursaries are held against this version of it, and keep their own."""
    version: Mapped[int | None]
    found: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImpactItem(Base):
    """One bursary that the change may touch, before and after."""

    __tablename__ = "impact_item"
    __table_args__ = (
        CheckConstraint("effect IN ('pending', 'unchanged', 'decided', 'kept', 'gone')", name="effect"),
        Index("ix_impact_item_pending", "impact_id", "bursary_id", postgresql_where=text("effect = 'pending'")),
    )

    impact_id: Mapped[UUID] = mapped_column(ForeignKey("impact.id"), primary_key=True)
    bursary_id: Mapped[UUID] = mapped_column(ForeignKey("bursary.id"), primary_key=True)
    effect: Mapped[str] = mapped_column(String(10))
    status_before: Mapped[str] = mapped_column(String(20))
    amount_before_pence: Mapped[int] = mapped_column(BigInteger)
    outcome_after: Mapped[str | None] = mapped_column(String(20))
    amount_after_pence: Mapped[int | None] = mapped_column(BigInteger)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
