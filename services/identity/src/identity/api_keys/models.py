"""API keys as stored: the key itself is not."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class Environment(StrEnum):
    """Whether a key acts on real records."""

    LIVE = "live"
    TEST = "test"


class Scope(StrEnum):
    """What a key may be used for. A closed list: a scope nobody checks would promise something untrue."""

    COMPLETIONS_WRITE = "completions:write"
    RESOURCES_WRITE = "resources:write"
    ENRICHMENT_WRITE = "enrichment:write"
    STATEMENTS_READ = "statements:read"
    CHARTERED_DECIDE = "chartered:decide"
    ENDORSEMENTS_WRITE = "endorsements:write"
    COURSES_READ = "courses:read"
    HUBS_READ = "hubs:read"


class ApiKey(Base):
    """One key of an organisation."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("environment IN ('live', 'test')", name="environment"),
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    """The part of the key that finds this row; not a secret."""
    environment: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    key_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the whole key, whose secret has 256 random bits."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None]
    expires_on: Mapped[date]
    """The last day (UTC) on which the key works."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """To the minute: a busy key is not worth a write for every request."""
