"""Messages whose addressee is not known yet, and what people do not want to be sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from identity.base import Base


class WaitingMessage(Base):
    """A message for somebody without an account here: it waits for one, and is dropped when it is of no more use."""

    __tablename__ = "waiting_message"
    __table_args__ = (
        Index("ix_waiting_message_person_id", "person_id"),
        Index("ix_waiting_message_drop_at", "drop_at"),
    )

    occasion: Mapped[str] = mapped_column(String(160), primary_key=True)
    person_id: Mapped[UUID]
    request: Mapped[dict[str, object]] = mapped_column(JSONB)
    """The event as it came."""
    drop_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UnwantedMail(Base):
    """A kind of mail that somebody does not want."""

    __tablename__ = "unwanted_mail"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
