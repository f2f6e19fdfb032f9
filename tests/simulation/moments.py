"""Time that stands until a simulation moves it, and ids that are the same whenever the same is done again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import ModuleType
from uuid import UUID

from chassis import clock, ids, known_as

BEGINS = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""Always the same, since rules have dates from which they are in force."""
STEP = timedelta(milliseconds=1)
"""What every decision of a scheduler takes, so that no two things happen at one moment."""


class Moments:
    """The time of one seed, and its ids: always the same, and never those of another seed."""

    def __init__(self, seed: int) -> None:
        self.at = BEGINS
        self._seed = seed
        self._made = 0

    def now(self) -> datetime:
        """This instant, aware UTC."""
        return self.at

    def seconds(self) -> float:
        """Seconds since some moment, as a monotonic clock tells them."""
        return self.at.timestamp()

    def pass_by(self, time: timedelta) -> None:
        """Let time pass."""
        self.at += time

    def new_id(self) -> UUID:
        """A UUID of version 7 that sorts by the order of making: milliseconds, a count, the seed."""
        self._made += 1
        milliseconds = int(self.at.timestamp() * 1000)
        count, rest = self._made >> 20, (self._made & 0xFFFFF) << 42 | self._seed
        return UUID(int=milliseconds << 80 | 7 << 76 | count << 64 | 2 << 62 | rest)

    @contextmanager
    def rule(self) -> Iterator[None]:
        """The platform goes by this time and takes these ids until the block ends."""
        instead: list[tuple[ModuleType, str, object]] = [
            (clock, "real", self.now),
            (ids, "uuid7", self.new_id),
            (known_as, "monotonic", self.seconds),
        ]
        before = [(module, name, getattr(module, name)) for module, name, _ in instead]
        try:
            for module, name, ours in instead:
                setattr(module, name, ours)
            yield
        finally:
            for module, name, theirs in before:
                setattr(module, name, theirs)
