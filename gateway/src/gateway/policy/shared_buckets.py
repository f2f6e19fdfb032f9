"""Limits shared by the processes of one gateway, in memory that all of them have mapped.

Each key has a slot, each slot a column for each process, and a process writes its own column only; so nothing is ever
overwritten by another and counting needs no lock: only giving a key its slot does. A column holds how many requests
the process has let through, which only grows, and the latest moment from which it had to count them as if all came
evenly since: whole_at = the latest of these moments + all let through x interval. Both are single machine words, and
the second is written only when a quota was whole. Two processes that look at the same instant may both let the last
request through, but each of the two is counted: at most one request too many for each further process, ever, and it is
paid back.

**The bound:** with N processes no more than `quota` + N - 1 requests at once, and no more than N - 1 above what is
refilled over any time. A slot is forgotten only when its quota is whole, or when a set is full of busy keys. A key
whose quota is changed begins whole.
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Final, NamedTuple

SLOTS: Final = 1 << 16
WAYS: Final = 8
"""Slots in which a key may be."""
KEYS_KEPT: Final = 10_000
_WORD: Final = 8


class Name(NamedTuple):
    """How a key with its interval is recognised, and the word at which its set of slots begins."""

    interval: float
    tag: int
    first: int


class SharedStore:
    """Implements `Store`; made before the processes are forked. `column` is which of them this is."""

    def __init__(self, processes: int, slots: int = SLOTS) -> None:
        self.column = 0
        self._processes = processes
        self._sets = slots // WAYS
        # A slot: the tag, each process's moment, each process's count.
        self._width = 1 + 2 * processes
        self._row = struct.Struct(f"@{processes}d{processes}Q")
        self._file = os.memfd_create("limits")
        os.ftruncate(self._file, slots * self._width * _WORD)
        memory = memoryview(mmap.mmap(self._file, slots * self._width * _WORD))
        # By words: one instruction reads or writes each, which is not so of bytes.
        self._bytes, self._words, self._floats = memory, memory.cast("Q"), memory.cast("d")
        self._names: dict[str, Name] = {}
        self._looked: dict[str, int] = {}

    def read(self, key: str, now: float, interval: float) -> float:
        """The moment at which a key's quota is whole again."""
        at = self._find(self._named(key, interval))
        if at is None:
            self._looked.pop(key, None)
            return now
        since, let_through = self._counted(at)
        if len(self._looked) >= KEYS_KEPT:
            self._looked.clear()
        self._looked[key] = let_through
        return max(since + let_through * interval, now)

    def write(self, key: str, now: float, full_at: float, interval: float) -> None:
        """Count one request in this process's column; `full_at` follows from what `read` said of the key."""
        name = self._named(key, interval)
        at = self._find(name)
        if at is None:
            at = self._claim(name)
        mine = at + 1 + self.column
        if full_at - interval <= now:
            # It was whole when this process looked, so counting begins anew with what had been let through then.
            since = now - self._looked.get(key, 0) * interval
            self._floats[mine] = max(self._floats[mine], since)
        self._words[mine + self._processes] += 1

    def _counted(self, at: int) -> tuple[float, int]:
        """Since when a slot's requests count as evenly spread, and how many there were."""
        row = self._row.unpack_from(self._bytes, (at + 1) * _WORD)
        return max(row[: self._processes]), sum(row[self._processes :])

    def _named(self, key: str, interval: float) -> Name:
        found = self._names.get(key)
        if found is None or found.interval != interval:
            digest = blake2b(f"{interval}:{key}".encode(), digest_size=_WORD).digest()
            tag = int.from_bytes(digest, "little") or 1
            if len(self._names) >= KEYS_KEPT:
                self._names.clear()
            found = self._names[key] = Name(interval, tag, tag % self._sets * WAYS * self._width)
            self._looked.pop(key, None)
        return found

    def _find(self, name: Name) -> int | None:
        for at in range(name.first, name.first + WAYS * self._width, self._width):
            if self._words[at] == name.tag:
                return at
        return None

    def _claim(self, name: Name) -> int:
        """A slot for a key that has none: an empty one, or the one whose quota is whole soonest."""
        with self._alone():
            # Another process may have given it one since this one looked.
            at = self._find(name)
            if at is None:
                slots = range(name.first, name.first + WAYS * self._width, self._width)
                at = min(slots, key=lambda slot: self._frees(slot, name.interval))
                for word in range(at, at + self._width):
                    self._words[word] = 0
                self._words[at] = name.tag
            return at

    def _frees(self, at: int, interval: float) -> float:
        since, let_through = self._counted(at)
        return since + let_through * interval

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time; the system lets go for one that dies."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)
