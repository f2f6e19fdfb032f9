"""Rate limits by the generic cell rate algorithm: one number per caller."""

import math
from typing import NamedTuple, Protocol

WINDOW_SECONDS = 60.0
_ALMOST = 1e-6


class Verdict(NamedTuple):
    """The answer to "may it?", and what is left."""

    allowed: bool
    remaining: int
    reset_seconds: int
    """Until the quota is whole again."""
    retry_after_seconds: int
    """Zero when allowed."""


class Store(Protocol):
    """Where the moments are kept at which each key's quota is whole again."""

    def read(self, key: str, now: float, interval: float) -> float:
        """The moment, in seconds of a clock that only grows; `now` when the quota is whole."""

    def write(self, key: str, now: float, full_at: float, interval: float) -> None:
        """Note that one request has been taken off."""


class OwnStore:
    """A store of this process alone, bounded."""

    def __init__(self, capacity: int = 100_000) -> None:
        self._capacity = capacity
        self._full_at: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._full_at)

    def read(self, key: str, now: float, interval: float) -> float:
        """The moment at which a key's quota is whole again."""
        full_at = self._full_at.get(key, now)
        return full_at if full_at > now else now

    def write(self, key: str, now: float, full_at: float, interval: float) -> None:
        """Keep it."""
        if len(self._full_at) >= self._capacity and key not in self._full_at:
            self._make_room(now)
        self._full_at[key] = full_at

    def _make_room(self, now: float) -> None:
        self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        # Still full of busy keys: forgetting the longest known ones costs less than memory without a bound.
        for key in list(self._full_at)[: max(0, len(self._full_at) - self._capacity * 9 // 10)]:
            del self._full_at[key]


class Buckets:
    """At most `quota` requests at once for each key, refilled evenly over a minute."""

    def __init__(self, name: str, quota: int, store: Store | None = None) -> None:
        self.name = name
        self.quota = quota
        self.policy = b'"%b";q=%d;w=%d' % (name.encode(), quota, WINDOW_SECONDS)
        self.left = b'"%b";r=%%d;t=%%d' % name.encode()
        """What `take` fills in."""
        self._interval = WINDOW_SECONDS / quota
        self._store = store if store is not None else OwnStore()

    def spend(self, key: str, now: float) -> Verdict:
        """Take one request off a key's quota, if there is one."""
        full_at = self.full_after_one(key, now)
        if not full_at:
            return self.look(key, now)
        self.take(key, now, full_at)
        return self._verdict(True, full_at - now, 0)

    def pass_one(self, key: str, now: float) -> tuple[float, float] | None:
        """Take one request off if there is one; what is left, for `left`. It is `full_after_one` and `take` in one."""
        interval = self._interval
        full_at = self._store.read(key, now, interval) + interval
        used = full_at - now
        if used > WINDOW_SECONDS + 1e-9:
            return None
        self._store.write(key, now, full_at, interval)
        return (WINDOW_SECONDS - used) / interval + _ALMOST, used - _ALMOST + 1

    def full_after_one(self, key: str, now: float) -> float:
        """The moment at which the quota would be whole again after one more request; zero when there is none left.

        With `take` it is `spend` in two steps: for who has to ask two quotas, and lets nearly everybody through.
        """
        full_at = self._store.read(key, now, self._interval) + self._interval
        return full_at if full_at - now <= WINDOW_SECONDS + 1e-9 else 0.0

    def take(self, key: str, now: float, full_at: float) -> tuple[float, float]:
        """Take one request off; what is left, for `left`. `full_at` is from `full_after_one`."""
        interval, used = self._interval, full_at - now
        self._store.write(key, now, full_at, interval)
        return (WINDOW_SECONDS - used) / interval + _ALMOST, used - _ALMOST + 1

    def tell(self, verdict: Verdict) -> bytes:
        """What is left, as a structured field."""
        return self.left % (verdict.remaining, verdict.reset_seconds)

    def look(self, key: str, now: float) -> Verdict:
        """What `spend` would say, without spending."""
        used = self._store.read(key, now, self._interval) - now
        wait = used + self._interval - WINDOW_SECONDS
        return self._verdict(wait <= 1e-9, used, wait)

    def is_spent(self, key: str, now: float) -> bool:
        """Whether the next `spend` would be refused."""
        return not self.look(key, now).allowed

    def _verdict(self, allowed: bool, used_seconds: float, wait_seconds: float) -> Verdict:
        remaining = int((WINDOW_SECONDS - used_seconds) / self._interval + _ALMOST)
        wait = 0 if allowed else math.ceil(wait_seconds - _ALMOST)
        return Verdict(allowed, max(remaining, 0), math.ceil(used_seconds - _ALMOST), wait)
