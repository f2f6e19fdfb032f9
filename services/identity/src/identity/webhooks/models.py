"""Webhooks as stored: where to, what, and what became of each delivery."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class WebhookState(StrEnum):
    """Whether events are sent there."""

    UNVERIFIED = "unverified"
    ACTIVE = "active"
    DISABLED = "disabled"
    DELETED = "deleted"


class DeliveryState(StrEnum):
    """What became of one event on its way to one address."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Webhook(Base):
    """One address of an organisation."""

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint("status IN ('unverified', 'active', 'disabled', 'deleted')", name="status"),
        CheckConstraint("(status = 'disabled') = (disabled_because IS NOT NULL)", name="disabled_because"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    url: Mapped[str] = mapped_column(String(2000))
    description: Mapped[str] = mapped_column(String(200))
    event_types: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    """CloudEvents types; empty for all that the organisation is told of."""
    status: Mapped[str] = mapped_column(String(20))
    sealed_secret: Mapped[str] = mapped_column(String(300))
    former_sealed_secret: Mapped[str | None] = mapped_column(String(300))
    former_secret_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then, deliveries carry a signature by the former secret as well."""
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The first failure since the last success."""
    disabled_because: Mapped[str | None] = mapped_column(String(20))
    """`by_manager`, `failing`, or `gone` when the address said so."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None]


class WebhookDelivery(Base):
    """One event on its way to one address."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'delivered', 'dead', 'cancelled')", name="status"),
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_delivery_due_at", "due_at", postgresql_where=text("status = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id"))
    organisation_id: Mapped[UUID]
    event_id: Mapped[UUID]
    """The `webhook-id` of every attempt, replays too: receivers tell repeats by it."""
    event_type: Mapped[str] = mapped_column(String(120))
    payload: Mapped[str] = mapped_column(Text)
    """The body to the byte, as signed."""
    status: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    """Since it was queued or replayed."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """While a sender has it in hand; a sender that died lets go of it by this."""
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    traceparent: Mapped[str | None] = mapped_column(String(60))
    """The trace in which it was queued."""


class WebhookReplayUse(Base):
    """What an organisation has used of its quotas of replays: the moments at which they are whole again."""

    __tablename__ = "webhook_replay_use"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    requests_whole_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deliveries_whole_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebhookAttempt(Base):
    """One request of one delivery."""

    __tablename__ = "webhook_attempt"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_delivery.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID]
    attempted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration_ms: Mapped[int]
    status_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(60))
    """Why there was no answer, as a slug: `timeout`, `address-not-public`, …"""
