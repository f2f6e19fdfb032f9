"""Ways back into an account, as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class PasswordReset(Base):
    """One link that was mailed. Any use of one, and any change of the password, removes all of the person's."""

    __tablename__ = "password_reset"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of the token; the token itself is only in the mail."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
