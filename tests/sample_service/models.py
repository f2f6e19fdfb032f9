"""Memberships, what was counted of them, and a read model of hubs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from sample_service.base import Base


class Membership(Base):
    """A teacher's membership of a hub. `version` counts its changes."""

    __tablename__ = "membership"
    # Checked at commit: how tests make a commit fail after everything before it has succeeded.
    __table_args__ = (UniqueConstraint("badge", name="uq_membership_badge", deferrable=True, initially="DEFERRED"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID]
    hub_id: Mapped[UUID]
    badge: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class JoinCount(Base):
    """How often a teacher joined a hub, counted from events."""

    __tablename__ = "join_count"

    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)
    joins: Mapped[int]


class KnownHub(Base):
    """A hub as its events tell it; `sequence` says which event it is from."""

    __tablename__ = "known_hub"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sequence: Mapped[int] = mapped_column(BigInteger)


class Refusal(Base):
    """A teacher whose events the handler refuses: how tests poison a message and later cure it."""

    __tablename__ = "refusal"

    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)


class Trace(Base):
    """The trace in which an event was handled."""

    __tablename__ = "trace"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    traceparent: Mapped[str | None] = mapped_column(String(60))
