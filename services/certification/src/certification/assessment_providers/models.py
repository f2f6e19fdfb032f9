"""Tables of providers and of what they sent."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class AssessmentProvider(Base):
    """Somebody who holds assessments for us. Its secrets are in the settings, not here."""

    __tablename__ = "assessment_provider"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[UUID]
    """Whose assessors decide about results that nobody could place."""
    launch_url: Mapped[str] = mapped_column(String(500))
    """Where people are sent; the token is added to it."""


class ProviderResult(Base):
    """A signed message of a provider, once per message however often it came."""

    __tablename__ = "provider_result"
    __table_args__ = (
        CheckConstraint("status IN ('applied', 'repeated', 'parked', 'accepted', 'dismissed')", name="status"),
        CheckConstraint("status <> 'parked' OR reason IS NOT NULL", name="reason"),
        CheckConstraint(
            "(status IN ('accepted', 'dismissed')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name="decision",
        ),
        UniqueConstraint("provider", "webhook_id"),
        Index("ix_provider_result_provider_id", "provider", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(ForeignKey("assessment_provider.slug"))
    webhook_id: Mapped[str] = mapped_column(String(255))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it waits for a person, or did."""
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("assessment_attempt.id"))
    percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """As it came, of one that waited for a person."""
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
