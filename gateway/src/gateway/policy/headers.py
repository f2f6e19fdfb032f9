"""Which headers cross the gateway, in each direction, and which it reads or sets itself.

The fate of a header is decided once for each spelling of its name and then looked up, because it is asked for every
line of every request.
"""

import re
from typing import Final

from chassis.gateway_asides import ENDED

Headers = list[tuple[bytes, bytes]]
Fates = dict[bytes, bytes]

FORWARDED: Final = b"+"
DROPPED: Final = b"-"
"""Fates; any other is the name, in lower case, under which the gateway reads the header."""

_HOP_BY_HOP = frozenset({
    b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection", b"te", b"trailer", b"upgrade",
    b"http2-settings",
})  # fmt: skip
# Credentials end at the gateway: services believe the signed principal and nothing else.
_READ = frozenset({
    b"host", b"connection", b"content-length", b"transfer-encoding", b"expect", b"authorization", b"x-api-key",
    b"x-request-id", b"traceparent", b"tracestate", b"cookie", b"origin", b"x-csrf-token",
    b"ncce-sandbox-fault",
})  # fmt: skip
_ENDS_HERE = frozenset({
    b"forwarded", b"x-real-ip", b"x-request-deadline", b"x-client-ip", b"x-cluster-client-ip", b"true-client-ip",
    b"x-original-url", b"x-rewrite-url", b"x-http-method-override", b"x-method-override", b"x-http-method",
})  # fmt: skip
_SPOOFABLE = (b"x-ncce-", b"x-user", b"x-internal", b"x-forwarded-", b"x-auth-", b"x-remote-", b"x-principal")
_SET_BY_GATEWAY = frozenset({
    b"date", b"server", b"x-request-id", b"x-content-type-options", b"referrer-policy", b"strict-transport-security",
})  # fmt: skip
# `RateLimit` and `RateLimit-Policy` are lists: a service's own quotas stand beside the gateway's.
_READ_IN_ANSWERS = frozenset({
    b"connection", b"content-length", b"transfer-encoding", b"cache-control", b"vary", ENDED,
})  # fmt: skip

FATES_KEPT = 1024
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_TRACEPARENT = re.compile(rb"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def is_token(name: bytes) -> bool:
    """Whether this can be a header's name."""
    return _TOKEN.fullmatch(name) is not None


def fate_in_request(name: bytes) -> bytes:
    """What becomes of a client's header, by its name in any spelling."""
    # Some readers of headers take `_` for `-`, so the two are one name here.
    lower = name.lower()
    plain = lower.replace(b"_", b"-")
    if lower in _READ:
        return lower
    if plain in _HOP_BY_HOP or plain in _READ or plain in _ENDS_HERE or plain.startswith(_SPOOFABLE):
        return DROPPED
    return FORWARDED


def fate_in_answer(name: bytes) -> bytes:
    """What becomes of a service's header; ValueError when nothing can be called so."""
    if not is_token(name):
        raise ValueError("not a header")
    lower = name.lower()
    if lower in _READ_IN_ANSWERS:
        return lower
    return DROPPED if lower in _HOP_BY_HOP or lower in _SET_BY_GATEWAY or lower.startswith(b"x-ncce-") else FORWARDED


def remember(fates: Fates, name: bytes, fate: bytes) -> bytes:
    """Keep a fate for the next time. Names are the sender's to invent, so only so many are kept."""
    if len(fates) < FATES_KEPT:
        fates[name] = fate
    return fate


def names_in(value: bytes) -> frozenset[bytes]:
    """The options that a `Connection` header lists."""
    return frozenset(option.strip() for option in value.split(b","))


def sane_request_id(value: bytes | None) -> bytes | None:
    """A caller's request id, if it can be written to a log as it is."""
    return value if value is not None and _REQUEST_ID.fullmatch(value) else None


def sane_traceparent(value: bytes | None) -> bytes | None:
    """A caller's W3C trace context, if it is well formed."""
    return value if value is not None and _TRACEPARENT.fullmatch(value) else None
