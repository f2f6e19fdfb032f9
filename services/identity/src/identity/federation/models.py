"""Accounts elsewhere as stored: by issuer and subject, which alone say whose they are. No address is kept of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class FederatedIdentity(Base):
    """An account elsewhere with which a person signs in here."""

    __tablename__ = "federated_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    provider: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    logged_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its owner last signed out of it there: what the provider said of them before opens no sign-in any more."""


class FederatedFlow(Base):
    """A sign-in that is under way at a provider. What guards it follows from the token, which only its browser has."""

    __tablename__ = "federated_flow"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    provider: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class FederatedLink(Base):
    """An account elsewhere that was proven and belongs to nobody here yet."""

    __tablename__ = "federated_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    provider: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class UsedLogoutToken(Base):
    """A provider's word that somebody signed out there: it counts once. Forgotten when it would be too old anyway."""

    __tablename__ = "federated_used_logout"

    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    jti_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
