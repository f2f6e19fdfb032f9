"""Who does what next: one actor at a time goes on by one statement, and the seed says which."""

import asyncio
import hashlib
import re
import zlib
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from simulation.backends import Backends
from simulation.moments import STEP, Moments

LOOK_SECONDS = 0.003
STUCK_SECONDS = 30.0
MOST_STEPS = 20_000
ENDS = ("COMMIT", "ROLLBACK")
JUMPS = (timedelta(seconds=3), timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=7), timedelta(days=2))

_SPACE = re.compile(r"\s+")
_acting: ContextVar["Actor | None"] = ContextVar("acting", default=None)


class Crashed(BaseException):
    """What an actor was doing ends here, as if its process had been killed."""


class Stuck(AssertionError):
    """Somebody waits for what never comes."""


@dataclass
class Actor:
    """Somebody who does one thing after another."""

    name: str
    chosen: Random
    """What it draws from: its own, so that its wishes do not depend on what others do."""
    task: "asyncio.Task[None] | None" = None
    stands_at: str | None = None
    """What it is about to do; None while it does it."""
    pid: int = 0
    """The backend that it talks to."""
    waits: bool = False
    """The database makes it wait."""
    crashes: bool = False
    crashed: int = 0
    _go: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_ready(self) -> bool:
        """Whether it could be picked."""
        return self.stands_at is not None

    @property
    def has_settled(self) -> bool:
        """Whether it can do nothing by itself."""
        return self.is_ready or self.waits or (self.task is not None and self.task.done())


@dataclass
class Chances:
    """How wild a simulation is: some are nearly in order, some not at all."""

    switch: float
    """That another is picked than the last."""
    crash: float
    """That whoever is picked crashes."""
    jump: float
    """That time jumps."""

    def be_calm(self) -> None:
        """No faults from now on."""
        self.crash = self.jump = 0.0

    @classmethod
    def drawn(cls, chosen: Random) -> "Chances":
        """Drawn for one simulation."""
        return cls(chosen.choice((0.1, 0.3, 0.6, 1.0)), chosen.choice((0.0, 0.005, 0.02)), chosen.choice((0.0, 0.003)))


class Scheduler:
    """The order of everything in one simulation."""

    def __init__(self, seed: int, backends: Backends, moments: Moments) -> None:
        self.seed = seed
        self.moments = moments
        self.chosen = Random(f"{seed}: order")
        self.chances = Chances.drawn(self.chosen)
        self.actors: list[Actor] = []
        self.trace: list[str] = []
        self.after_commit: Callable[[], Awaitable[None]] | None = None
        """Looks at what everybody can see now."""
        self._backends = backends
        self._moved = asyncio.Event()
        self._last: Actor | None = None

    def add(self, name: str, program: Callable[[Actor], Coroutine[Any, Any, None]]) -> Actor:
        """Let somebody begin."""
        actor = Actor(name, Random(f"{self.seed}: {name}"))

        async def act() -> None:
            _acting.set(actor)
            try:
                await self.stand("begin")
                await program(actor)
            finally:
                self._moved.set()

        actor.task = asyncio.create_task(act(), name=name)
        self.actors.append(actor)
        return actor

    async def stand(self, what: str, pid: int = 0) -> None:
        """Before each step of an actor: wait to be picked. Anybody else passes."""
        actor = _acting.get()
        if actor is None:
            return
        actor.stands_at, actor.pid, actor.waits = what, pid, False
        self._moved.set()
        await actor._go.wait()
        actor._go.clear()
        if actor.crashes:
            actor.crashes = False
            actor.crashed += 1
            raise Crashed

    def note(self, *words: object) -> None:
        """What was decided or came of it."""
        self.trace.append(" ".join(str(word) for word in words))

    def digest(self) -> str:
        """Of every decision: the same for the same seed."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()[:16]

    async def run(self) -> None:
        """Until everybody has done what they wished. An actor's error ends all."""
        try:
            await self._settle(self.actors)
            for _ in range(MOST_STEPS):
                self._raise_early()
                ready = [one for one in self.actors if one.is_ready]
                if not ready:
                    self._all_are_done()
                    return
                await self._step(self._pick(ready))
            raise Stuck(f"after {MOST_STEPS} steps somebody is still at work")
        finally:
            await self._end()

    def _pick(self, ready: list[Actor]) -> Actor:
        if self._last not in ready or self.chosen.random() < self.chances.switch:
            self._last = self.chosen.choice(ready)
        assert self._last is not None
        return self._last

    async def _step(self, actor: Actor) -> None:
        self.moments.pass_by(STEP)
        if self.chosen.random() < self.chances.jump:
            jump = self.chosen.choice(JUMPS)
            self.note("time", jump)
            self.moments.pass_by(jump)
        what, actor.stands_at = actor.stands_at or "", None
        # Not between two wishes, where nothing would be lost, nor where it has crashed already.
        actor.crashes = bool(actor.pid) and what != "ROLLBACK" and self.chosen.random() < self.chances.crash
        self.note(actor.name, "crashes before" if actor.crashes else "", _short(what))
        crashes, pid = actor.crashes, actor.pid
        actor._go.set()
        await self._settle([actor])
        if crashes and pid and what not in ENDS:
            await self._backends.gone(pid)
        await self._let_go_on()
        if what == "COMMIT" and self.after_commit is not None:
            await self.after_commit()

    async def _let_go_on(self) -> None:
        """Whoever was given what they waited for goes on, one after the other."""
        while waiting := [one for one in self.actors if one.waits]:
            still = await self._backends.waiting({one.pid for one in waiting})
            free = [one for one in waiting if one.pid not in still]
            if not free:
                return
            first = self.chosen.choice(free)
            self.note(first.name, "goes on")
            first.waits = False
            self._backends.go_on(first.pid)
            await self._settle([first])

    async def _settle(self, moving: list[Actor]) -> None:
        """Until each of these stands before its next step, is done, or is made to wait by the database."""
        began = asyncio.get_running_loop().time()
        while True:
            self._moved.clear()
            if not (under_way := [one for one in moving if not one.has_settled]):
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), LOOK_SECONDS)
                continue
            waiting = await self._backends.waiting({one.pid for one in under_way})
            for one in (one for one in under_way if waiting.get(one.pid) and not one.has_settled):
                one.waits = True
                self.note(one.name, "waits")
                self._backends.stop(one.pid)
            if asyncio.get_running_loop().time() - began > STUCK_SECONDS:
                raise Stuck(f"{[one.name for one in under_way]} neither go on nor wait: {self.trace[-5:]}")

    def _raise_early(self) -> None:
        for one in self.actors:
            if one.task is not None and one.task.done():
                one.task.result()

    def _all_are_done(self) -> None:
        if waiting := [one.name for one in self.actors if one.waits]:
            raise Stuck(f"{waiting} wait for a lock that nobody holds who could let go")
        self._raise_early()

    async def _end(self) -> None:
        for one in self.actors:
            if one.waits:
                self._backends.go_on(one.pid)
            if one.task is not None:
                one.task.cancel()
        await asyncio.gather(*(one.task for one in self.actors if one.task), return_exceptions=True)
        self.actors.clear()


def _short(statement: str) -> str:
    words = _SPACE.sub(" ", statement).strip()
    return words if len(words) < 40 else f"{words[:32]}… {zlib.crc32(words.encode()):08x}"
