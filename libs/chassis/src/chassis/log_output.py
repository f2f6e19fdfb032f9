"""Where log lines go; nowhere for as long as there is no room for them. Whoever says something goes on all the same."""

import io
from collections.abc import Callable
from typing import TextIO


class Unfailing(io.TextIOBase):
    """A stream that loses lines rather than stop a loop or a request that had something to say.

    A disk that is full, or a reader that has gone, would otherwise raise in whoever logs, and in an error's own handler
    above all: the loop would be over, with nobody told.
    """

    def __init__(self, stream: TextIO, tell: Callable[[int], str]) -> None:
        """`tell` words a line about so many failures, for when there is room again. It must not log: a logger waits."""
        self._stream = stream
        self._tell = tell
        self._failed = 0

    def write(self, text: str) -> int:
        """Write, or lose it."""
        try:
            return self._stream.write(text)
        except OSError:
            self._failed += 1
            return len(text)

    def flush(self) -> None:
        """Hand over what was written, or keep it for the next time."""
        try:
            self._stream.flush()
            if self._failed:
                self._stream.write(self._tell(self._failed) + "\n")
                self._failed = 0
                self._stream.flush()
        except OSError:
            self._failed += 1
