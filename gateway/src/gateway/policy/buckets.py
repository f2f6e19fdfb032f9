"""Rate limits by the generic cell rate algorithm: one number per caller."""

import math
from dataclasses import dataclass

WINDOW_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may it?", and what is left."""

    allowed: bool
    remaining: int
    reset_seconds: int
    """Until the quota is whole again."""
    retry_after_seconds: int
    """Zero when allowed."""


class Buckets:
    """At most `quota` requests at once for each key, refilled evenly over a minute."""

    def __init__(self, name: str, quota: int, capacity: int = 100_000) -> None:
        self.name = name
        self.quota = quota
        self.policy = f'"{name}";q={quota};w={WINDOW_SECONDS:.0f}'.encode()
        self._interval = WINDOW_SECONDS / quota
        self._capacity = capacity
        self._full_at: dict[str, float] = {}
        """When each key's quota is whole again; a key that is not here has all of it."""

    def spend(self, key: str, now: float) -> Verdict:
        """Take one request off a key's quota, if there is one."""
        full_at = max(self._full_at.get(key, now), now) + self._interval
        if full_at - now > WINDOW_SECONDS + 1e-9:
            return self._verdict(False, full_at - self._interval - now, full_at - now - WINDOW_SECONDS)
        if len(self._full_at) >= self._capacity and key not in self._full_at:
            self._make_room(now)
        self._full_at[key] = full_at
        return self._verdict(True, full_at - now, 0)

    def is_spent(self, key: str, now: float) -> bool:
        """Whether the next `spend` would be refused."""
        return self._full_at.get(key, now) + self._interval - now > WINDOW_SECONDS + 1e-9

    def _verdict(self, allowed: bool, used_seconds: float, wait_seconds: float) -> Verdict:
        remaining = int((WINDOW_SECONDS - used_seconds) / self._interval + 1e-6)
        return Verdict(allowed, max(remaining, 0), math.ceil(used_seconds - 1e-6), math.ceil(wait_seconds - 1e-6))

    def _make_room(self, now: float) -> None:
        self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        # Still full of busy keys: forgetting the longest known ones costs less than memory without a bound.
        for key in list(self._full_at)[: max(0, len(self._full_at) - self._capacity * 9 // 10)]:
            del self._full_at[key]
