"""The register's types of establishment and the verdicts on them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

Verdict = Literal["yes", "no", "unknown"]
VerdictStatus = Literal["proposed", "approved", "refused"]


class StateFundedVerdict(Base):
    """Whether a type is state-funded from a day on. Of the approved ones, the latest that has begun is in force.

    A type is known once a verdict on it is approved. `proposed_by` is null for what comes with the platform, and for a
    type that an import met; `decided_by` only for the former.
    """

    __tablename__ = "state_funded_verdict"
    __table_args__ = (
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided"),
        Index("ix_state_funded_verdict_code_valid_from", "code", "valid_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[int]
    """Of the register."""
    name: Mapped[str] = mapped_column(String(80))
    state_funded: Mapped[Verdict] = mapped_column(one_of("state_funded", Verdict))
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(Text)
    status: Mapped[VerdictStatus] = mapped_column(one_of("status", VerdictStatus))
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
