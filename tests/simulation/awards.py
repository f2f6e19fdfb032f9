"""Certification alone: teachers who do what a certificate asks for, and the news of their courses."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import ClassVar
from uuid import UUID

from builders import a_teacher
from certification.app import SERVICE
from certification.credits.pending import award_after_windows
from certification_facts import completed, corrected, joined, registered
from contracts.base import Event
from simulation.asking import Desk
from simulation.broker import Broker
from simulation.credits import Credits
from simulation.learning import Learner, Moderator, draw_alike
from simulation.loops import add_loops
from simulation.scheduler import Scheduler
from simulation.telling import Teller
from simulation.world import World

COURSES = (("CP228", "12"), ("CP420", "9"))
ENTRIES = 2
"""Each teacher writes so many."""


class Awards(World):
    """Each seed has teachers of its own."""

    needs: ClassVar = {"certification": (SERVICE, True)}
    may_be_broken = ("outbox-is-sent",)  # nobody carries it anywhere

    async def prepare(self) -> None:
        """Whose log is looked at once more is drawn by a number that is another in every database."""
        await draw_alike(self.services["certification"])

    async def cast(self, scheduler: Scheduler, chosen: Random) -> None:
        """One to three teachers, whose courses are told of, told twice, corrected; two moderators."""
        certification = self.services["certification"]
        desk, self.broker = Desk(scheduler, certification), Broker(scheduler, self.services)
        teachers = [scheduler.moments.new_id() for _ in range(chosen.randint(1, 3))]
        self.credits = Credits(self.watching["certification"], teachers)
        self.stands: dict[UUID, dict[str, Decimal]] = {one: {} for one in teachers}
        entries: list[str] = []
        for number, one in enumerate(teachers):
            told = [(1, registered(one))]
            scheduler.add(f"identity {number}", Teller(self.broker, "identity", told).act)
            hub = [(1, joined(one, scheduler.moments.new_id()))]
            scheduler.add(f"hub {number}", Teller(self.broker, "hubs", hub).act)
            for course, hours in COURSES:
                history = self._history(scheduler, chosen, one, course, hours)
                scheduler.add(f"{course} {number}", Teller(self.broker, "hubs", history).act)
            person = a_teacher(person_id=one)
            scheduler.add(f"learner {number}", Learner(desk, person, entries).act)
        done: set[str] = set()
        for number in range(2):
            scheduler.add(f"moderator {number}", Moderator(desk, entries, ENTRIES * len(teachers), done).act)
        self.broker.add_consumers("certification", 2)
        add_loops(scheduler, certification, award_after_windows)

    def _history(
        self, scheduler: Scheduler, chosen: Random, teacher: UUID, course: str, hours: str
    ) -> list[tuple[int, Event]]:
        """A course that was completed; now and then reported by two, or taken back, or taken back and given again."""
        done = completed(teacher, hours, course, completion_id=scheduler.moments.new_id())
        told: list[tuple[int, Event]] = [(1, done)]
        stands = done.hours
        if chosen.random() < 0.3:
            told.append((1, completed(teacher, hours, course, completion_id=scheduler.moments.new_id())))
        else:
            for revision, new in enumerate(("0", hours)[: chosen.choice((0, 0, 1, 2))], start=1):
                told.append((1 + revision, corrected(done, revision, new)))
                stands = Decimal(new)
        self.stands[teacher][course] = stands
        return told

    async def look(self) -> None:
        """Nothing is there twice."""
        await self.credits.look()

    async def rest(self, scheduler: Scheduler) -> None:
        """Everything told is heard, and counts once."""
        await self.broker.settle(self.watching)
        await self.credits.look()
        await self.credits.at_rest(self.stands)

    async def states(self) -> Sequence[str]:
        """Of each teacher."""
        return await self.credits.states()
