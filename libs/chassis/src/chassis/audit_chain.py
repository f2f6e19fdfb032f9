"""The audit trail as a chain: each entry is hashed with the hash before it, and other services keep the newest hash.

Whoever alters, removes or puts in an entry behind the database's guards breaks the chain from there on. Whoever makes a
new chain of what is left, or cuts off its end, meets the heads that other services hold in databases of their own.

Entries are chained a moment after they are committed, by the `work` process, in the order in which they are found: a
chain made while requests are served would make them wait for one another.
"""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, Select, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import head_keys
from chassis.db import Database, settings_in
from chassis.outbox import publish
from chassis.tables import audit_entry, audit_head, audit_link, audit_witness
from contracts.base import Event

log = structlog.get_logger(__name__)

CHAIN_LOCK = 7_003
LOOK_SECONDS = 2.0
BATCH = 500
LATE = 5_000
"""By so many positions an entry may be committed after a later one. What is found unchained below that was put in."""
GENESIS = "0" * 64
FORM = "uk.ncce.audit.v1"
READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was written."""

    number: int | None
    """The link at which it shows; None for what belongs to none."""
    position: int | None
    what: str


def link_hash(number: int, before: str, entry: Row[Any]) -> str:
    """The hash of an entry in its place: of every column, and of the hash before it."""
    said = {
        "form": FORM,
        "number": number,
        "before": before,
        "position": entry.position,
        "caller": [entry.caller_kind, _text(entry.caller_id), _text(entry.organisation_id)],
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "request_id": entry.request_id,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _text(value: UUID | None) -> str | None:
    return str(value) if value is not None else None


async def chain_entries(database: Database, service: str, head_event: type[Event] | None) -> None:
    """Chain what is committed, and tell the others of the new head, until cancelled."""
    while True:
        chained = 0
        if await _some_wait(database):
            async with database.transaction() as session:
                chained = await chain_some(session, service, head_event)
        if chained < BATCH:
            await asyncio.sleep(LOOK_SECONDS)


def _unchained() -> Select[Any]:
    newest = select(func.coalesce(func.max(audit_link.c.position), 0)).scalar_subquery()
    linked = exists().where(audit_link.c.position == audit_entry.c.position)
    return select(audit_entry).where(audit_entry.c.position > newest - LATE, ~linked)


async def _some_wait(database: Database) -> bool:
    """Looked at without a transaction: most of the time there is nothing to write."""
    async with database.reads.connect() as connection:
        return (await connection.execute(_unchained().limit(1))).first() is not None


async def chain_some(session: AsyncSession, service: str, head_event: type[Event] | None = None) -> int:
    """Chain a batch of entries; how many there were. One chainer at a time."""
    await session.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    number, before = await head_of(session)
    entries = (await session.execute(_unchained().order_by(audit_entry.c.position).limit(BATCH))).all()
    links = []
    for entry in entries:
        number += 1
        before = link_hash(number, before, entry)
        links.append({"number": number, "position": entry.position, "hash": before})
    if links:
        await session.execute(insert(audit_link), links)
        if head_event is not None:
            sealed_at = datetime.now(UTC)
            told = {"service": service, "number": number, "head": before, "sealed_at": sealed_at}
            signature = _signature(session, head_keys.said(service, number, before, sealed_at))
            said = head_event.model_validate(told | signature)
            await session.execute(insert(audit_head).values(said.model_dump(exclude={"service"})))
            await publish(session, said)
    return len(links)


def _signature(session: AsyncSession, head: bytes) -> dict[str, str]:
    keys = settings_in(session).audit_keys
    return asdict(head_keys.sign(keys.get_secret_value(), head)) if keys is not None else {}


async def head_of(session: AsyncSession) -> tuple[int, str]:
    """The number and the hash of the last link."""
    last = select(audit_link.c.number, audit_link.c.hash).order_by(audit_link.c.number.desc()).limit(1)
    row = (await session.execute(last)).one_or_none()
    return (row.number, row.hash) if row else (0, GENESIS)


async def verify(session: AsyncSession) -> list[Finding]:
    """Compute the whole chain again and name whatever is not as it was written."""
    findings, expected, before, newest = [], 0, GENESIS, 0
    query = (
        select(audit_link.c.number, audit_link.c.hash, audit_link.c.position.label("at"), audit_entry)
        .outerjoin(audit_entry, audit_entry.c.position == audit_link.c.position)
        .order_by(audit_link.c.number)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    async for row in await session.stream(query):
        expected += 1
        newest = max(newest, row.at)
        if row.number != expected:
            findings.append(Finding(row.number, row.at, f"links {expected} to {row.number - 1} are gone"))
            expected = row.number
        if row.position is None:
            findings.append(Finding(row.number, row.at, "the entry is gone"))
        elif link_hash(row.number, before, row) != row.hash:
            findings.append(Finding(row.number, row.at, "the entry or its link was altered"))
        before = row.hash
    linked = exists().where(audit_link.c.position == audit_entry.c.position)
    put_in = select(audit_entry.c.position).where(audit_entry.c.position <= newest - LATE, ~linked)
    findings += [Finding(None, at, "the entry was put in later") for at in await session.scalars(put_in)]
    return findings


async def compare(session: AsyncSession, heads: Sequence[tuple[int, str]]) -> list[Finding]:
    """Compare the chain with heads that others hold of it: finds an end that was cut off and a chain made anew."""
    findings = []
    for start in range(0, len(heads), READ_AT_ONCE):
        some = heads[start : start + READ_AT_ONCE]
        links = select(audit_link.c.number, audit_link.c.hash)
        rows = await session.execute(links.where(audit_link.c.number.in_([number for number, _ in some])))
        own = {row.number: row.hash for row in rows}
        for number, head in some:
            if number not in own:
                findings.append(Finding(number, None, "another service has seen this link; it is gone"))
            elif own[number] != head:
                findings.append(Finding(number, None, "another service has seen another hash of this link"))
    return findings


async def witnessed(session: AsyncSession, service: str) -> list[tuple[int, str]]:
    """The heads that are held here of another service's chain."""
    kept = audit_witness.c
    query = select(kept.number, kept.head).where(kept.service == service).order_by(kept.number)
    return [(row.number, row.head) for row in await session.execute(query)]
