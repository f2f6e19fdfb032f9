"""Links to people's calendars."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base


class CalendarFeed(Base):
    """A link to somebody's calendar. Whoever knows the secret in it may read; taking the link back removes the row."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("ix_calendar_feed_person_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the secret, which was shown once and is stored nowhere."""
    created_at: Mapped[datetime]
    rotated_at: Mapped[datetime | None]
