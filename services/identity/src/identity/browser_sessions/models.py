"""Browser sessions as stored: the cookie's value is not in here, only its digest."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class BrowserSession(Base):
    """One value of the cookie. A sign-in by cookie has one that counts, and those it had before while they last."""

    __tablename__ = "browser_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sign_in_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """To the minute: it slides with use."""
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When another value took its place; it works for a moment longer, for requests that are under way."""
