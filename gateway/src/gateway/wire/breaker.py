"""When to stop asking a replica that does not answer, how much a service can bear at once, and how much is repeated."""

from typing import Final

from gateway.policy.ranks import LEAST_SHARE, ONES_LEAST, ONES_SHARE, SHARES, Rank

WINDOW_SECONDS: Final = 10.0
CALLS_NEEDED: Final = 20
PROBE_SECONDS: Final = 2.0
LEAST_LIMIT: Final = 8
SHRINK: Final = 0.7
SHRINK_PAUSE_SECONDS: Final = 0.25
DELAY_SECONDS: Final = 0.05
"""So much longer than when there is little to do may answers take on average before fewer are asked for at once."""
MOST_DELAY_SECONDS: Final = 4 * DELAY_SECONDS
"""More is not believed of one answer: it was perhaps a large file."""
LATELY: Final = 16
"""Answers."""
REPEATED_SHARE: Final = 0.1
"""Of all questions; beside them a few, so that a quiet service's can be repeated as well."""
REPEATS_PER_SECOND: Final = 1.0
REPEATS_AT_FIRST: Final = 10.0
REPEATS_SAVED: Final = 100.0
"""What was earned and not spent is kept up to this."""


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


Kind = tuple[str, str]
"""Of questions that take about as long: method and prefix."""


class Limit:
    """Questions under way at once: shrinks when answers wait for each other, grows back one answer at a time."""

    __slots__ = ("_calm", "_shrunk_at", "delay_seconds", "most", "now", "of_one", "quiet")

    def __init__(self, most: int) -> None:
        self.most = float(most)
        self._shrunk_at = float("-inf")
        self._calm: dict[Kind, float] = {}
        self.delay_seconds = 0.0
        """How much longer answers have taken lately than they do when few are under way."""
        self._be(float(most))

    def answered(self, kind: Kind, took: float, beside: int, now: float) -> None:
        """An answer took so many seconds, with so many under way when it was asked for."""
        calm, delay = self._calm.get(kind), self.delay_seconds
        if beside <= LEAST_LIMIT:
            # With so few nobody waits for us: what takes long now takes long.
            self._calm[kind] = took if calm is None else calm + (took - calm) / LATELY
            delay -= delay / LATELY
        elif calm is not None:
            delay += (max(-MOST_DELAY_SECONDS, min(MOST_DELAY_SECONDS, took - calm)) - delay) / LATELY
        self.delay_seconds = delay
        if delay > DELAY_SECONDS:
            self.shrink(now)
        elif self.now < self.most:
            self._be(min(self.most, self.now + 1 / self.now))

    def shrink(self, at: float) -> None:
        """One came too late, or lately all do. Those that are late together are one piece of news."""
        if at - self._shrunk_at >= SHRINK_PAUSE_SECONDS:
            self._shrunk_at = at
            self._be(max(min(LEAST_LIMIT, self.most), self.now * SHRINK))

    def has_room(self, in_flight: int, rank: Rank) -> bool:
        """Whether one more of a rank may be under way beside so many."""
        return in_flight < self.now * SHARES[rank]

    def _be(self, now: float) -> None:
        self.now = now
        self.of_one = max(ONES_LEAST, int(now * ONES_SHARE))
        """So many of one caller may be under way."""
        self.quiet = min(now * LEAST_SHARE, self.of_one)
        """With fewer than this under way there is room for everybody."""


class Budget:
    """How often questions may be repeated: so that repeats never become the load that nobody can bear."""

    __slots__ = ("_asked", "_at", "_left")

    def __init__(self) -> None:
        self._asked = 0
        self._at = float("inf")
        self._left = REPEATS_AT_FIRST

    def spend(self, asked: int, now: float) -> bool:
        """Take one, if there is one; `asked` is how many questions there have been until now."""
        earned = (asked - self._asked) * REPEATED_SHARE + max(0.0, now - self._at) * REPEATS_PER_SECOND
        self._asked, self._at = asked, now
        self._left = min(REPEATS_SAVED, self._left + earned)
        if self._left < 1:
            return False
        self._left -= 1
        return True
