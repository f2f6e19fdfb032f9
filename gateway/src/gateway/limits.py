"""How much each caller may ask for, and the headers that say so."""

from ipaddress import IPv6Address, ip_address

from gateway.policy.buckets import Buckets, Verdict
from gateway.policy.callers import Caller
from gateway.policy.headers import Headers
from gateway.problems import RateLimited
from gateway.settings import Settings


class Limits:
    """One quota for each person and API key, and for each address that shows no credential or bad ones."""

    def __init__(self, settings: Settings) -> None:
        self._by_kind = {
            "anonymous": Buckets("anonymous", settings.anonymous_per_minute),
            "person": Buckets("signed-in", settings.signed_in_per_minute),
            "partner": Buckets("partner", settings.partner_per_minute),
        }
        self._failures = Buckets("failed-authentication", settings.failed_authentication_per_minute)

    def spend(self, caller: Caller, source: str, now: float) -> tuple[Verdict, Headers]:
        """Count a request: whether it may go on, and the RateLimit headers of its reply."""
        buckets = self._by_kind[caller.principal.kind]
        key = source if caller.principal.kind == "anonymous" else caller.limit_key
        verdict = buckets.spend(key, now)
        return verdict, _headers(buckets, verdict)

    def refuse_guessing(self, source: str, now: float) -> None:
        """RateLimited when an address has shown too many bad credentials: the next is not even checked."""
        if self._failures.is_spent(source, now):
            raise refusal(self._failures.spend(source, now), "Too many bad credentials came from this address.")

    def count_failure(self, source: str, now: float) -> None:
        """Remember a bad credential against its address."""
        self._failures.spend(source, now)


def refusal(verdict: Verdict, detail: str) -> RateLimited:
    """The problem of a caller who has to wait."""
    return RateLimited(detail, retry_after_seconds=max(verdict.retry_after_seconds, 1))


def _headers(buckets: Buckets, verdict: Verdict) -> Headers:
    """`RateLimit` and `RateLimit-Policy` as structured fields (draft-ietf-httpapi-ratelimit-headers)."""
    value = f'"{buckets.name}";r={verdict.remaining};t={verdict.reset_seconds}'.encode()
    return [(b"ratelimit-policy", buckets.policy), (b"ratelimit", value)]


def source_of(address: str) -> str:
    """What counts as one source: an IPv4 address, or the /64 that an IPv6 customer is given."""
    if ":" not in address:
        return address
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed.ipv4_mapped) if isinstance(parsed, IPv6Address) else address
