"""Heads that have been read before.

A client says nearly the same with each request: only the first line differs. What llhttp and the rules have made of the
rest holds for the same bytes again, whoever sends them, so it is looked up by all of them and not read a second time.
First lines are taken here only if they consist of characters that nobody reads in two ways. All else goes the long way.
"""

import re
from typing import Final

from gateway.wire.heads import Fields, Head

VERSION: Final = b" HTTP/1.1\r\n"
KEPT: Final = 1024
"""Heads in each of the two generations, and as many first lines."""
MAX_KEPT_BYTES: Final = 4096
"""Of a head, or of a first line, that is remembered."""
_FIRST_LINE = re.compile(
    rb"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*)(\?[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?"
)
_OF_ONE_REQUEST: Final = frozenset({b"x-request-id", b"traceparent", b"tracestate", b"x-csrf-token"})
"""With one of these, the same bytes will hardly come again."""
FirstLine = tuple[bytes, str, bytes, bytes]


class KnownHeads:
    """What this process has read lately, in two generations: what is not asked for through both of them is forgotten.

    Of requests that came before to the byte the whole head is kept as well, with what was decided about it.
    They hold credentials as they were sent, so `age` is called in time and nothing here outlives a minute unused.
    """

    __slots__ = ("_lines", "_old", "_whole", "_young")

    def __init__(self) -> None:
        self._lines: dict[bytes, FirstLine] = {}
        self._young: dict[bytes, Fields] = {}
        self._old: dict[bytes, Fields] = {}
        self._whole: dict[bytes, Head] = {}
        """First line and all, of requests that came before."""

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def find(self, data: bytes) -> Head | None:
        """The head that these bytes are, if they are nothing else and it is known."""
        known = self._whole.get(data)
        if known is not None:
            return known
        at = data.find(VERSION)
        rest = data[at:]
        fields = self._young.get(rest)
        if fields is None:
            fields = self._old.get(rest)
            if fields is None:
                return None
            self._young[rest] = fields
        line = self._lines.get(data[:at]) or self._read_line(data[:at])
        if line is None:
            return None
        if len(self._whole) >= KEPT:
            self._whole.clear()
        head = self._whole[data] = Head(*line, fields)
        return head

    def keep(self, data: bytes, head: Head) -> None:
        """Remember a head that was read the long way from these bytes."""
        fields, rest = head.fields, data[len(head.line) :]
        if not fields.is_current or len(rest) > MAX_KEPT_BYTES or b"dempotency-" in rest:
            return
        if not _OF_ONE_REQUEST.isdisjoint(fields.read) or self._read_line(head.line) is None:
            return
        if len(self._young) >= KEPT:
            self.age()
        self._young[rest] = fields

    def age(self) -> None:
        """Begin a new generation, and forget the last but one."""
        self._old, self._young = self._young, {}
        self._lines.clear()
        self._whole.clear()

    def _read_line(self, line: bytes) -> FirstLine | None:
        if len(line) > MAX_KEPT_BYTES:
            return None
        parts = _FIRST_LINE.fullmatch(line)
        if parts is None:
            return None
        if len(self._lines) >= KEPT:
            self._lines.clear()
        method, path, query = parts.groups(b"")
        found = self._lines[line] = (line, method.decode(), path, query)
        return found
