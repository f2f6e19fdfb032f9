"""Erasures as stored. They hold nothing that tells who it was: a number, counts and days."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class Erasure(Base):
    """One person's wish to be forgotten, and how far it is."""

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("status IN ('requested', 'cooling', 'running', 'completed', 'cancelled')", name="status"),
        CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name="completed"),
        Index(
            "uq_erasure_open",
            "person_id",
            unique=True,
            postgresql_where=text("status IN ('requested', 'cooling', 'running')"),
        ),
        Index("ix_erasure_status", "status", postgresql_where=text("status IN ('cooling', 'running')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """SHA-256 of the token in the mail that asks to confirm."""
    token_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    runs_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    certificate_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    """By which the person, who has no account any more, reads what was done."""


class ErasureStep(Base):
    """One service's part."""

    __tablename__ = "erasure_step"

    erasure_id: Mapped[UUID] = mapped_column(ForeignKey("erasure.id"), primary_key=True)
    service: Mapped[str] = mapped_column(String(20), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased: Mapped[dict[str, int]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"), default=dict)
    kept: Mapped[dict[str, int]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"), default=dict)
