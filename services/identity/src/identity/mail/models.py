"""Outgoing mail as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class Mail(Base):
    """One message, queued by the transaction that made it necessary and sent after that has committed."""

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_waiting", "retry_at", postgresql_where=text("sent_at IS NULL")),
        Index("ix_mail_to_key_queued_at", "to_key", "queued_at"),
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
    """Emptied once sent: a body may hold a secret, which must not outlive its delivery here."""
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retry_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
