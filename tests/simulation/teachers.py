"""What teachers and hubs do with places: book, hold, wait, confirm, give up, exchange; call off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from builders import a_teacher
from chassis.principal import Principal
from simulation.actors import Actor
from simulation.asking import Desk

WISHES = ("book", "book", "hold", "confirm", "cancel", "transfer")


@dataclass
class Teacher:
    """Somebody who books."""

    desk: Desk
    runs: Sequence[UUID]
    school_urn: str
    person: Principal = field(init=False)
    booked: dict[UUID, str] = field(default_factory=dict)
    """The newest booking of each run."""

    def __post_init__(self) -> None:
        """Identity has told of them long ago."""
        self.person = a_teacher(self.school_urn, person_id=self.desk.scheduler.moments.new_id())

    async def act(self, actor: Actor) -> None:
        """A few wishes, one after the other."""
        await self._book(actor, actor.chosen.choice(self.runs), hold=actor.chosen.random() < 0.3)
        for _ in range(actor.chosen.randint(0, 3)):
            await self._wish(actor, actor.chosen.choice(WISHES), actor.chosen.choice(self.runs))

    async def _wish(self, actor: Actor, wish: str, run: UUID) -> None:
        if wish in ("book", "hold"):
            await self._book(actor, run, hold=wish == "hold")
        elif booking := self.booked.get(run):
            await self._change(actor, wish, booking, run)

    async def _change(self, actor: Actor, wish: str, booking: str, run: UUID) -> None:
        path = f"/v1/bookings/{booking}"
        if wish == "transfer":
            other = next((one for one in self.runs if one != run), run)
            answer = await self.desk.post(actor, self.person, f"{path}/transfer", {"course_run_id": str(other)})
            self._remember(other, answer)
            return
        await self.desk.post(actor, self.person, path + ("/confirmation" if wish == "confirm" else "/cancellation"))

    async def _book(self, actor: Actor, run: UUID, *, hold: bool) -> None:
        wish = {"course_run_id": str(run), "hold": hold, "waiting_list": actor.chosen.random() < 0.8}
        self._remember(run, await self.desk.post(actor, self.person, "/v1/bookings", wish))

    def _remember(self, run: UUID, answer: Any) -> None:
        if answer.is_success:
            self.booked[run] = answer.json()["id"]


@dataclass
class Lead:
    """Whoever leads a hub, and may call a run off."""

    desk: Desk
    runs: Sequence[UUID]
    person: Principal

    async def act(self, actor: Actor) -> None:
        """Now and then a run is called off, or has other places."""
        if actor.chosen.random() < 0.15:
            run = actor.chosen.choice(self.runs)
            await self.desk.post(actor, self.person, f"/v1/course-runs/{run}/cancellation", {"reason": "Too few."})
