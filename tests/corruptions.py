"""Ways in which stored records could be wrong, each made by the tables' owner, and the rule that has to name it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from certification.app import SERVICE as CERTIFICATION
from chassis import audit_verification, invariants
from chassis.db import SETTINGS, Database
from chassis.invariants import Broken
from chassis.service import Service
from funding.app import SERVICE as FUNDING
from hubs.app import SERVICE as HUBS
from identity.app import SERVICE as IDENTITY

SERVICES = {one.name: one for one in (IDENTITY, HUBS, CERTIFICATION, FUNDING)}


@dataclass(frozen=True)
class Corruption:
    """What is done to tables whose guards are off meanwhile, and the rule that names it."""

    service: str
    rule: str
    tables: str
    statements: Sequence[str]

    def __str__(self) -> str:
        return f"{self.service}: {self.statements[-1]}"


def _one(service: str, rule: str, tables: str, *statements: str) -> Corruption:
    return Corruption(service, rule, tables, statements)


def _copy(table: str, which: str, **other: str) -> str:
    """A second row like one of a table, but for some columns."""
    changed = ", ".join(f"'{name}', {value}" for name, value in other.items())
    like = f"SELECT * FROM {table} WHERE {which} LIMIT 1"
    columns = f"(jsonb_populate_record(NULL::{table}, to_jsonb(old) || jsonb_build_object({changed}))).*"
    return f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT {columns} FROM ({like}) AS old"


SOME_EVENT = "position = (SELECT min(position) FROM outbox)"
AN_ENTRY = "position = (SELECT min(position) FROM audit_entry)"
ANOTHER_EVENT = {"event_id": "gen_random_uuid()", "position": "(SELECT max(position) + 1 FROM outbox)", "sequence": "9"}

SHARED = (
    _one("hubs", "outbox-is-sent", "outbox", f"UPDATE outbox SET published_at = NULL WHERE {SOME_EVENT}"),
    _one("hubs", "events-have-their-counter", "outbox", f"DELETE FROM outbox WHERE {SOME_EVENT}"),
    _one("hubs", "numbers-have-no-gap", "outbox", f"UPDATE outbox SET sequence = sequence + 3 WHERE {SOME_EVENT}"),
    _one("identity", "numbers-are-counted", "", "UPDATE outbox_sequence SET sequence = sequence + 5"),
    _one(
        "funding",
        "letters-are-resolved",
        "",
        "INSERT INTO dead_letter (id, consumer, subject, body, error, deliveries)"
        " VALUES (gen_random_uuid(), 'funding-x', 'x.y', '', 'ValueError', 8)",
    ),
    _one("hubs", "only-successes-are-repeated", "", "UPDATE idempotency_key SET status = 500"),
    _one("certification", "guards-are-on", "", "ALTER TABLE certificate DISABLE TRIGGER USER"),
    _one("identity", "audit-is-whole", "audit_entry", f"UPDATE audit_entry SET action = 'other' WHERE {AN_ENTRY}"),
    _one("hubs", "audit-is-whole", "audit_entry", f"DELETE FROM audit_entry WHERE {AN_ENTRY}"),
    _one("funding", "audit-is-whole", "audit_link", "DELETE FROM audit_link WHERE number = 2"),
    _one(
        "certification",
        "audit-is-whole",
        "audit_link",
        "UPDATE audit_link SET hash = repeat('0', 64) WHERE number = (SELECT max(number) FROM audit_link)",
    ),
)

ATTENDED = "status = 'attended'"
OF_HUBS = (
    _one("hubs", "places-are-those-booked", "", "UPDATE course_run SET places_taken = 0 WHERE places_taken > 0"),
    _one(
        "hubs",
        "places-are-those-booked",
        "booking",
        f"UPDATE booking SET status = 'cancelled', cancelled_at = now() WHERE {ATTENDED}",
    ),
    _one(
        "hubs",
        "nobody-is-booked-twice",
        "booking",
        "DROP INDEX uq_booking_live",
        _copy("booking", ATTENDED, id="gen_random_uuid()"),
    ),
    _one(
        "hubs",
        "runs-are-not-overbooked",
        "",
        "ALTER TABLE course_run DROP CONSTRAINT ck_course_run_places",
        "UPDATE course_run SET capacity = 0 WHERE places_taken > 0",
    ),
    _one(
        "hubs",
        "holds-and-offers-end",
        "booking",
        f"UPDATE booking SET status = 'held', expires_at = now() - interval '1 hour' WHERE {ATTENDED}",
    ),
    _one("hubs", "who-attended-has-completed", "completion", "DELETE FROM completion WHERE booking_id IS NOT NULL"),
    _one("hubs", "every-booking-was-told", "outbox", "DELETE FROM outbox WHERE subject = 'booking.placed'"),
    _one("hubs", "every-completion-was-told-once", "outbox", "DELETE FROM outbox WHERE subject = 'cpd.completed'"),
    _one(
        "hubs",
        "every-completion-was-told-once",
        "outbox",
        _copy("outbox", "subject = 'cpd.completed'", **ANOTHER_EVENT),
    ),
    _one("hubs", "pupils-are-those-booked", "", "UPDATE pupil_event SET pupils_booked = 1, schools_booked = 1"),
)

OF_CERTIFICATION = (
    _one("certification", "certificate-is-as-signed", "certificate", "UPDATE certificate SET title = 'Doctor'"),
    _one(
        "certification", "certificate-is-as-signed", "certificate", "UPDATE certificate SET awarded_on = awarded_on - 1"
    ),
    _one(
        "certification",
        "certificate-is-found-by-its-code",
        "certificate",
        "UPDATE certificate SET code_digest = sha256(code_digest)",
    ),
    _one(
        "certification",
        "certificate-is-logged",
        "certificate_registration",
        "UPDATE certificate_registration SET serial = serial + 7",
    ),
    _one(
        "certification",
        "certificates-are-numbered-without-gap",
        "certificate_registration",
        "DELETE FROM certificate_registration WHERE serial = 1",
    ),
    _one(
        "certification",
        "every-certificate-is-registered",
        "certificate_registration",
        "DELETE FROM certificate_registration",
    ),
    _one(
        "certification",
        "every-award-was-told-once",
        "outbox",
        "DELETE FROM outbox WHERE subject = 'certificate.awarded'",
    ),
    _one(
        "certification",
        "log-entry-is-as-hashed",
        "issuance_entry",
        "UPDATE issuance_entry SET body = replace(body, 'issued', 'revoked') WHERE position = 0",
    ),
    _one(
        "certification",
        "log-node-is-as-its-children",
        "issuance_node",
        "UPDATE issuance_node SET hash = sha256(hash) WHERE level = 1",
    ),
    _one("certification", "log-head-stands", "issuance_head", "UPDATE issuance_head SET root_hash = sha256(root_hash)"),
    _one(
        "certification",
        "log-head-stands",
        "issuance_head",
        "UPDATE issuance_head SET signed_at = signed_at - interval '1 day'",
    ),
    _one("certification", "the-log-has-no-gap", "issuance_entry", "DELETE FROM issuance_entry WHERE position = 0"),
    _one("certification", "revisions-follow-each-other", "credit_entry", "UPDATE credit_entry SET revision = 2"),
    _one(
        "certification",
        "credits-rest-on-what-was-done",
        "credit_entry",
        "UPDATE credit_entry SET activity_key = activity_key || '-other'",
    ),
    _one(
        "certification",
        "awards-come-when-due",
        "",
        "INSERT INTO pending_award"
        " SELECT teacher_id, scheme, now(), now() - interval '1 hour' FROM certificate LIMIT 1",
    ),
)

OF_IDENTITY = (
    _one(
        "identity",
        "mail-is-sent",
        "",
        "UPDATE mail SET sent_at = NULL, retry_at = now() - interval '1 hour'",
    ),
    _one("identity", "secrets-leave-with-their-mail", "", "UPDATE mail SET body = 'https://example.org/?token=1'"),
    _one(
        "identity",
        "every-teacher-was-told-once",
        "outbox",
        _copy("outbox", "subject = 'teacher.registered'", **ANOTHER_EVENT),
    ),
    _one(
        "identity",
        "a-successor-has-its-predecessor",
        "",
        _copy("refresh_token", "used_at IS NULL", token_hash=r"'\x00'::bytea"),
    ),
)

OF_FUNDING = (
    _one(
        "funding",
        "journal-sums-to-nought",
        "posting",
        "UPDATE posting SET amount_pence = amount_pence + 1 WHERE amount_pence > 0",
    ),
    _one("funding", "row-is-as-logged", "posting", "DELETE FROM posting WHERE id = (SELECT max(id) FROM posting)"),
    _one(
        "funding",
        "balance-is-the-sum-of-postings",
        "ledger_account",
        "UPDATE ledger_account SET balance_pence = balance_pence + 1 WHERE kind = 'available'",
    ),
    _one("funding", "bursary-is-as-decided", "bursary", "UPDATE bursary SET amount_pence = amount_pence + 100"),
    _one("funding", "payment-is-of-its-claim", "payment", "UPDATE payment SET amount_pence = amount_pence + 100"),
    _one("funding", "guards-are-on", "", "ALTER TABLE posting DISABLE TRIGGER USER"),
    _one("funding", "row-is-as-logged", "seal_entry", "DELETE FROM seal_entry WHERE id = 1"),
)

CORRUPTIONS = (*SHARED, *OF_HUBS, *OF_CERTIFICATION, *OF_IDENTITY, *OF_FUNDING)


@asynccontextmanager
async def records_of(name: str, environment: Mapping[str, str]) -> AsyncIterator[AsyncSession]:
    """A transaction on a running service's database, with the service's own settings; nothing of it stays."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in environment.items():
            patch.setenv(variable, value)
        settings = SERVICES[name].settings()
    database = Database(settings.model_copy(update={"statement_timeout_ms": 60_000}), f"{name} test")
    try:
        async with AsyncSession(database.engine, info={SETTINGS: settings}) as session:
            yield session
    finally:
        await database.close()


async def everything_broken(session: AsyncSession, service: Service) -> list[Broken]:
    """What the service's own check would say."""
    found = [one async for one in invariants.broken(session, service.invariants)]
    doubts = (await audit_verification.verify(session, service.name, [])).doubts
    return [*found, *(Broken("audit-is-whole", str(one.number), one.what) for one in doubts)]


async def is_named(session: AsyncSession, corruption: Corruption) -> bool:
    """Whether the rule is broken once something is corrupt; it is undone again."""
    for table in corruption.tables.split():
        await session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    for statement in corruption.statements:
        await session.execute(text(statement))
    for table in corruption.tables.split():
        await session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    named = await _is_broken(session, SERVICES[corruption.service], corruption.rule)
    await session.rollback()
    session.expire_all()
    return named


async def _is_broken(session: AsyncSession, service: Service, rule: str) -> bool:
    """By the one query of a rule that has one, which is quicker than by all."""
    for known in (*invariants.EVERYWHERE, *service.invariants.rules):
        if known.name == rule:
            return (await session.execute(text(known.query), known.values)).first() is not None
    return rule in {one.rule for one in await everything_broken(session, service)}
