"""Who does what next: one actor at a time goes on by one statement, and the seed says which."""

import asyncio
import hashlib
import re
import zlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from random import Random
from typing import Any

from simulation.actors import Actor, Chances, Crashed, Program, Stuck
from simulation.backends import Backends
from simulation.moments import STEP, Moments

LOOK_SECONDS = 0.003
STUCK_SECONDS = 60.0
MOST_STEPS = 30_000
ENDS = ("COMMIT", "ROLLBACK")
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
JUMPS = (timedelta(seconds=3), timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=7), timedelta(days=2))

_SPACE = re.compile(r"\s+")
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


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

    def add(self, name: str, program: Program, *, is_endless: bool = False) -> Actor:
        """Let somebody begin. Who is endless, such as a loop in the background, is not waited for."""
        actor = Actor(name, Random(f"{self.seed}: {name}"), is_endless)

        async def act() -> None:
            _acting.set(actor)
            try:
                await self.stand("begins")
                await program(actor)
            finally:
                self._moved.set()

        actor.task = asyncio.create_task(act(), name=name)
        self.actors.append(actor)
        return actor

    async def stand(self, what: str, pid: int = 0, *, may_crash: bool = False) -> None:
        """Before each step of an actor: wait to be picked. Anybody else passes.

        Whoever talks to a backend, of that number, may crash; others where it is said.
        """
        actor = _acting.get()
        if actor is None:
            return
        actor.stands_at, actor.pid, actor.waits = what, pid, False
        actor.has_written = actor.has_written or what.lstrip().startswith(WRITES)
        actor.is_fragile = may_crash or (bool(pid) and what != "ROLLBACK")
        self._moved.set()
        await actor.go.wait()
        actor.go.clear()
        if actor.crashes:
            actor.crashes = False
            actor.crashed += 1
            raise Crashed

    @contextmanager
    def sleeping(self) -> Iterator[None]:
        """Actors that sleep do so until time has passed here; everybody else as ever."""
        real = asyncio.sleep

        async def sleep(seconds: float, result: Any = None) -> Any:
            actor = _acting.get()
            if actor is None or seconds <= 0 or asyncio.current_task() is not actor.task:
                return await real(seconds, result)
            actor.due_at = self.moments.at + timedelta(seconds=seconds)
            await self.stand("wakes")
            return result

        setattr(asyncio, "sleep", sleep)  # noqa: B010  mypy holds a function for what is never assigned
        try:
            yield
        finally:
            setattr(asyncio, "sleep", real)  # noqa: B010  as above

    def note(self, *words: object) -> None:
        """What was decided or came of it."""
        self.trace.append(" ".join(str(word) for word in words if word != ""))

    def digest(self) -> str:
        """Of every decision: the same for the same seed."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()[:16]

    async def run(self) -> None:
        """Until everybody has done what they wished, but those who are endless. An actor's error ends all."""
        while not all(one.is_done for one in self.actors if not one.is_endless):
            await self._go_on(None)

    async def run_for(self, time: timedelta) -> None:
        """Let so much time pass, and everybody do what they do meanwhile."""
        until = self.moments.at + time
        while await self._go_on(until):
            pass

    async def _go_on(self, until: datetime | None) -> bool:
        await self._settle(self.actors)
        self._raise_early()
        if len(self.trace) > MOST_STEPS:
            raise Stuck(f"after {MOST_STEPS} steps somebody is still at work")
        ready = self._ready()
        if not ready:
            sleepers = [one.due_at for one in self.actors if one.stands_at is not None]
            if not sleepers and until is None:
                raise Stuck(f"{[one.name for one in self.actors if one.waits]} wait for what nobody holds")
            wakes = min(sleepers, default=until)
            assert wakes is not None
            self.moments.at = wakes if until is None else min(wakes, until)
            ready = self._ready()
        if until is not None and self.moments.at >= until:
            return False
        await self._step(self._pick(ready))
        return True

    def _ready(self) -> list[Actor]:
        return [one for one in self.actors if one.stands_at is not None and one.due_at <= self.moments.at]

    def _pick(self, ready: Sequence[Actor]) -> Actor:
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
        # Drawn for each, so that what may crash changes nothing for those who come after.
        actor.crashes = (self.chosen.random() < self.chances.crash) and actor.is_fragile
        self.note(actor.name, "crashes before" if actor.crashes else "", _short(what))
        cut = actor.pid if actor.crashes and what not in ENDS else 0
        actor.go.set()
        await self._settle([actor])
        if cut:
            await self._backends.gone(cut)
        await self._let_go_on()
        if what in ENDS:
            has_written, actor.has_written = actor.has_written, False
            if has_written and what == "COMMIT" and self.after_commit is not None:
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

    async def _settle(self, moving: Sequence[Actor]) -> None:
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

    async def close(self) -> None:
        """Nobody acts any more."""
        for one in self.actors:
            if one.waits:
                self._backends.go_on(one.pid)
            if one.task is not None:
                one.task.cancel()
        await asyncio.gather(*(one.task for one in self.actors if one.task), return_exceptions=True)


def _short(statement: str) -> str:
    words = _SPACE.sub(" ", statement).strip()
    return words if len(words) < 40 else f"{words[:32]}… {zlib.crc32(words.encode()):08x}"
