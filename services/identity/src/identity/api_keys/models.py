"""API keys as stored: the key itself is not."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String, text
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
    CHANGES_READ = "changes:read"
    WEBHOOKS_MANAGE = "webhooks:manage"
    SANDBOX_MANAGE = "sandbox:manage"


class ApiKey(Base):
    """One key of an organisation."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("environment IN ('live', 'test')", name="environment"),
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        CheckConstraint("requests_per_minute > 0", name="requests_per_minute"),
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
    noticed_days: Mapped[int] = mapped_column(SmallInteger, server_default="366")
    """The last notice of its end: it was given when so many days were left. 366 as long as none was."""
    expires_on: Mapped[date]
    """The last day (UTC) on which the key works."""
    allowed_networks: Mapped[list[str]] = mapped_column(ARRAY(String(43)), server_default=text("'{}'"))
    """From where it may be used, as CIDR; empty for anywhere."""
    requests_per_minute: Mapped[int | None]
    """A limit of its own; null for the gateway's."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_because: Mapped[str | None] = mapped_column(String(20))
    """`by_manager`, `rotated` or `leaked`; null while it works, and where no reason was kept."""
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """To the minute: a busy key is not worth a write for every request."""
