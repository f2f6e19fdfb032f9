"""Services that are not simulated: what they tell, in the order in which they would."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.base import Event
from simulation.actors import Actor
from simulation.broker import Broker

PAUSES = (0.0, 0.0, 1.0, 4.0)
"""Seconds between one thing and the next."""


@dataclass
class Teller:
    """Tells one thing after the other, each with its number within its aggregate."""

    broker: Broker
    source: str
    told: Sequence[tuple[int, Event]]

    async def act(self, actor: Actor) -> None:
        """As their outbox would be told."""
        for sequence, event in self.told:
            await asyncio.sleep(actor.chosen.choice(PAUSES))
            await self.broker.scheduler.stand(f"tells {event.subject}")
            event_id: UUID = self.broker.scheduler.moments.new_id()
            self.broker.tell(self.source, sequence, event_id, event)
