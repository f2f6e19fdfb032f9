"""OAuth clients as stored: of a secret its digest, of a key pair the public half."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class Authentication(StrEnum):
    """How a client proves that it is the one."""

    SECRET = "client_secret"  # noqa: S105  the name of a way, not a secret
    KEY = "private_key_jwt"


class OAuthClient(Base):
    """One program of an organisation."""

    __tablename__ = "oauth_client"
    __table_args__ = (
        CheckConstraint("environment IN ('live', 'test')", name="environment"),
        CheckConstraint("authentication IN ('client_secret', 'private_key_jwt')", name="authentication"),
        CheckConstraint("(authentication = 'client_secret') = (secret_hash IS NOT NULL)", name="secret_hash"),
        CheckConstraint("(authentication = 'private_key_jwt') = (jwks IS NOT NULL)", name="jwks"),
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        CheckConstraint("requests_per_minute > 0", name="requests_per_minute"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    """Also the `client_id`, and the subject of its tokens."""
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    environment: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    authentication: Mapped[str] = mapped_column(String(20))
    secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """SHA-256 of the secret, which has 256 random bits."""
    former_secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    former_secret_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when the secret before this one still works."""
    jwks: Mapped[dict[str, list[dict[str, str]]] | None] = mapped_column(JSONB(none_as_null=True))
    """Public keys (RFC 7517)."""
    allowed_networks: Mapped[list[str]] = mapped_column(ARRAY(String(43)), server_default=text("'{}'"))
    requests_per_minute: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it last got a token, to the minute."""


class UsedAssertion(Base):
    """An assertion with which a client proved itself: it does so once. Forgotten when it would have expired anyway."""

    __tablename__ = "oauth_used_assertion"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("oauth_client.id"), primary_key=True)
    jti_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
