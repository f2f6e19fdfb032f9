"""What one service told and another heard, held against each other: the outboxes against the inboxes.

Both sides are summed up by subject and by the hour in which an event's id was made, so that years of events compare in
a few thousand lines; ids are asked for only where sums differ. It shows what a restored backup or a lost message left
missing, and what a service has acted on that its teller, restored itself, no longer knows of.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Column, Uuid, bindparam, func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from chassis.db import PUBLISHED, count_changed
from chassis.subscriptions import Subscriptions
from chassis.tables import dead_letter, inbox, outbox, outbox_sequence

LEAP = 1_000_000
"""Events of one aggregate that may have been told between a backup and its restore."""
NEW_AGGREGATES = ""
"""The aggregate whose number all begin from that have none of their own: see `leap`."""

HOUR_MS = 3_600_000

# An id is a UUID of version 7: its first 48 bits are milliseconds, its last 62 are random.
_made_ms: ColumnElement[int] = literal_column("('x' || left(replace(event_id::text, '-', ''), 12))::bit(48)::bigint")
_hour = (_made_ms.op("/")(literal_column(str(HOUR_MS)))).label("hour")
_random: ColumnElement[int] = literal_column("('x' || right(replace(event_id::text, '-', ''), 16))::bit(64)::bigint")
_mark = func.bit_xor(_random)


@dataclass(frozen=True)
class Sum:
    """The events of an hour (since 1970) of one subject that one side knows."""

    of: str
    """The subject on the teller's side, the consumer on the hearer's."""
    hour: int
    events: int
    mark: int
    """The exclusive or of the random ends of their ids."""


async def told(session: AsyncSession, before_ms: int) -> list[Sum]:
    """What this service has told, of events whose ids are older than an instant (Unix milliseconds)."""
    return await _sums(session, outbox.c.subject, _made_ms < before_ms)


async def heard(session: AsyncSession, subscriptions: Subscriptions, before_ms: int) -> list[Sum]:
    """What this service's consumers have handled."""
    consumers = [one.durable for one in subscriptions.table]
    return await _sums(session, inbox.c.consumer, (_made_ms < before_ms) & inbox.c.consumer.in_(consumers))


async def _sums(session: AsyncSession, of: Column[str], chosen: ColumnElement[bool]) -> list[Sum]:
    query = select(of, _hour, func.count(), _mark).where(chosen).group_by(of, _hour).order_by(of, _hour)
    return [Sum(*row) for row in (await session.execute(query)).all()]


async def told_ids(session: AsyncSession, subject: str, hour: int, before_ms: int) -> list[UUID]:
    """The events of one hour that this service has told."""
    chosen = (outbox.c.subject == subject) & _made_in(outbox.c.event_id, hour, before_ms)
    return list((await session.scalars(select(outbox.c.event_id).where(chosen))).all())


async def heard_ids(session: AsyncSession, consumer: str, hour: int, before_ms: int) -> list[UUID]:
    """The events of one hour that a consumer has handled."""
    chosen = (inbox.c.consumer == consumer) & _made_in(inbox.c.event_id, hour, before_ms)
    return list((await session.scalars(select(inbox.c.event_id).where(chosen))).all())


def _made_in(event_id: Column[UUID], hour: int, before_ms: int) -> ColumnElement[bool]:
    """As a range of ids, which an index finds: a restored service may differ in many hours."""
    first, end = hour * HOUR_MS, min((hour + 1) * HOUR_MS, before_ms)
    return (event_id >= _first_of(first)) & (event_id < _first_of(end))


def _first_of(made_ms: int) -> UUID:
    return UUID(int=made_ms << 80)


async def parked_ids(session: AsyncSession, consumer: str) -> set[UUID]:
    """What waits as a dead letter of a consumer."""
    waiting = dead_letter.c.resolved_at.is_(None) & (dead_letter.c.consumer == consumer)
    found = await session.scalars(select(dead_letter.c.event_id).where(waiting, dead_letter.c.event_id.is_not(None)))
    return {one for one in found.all() if one is not None}


async def tell_again(session: AsyncSession, events: Collection[UUID]) -> int:
    """Mark these events for sending again; the number there are of them. Who has heard one has its effect once."""
    # As one array: a statement has room for 32,767 values, and a restored service may lack more events.
    named = bindparam("events", list(events), type_=ARRAY(Uuid))
    marked = update(outbox).where(outbox.c.event_id == func.any(named), outbox.c.published_at.is_not(None))
    session.info[PUBLISHED] = True
    return await count_changed(session, marked.values(published_at=None, republished=outbox.c.republished + 1))


async def leap(session: AsyncSession) -> int:
    """Number the events of every aggregate from far above what was given out before; how many aggregates there are.

    For a database that was restored to an earlier moment: its consumers have seen higher numbers than it remembers,
    and a consumer that keeps state ignores what is not newer than it holds.
    """
    farther = update(outbox_sequence).values(sequence=outbox_sequence.c.sequence + LEAP)
    moved = await count_changed(session, farther)
    base = select(outbox_sequence.c.sequence).where(outbox_sequence.c.aggregate == NEW_AGGREGATES)
    if await session.scalar(base) is None:
        await session.execute(insert(outbox_sequence).values(aggregate=NEW_AGGREGATES, sequence=LEAP))
    return moved
