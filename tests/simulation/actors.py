"""Whoever does one thing after another in a simulation."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

LONG_AGO = datetime.min.replace(tzinfo=UTC)
Program = Callable[["Actor"], Coroutine[Any, Any, None]]


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
    is_endless: bool = False
    """Goes on for as long as it is let."""
    task: "asyncio.Task[None] | None" = None
    stands_at: str | None = None
    """What it is about to do; None while it does it."""
    due_at: datetime = LONG_AGO
    """Not before then."""
    pid: int = 0
    """The backend that it talks to; 0 when it talks to none."""
    waits: bool = False
    """The database makes it wait."""
    has_written: bool = False
    """Since its last commit."""
    is_fragile: bool = False
    """It could crash before its next step."""
    crashes: bool = False
    crashed: int = 0
    go: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is picked."""

    @property
    def is_done(self) -> bool:
        """Whether it has done all that it wished."""
        return self.task is not None and self.task.done()

    @property
    def has_settled(self) -> bool:
        """Whether it can do nothing by itself."""
        return self.stands_at is not None or self.waits or self.is_done


@dataclass
class Chances:
    """How wild a simulation is: some are nearly in order, some not at all."""

    switch: float
    """That another is picked than the last."""
    crash: float
    """That whoever is picked crashes."""
    jump: float
    """That time jumps."""
    mischief: float
    """That an answer is lost, or a message, or comes late or twice."""

    def be_calm(self) -> None:
        """No faults from now on."""
        self.crash = self.jump = self.mischief = 0.0

    @classmethod
    def drawn(cls, chosen: Random) -> "Chances":
        """Drawn for one simulation."""
        return cls(
            switch=chosen.choice((0.1, 0.3, 0.6, 1.0)),
            crash=chosen.choice((0.0, 0.005, 0.02)),
            jump=chosen.choice((0.0, 0.003, 0.01)),
            mischief=chosen.choice((0.0, 0.05, 0.2)),
        )
