"""Calls, applications, and the panel's scores."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class ApplicationStatus(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    INELIGIBLE = "ineligible"
    MODERATED = "moderated"
    """Scored by enough people, and the total settled."""
    FUNDED = "funded"
    """Proposed as an award, which another person approves."""
    DECLINED = "declined"


TRANSITIONS = (
    (ApplicationStatus.SUBMITTED, ApplicationStatus.MODERATED),
    (ApplicationStatus.MODERATED, ApplicationStatus.FUNDED),
    (ApplicationStatus.MODERATED, ApplicationStatus.DECLINED),
)


class GrantCall(Base):
    """A call with its window and terms. The table is append-only: a change is another call."""

    __tablename__ = "grant_call"
    __table_args__ = (CheckConstraint("opens_on <= closes_on", name="window"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    card: Mapped[str] = mapped_column(String(60))
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    terms: Mapped[str] = mapped_column(Text)
    """Form, checks and criteria as canonical text."""
    agreement_version: Mapped[str] = mapped_column(String(40))
    agreement_reference: Mapped[str] = mapped_column(String(300))
    agreement_sha256: Mapped[str] = mapped_column(String(64))
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantApplication(Base):
    """An organisation's application. Who moderates has not applied; who decides has done neither."""

    __tablename__ = "grant_application"
    __table_args__ = (
        CheckConstraint("status IN ('submitted', 'ineligible', 'moderated', 'funded', 'declined')", name="status"),
        CheckConstraint("moderated_by <> submitted_by", name="another_moderates"),
        CheckConstraint("decided_by NOT IN (submitted_by, moderated_by)", name="another_decides"),
        CheckConstraint(
            "(status IN ('moderated', 'funded', 'declined')) = (moderated_by IS NOT NULL AND percent IS NOT NULL)",
            name="moderated",
        ),
        CheckConstraint("(status IN ('funded', 'declined')) = (decided_by IS NOT NULL)", name="decided"),
        CheckConstraint("(status = 'funded') = (grant_id IS NOT NULL)", name="funded"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        Index(
            "uq_grant_application_live",
            "call_id",
            "recipient_kind",
            "recipient_id",
            unique=True,
            postgresql_where=text("status <> 'ineligible'"),
        ),
        Index("ix_grant_application_submitted_at", "submitted_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("grant_call.id"))
    recipient_kind: Mapped[str] = mapped_column(String(20))
    recipient_id: Mapped[str] = mapped_column(String(60))
    recipient_name: Mapped[str] = mapped_column(String(200))
    answers: Mapped[str] = mapped_column(Text)
    checks: Mapped[str] = mapped_column(Text)
    """Every check with its outcome, as canonical text."""
    requested_pence: Mapped[int] = mapped_column(BigInteger)
    """What the call's card comes to for these answers."""
    status: Mapped[str] = mapped_column(String(20))
    submitted_by: Mapped[UUID]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    moderated_by: Mapped[UUID | None]
    moderated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moderation: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    feedback: Mapped[str | None] = mapped_column(Text)
    grant_id: Mapped[UUID | None] = mapped_column(ForeignKey("grant_award.id"), unique=True)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantScore(Base):
    """One person's score, or their conflict of interest, which bars them from scoring. The table is append-only."""

    __tablename__ = "grant_score"
    __table_args__ = (
        CheckConstraint("(conflict IS NULL) = (points IS NOT NULL AND percent IS NOT NULL)", name="score_or_conflict"),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("grant_application.id"), primary_key=True)
    scorer_id: Mapped[UUID] = mapped_column(primary_key=True)
    conflict: Mapped[str | None] = mapped_column(Text)
    points: Mapped[str | None] = mapped_column(Text)
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    comment: Mapped[str | None] = mapped_column(Text)
    scored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
