"""The outbox: events written in the transaction that makes them true, and the relay that carries them to the broker.

The outbox is the only record of what happened; the broker is transport that can be rebuilt from it. The relay never
uses an `id > last` cursor, because transactions commit in another order than they draw ids: it takes what is not marked
published. One relayer at a time per database keeps the order within an aggregate.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy import ARRAY, BigInteger, Row, String, Uuid, bindparam, func, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from chassis.db import PUBLISHED, Database, count_changed
from chassis.faults import fault
from chassis.ids import new_id
from chassis.tables import outbox
from chassis.telemetry import OUTBOX_WAITING
from chassis.tracing import Span, current_traceparent, finish, is_told_of, within
from chassis.trying import end_if_asked
from contracts.base import AnyEnvelope, Event

log = structlog.get_logger(__name__)

BATCH = 500
POLL_SECONDS = 1.0
RELAY_LOCK = 7_001
LOCK_NOT_AVAILABLE = "55P03"

_PUBLISH = text(
    """
    WITH new AS (
        SELECT * FROM unnest(:event_ids, :subjects, :types, :aggregates, :bodies)
            WITH ORDINALITY AS row(event_id, subject, type, aggregate, body, place)
    ), base AS (
        -- The nameless aggregate is where new ones begin after a restore (chassis.parity.leap).
        SELECT coalesce(max(sequence), 0) AS number FROM outbox_sequence WHERE aggregate = ''
    ), numbered AS (
        INSERT INTO outbox_sequence (aggregate, sequence)
        SELECT aggregate, count(*) + (SELECT number FROM base) FROM new GROUP BY aggregate ORDER BY aggregate
        ON CONFLICT (aggregate) DO UPDATE
            SET sequence = outbox_sequence.sequence + excluded.sequence - (SELECT number FROM base)
        RETURNING aggregate, sequence
    )
    INSERT INTO outbox (event_id, subject, type, aggregate, sequence, data, traceparent)
    SELECT event_id, subject, type, aggregate,
           sequence - count(*) OVER alike + row_number() OVER (alike ORDER BY place), body::jsonb, :traceparent
    FROM new JOIN numbered USING (aggregate) WINDOW alike AS (PARTITION BY aggregate) ORDER BY place
    """
).bindparams(
    bindparam("event_ids", type_=ARRAY(Uuid)),
    *(bindparam(name, type_=ARRAY(String)) for name in ("subjects", "types", "aggregates", "bodies")),
    bindparam("traceparent", type_=String),
)

_WAITING = select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.position).limit(BATCH)


class Transport(Protocol):
    """What the relay needs of a broker."""

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """Send (subject, message id, body) in order; tell of each whether it is stored."""
        ...


async def publish(session: AsyncSession, *events: Event) -> None:
    """Record events in this transaction; they leave after it commits.

    One statement, which takes the aggregate's next number before it writes the event, and holds it until commit:
    events of one aggregate leave in the order in which their transactions committed.
    """
    if not events:
        return
    values = {
        "event_ids": [new_id() for _ in events],
        "subjects": [event.subject for event in events],
        "types": [event.type() for event in events],
        "aggregates": [event.aggregate_id for event in events],
        "bodies": [event.model_dump_json() for event in events],
        "traceparent": current_traceparent(),
    }
    await session.execute(_PUBLISH, values)
    session.info[PUBLISHED] = True


def encode(row: Row[Any], service: str, traceparent: str | None) -> bytes:
    """An outbox row as the CloudEvents message that consumers get."""
    return (
        AnyEnvelope(
            id=row.event_id,
            source=f"/services/{service}",
            type=row.type,
            subject=row.aggregate,
            sequence=row.sequence,
            time=row.recorded_at,
            traceparent=traceparent,
            data=row.data,
        )
        .model_dump_json()
        .encode()
    )


class Relay:
    """Carries outbox rows to the broker, woken after each commit of this process and by a slow poll."""

    def __init__(self, database: Database, transport: Transport, service: str) -> None:
        self._database = database
        self._transport = transport
        self._service = service

    async def run(self) -> None:
        """Relay until cancelled; a failing round is logged and tried again."""
        while True:
            end_if_asked()
            self._database.outbox_written.clear()
            try:
                moved = await self.round()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("relay.round_failed", error=str(error)[:200])
                moved = 0
            if moved < BATCH:
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._database.outbox_written.wait()

    async def round(self) -> int:
        """Publish one batch; the number of rows the broker has stored."""
        async with self._database.engine.begin() as connection:
            if not await self._become_relayer(connection):
                return 0
            rows = (await connection.execute(_WAITING)).all()
            if not rows:
                OUTBOX_WAITING.set(0)
                return 0
            fault("relay.before_publish")
            spans = [_span_of(row) for row in rows]
            messages = [_message(row, self._service, one) for row, one in zip(rows, spans, strict=True)]
            stored = await self._transport.send(messages)
            for one in (one for one, acknowledged in zip(spans, stored, strict=True) if acknowledged and one):
                finish(one)
            fault("relay.after_publish")
            sent = [row.position for row, acknowledged in zip(rows, stored, strict=True) if acknowledged]
            OUTBOX_WAITING.set(len(rows) - len(sent))
            marked = update(outbox).where(outbox.c.position == func.any(bindparam("sent", type_=ARRAY(BigInteger))))
            await connection.execute(marked.values(published_at=func.clock_timestamp()), {"sent": sent})
            fault("relay.before_mark_commit")
        return len(sent)

    async def _become_relayer(self, connection: AsyncConnection) -> bool:
        await connection.execute(text("SET LOCAL lock_timeout = '1s'"))
        try:
            await connection.execute(select(func.pg_advisory_xact_lock(RELAY_LOCK)))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            return False
        return True


def _span_of(row: Row[Any]) -> Span | None:
    """From when the event was recorded to when the broker has it."""
    if not is_told_of(row.traceparent):
        return None
    began = int(row.recorded_at.timestamp() * 1e9)
    about: dict[str, str | int] = {"messaging.system": "nats", "messaging.destination.name": row.subject}
    return Span(f"publish {row.subject}", "producer", row.traceparent, within(row.traceparent), began, 0, about)


def _message(row: Row[Any], service: str, one: Span | None) -> tuple[str, str, bytes]:
    # The broker drops a message id it has seen within its window; a republished row must get through, and the inbox
    # of each consumer is what keeps its effect single.
    message_id = f"{row.event_id}.{row.republished}" if row.republished else str(row.event_id)
    return row.subject, message_id, encode(row, service, row.traceparent if one is None else one.context)


async def republish(session: AsyncSession, since: datetime | None = None) -> int:
    """Mark events for sending again, all or those recorded since an instant; the number marked."""
    chosen: ColumnElement[bool] = outbox.c.published_at.is_not(None)
    if since is not None:
        chosen &= outbox.c.recorded_at >= since
    marked = update(outbox).where(chosen).values(published_at=None, republished=outbox.c.republished + 1)
    session.info[PUBLISHED] = True
    return await count_changed(session, marked)
