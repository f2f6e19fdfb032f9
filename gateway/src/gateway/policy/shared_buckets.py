"""Limits shared by the processes of one gateway, in memory that all of them have mapped.

Each key has a slot, each slot a column for each process, and a process writes its own column only; so nothing is ever
overwritten by another and no lock is needed. A column holds how many requests the process has let through, how many
all of them had then, and when the quota would be whole. A reader takes the column that had seen most and adds what it
had not seen. Two processes that look at the same instant may both let the last request through, but each of the two is
counted: at most one request too many for each further process, ever, and it is paid back.

**The bound:** with N processes no more than `quota` + N - 1 requests at once, and no more than N - 1 above what is
refilled over any time. A slot is forgotten only when its quota is whole, or when a set is full of busy keys.
"""

import mmap
import struct
from hashlib import blake2b
from typing import Final

SLOTS: Final = 1 << 16
WAYS: Final = 8
"""Slots in which a key may be."""
KEYS_KEPT: Final = 10_000
_TAG: Final = struct.Struct("<Q")
_COLUMN: Final = struct.Struct("<QQd")


class SharedStore:
    """Implements `Store`; made before the processes are forked. `column` is which of them this is."""

    def __init__(self, processes: int, slots: int = SLOTS) -> None:
        self.column = 0
        self._sets = slots // WAYS
        self._row = struct.Struct("<" + "QQd" * processes)
        self._size = _TAG.size + self._row.size
        self._memory = mmap.mmap(-1, slots * self._size)
        self._tags: dict[str, tuple[int, int]] = {}

    def read(self, key: str, now: float, interval: float) -> float:
        """The moment at which a key's quota is whole again."""
        offset = self._find(key)
        return now if offset is None else max(self._full_at(offset, interval), now)

    def write(self, key: str, now: float, full_at: float, interval: float) -> None:
        """Count one request in this process's column."""
        offset = self._find(key)
        if offset is None:
            offset = self._claim(key, now, interval)
        columns = self._row.unpack_from(self._memory, offset + _TAG.size)
        at = offset + _TAG.size + self.column * _COLUMN.size
        _COLUMN.pack_into(self._memory, at, columns[3 * self.column] + 1, sum(columns[::3]) + 1, full_at)

    def _full_at(self, offset: int, interval: float) -> float:
        columns = self._row.unpack_from(self._memory, offset + _TAG.size)
        seen = columns[1::3]
        most = max(seen)
        known = columns[3 * seen.index(most) + 2]
        return float(known + (sum(columns[::3]) - most) * interval)

    def _named(self, key: str) -> tuple[int, int]:
        """A key's tag, and where its set of slots begins."""
        found = self._tags.get(key)
        if found is None:
            tag = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little") or 1
            found = tag, tag % self._sets * WAYS * self._size
            if len(self._tags) >= KEYS_KEPT:
                self._tags.clear()
            self._tags[key] = found
        return found

    def _find(self, key: str) -> int | None:
        tag, first = self._named(key)
        for offset in range(first, first + WAYS * self._size, self._size):
            if _TAG.unpack_from(self._memory, offset)[0] == tag:
                return offset
        return None

    def _claim(self, key: str, now: float, interval: float) -> int:
        """A slot for a key that has none: an empty one, or the one whose quota is whole soonest."""
        tag, first = self._named(key)
        offsets = range(first, first + WAYS * self._size, self._size)
        offset = min(offsets, key=lambda one: self._full_at(one, interval))
        self._memory[offset : offset + self._size] = bytes(self._size)
        _TAG.pack_into(self._memory, offset, tag)
        return offset
