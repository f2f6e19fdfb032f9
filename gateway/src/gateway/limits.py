"""How much each caller may ask for, and the headers that say so."""

from collections.abc import Callable

from gateway.policy.buckets import Buckets, OwnStore, Store, Verdict
from gateway.policy.callers import Caller, Quotas
from gateway.problems import RateLimited
from gateway.settings import Settings

# `RateLimit` and `RateLimit-Policy` as structured fields (draft-ietf-httpapi-ratelimit-headers).
_LINES = b"ratelimit-policy: %b\r\nratelimit: %b\r\n"
_TWO_LINES = b"ratelimit-policy: %b, %b\r\nratelimit: %b, %b\r\n"

JOINT_KEPT = 1024


class Joint:
    """The quota of a key beside that of its organisation."""

    def __init__(self, own: Buckets, shared: Buckets) -> None:
        self.own = own
        self.shared = shared
        self.lines = _TWO_LINES % (own.policy, shared.policy, own.left, shared.left)


class Limits:
    """A quota for each person, API key, and organisation, and for each address without or with bad credentials."""

    def __init__(self, settings: Settings, steady: Callable[[], float], store: Store | None = None) -> None:
        """`steady` gives seconds that only grow, the same ones to all who share the store."""
        self._steady = steady
        self._store = store if store is not None else OwnStore()
        self._kinds = {
            "anonymous": self._buckets("anonymous", settings.anonymous_per_minute),
            "person": self._buckets("signed-in", settings.signed_in_per_minute),
            "partner": self._buckets("partner", settings.partner_per_minute),
        }
        self._organisations = self._buckets("organisation", settings.organisation_per_minute)
        self._failures = self._buckets("failed-authentication", settings.failed_authentication_per_minute)
        self._others: dict[tuple[str, int], Buckets] = {}
        self._lines = {kind: _LINES % (one.policy, one.left) for kind, one in self._kinds.items()}
        self._joint: dict[Quotas, Joint] = {}

    def spend(self, caller: Caller, source: str) -> tuple[Verdict | None, bytes]:
        """Count a request: None when it may go on, and the RateLimit header lines of its reply."""
        kind, now = caller.kind, self._steady()
        if kind == "partner":
            return self._spend_partner(caller, now)
        buckets = self._kinds[kind]
        key = f"source:{source}" if kind == "anonymous" else caller.limit_key
        left = buckets.pass_one(key, now)
        if left is not None:
            return None, self._lines[kind] % left
        verdict = buckets.look(key, now)
        return verdict, _LINES % (buckets.policy, buckets.tell(verdict))

    def refuse_guessing(self, source: str) -> None:
        """RateLimited when an address has shown too many bad credentials: the next is not even checked."""
        verdict = self._failures.look(f"failed:{source}", self._steady())
        if not verdict.allowed:
            raise refusal(verdict, "Too many bad credentials came from this address.")

    def count_failure(self, source: str) -> None:
        """Remember a bad credential against its address."""
        self._failures.spend(f"failed:{source}", self._steady())

    def _spend_partner(self, caller: Caller, now: float) -> tuple[Verdict | None, bytes]:
        """A key has its own quota, and all keys of an organisation have one together. Both or none is spent."""
        joint = self._joint.get(caller.quotas) or self._join(caller.quotas)
        own, shared = joint.own, joint.shared
        key, organisation = caller.limit_key, caller.organisation_key
        own_full_at, shared_full_at = own.full_after_one(key, now), shared.full_after_one(organisation, now)
        if own_full_at and shared_full_at:
            left = own.take(key, now, own_full_at) + shared.take(organisation, now, shared_full_at)
            return None, joint.lines % left
        verdict, both = own.look(key, now), shared.look(organisation, now)
        told = _TWO_LINES % (own.policy, shared.policy, own.tell(verdict), shared.tell(both))
        return (verdict if both.allowed else both), told

    def _join(self, quotas: Quotas) -> Joint:
        own = self._with("partner", quotas.per_minute) if quotas.per_minute else self._kinds["partner"]
        wanted = quotas.organisation_per_minute
        shared = self._with("organisation", wanted) if wanted else self._organisations
        if len(self._joint) >= JOINT_KEPT:
            self._joint.clear()
        joint = self._joint[quotas] = Joint(own, shared)
        return joint

    def _with(self, name: str, quota: int) -> Buckets:
        found = self._others.get((name, quota))
        if found is None:
            found = self._others[name, quota] = self._buckets(name, quota)
        return found

    def _buckets(self, name: str, quota: int) -> Buckets:
        return Buckets(name, quota, self._store)


def refusal(verdict: Verdict, detail: str) -> RateLimited:
    """The problem of a caller who has to wait."""
    return RateLimited(detail, retry_after_seconds=max(verdict.retry_after_seconds, 1))
