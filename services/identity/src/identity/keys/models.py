"""Keys that sign access tokens, as stored: the private half sealed."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class SigningKey(Base):
    """One key that the platform made itself. It is published before it signs, and as long after as its tokens live."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(40), primary_key=True)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(80))
    """The key among `factor_keys` that sealed it."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    signs_from: Mapped[datetime] = mapped_column(UtcDateTime)
