"""What the broker may do with messages, done: lose an acknowledgement, repeat, delay, overtake, give to another.

It keeps what it has acknowledged, and gives each message to each consumer until that has acknowledged it: no more is
promised. The relay and the consumers are the real ones. How the real broker behaves is tested with the real one.
"""

import asyncio
import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import asyncpg

from chassis.bus import Bus
from chassis.outbox import Relay
from chassis.service import Service
from chassis.subscriptions import Consumer, Subscription
from contracts.base import AnyEnvelope, Event
from harness import ServiceHarness
from simulation.actors import Actor, Crashed, Stuck
from simulation.scheduler import Scheduler

LATE = (timedelta(0), timedelta(seconds=1), timedelta(minutes=2))
PATIENCE = timedelta(seconds=10)
"""After so long without an acknowledgement a message is given out again."""
AT_ONCE = 3
LOOK_SECONDS = 1.0
A_WHILE = timedelta(seconds=5)
SETTLED = timedelta(minutes=6)
"""By then, after the last fault, nothing is left: the longest pause before an event is tried again is five minutes."""

_WAITING = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
_HEARD = "SELECT consumer, event_id::text FROM inbox WHERE event_id::text = ANY($1)"


class Enough(Exception):
    """The consumer has had its batch."""


@dataclass(eq=False)
class Letter:
    """A message on its way to one consumer."""

    service: str
    subscription: Subscription
    event_id: str
    body: bytes
    due_at: datetime
    in_hand: bool = False
    delivered: int = 0


class Broker:
    """Between the outboxes and the consumers of the services of one simulation."""

    def __init__(self, scheduler: Scheduler, services: dict[str, ServiceHarness]) -> None:
        self.scheduler = scheduler
        self.services = services
        self.letters: list[Letter] = []
        self._seen: set[str] = set()
        self._relayed: list[str] = []
        self._told: set[tuple[str, str, str]] = set()

    def add_relay(self, name: str) -> None:
        """The loop of a service that sends what is in its outbox."""
        self._relayed.append(name)
        self.scheduler.add(f"{name} relay", lambda actor: self._relay(actor, name), is_endless=True)

    def add_consumers(self, name: str, processes: int) -> None:
        """So many processes that handle what a service hears."""
        for number in range(processes):
            self.scheduler.add(
                f"{name} worker {number}", lambda actor: self._work(actor, self.services[name]), is_endless=True
            )

    def tell(self, source: str, sequence: int, event_id: UUID, event: Event) -> None:
        """What a service that is not simulated tells."""
        envelope = AnyEnvelope(
            id=event_id,
            source=f"/services/{source}",
            type=event.type(),
            subject=event.aggregate_id,
            sequence=sequence,
            time=self.scheduler.moments.now(),
            data=event.model_dump(mode="json"),
        )
        self.keep(str(event_id), event.type(), envelope.model_dump_json().encode())

    def keep(self, event_id: str, type_: str, body: bytes) -> None:
        """Keep a message for each consumer that hears its event; perhaps twice, perhaps late."""
        chosen, mischief = self.scheduler.chosen, self.scheduler.chances.mischief
        for name, service in self.services.items():
            for one in service.service.subscriptions.table:
                if one.event.type() == type_:
                    self._told.add((name, one.durable, event_id))
                    for _ in range(1 + (chosen.random() < mischief)):
                        late = chosen.choice(LATE) if mischief else LATE[0]
                        self.letters.append(Letter(name, one, event_id, body, self.scheduler.moments.at + late))

    async def _relay(self, actor: Actor, name: str) -> None:
        service = self.services[name]
        relay = Relay(service.running, _Sending(self, actor), name)
        while True:
            try:
                await relay.round()
            except Crashed:
                self.scheduler.note(actor.name, "is started again")
            await asyncio.sleep(LOOK_SECONDS)

    async def _work(self, actor: Actor, service: ServiceHarness) -> None:
        while True:
            batch = self._some_for(actor, service.service)
            if not batch:
                await asyncio.sleep(LOOK_SECONDS)
                continue
            await self.scheduler.stand(f"takes {len(batch)} of {batch[0].subscription.durable}")
            try:
                await self._handle(service, batch)
            except Crashed:
                self.scheduler.note(actor.name, "is started again")
            for letter in batch:
                letter.in_hand = False

    def _some_for(self, actor: Actor, service: Service) -> list[Letter]:
        """Some of what waits for one consumer, in any order. What is in another's hand too, now and then."""
        impatient = actor.chosen.random() < self.scheduler.chances.mischief / 4
        due = [
            one
            for one in self.letters
            if one.service == service.name
            and one.due_at <= self.scheduler.moments.at
            and (not one.in_hand or impatient)
        ]
        if not due:
            return []
        durable = actor.chosen.choice(due).subscription
        alike = [one for one in due if one.subscription is durable]
        batch = actor.chosen.sample(alike, min(len(alike), actor.chosen.randint(1, AT_ONCE)))
        for letter in batch:
            letter.in_hand, letter.delivered = True, letter.delivered + 1
        return batch

    async def _handle(self, service: ServiceHarness, batch: Sequence[Letter]) -> None:
        source = _Source([_Message(self, one) for one in batch])
        consumer = Consumer(batch[0].subscription, service.running, cast(Bus, source), service.settings)
        with contextlib.suppress(Enough):
            await consumer.run()

    async def settle(self, watching: Mapping[str, asyncpg.Connection]) -> None:
        """Let time pass until every relay has told its outbox and every consumer acknowledged all it hears; each event
        is in each inbox then. Stuck when that is not so in time."""
        for _ in range(int(SETTLED / A_WHILE)):
            await self.scheduler.run_for(A_WHILE)
            waiting = [await watching[name].fetchval(_WAITING) for name in self._relayed]
            if not self.letters and not any(waiting):
                await self._all_is_heard(watching)
                return
        raise Stuck(f"{sorted({one.subscription.durable for one in self.letters})} have events left")

    async def _all_is_heard(self, watching: Mapping[str, asyncpg.Connection]) -> None:
        for name in self.services:
            told = {(durable, event) for service, durable, event in self._told if service == name}
            rows = await watching[name].fetch(_HEARD, list({event for _, event in told}))
            missing = told - {(row["consumer"], row["event_id"]) for row in rows}
            assert not missing, f"{sorted({durable for durable, _ in missing})} never handled what they acknowledged"

    def arrive(self, message_id: str, body: bytes) -> None:
        """Keep what a relay sends, unless it is known to have been sent before: the broker forgets that, in time."""
        forgets = self.scheduler.chosen.random() < self.scheduler.chances.mischief
        if message_id in self._seen and not forgets:
            return
        self._seen.add(message_id)
        told = json.loads(body)
        self.keep(told["id"], told["type"], body)


@dataclass
class _Sending:
    """What a relay sends through. It may not hear that something arrived."""

    broker: Broker
    actor: Actor

    async def send(self, messages: Sequence[tuple[str, str, bytes]]) -> list[bool]:
        """In order, pipelined; each may be lost by itself, or the word that it was not."""
        scheduler = self.broker.scheduler
        await scheduler.stand(f"sends {len(messages)}", may_crash=True)
        stored = []
        for _, message_id, body in messages:
            is_lost, is_unheard = (scheduler.chosen.random() < scheduler.chances.mischief / 2 for _ in range(2))
            if not is_lost:
                self.broker.arrive(message_id, body)
            stored.append(not is_lost and not is_unheard)
        await scheduler.stand("hears of it", may_crash=True)
        return stored


@dataclass
class _Metadata:
    num_delivered: int


class _Message:
    """A message as a consumer is handed it."""

    def __init__(self, broker: Broker, letter: Letter) -> None:
        self._broker, self._letter = broker, letter
        self.data = letter.body
        self.subject = letter.subscription.event.subject
        self.metadata = _Metadata(letter.delivered)
        self.is_acked = False
        letter.due_at = broker.scheduler.moments.at + PATIENCE

    async def ack(self) -> None:
        """It was handled; the word of it may be lost."""
        await self._broker.scheduler.stand("acknowledges", may_crash=True)
        self.is_acked = True
        if self._broker.scheduler.chosen.random() >= self._broker.scheduler.chances.mischief:
            self._forget()

    async def nak(self, delay: float) -> None:
        """It could not be handled now."""
        self._broker.scheduler.note(self._letter.subscription.durable, "could not")
        self._letter.due_at = self._broker.scheduler.moments.at + timedelta(seconds=delay)

    async def term(self) -> None:
        """It was put aside."""
        self._broker.scheduler.note(self._letter.subscription.durable, "put aside")
        self._forget()

    async def in_progress(self) -> None:
        """Somebody is at it."""

    def _forget(self) -> None:
        if self._letter in self._broker.letters:
            self._broker.letters.remove(self._letter)


class _Source:
    """What a consumer subscribes to: one batch, and then no more."""

    def __init__(self, messages: list[_Message]) -> None:
        self._messages = messages

    async def subscribe(self, *_: Any) -> "_Source":
        """As the bus does."""
        return self

    async def __aenter__(self) -> "_Source":
        """As the bus's source does."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """As the bus's source does."""

    async def fetch(self, *_: Any) -> list[_Message]:
        """The batch, once; then Enough."""
        if not self._messages:
            raise Enough
        messages, self._messages = self._messages, []
        return messages
