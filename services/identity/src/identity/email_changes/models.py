"""Changes of address that wait for a click, as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class EmailChange(Base):
    """An address that an account takes on when the link to it is followed: a new one, or the one it had."""

    __tablename__ = "email_change"
    __table_args__ = (CheckConstraint("purpose IN ('change', 'restoration')", name="purpose"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of the token; the token itself is only in the mail to this address."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
