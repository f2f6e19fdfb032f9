"""Which headers cross the gateway, in each direction, and which it sets itself."""

import re
from collections.abc import Iterable
from functools import lru_cache

from gateway.problems import TwoCredentials

Headers = list[tuple[bytes, bytes]]

_HOP_BY_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection", b"te", b"trailer",
    b"transfer-encoding", b"upgrade", b"http2-settings",
})  # fmt: skip
# Credentials end at the gateway: services believe the signed principal and nothing else.
_ENDS_HERE = frozenset({
    b"host", b"content-length", b"expect", b"authorization", b"x-api-key", b"forwarded", b"x-real-ip", b"x-request-id",
    b"x-request-deadline", b"traceparent", b"tracestate", b"x-client-ip", b"x-cluster-client-ip", b"true-client-ip",
    b"x-original-url", b"x-rewrite-url", b"x-http-method-override", b"x-method-override", b"x-http-method",
})  # fmt: skip
_SPOOFABLE = (b"x-ncce-", b"x-user", b"x-internal", b"x-forwarded-", b"x-auth-", b"x-remote-", b"x-principal")
_SET_BY_GATEWAY = frozenset({
    b"date", b"server", b"x-request-id", b"ratelimit", b"ratelimit-policy", b"x-content-type-options",
    b"referrer-policy", b"strict-transport-security",
})  # fmt: skip

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TRACEPARENT = re.compile(rb"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


@lru_cache(maxsize=1024)
def _is_forwarded(name: bytes) -> bool:
    # Some readers of headers take `_` for `-`, so the two are one name here.
    plain = name.lower().replace(b"_", b"-")
    return plain not in _HOP_BY_HOP and plain not in _ENDS_HERE and not plain.startswith(_SPOOFABLE)


def _named_in_connection(headers: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    values = (value for name, value in headers if name.lower() == b"connection")
    return frozenset(token.strip().lower() for value in values for token in value.split(b","))


def forwardable(headers: Headers) -> Headers:
    """A client's headers without those that end here, belong to the connection or could pass for the gateway's own."""
    named = _named_in_connection(headers)
    return [(name, value) for name, value in headers if _is_forwarded(name) and name.lower() not in named]


def authorization(headers: Headers) -> Headers:
    """The Authorization header, for a service that reads it itself. TwoCredentials when it comes twice."""
    shown = [(name, value) for name, value in headers if name.lower() == b"authorization"]
    if len(shown) > 1:
        raise TwoCredentials("Send one Authorization header.")
    return shown


def returnable(headers: Iterable[tuple[bytes, bytes]], *, has_body: bool) -> Headers:
    """A service's headers without the connection's, the gateway's own, and a length where there can be no body."""
    headers = list(headers)
    dropped = _HOP_BY_HOP | _SET_BY_GATEWAY | _named_in_connection(headers)
    if not has_body:
        dropped |= {b"content-length"}
    kept = ((name.lower(), value) for name, value in headers)
    return [(name, value) for name, value in kept if name not in dropped and not name.startswith(b"x-ncce-")]


def sane_request_id(value: str | None) -> str | None:
    """A caller's request id, if it can be written to a log as it is."""
    return value if value is not None and _REQUEST_ID.fullmatch(value) else None


def sane_traceparent(value: bytes | None) -> bytes | None:
    """A caller's W3C trace context, if it is well formed."""
    return value if value is not None and _TRACEPARENT.fullmatch(value) else None


def secured(headers: Headers, *, authenticated: bool, https_only: bool) -> Headers:
    """Add what every reply carries; an authenticated one is not stored by anybody unless the service allowed it."""
    headers += [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
    if https_only:
        headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
    if authenticated and not any(name == b"cache-control" for name, _ in headers):
        headers.append((b"cache-control", b"no-store"))
    return headers
