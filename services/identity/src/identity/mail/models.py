"""Outgoing mail as stored."""

from datetime import datetime
from typing import Literal, TypedDict
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class CalendarPart(TypedDict):
    """An invitation or its withdrawal, as a part of a message."""

    method: Literal["REQUEST", "CANCEL"]
    content: str


class Mail(Base):
    """One message, queued by the transaction that made it necessary and sent after that has committed."""

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_waiting", "retry_at", postgresql_where=text("sent_at IS NULL AND refused_at IS NULL")),
        Index("ix_mail_to_key_queued_at", "to_key", "queued_at"),
        Index(
            "uq_mail_unsubscribe_hash",
            "unsubscribe_hash",
            unique=True,
            postgresql_where=text("unsubscribe_hash IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    """Also the message's Message-ID, by which a message sent twice is recognised."""
    occasion: Mapped[str] = mapped_column(String(160), unique=True)
    """What it is about, such as `registration:0190…`: one message per occasion."""
    to_address: Mapped[str] = mapped_column(String(254))
    to_key: Mapped[str] = mapped_column(String(254))
    """The address as compared, whatever the case it was written in."""
    template: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    """Empty until it is written (`accounts.letters`), and again once sent: it may hold a secret, which must not
    outlive its delivery here."""
    person_id: Mapped[UUID | None]
    """Whom it is for; null where only an address is known."""
    calendar_parts: Mapped[list[CalendarPart] | None] = mapped_column(JSONB(none_as_null=True))
    """Emptied once sent, as is `unsubscribe_url`."""
    unsubscribe_url: Mapped[str | None] = mapped_column(String(400))
    unsubscribe_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """SHA-256 of the token in the URL; the token itself is only in the mail."""
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retry_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was clear that it can never be delivered: nothing tries it again."""
    refusal: Mapped[str | None] = mapped_column(String(80))


class RefusedAddress(Base):
    """An address to which nothing can be delivered. A message that does arrive takes it off the list."""

    __tablename__ = "refused_address"

    to_key: Mapped[str] = mapped_column(String(254), primary_key=True)
    refusal: Mapped[str] = mapped_column(String(80))
    refused_at: Mapped[datetime] = mapped_column(UtcDateTime)
    messages: Mapped[int] = mapped_column(default=1)
    """How many were not delivered since."""
