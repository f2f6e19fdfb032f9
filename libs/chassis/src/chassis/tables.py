"""The tables every service has: outbox, inbox, dead letters, idempotency keys, audit. They hold no domain noun."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

EVENT_LIMIT_BYTES = 65_536
"""Far below the broker's message limit, so that no row can block the relay."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: `timestamptz`, aware UTC in Python. A naive value is refused, not guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        return None if value is None else value.astimezone(UTC)


def service_metadata() -> MetaData:
    """A service's own metadata, with the house's constraint names."""
    return MetaData(naming_convention=NAMING)


metadata = service_metadata()


def _recorded_at(name: str = "recorded_at") -> Column[datetime]:
    return Column(name, UtcDateTime, nullable=False, server_default=func.clock_timestamp())


outbox = Table(
    "outbox",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("subject", String(100), nullable=False),
    Column("type", String(120), nullable=False),
    Column("aggregate", String(160), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("data", JSONB, nullable=False),
    Column("traceparent", String(60)),
    _recorded_at(),
    Column("published_at", UtcDateTime),
    Column("republished", Integer, nullable=False, server_default=text("0")),
    CheckConstraint(f"octet_length(data::text) <= {EVENT_LIMIT_BYTES}", name="size"),
)
Index("ix_outbox_unpublished", outbox.c.position, postgresql_where=outbox.c.published_at.is_(None))
Index("uq_outbox_aggregate_sequence", outbox.c.aggregate, outbox.c.sequence, unique=True)

outbox_sequence = Table(
    "outbox_sequence",
    metadata,
    Column("aggregate", String(160), primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", String(120), primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    _recorded_at("handled_at"),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("consumer", String(120), nullable=False),
    Column("event_id", Uuid),
    Column("subject", String(100), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("error", Text, nullable=False),
    Column("deliveries", Integer, nullable=False),
    _recorded_at("parked_at"),
    Column("resolved_at", UtcDateTime),
)
Index(
    "uq_dead_letter_waiting",
    dead_letter.c.consumer,
    dead_letter.c.event_id,
    unique=True,
    postgresql_where=text("resolved_at IS NULL AND event_id IS NOT NULL"),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("caller", String(80), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("body", LargeBinary, nullable=False),
    _recorded_at(),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("caller_kind", String(20), nullable=False),
    Column("caller_id", Uuid),
    Column("organisation_id", Uuid),
    Column("action", String(80), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("details", JSONB, nullable=False),
    Column("request_id", String(64)),
    _recorded_at(),
    Index("ix_audit_entry_subject", "subject"),
)

audit_link = Table(
    "audit_link",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
)
"""The chain over the audit trail (`chassis.audit_chain`): 1, 2, 3, … in the order in which entries were found."""

audit_witness = Table(
    "audit_witness",
    metadata,
    Column("service", String(40), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("head", String(64), nullable=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    _recorded_at("heard_at"),
    Column("key_id", String(100)),
    Column("public_key", String(64)),
    Column("signature", String(128)),
)
"""Heads of other services' chains, kept here so that nobody can rewrite theirs unnoticed."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("head", String(64), nullable=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    Column("key_id", String(100)),
    Column("public_key", String(64)),
    Column("signature", String(128)),
)
"""What this service told the others of its own chain, and everybody at `/v1/audit/…/head`."""

merged_person = Table(
    "merged_person",
    metadata,
    Column("merge_id", Uuid, primary_key=True),
    Column("kept_id", Uuid, nullable=False, index=True),
    Column("merged_id", Uuid, nullable=False, index=True),
    Column("merged_at", UtcDateTime, nullable=False),
    Column("separated_at", UtcDateTime),
)
"""Whose two ids are one person's, as identity tells it (`chassis.merged_people`)."""

moved_row = Table(
    "moved_row",
    metadata,
    Column("merge_id", Uuid, primary_key=True),
    Column("owner", String(63), primary_key=True),
    Column("name", String(63), primary_key=True),
    Column("key", JSONB, primary_key=True),
    _recorded_at("moved_at"),
    Column("returned_at", UtcDateTime),
)
"""Which rows a merge gave to the person who is kept: table, column and key without that column, to give back."""

audit_dispute = Table(
    "audit_dispute",
    metadata,
    Column("service", String(40), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", String(40), primary_key=True),
    Column("what", String(200), nullable=False),
    _recorded_at("found_at"),
)
"""Links of a chain, our own or another's, of which its service and a holder of its heads do not say the same."""

audit_clearance = Table(
    "audit_clearance",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("service", String(40), nullable=False),
    Column("first_number", BigInteger, nullable=False),
    Column("last_number", BigInteger, nullable=False),
    Column("reason", Text),
    Column("cleared_by", Uuid, nullable=False),
    Column("cleared_at", UtcDateTime, nullable=False),
    Column("said_in", String(40), nullable=False),
    CheckConstraint("first_number <= last_number", name="order"),
    Index("ix_audit_clearance_service", "service", "first_number"),
)
"""What auditors said of disputed links, here or, without their words, at another service. A dispute stays with it."""

erased_person = Table(
    "erased_person",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    _recorded_at("erased_at"),
)
"""Numbers of people who were forgotten here: what arrives about one of them is forgotten again."""

export_part = Table(
    "export_part",
    metadata,
    Column("export_id", Uuid, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_export_part_person_id", "person_id"),
    Index("ix_export_part_expires_at", "expires_at"),
)
"""What this service holds about somebody, as it was when they asked for all of it; compressed, for a few days."""

retention_run = Table(
    "retention_run",
    metadata,
    Column("rule", String(80), primary_key=True),
    Column("ran_at", UtcDateTime, primary_key=True),
    Column("found", BigInteger, nullable=False),
)
"""How many rows a rule of retention met, each time it was applied."""
