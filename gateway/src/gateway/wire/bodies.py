"""Cutting bodies out of a stream of bytes, strictly, and knowing exactly where they end."""

import re
from typing import Final, Protocol

MAX_SIZE_LINE: Final = 8 + 16
"""A size of eight hexadecimal digits and an extension of sixteen bytes."""
MAX_TRAILER_BYTES: Final = 4096
LAST_CHUNK: Final = b"0\r\n\r\n"

_SIZE_LINE = re.compile(rb"([0-9A-Fa-f]{1,8})(?:[ \t]*;[!-~ \t]*)?")
_SIZE_LINE_BEGUN = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[!-~ \t]*)?")
_TRAILER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*")

SIZE, DATA, DATA_END, TRAILER = range(4)


class Malformed(Exception):
    """The bytes are not a body in chunks. There is no telling where it ends."""


class Body(Protocol):
    """Something that ends by itself."""

    is_done: bool

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """Content among these bytes, and what comes after the body's end."""
        ...


class Measured:
    """A body of a length that was announced."""

    __slots__ = ("is_done", "left")

    def __init__(self, length: int) -> None:
        self.left = length
        self.is_done = length == 0

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """Content, and what comes after it."""
        left = self.left - len(data)
        if left > 0:
            self.left = left
            return data, b""
        content, rest = (data, b"") if left == 0 else (data[: self.left], data[self.left :])
        self.left = 0
        self.is_done = True
        return content, rest


class Chunked:
    """A body in chunks. Extensions and trailers are read over; nothing here means anything to the platform."""

    __slots__ = ("_held", "_left", "_state", "_trailer_bytes", "is_done")

    def __init__(self) -> None:
        self._state = SIZE
        self._left = 0
        self._held = b""
        self._trailer_bytes = 0
        self.is_done = False

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """Content, and what comes after it. Raises Malformed."""
        if self._held:
            data, self._held = self._held + data, b""
        found: list[bytes] = []
        at, end = 0, len(data)
        while at < end and not self.is_done:
            if self._state == DATA:
                piece = data[at : at + self._left]
                found.append(piece)
                at += len(piece)
                self._left -= len(piece)
                if not self._left:
                    self._state = DATA_END
                continue
            line_end = data.find(b"\r\n", at, at + MAX_TRAILER_BYTES)
            if line_end < 0:
                self._hold(data[at:])
                at = end
            else:
                self._read_line(data[at:line_end])
                at = line_end + 2
        return b"".join(found), data[at:]

    def _hold(self, partial: bytes) -> None:
        """Keep the beginning of a line, if it can still become one."""
        limit = {SIZE: MAX_SIZE_LINE, DATA_END: 0, TRAILER: MAX_TRAILER_BYTES}[self._state]
        line = partial.removesuffix(b"\r")
        if len(line) > limit or b"\n" in line or b"\r" in line:
            raise Malformed("a line between chunks is too long or does not end in CRLF")
        if self._state == SIZE and line and not _SIZE_LINE_BEGUN.fullmatch(line):
            raise Malformed("a chunk has no size")
        self._held = partial

    def _read_line(self, line: bytes) -> None:
        if self._state == SIZE:
            self._start_chunk(line)
        elif self._state == DATA_END:
            if line:
                raise Malformed("a chunk is longer than it says")
            self._state = SIZE
        elif not line:
            self.is_done = True
        else:
            self._trailer_bytes += len(line)
            if self._trailer_bytes > MAX_TRAILER_BYTES or not _TRAILER.fullmatch(line):
                raise Malformed("what follows the last chunk is not a trailer")

    def _start_chunk(self, line: bytes) -> None:
        size = _SIZE_LINE.fullmatch(line)
        if size is None or len(line) > MAX_SIZE_LINE:
            raise Malformed("a chunk has no size")
        self._left = int(size[1], 16)
        self._state = DATA if self._left else TRAILER


class Endless:
    """A body that ends with its connection."""

    __slots__ = ("is_done",)

    def __init__(self) -> None:
        self.is_done = False

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """All of it is content."""
        return data, b""


def as_chunk(content: bytes) -> bytes:
    """Content on its way on, in a chunk of our own."""
    return b"%x\r\n%b\r\n" % (len(content), content) if content else b""
