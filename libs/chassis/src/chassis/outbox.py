"""The outbox: events written in the transaction that makes them true, and the relay that carries them to the broker.

The outbox is the only record of what happened; the broker is transport that can be rebuilt from it. The relay never
uses an `id > last` cursor, because transactions commit in another order than they draw ids: it takes what is not marked
published. One relayer at a time per database keeps the order within an aggregate.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy import ARRAY, BigInteger, Row, String, bindparam, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from chassis.db import PUBLISHED, Database
from chassis.faults import fault
from chassis.ids import new_id
from chassis.tables import outbox
from chassis.telemetry import OUTBOX_WAITING, current_traceparent
from contracts.base import AnyEnvelope, Event

log = structlog.get_logger(__name__)

BATCH = 200
POLL_SECONDS = 1.0
RELAY_LOCK = 7_001
LOCK_NOT_AVAILABLE = "55P03"

_NUMBER = text(
    """
    INSERT INTO outbox_sequence (aggregate, sequence)
    SELECT aggregate, taken FROM unnest(:aggregates, :taken) AS new(aggregate, taken) ORDER BY aggregate
    ON CONFLICT (aggregate) DO UPDATE SET sequence = outbox_sequence.sequence + excluded.sequence
    RETURNING aggregate, sequence
    """
).bindparams(bindparam("aggregates", type_=ARRAY(String)), bindparam("taken", type_=ARRAY(BigInteger)))

_WAITING = select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.position).limit(BATCH)


class Transport(Protocol):
    """What the relay needs of a broker."""

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """Send (subject, message id, body) in order; tell of each whether it is stored."""
        ...


async def publish(session: AsyncSession, *events: Event) -> None:
    """Record events in this transaction; they leave after it commits.

    Takes the aggregate's number first and so holds its row until commit: events of one aggregate leave in the order
    in which their transactions committed.
    """
    if not events:
        return
    wanted = Counter(event.aggregate_id for event in events)
    numbered = await session.execute(
        _NUMBER, {"aggregates": sorted(wanted), "taken": [wanted[a] for a in sorted(wanted)]}
    )
    following = {aggregate: last - wanted[aggregate] + 1 for aggregate, last in numbered}
    rows: list[dict[str, Any]] = []
    for event in events:
        aggregate = event.aggregate_id
        rows.append(
            {
                "event_id": new_id(),
                "subject": event.subject,
                "type": event.type(),
                "aggregate": aggregate,
                "sequence": following[aggregate],
                "data": event.model_dump(mode="json"),
                "traceparent": current_traceparent(),
            }
        )
        following[aggregate] += 1
    await session.execute(insert(outbox), rows)
    session.info[PUBLISHED] = True


def encode(row: Row[Any], service: str) -> bytes:
    """An outbox row as the CloudEvents message that consumers get."""
    return (
        AnyEnvelope(
            id=row.event_id,
            source=f"/services/{service}",
            type=row.type,
            subject=row.aggregate,
            sequence=row.sequence,
            time=row.recorded_at,
            traceparent=row.traceparent,
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
            self._database.outbox_written.clear()
            try:
                moved = await self.round()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("relay.round_failed", error=str(error)[:200])
                moved = 0
            if moved < BATCH:
                await self._wait()

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._database.outbox_written.wait(), POLL_SECONDS)
        except TimeoutError:
            return

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
            stored = await self._transport.send([_message(row, self._service) for row in rows])
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


def _message(row: Row[Any], service: str) -> tuple[str, str, bytes]:
    # The broker drops a message id it has seen within its window; a republished row must get through, and the inbox
    # of each consumer is what keeps its effect single.
    message_id = f"{row.event_id}.{row.republished}" if row.republished else str(row.event_id)
    return row.subject, message_id, encode(row, service)


async def republish(session: AsyncSession, since: datetime | None = None) -> int:
    """Mark events for sending again, all or those recorded since an instant; the number marked."""
    chosen: ColumnElement[bool] = outbox.c.published_at.is_not(None)
    if since is not None:
        chosen &= outbox.c.recorded_at >= since
    marked = update(outbox).where(chosen).values(published_at=None, republished=outbox.c.republished + 1)
    session.info[PUBLISHED] = True
    await session.execute(text("SET LOCAL statement_timeout = 0"))  # years of events are marked in one statement
    return (await (await session.connection()).execute(marked)).rowcount
