"""What of the group counts may be shown.

An event's counts are shown, or go into a sum, only when each group has nobody or at least `SMALLEST` pupils. Once a
year is settled, what is left over is added up per organiser, then per region, then for the whole year, and each sum
that has become safe counts there and above. Whatever is published is thus a sum of parts that are safe by themselves
and do not overlap, and so is the difference of any two published figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hubs.academic_years import days_of

SMALLEST = 5
"""A group of fewer pupils than this, and more than none, is shown to nobody but who counted it."""
SETTLED_AFTER = timedelta(days=30)
"""After the end of an academic year; until then attendance may be told and corrected."""
Path = tuple[str, ...]
"""Year, region, organiser, event: where in the tree of reports figures belong."""


@dataclass(frozen=True)
class Groups:
    """Pupils by group."""

    girls: int = 0
    boys: int = 0
    not_stated: int = 0

    def __add__(self, other: "Groups") -> "Groups":
        return Groups(self.girls + other.girls, self.boys + other.boys, self.not_stated + other.not_stated)

    @property
    def total(self) -> int:
        """All of them."""
        return self.girls + self.boys + self.not_stated

    @property
    def is_safe(self) -> bool:
        """Whether they may be shown."""
        return all(count == 0 or count >= SMALLEST for count in (self.girls, self.boys, self.not_stated))


@dataclass(frozen=True)
class Part:
    """Counts that belong to a place in the tree; of one event, or of several that cannot be told apart any more."""

    path: Path
    groups: Groups
    approach: str | None = None


def releasable(events: Iterable[Part], settled_years: frozenset[str]) -> list[Part]:
    """The parts that published figures are made of."""
    safe: list[Part] = []
    left: list[Part] = []
    for event in events:
        (safe if event.groups.is_safe else left).append(event)
    left = [part for part in left if part.path[0] in settled_years]
    for depth in (3, 2, 1):
        pools: dict[Path, list[Part]] = defaultdict(list)
        for part in left:
            pools[part.path[:depth]].append(part)
        left = []
        for path, parts in pools.items():
            total = sum((part.groups for part in parts), Groups())
            if total.is_safe:
                safe.append(Part(path, total))
            else:
                left += parts
    return safe


def total_of(parts: Sequence[Part]) -> Groups | None:
    """Their sum; None of nothing."""
    return sum((part.groups for part in parts), Groups()) if parts else None


def is_settled(year: str, today: date) -> bool:
    """Whether nothing more is told of the attendance in an academic year."""
    return today > days_of(year)[1] + SETTLED_AFTER
