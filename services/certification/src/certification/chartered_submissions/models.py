"""Tables of what was sent and of the decisions on it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class CharteredSubmission(Base):
    """The evidence of an application as it was sent, by a consent that is used up with it."""

    __tablename__ = "chartered_submission"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("chartered_application.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(index=True)
    """To whom."""
    consent_id: Mapped[UUID] = mapped_column(ForeignKey("chartered_consent.id"), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    bundle: Mapped[str | None] = mapped_column(Text)
    """Byte for byte what is signed; personal data. May be erased: the hash stays."""
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    key_id: Mapped[str] = mapped_column(String(100))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    fetches: Mapped[int] = mapped_column(Integer, default=0)


class CharteredDecision(Base):
    """A decision of the organisation; a revision replaces the one before it, and all are kept. Append-only."""

    __tablename__ = "chartered_decision"
    __table_args__ = (
        UniqueConstraint("submission_id", "revision"),
        CheckConstraint("outcome IN ('granted', 'refused', 'more_evidence')", name="outcome"),
        CheckConstraint(
            "(outcome = 'granted') = (status_from_on IS NOT NULL AND renew_by_on IS NOT NULL)", name="status_days"
        ),
        CheckConstraint("renew_by_on > status_from_on", name="renewal"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("chartered_submission.id"))
    revision: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(80))
    """The organisation's own number."""
    decided_on: Mapped[date] = mapped_column(Date)
    status_from_on: Mapped[date | None] = mapped_column(Date)
    renew_by_on: Mapped[date | None] = mapped_column(Date)
    """The last day of the status, unless it is renewed."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[UUID]
    """The API key."""
