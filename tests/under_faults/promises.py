"""What a machine said that it has done before its power was cut, and what it has kept."""

from collections import Counter
from collections.abc import Sequence

Writer = tuple[str, int]
"""What kind of thing, and who of several writes it."""


class Promises:
    """Each writer counts from one and goes on when a number is acknowledged, so the last of them stands for all."""

    def __init__(self) -> None:
        self._told: Counter[Writer] = Counter()
        self._kept: dict[Writer, set[int]] = {}
        self.starts = 0
        self.broken: Counter[str] = Counter()
        """How many were acknowledged and are gone, by kind."""

    @property
    def made(self) -> Counter[str]:
        """How many were acknowledged, by kind."""
        found: Counter[str] = Counter()
        for (kind, _), last in self._told.items():
            found[kind] += last
        return found

    def hear(self, words: Sequence[str]) -> None:
        """`row 3 17`: acknowledged; `kept row 3 1-16`: there after a start; `begin`: that was all that is there."""
        if words[0] == "begin":
            self._compare()
        elif words[0] == "kept":
            first, _, last = words[3].partition("-")
            self._kept.setdefault((words[1], int(words[2])), set()).update(range(int(first), int(last) + 1))
        else:
            writer = words[0], int(words[1])
            self._told[writer] = max(self._told[writer], int(words[2]))

    def _compare(self) -> None:
        for writer, last in self._told.items():
            self.broken[writer[0]] += len(set(range(1, last + 1)) - self._kept.get(writer, set()))
        self.broken = +self.broken
        self._kept = {}
        self.starts += 1
