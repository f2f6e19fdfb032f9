"""Hubs alone: places on one or two runs, and everybody who wants them."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import ClassVar

from hubs.app import SERVICE
from hubs.bookings.background import end_passed_holds
from hubs_network import Network
from simulation.asking import Desk
from simulation.loops import add_loops
from simulation.places import Places
from simulation.scheduler import Scheduler
from simulation.teachers import Lead, Teacher
from simulation.world import World

SOON = timedelta(seconds=5)
"""By then what is due has come."""
QUIET = (timedelta(days=3), timedelta(days=3), timedelta(days=40))
"""Until no offer stands, and until no run can be booked."""


class Bookings(World):
    """Each seed has runs of its own."""

    needs: ClassVar = {"hubs": (SERVICE, False)}
    may_be_broken = ("outbox-is-sent",)  # nobody carries it anywhere

    async def prepare(self) -> None:
        """A small network, and nobody has booked."""
        self.network = await Network.build(self.services["hubs"])

    async def cast(self, scheduler: Scheduler, chosen: Random) -> None:
        """Teachers of three schools, the hub's lead, and the process that ends what passed."""
        each = chosen.choice((None, None, 1))
        runs = [
            await self.network.run(capacity=chosen.randint(1, 3), places_per_school=each)
            for _ in range(chosen.randint(1, 2))
        ]
        self.places = Places.of(self.watching["hubs"], runs)
        self.desk = Desk(scheduler, self.services["hubs"])
        for number in range(chosen.randint(3, 6)):
            scheduler.add(f"teacher {number}", Teacher(self.desk, runs, f"90000{number % 3}").act)
        add_loops(scheduler, self.services["hubs"], end_passed_holds)
        scheduler.add("lead", Lead(self.desk, runs, self.network.lead()).act)

    async def look(self) -> None:
        """Nothing is overbooked, and nobody is passed over."""
        await self.places.look()

    async def rest(self, scheduler: Scheduler) -> None:
        """Time goes on until nothing is held or offered any more."""
        for time in QUIET:
            scheduler.moments.pass_by(time)
            await scheduler.run_for(SOON)
        await self.places.at_rest()

    async def states(self) -> Sequence[str]:
        """Of every booking, in the order of their making."""
        return await self.places.states()
