"""How much each caller may ask for, and the headers that say so."""

from gateway.policy.buckets import Buckets, OwnStore, Store, Verdict
from gateway.policy.callers import Caller
from gateway.problems import RateLimited
from gateway.settings import Settings


class Limits:
    """A quota for each person, API key, and organisation, and for each address without or with bad credentials."""

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        self._store = store if store is not None else OwnStore()
        self._kinds = {
            "anonymous": self._buckets("anonymous", settings.anonymous_per_minute),
            "person": self._buckets("signed-in", settings.signed_in_per_minute),
            "partner": self._buckets("partner", settings.partner_per_minute),
        }
        self._organisations = self._buckets("organisation", settings.organisation_per_minute)
        self._failures = self._buckets("failed-authentication", settings.failed_authentication_per_minute)
        self._others: dict[tuple[str, int], Buckets] = {}

    def spend(self, caller: Caller, source: str, now: float) -> tuple[Verdict, bytes]:
        """Count a request: whether it may go on, and the RateLimit header lines of its reply."""
        kind = caller.principal.kind
        if kind == "partner":
            return self._spend_partner(caller, now)
        buckets = self._kinds[kind]
        verdict = buckets.spend(f"source:{source}" if kind == "anonymous" else caller.limit_key, now)
        return verdict, _lines(buckets, verdict)

    def refuse_guessing(self, source: str, now: float) -> None:
        """RateLimited when an address has shown too many bad credentials: the next is not even checked."""
        verdict = self._failures.look(f"failed:{source}", now)
        if not verdict.allowed:
            raise refusal(verdict, "Too many bad credentials came from this address.")

    def count_failure(self, source: str, now: float) -> None:
        """Remember a bad credential against its address."""
        self._failures.spend(f"failed:{source}", now)

    def _spend_partner(self, caller: Caller, now: float) -> tuple[Verdict, bytes]:
        """A key has its own quota, and all keys of an organisation have one together. Both or none is spent."""
        quotas = caller.quotas
        own = self._with("partner", quotas.per_minute) if quotas.per_minute else self._kinds["partner"]
        wanted = quotas.organisation_per_minute
        shared = self._with("organisation", wanted) if wanted else self._organisations
        organisation = f"organisation:{caller.principal.organisation_id}"
        both = shared.look(organisation, now)
        if not both.allowed:
            return both, _lines(own, own.look(caller.limit_key, now), shared, both)
        verdict = own.spend(caller.limit_key, now)
        both = shared.spend(organisation, now) if verdict.allowed else both
        return verdict, _lines(own, verdict, shared, both)

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


def _lines(own: Buckets, verdict: Verdict, shared: Buckets | None = None, both: Verdict | None = None) -> bytes:
    """`RateLimit` and `RateLimit-Policy` as structured fields (draft-ietf-httpapi-ratelimit-headers)."""
    policy, left = own.policy, f'"{own.name}";r={verdict.remaining};t={verdict.reset_seconds}'
    if shared is not None and both is not None:
        policy += f", {shared.policy}"
        left += f', "{shared.name}";r={both.remaining};t={both.reset_seconds}'
    return f"ratelimit-policy: {policy}\r\nratelimit: {left}\r\n".encode()
