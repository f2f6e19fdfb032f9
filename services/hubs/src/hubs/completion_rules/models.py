"""Rules of completion in numbered versions. A version never changes; only whether it counts is decided, once."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

RuleScope = Literal["default", "programme", "course"]
RuleStatus = Literal["proposed", "approved", "refused"]
Credit = Literal["course_hours", "minutes_attended"]
EVERYTHING = "everything"
"""What a rule of scope `default` applies to."""


class CompletionRule(Base):
    """One version of a rule. `proposed_by` and `decided_by` are null for what comes with the platform."""

    __tablename__ = "completion_rule"
    __table_args__ = (
        UniqueConstraint("scope", "applies_to", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("minimum_percent > 0 AND minimum_percent <= 100", name="minimum_percent"),
        CheckConstraint("valid_to_on >= valid_from_on", name="validity"),
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope: Mapped[RuleScope] = mapped_column(one_of("scope", RuleScope))
    applies_to: Mapped[str] = mapped_column(String(40))
    """A course's code, a programme's name, or `everything`."""
    version: Mapped[int]
    """1, 2, 3, … of the scope and what it applies to."""
    minimum_percent: Mapped[Decimal]
    """The least share of the planned minutes that must be attended."""
    credit: Mapped[Credit] = mapped_column(one_of("credit", Credit))
    """For how much a completed run counts: all hours of the course, or the minutes attended."""
    valid_from_on: Mapped[date]
    """The rule is for runs that begin on this day or later, and no later than `valid_to_on`."""
    valid_to_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text)
    status: Mapped[RuleStatus] = mapped_column(one_of("status", RuleStatus))
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
