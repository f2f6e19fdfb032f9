"""What a service hears: typed handlers in one table, and the loop that feeds them.

    subscriptions = Subscriptions("funding")

    @subscriptions.on(CpdCompleted)
    async def make_bursary_claimable(session: AsyncSession, event: CpdCompleted, delivery: Delivery) -> None: ...

A handler runs inside a transaction in which the event has been claimed for it: a second delivery has no second effect.
The message is acknowledged after that transaction commits. A handler makes no network call.

`on_many` registers a handler for whatever is waiting at once, up to a hundred events in one call. It must come to the
same state as one call for each event would.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import inbox
from chassis.bus import Bus, Msg, NatsError, Source, is_missing
from chassis.database_errors import is_away
from chassis.db import Database
from chassis.faults import fault
from chassis.holdings import OF_PEOPLE
from chassis.settings import ServiceSettings
from chassis.tables import erased_person
from chassis.telemetry import HANDLED
from chassis.tracing import span
from chassis.trying import end_if_asked, tried
from contracts.base import AnyEnvelope, Event

log = structlog.get_logger(__name__)

LEAST_BATCH, BATCH = 32, 250
HELD_SECONDS = 1.0
"""After so long a transaction with a batch is to be over: handlers of other events may wait for the same rows, and they
wait no longer than a statement may take."""
FETCH_SECONDS = 2.0
AWAY_SECONDS = 2.0
"""Before an event is tried again that met no database."""

EventT = TypeVar("EventT", bound=Event)
Handler = Callable[[AsyncSession, EventT, "Delivery"], Awaitable[None]]
ManyHandler = Callable[[AsyncSession, Sequence[EventT], Sequence["Delivery"]], Awaitable[None]]
AnyHandler = Callable[[AsyncSession, Any, Any], Awaitable[None]]
Settle = Callable[[AsyncSession, Collection[UUID]], Awaitable[object]]
Forget = Callable[[AsyncSession, UUID], Awaitable[None]]


@dataclass(frozen=True)
class Delivery:
    """What is known of an event besides its data."""

    event_id: UUID
    aggregate: str
    sequence: int
    """1, 2, 3, … within the aggregate: a handler that keeps state ignores what is older than it holds."""
    occurred_at: datetime


@dataclass(frozen=True)
class Subscription:
    """One handler of one event. Its durable's name is part of the platform: renaming it is a migration."""

    durable: str
    event: type[Event]
    handle: AnyHandler
    takes_many: bool = False
    settle: "Settle | None" = None
    forget: Forget | None = None


class Unreadable(Exception):
    """A message that this consumer cannot read; trying again will not help."""


class Subscriptions:
    """The table of everything one service hears."""

    def __init__(self, service: str, settle: Settle | None = None) -> None:
        """`settle` follows every event about people: what it stored for somebody who was merged moves with the rest."""
        self.service = service
        self.table: list[Subscription] = []
        self._settle = settle
        self.forget: Forget | None = None
        """How the service erases somebody: done again when an event brings back a person who was forgotten."""

    def on(self, event: type[EventT]) -> Callable[[Handler[EventT]], Handler[EventT]]:
        """Register the decorated function for an event."""

        def register(handle: Handler[EventT]) -> Handler[EventT]:
            self._add(event, handle)
            return handle

        return register

    def on_many(self, event: type[EventT]) -> Callable[[ManyHandler[EventT]], ManyHandler[EventT]]:
        """Register the decorated function for an event, to be handed all that wait in one call."""

        def register(handle: ManyHandler[EventT]) -> ManyHandler[EventT]:
            self._add(event, handle, takes_many=True)
            return handle

        return register

    def _add(self, event: type[Event], handle: AnyHandler, *, takes_many: bool = False) -> None:
        durable = f"{self.service}-{getattr(handle, '__name__', '').replace('_', '-')}"
        if self.named(durable):
            raise ValueError(f"two handlers are called {durable}")
        is_of_people = bool(OF_PEOPLE & event.model_fields.keys())
        settle, forget = (self._settle, self._forget) if is_of_people else (None, None)
        self.table.append(Subscription(durable, event, handle, takes_many, settle, forget))

    async def _forget(self, session: AsyncSession, person_id: UUID) -> None:
        if self.forget is not None:
            await self.forget(session, person_id)

    def named(self, durable: str) -> Subscription | None:
        """The subscription behind a durable."""
        return next((one for one in self.table if one.durable == durable), None)


def read(subscription: Subscription, body: bytes) -> AnyEnvelope:
    """The envelope in a message, its data as the subscription's event; Unreadable when it is not that."""
    try:
        envelope = AnyEnvelope.model_validate_json(body)
        if envelope.type != subscription.event.type():
            raise Unreadable(f"{envelope.type} is not {subscription.event.type()}")
        return envelope.model_copy(update={"data": subscription.event.model_validate(envelope.data)})
    except ValidationError as error:
        raise Unreadable(str(error)) from error


async def handle(session: AsyncSession, subscription: Subscription, envelopes: Sequence[AnyEnvelope]) -> int:
    """Claim and handle events in this transaction; the number that had not been handled before."""
    fresh = await inbox.claim(session, subscription.durable, [envelope.id for envelope in envelopes])
    by_id = {envelope.id: envelope for envelope in envelopes if envelope.id in fresh}
    for traceparent, traced in groupby(by_id.values(), key=lambda envelope: envelope.traceparent):
        about = {"messaging.system": "nats", "messaging.destination.name": subscription.event.subject}
        with span(subscription.durable, "consumer", traceparent, **about):
            await _hand_over(session, subscription, list(traced))
    people = _people([envelope.data for envelope in by_id.values()])
    if subscription.settle is not None and by_id:
        await subscription.settle(session, people)
    await _forget_again(session, subscription, people)
    return len(by_id)


def _people(events: Sequence[Event]) -> set[UUID]:
    named = {getattr(event, name, None) for event in events for name in OF_PEOPLE}
    return {one for one in named if one is not None}


async def _forget_again(session: AsyncSession, subscription: Subscription, people: Collection[UUID]) -> None:
    """Erase anew whoever was forgotten before these events came: nobody comes back by a late or repeated event."""
    if not people or subscription.forget is None:
        return
    query = select(erased_person.c.person_id).where(erased_person.c.person_id.in_(people))
    for person_id in (await session.scalars(query)).all():
        await subscription.forget(session, person_id)


async def _hand_over(session: AsyncSession, subscription: Subscription, envelopes: Sequence[AnyEnvelope]) -> None:
    deliveries = [Delivery(one.id, one.subject, one.sequence, one.time) for one in envelopes]
    if subscription.takes_many:
        await subscription.handle(session, [envelope.data for envelope in envelopes], deliveries)
        return
    for envelope, delivery in zip(envelopes, deliveries, strict=True):
        await subscription.handle(session, envelope.data, delivery)


async def handle_again(session: AsyncSession, subscriptions: Subscriptions, letter_id: UUID) -> bool:
    """Give a dead letter another attempt; False when it is not waiting any more. The handler's error passes through."""
    letter = await inbox.take(session, letter_id)
    if letter is None:
        return False
    subscription = subscriptions.named(letter.consumer)
    if subscription is None:
        raise Unreadable(f"nothing here is called {letter.consumer} any more")
    await handle(session, subscription, [read(subscription, letter.body)])
    await inbox.resolve(session, letter_id)
    return True


def next_batch(asked: int, came: int, seconds: float) -> int:
    """How many to ask for after so many came of those asked for and took so long: as many as are over in time.

    Never fewer than `LEAST_BATCH`: what takes long whatever the number, as waiting does, would bring it down to one.
    """
    if seconds > HELD_SECONDS:
        return max(LEAST_BATCH, int(came * HELD_SECONDS / seconds))
    return min(2 * asked, BATCH) if came == asked and 2 * seconds <= HELD_SECONDS else asked


class Consumer:
    """The loop of one subscription."""

    def __init__(self, subscription: Subscription, database: Database, bus: Bus, settings: ServiceSettings) -> None:
        self._subscription = subscription
        self._database = database
        self._bus = bus
        self._settings = settings
        self._batch = LEAST_BATCH

    async def run(self) -> None:
        """Consume until cancelled, whatever happens to the broker or its store."""
        while True:
            end_if_asked()
            try:
                async with await self._bus.subscribe(self._subscription.event, self._subscription.durable) as source:
                    while True:
                        end_if_asked()
                        await self._take(source)
            except (NatsError, OSError, TimeoutError) as error:
                if not is_missing(error):
                    log.warning("consumer.interrupted", consumer=self._subscription.durable, error=str(error)[:200])
                await asyncio.sleep(0.5)

    async def _take(self, source: Source) -> None:
        messages = await source.fetch(self._batch, FETCH_SECONDS)
        if not messages:
            return
        begun = time.monotonic()
        # What is being handled is finished even when the process is asked to stop.
        work = asyncio.ensure_future(self._handle_in_time(messages))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            await work
            raise
        self._batch = next_batch(self._batch, len(messages), time.monotonic() - begun)

    async def _handle_in_time(self, messages: Sequence[Msg]) -> None:
        """Handle, and keep telling the broker that they are in hand, lest it give them to another."""
        telling = asyncio.create_task(self._tell_of(messages))
        try:
            await self._handle(messages)
        finally:
            telling.cancel()

    async def _tell_of(self, messages: Sequence[Msg]) -> None:
        while True:
            await asyncio.sleep(self._settings.ack_wait_seconds / 3)
            for message in (one for one in messages if not one.is_acked):
                with suppress(NatsError):
                    await message.in_progress()

    async def _handle(self, messages: Sequence[Msg]) -> None:
        handled = await tried(self._commit, messages)
        if isinstance(handled, Exception):  # tried one by one, then delayed, then parked as a dead letter
            if len(messages) == 1:
                await self._failed(messages[0], handled)
                return
            log.info("consumer.batch_split", consumer=self._subscription.durable, error=type(handled).__name__)
            for message in messages:
                await self._handle([message])
            return
        HANDLED.labels(self._subscription.durable, "handled").inc(handled)
        fault("consumer.before_ack")
        for message in messages:
            await message.ack()
        fault("consumer.after_ack")

    async def _commit(self, messages: Sequence[Msg]) -> int:
        envelopes = [read(self._subscription, message.data) for message in messages]
        async with self._database.transaction() as session:
            return await handle(session, self._subscription, envelopes)

    async def _failed(self, message: Msg, error: Exception) -> None:
        name, deliveries = self._subscription.durable, message.metadata.num_delivered
        pauses = self._settings.retry_seconds
        pause = pauses[min(deliveries, len(pauses)) - 1]
        if is_away(error):  # says nothing about the event: not held against it, nor slow to be tried again
            log.warning("consumer.interrupted", consumer=name, error=str(error)[:200])
            await message.nak(delay=min(pause, AWAY_SECONDS))
            return
        log.warning("consumer.failed", consumer=name, deliveries=deliveries, exc_info=error)
        if isinstance(error, Unreadable) or deliveries >= self._settings.max_deliveries:
            await self._park(message, error)
        else:
            HANDLED.labels(name, "delayed").inc()
            await message.nak(delay=pause)

    async def _park(self, message: Msg, error: Exception) -> None:
        name, deliveries = self._subscription.durable, message.metadata.num_delivered
        try:
            async with self._database.transaction() as session:
                event_id = _event_id(message)
                await inbox.park(session, name, event_id, message.subject, message.data, repr(error), deliveries)
        except (SQLAlchemyError, OSError) as unparked:
            log.error("consumer.park_failed", consumer=name, error=type(unparked).__name__)
            await message.nak(delay=AWAY_SECONDS)
            return
        HANDLED.labels(name, "parked").inc()
        await message.term()


def _event_id(message: Msg) -> UUID | None:
    try:
        return AnyEnvelope.model_validate_json(message.data).id
    except ValidationError:
        return None
