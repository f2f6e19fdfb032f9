"""Fees due, and the decisions that made them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class FeeStatus(StrEnum):
    """Where a fee stands."""

    DUE = "due"
    IN_REVIEW = "in_review"
    """The facts do not settle the amount yet."""
    VOID = "void"
    """The booking was given up: nothing is due."""


class Fee(Base):
    """What is due for one booking, in pence for the whole run. Nobody collects it here."""

    __tablename__ = "fee"
    __table_args__ = (
        CheckConstraint("status IN ('due', 'in_review', 'void')", name="status"),
        CheckConstraint("status <> 'due' OR amount_pence IS NOT NULL", name="due"),
        CheckConstraint("amount_pence >= 0 AND amount_pence <= at_most_pence", name="amount"),
        CheckConstraint("(status = 'void') = (voided_at IS NOT NULL)", name="void"),
        Index("ix_fee_teacher_id", "teacher_id", "placed_at"),
        Index("ix_fee_placed_at", "placed_at", "booking_id"),
        Index("ix_fee_school_urn", "school_urn"),
        Index("ix_fee_in_review", "school_urn", postgresql_where=text("status = 'in_review'")),
        Index("ix_fee_reopened", "school_urn", postgresql_where=text("is_reopened")),
    )

    booking_id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID]
    school_urn: Mapped[str] = mapped_column(String(20))
    course_run_id: Mapped[UUID]
    course_code: Mapped[str] = mapped_column(String(40))
    hub_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int | None] = mapped_column(Integer)
    """None while the facts do not settle it."""
    at_most_pence: Mapped[int | None] = mapped_column(Integer)
    takes_free_place: Mapped[bool]
    policy_version: Mapped[int] = mapped_column(ForeignKey("fee_policy_version.version"))
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quote.id"))
    """The quote whose promise is kept."""
    is_reopened: Mapped[bool]
    """Whether a list has come since the last decision that may settle what is in review."""
    decisions: Mapped[int]
    """How many decisions were made; the last of them holds."""
    priced_on: Mapped[date]
    """The day whose policy and lists decide, in England."""
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class FeeDecision(Base):
    """One decision on a fee: every input and the whole result, as canonical text that replays to the same bytes."""

    __tablename__ = "fee_decision"

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("fee.booking_id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inputs: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
