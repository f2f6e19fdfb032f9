"""Attendance as hub staff marked it."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

Outcome = Literal["attended", "absent"]


class RegisterEntry(Base):
    """One booking's outcome. Hours are those attended, and only of those who attended."""

    __tablename__ = "register_entry"
    __table_args__ = (
        CheckConstraint("(outcome = 'attended') = (hours IS NOT NULL)", name="hours_if_attended"),
        CheckConstraint("hours > 0", name="hours"),
    )

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(one_of("outcome", Outcome))
    hours: Mapped[Decimal | None]
    marked_at: Mapped[datetime]
    marked_by: Mapped[UUID]
