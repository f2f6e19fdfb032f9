"""Sign-ins that one process of a gateway saw end, told to the others in memory that all of them have mapped.

Each process writes a row of its own, the ids of the last so many, and how many there were; so no lock is needed. A
reader compares the counts of all with what it saw last, which is a few bytes. The id is written before the count, so
what is counted can be read; a count is one machine word, written at once.
"""

import mmap
from typing import Final, NamedTuple
from uuid import UUID

KEPT: Final = 256
"""Ids of each process. Who has not looked while one process told of more has missed some."""
_WORD: Final = 8
_ID_BYTES: Final = 16


class News(NamedTuple):
    """What has ended since one looked last."""

    ended: list[UUID]
    is_whole: bool
    """False when more had ended than are kept."""


class SharedEndings:
    """Made before the processes are forked. `column` is which of them this is."""

    def __init__(self, processes: int) -> None:
        self.column = 0
        self._counted = _WORD * processes
        self._memory = mmap.mmap(-1, self._counted + processes * KEPT * _ID_BYTES)
        self._counts = memoryview(self._memory)[: self._counted].cast("Q")
        self._seen = self._memory[: self._counted]

    @property
    def has_news(self) -> bool:
        """Whether anybody has told of more; asked with every request."""
        return self._memory[: self._counted] != self._seen

    def tell(self, ended: UUID) -> None:
        """Let the others know."""
        count = self._counts[self.column]
        place = self._place(self.column, count)
        self._memory[place : place + _ID_BYTES] = ended.bytes
        self._counts[self.column] = count + 1

    def news(self) -> News:
        """What was told since the last call, by oneself as well."""
        now, before = self._memory[: self._counted], self._seen
        self._seen = now
        ended, is_whole = [], True
        for column, (first, end) in enumerate(zip(*(memoryview(one).cast("Q") for one in (before, now)), strict=True)):
            is_whole = is_whole and end - first <= KEPT
            for number in range(max(first, end - KEPT), end):
                place = self._place(column, number)
                ended.append(UUID(bytes=self._memory[place : place + _ID_BYTES]))
        return News(ended, is_whole)

    def _place(self, column: int, number: int) -> int:
        return self._counted + (column * KEPT + number % KEPT) * _ID_BYTES
