"""What is known of a group, and which grant came of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class GroupGrant(Base):
    """A group as hubs last told it, what its card comes to for it, and what stands in the way if anything does."""

    __tablename__ = "group_grant"
    __table_args__ = (
        CheckConstraint("status IN ('running', 'completed', 'cancelled')", name="status"),
        CheckConstraint("(question IS NULL) = (question_code IS NULL)", name="question"),
        CheckConstraint("expected_pence >= 0", name="expected"),
        CheckConstraint("recovery IN ('proposed', 'approved', 'declined')", name="recovery"),
        Index("ix_group_grant_hub_id", "hub_id"),
        Index("ix_group_grant_project", "project_code", "group_id"),
    )

    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    """Of the news that is kept: older news changes nothing."""
    hub_id: Mapped[UUID]
    hub_name: Mapped[str | None] = mapped_column(String(200))
    national_team_id: Mapped[UUID | None]
    network: Mapped[str] = mapped_column(String(60))
    project_code: Mapped[str] = mapped_column(String(60))
    project_year: Mapped[str] = mapped_column(String(7))
    status: Mapped[str] = mapped_column(String(10))
    starts_on: Mapped[date]
    card: Mapped[str | None] = mapped_column(String(60))
    inputs: Mapped[dict[str, str]] = mapped_column(JSONB)
    grant_id: Mapped[UUID | None] = mapped_column(ForeignKey("grant_award.id"))
    """The latest award that was proposed for it."""
    calculation: Mapped[str | None] = mapped_column(Text)
    """Canonical text of what the card comes to for the group as it now stands; none when that cannot be said."""
    expected_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Our part of that."""
    question_code: Mapped[str | None] = mapped_column(String(60))
    question: Mapped[str | None] = mapped_column(Text)
    recovery: Mapped[str | None] = mapped_column(String(10))
    """What became of the proposal to end the grant of a group that was called off after something was drawn."""
    followed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last tried to bring the grant in line with the group."""
    told: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The figures that others were last told of; null until they were."""
