"""When to stop asking a replica that does not answer, and how many questions a service can bear at once."""

from typing import Final

WINDOW_SECONDS: Final = 10.0
CALLS_NEEDED: Final = 20
PROBE_SECONDS: Final = 2.0
LEAST_LIMIT: Final = 8
SHRINK: Final = 0.7
SHRINK_PAUSE_SECONDS: Final = 0.25


class Breaker:
    """Opens when half of at least twenty calls in ten seconds fail; then lets one try every two seconds."""

    __slots__ = ("_calls", "_failures", "_probe_at", "_since", "is_open")

    def __init__(self) -> None:
        self._calls = self._failures = 0
        self._since = self._probe_at = 0.0
        self.is_open = False

    def admits(self, now: float) -> bool:
        """Whether a call may be made; saying yes while open counts as the one probe."""
        if not self.is_open:
            return True
        if now < self._probe_at:
            return False
        self._probe_at = now + PROBE_SECONDS
        return True

    def succeeded(self) -> None:
        """An answer came."""
        self._calls += 1
        if self.is_open:
            self.is_open = False
            self._calls = self._failures = 0

    def failed(self, now: float) -> None:
        """None came."""
        if now - self._since > WINDOW_SECONDS:
            self._since, self._calls, self._failures = now, 0, 0
        self._calls += 1
        self._failures += 1
        if self._calls >= CALLS_NEEDED and self._failures * 2 >= self._calls:
            self.is_open = True
            self._probe_at = now + PROBE_SECONDS


class Limit:
    """Questions under way at once: shrinks when answers come too late, grows back one answer at a time."""

    __slots__ = ("_most", "_shrunk_at", "now")

    def __init__(self, most: int) -> None:
        self._most = float(most)
        self._shrunk_at = float("-inf")
        self.now = float(most)

    def grow(self) -> None:
        """An answer came in time."""
        if self.now < self._most:
            self.now = min(self._most, self.now + 1 / self.now)

    def shrink(self, at: float) -> None:
        """One came too late. Those that are late together are one piece of news."""
        if at - self._shrunk_at >= SHRINK_PAUSE_SECONDS:
            self._shrunk_at = at
            self.now = max(min(LEAST_LIMIT, self._most), self.now * SHRINK)
