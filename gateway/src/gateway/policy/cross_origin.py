"""Pages of other origins, and what only their browsers keep them from doing."""

import hmac
from collections.abc import Mapping

from gateway.policy.routing import METHODS, READS
from gateway.problems import CsrfFailed

SESSION_COOKIE = b"__Host-ncce_session"
CSRF_COOKIE = b"ncce_csrf"
PREFLIGHT_SECONDS = 600
_EXPOSED = b"ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
_TAKEN = (
    b"Authorization, Content-Type, If-Match, Idempotency-Key, NCCE-Sandbox-Fault, X-API-Key, X-CSRF-Token, "
    b"X-Request-Id, traceparent"
)


def read_cookies(cookie: bytes) -> tuple[bytes | None, bytes]:
    """The session that a `Cookie` header shows, and the header without what ends at the gateway.

    None also when it shows several sessions: which of them counts would depend on the reader.
    """
    pairs = [pair.strip(b" ") for pair in cookie.split(b";")]
    sessions = [pair.partition(b"=")[2] for pair in pairs if pair.partition(b"=")[0] == SESSION_COOKIE]
    others = [pair for pair in pairs if pair and pair.partition(b"=")[0] not in (SESSION_COOKIE, CSRF_COOKIE)]
    return (sessions[0] if len(sessions) == 1 else None), b"; ".join(others)


def require_intent(method: str, read: Mapping[bytes, bytes], token: bytes, allowed: frozenset[bytes]) -> None:
    """CsrfFailed unless a change that a cookie vouches for was meant by a page of ours.

    The page repeats in a header what only it can read, and its browser says an origin that we know or are.
    """
    if method in READS:
        return
    shown = read.get(b"x-csrf-token", b"")
    if not hmac.compare_digest(shown, token):
        raise CsrfFailed("Send the value of the cookie ncce_csrf as X-CSRF-Token.")
    origin = read.get(b"origin", b"")
    if origin not in allowed and origin.partition(b"://")[2] != read.get(b"host"):
        raise CsrfFailed("Changes by cookie are taken from pages of the platform only.")


def answer_lines(origin: bytes) -> bytes:
    """Header lines by which a browser shows an answer to a page of this origin."""
    return (
        b"access-control-allow-origin: %b\r\naccess-control-allow-credentials: true\r\n"
        b"access-control-expose-headers: %b\r\n" % (origin, _EXPOSED)
    )


def preflight_headers() -> list[tuple[bytes, bytes]]:
    """What a browser that asks first is told."""
    return [
        (b"access-control-allow-methods", ", ".join(sorted(METHODS)).encode()),
        (b"access-control-allow-headers", _TAKEN),
        (b"access-control-max-age", b"%d" % PREFLIGHT_SECONDS),
    ]
