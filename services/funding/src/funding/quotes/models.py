"""Quotes: what was promised stays as it was promised, and goes a year after it held no longer if no fee rests on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class Quote(Base):
    """A price promised to one teacher for one run: every input and the whole result, as canonical text that replays."""

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint("outcome IN ('priced', 'needs_review')", name="outcome"),
        CheckConstraint("(outcome = 'priced') = (amount_pence IS NOT NULL)", name="priced"),
        CheckConstraint("quoted_at < valid_until_at", name="validity"),
        Index("ix_quote_teacher_id_course_run_id", "teacher_id", "course_run_id"),
        Index("ix_quote_teacher_id_quoted_at", "teacher_id", "quoted_at"),
        Index("ix_quote_quoted_at", "quoted_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID]
    school_urn: Mapped[str] = mapped_column(String(20))
    course_run_id: Mapped[UUID]
    course_code: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(20))
    amount_pence: Mapped[int | None] = mapped_column(Integer)
    at_most_pence: Mapped[int | None] = mapped_column(Integer)
    policy_version: Mapped[int] = mapped_column(ForeignKey("fee_policy_version.version"))
    run_sequence: Mapped[int] = mapped_column(BigInteger)
    """Number of the event by which the run was known."""
    quoted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The first moment at which it holds no longer."""
    inputs: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)
