"""Services on databases of their own, on which one seed after the other is played."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random
from typing import ClassVar, TypeVar

import asyncpg

from chassis.invariants import broken
from chassis.known_as import KnownAs
from chassis.service import Service
from harness import Databases, ServiceHarness, settings_for
from simulation.backends import Backends, make_impatient, stand_before
from simulation.moments import Moments
from simulation.outcome import Failed, Outcome
from simulation.scheduler import Scheduler

POOL = 40
"""More connections than there are actors: nobody waits for one."""
WorldT = TypeVar("WorldT", bound="World")


class World(ABC):
    """What a kind of simulation is made of. Each seed brings people and runs of its own; some share databases."""

    needs: ClassVar[Mapping[str, tuple[Service, bool]]]
    """The services by name, each with whether it loads its reference data."""
    may_be_broken: ClassVar[Collection[str]] = ()
    """Rules of `./ncce check` that say nothing here."""

    def __init__(self, backends: Backends) -> None:
        self.backends = backends
        self.services: dict[str, ServiceHarness] = {}
        self.watching: dict[str, asyncpg.Connection] = {}
        """Connections that stand outside of everything."""
        self.scheduler: Scheduler | None = None

    @classmethod
    @asynccontextmanager
    async def of(cls: type[WorldT], databases: Databases) -> AsyncIterator[WorldT]:
        """Fresh databases, dropped at the end."""
        async with AsyncExitStack() as stack:
            world = cls(await Backends.of(databases.url("postgres")))
            stack.push_async_callback(world.backends.close)
            for name, (service, seeded) in cls.needs.items():
                url = await databases.of(service, seeded=seeded)
                stack.push_async_callback(databases.drop, url)
                await make_impatient(url)
                harness = ServiceHarness(service, settings_for(service, url, database_pool_size=POOL))
                stack.push_async_callback(harness.close)
                stand_before(harness.running, world._stand)
                world.services[name] = harness
                world.watching[name] = await asyncpg.connect(url)
                stack.push_async_callback(world.watching[name].close)
            with Moments(0).rule():
                await world.prepare()
            yield world

    async def _stand(self, statement: str, pid: int) -> None:
        if self.scheduler is not None:
            await self.scheduler.stand(statement, pid)

    async def play(self, seed: int) -> Outcome:
        """Everything that follows from a seed; Failed when something is not as it must be."""
        moments = Moments(seed)
        for service in self.services.values():
            service.app.state.known_as = KnownAs()  # what a process remembers of another time
        with moments.rule():
            scheduler = Scheduler(seed, self.backends, moments)
            try:
                with scheduler.sleeping():
                    await self._let_them(scheduler, Random(f"{seed}: cast"))
                states = tuple(await self.states())
            except AssertionError as error:
                raise Failed(type(self).__name__.lower(), seed, scheduler.trace, str(error)) from error
            finally:
                self.scheduler = None
                await scheduler.close()
            crashes = sum(one.crashed for one in scheduler.actors)
            return Outcome(seed, scheduler.digest(), len(scheduler.trace), states, crashes)

    async def _let_them(self, scheduler: Scheduler, chosen: Random) -> None:
        await self.cast(scheduler, chosen)
        self.scheduler, scheduler.after_commit = scheduler, self.look
        await scheduler.run()
        scheduler.chances.be_calm()
        await self.rest(scheduler)

    async def judge(self) -> list[str]:
        """What `./ncce check` finds in what all seeds left, service by service."""
        found = []
        for name, service in self.services.items():
            async with service.session() as session:
                own = service.service.invariants
                found += [f"{name}: {one.rule}: {one.subject}: {one.detail}" async for one in broken(session, own)]
        return [one for one in found if one.split(": ")[1] not in self.may_be_broken]

    @abstractmethod
    async def prepare(self) -> None:
        """What is there before the first seed."""

    @abstractmethod
    async def cast(self, scheduler: Scheduler, chosen: Random) -> None:
        """The people of one seed, and what they act on."""

    @abstractmethod
    async def look(self) -> None:
        """What must be true whenever anybody can see it."""

    @abstractmethod
    async def rest(self, scheduler: Scheduler) -> None:
        """No faults any more: what is due comes, and then nobody waits for anything."""

    @abstractmethod
    async def states(self) -> Sequence[str]:
        """Where everything stands in the end, without ids."""
