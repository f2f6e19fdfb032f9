"""What can be said of a request from its header fields alone: found out once, and true of each that brings the same."""

from collections.abc import Mapping, Sequence
from secrets import token_hex

from gateway.policy.callers import Caller
from gateway.policy.cross_origin import answer_lines, read_cookies
from gateway.policy.faults import HEADER as FAULT
from gateway.policy.headers import sane_request_id, sane_traceparent


class Notes:
    """Written when the fields are first seen; only `caller` and `epoch` change."""

    __slots__ = (
        "brings_trace",
        "caller",
        "epoch",
        "extra",
        "fault",
        "forwarded",
        "is_of_known_origin",
        "request_id",
        "trace",
        "whence",
    )

    request_id: bytes | None
    """The caller's own, if it can be taken."""
    trace: bytes
    """Header lines of the trace context; empty when the trace begins here and bears the request's id."""
    brings_trace: bool
    """Whether they are the caller's."""
    extra: bytes
    """Header lines, each with its end, that the answer carries for the caller's browser."""
    is_of_known_origin: bool
    fault: bytes | None
    """What the caller of a sandbox wants to go wrong."""
    forwarded: bytes
    """Header lines, each with its end, for the service."""
    whence: bytes
    """The host that the caller meant, as a header line."""
    caller: Caller | None
    """Who was recognised last by the credential among these fields, and …"""
    epoch: int
    """… when, in epochs of the cache of callers."""


def take_notes(
    lines: Sequence[bytes],
    read: Mapping[bytes, bytes],
    repeated: frozenset[bytes],
    length: int | None,
    origins: frozenset[bytes],
) -> Notes:
    """Notes on these fields: those to forward, those that the gateway reads, and which of them came again."""
    notes = Notes()
    once = {name: value for name, value in read.items() if name not in repeated} if repeated else read
    notes.request_id = sane_request_id(once.get(b"x-request-id"))
    notes.trace = _trace_of(once)
    notes.brings_trace = bool(notes.trace)
    if notes.request_id is not None and not notes.trace:
        notes.trace = b"traceparent: 00-%b-%b-00\r\n" % (token_hex(16).encode(), token_hex(8).encode())
    origin = read.get(b"origin")
    notes.is_of_known_origin = origin in origins
    notes.extra = b"vary: Origin\r\n" if origin is not None and origins else b""
    if origin is not None and notes.is_of_known_origin:
        notes.extra += answer_lines(origin)
    notes.fault = read.get(FAULT)
    notes.forwarded = _forwarded(lines, read.get(b"cookie"), length)
    notes.whence = b"x-forwarded-host: %b\r\n" % read.get(b"host", b"")
    notes.caller, notes.epoch = None, 0
    return notes


def _trace_of(once: Mapping[bytes, bytes]) -> bytes:
    known = sane_traceparent(once.get(b"traceparent"))
    if known is None:
        return b""
    state = once.get(b"tracestate")
    return b"traceparent: %b\r\n" % known + (b"" if state is None else b"tracestate: %b\r\n" % state)


def _forwarded(lines: Sequence[bytes], cookie: bytes | None, length: int | None) -> bytes:
    """The lines, what frames the body, and the cookies that do not end here."""
    told = list(lines)
    if length is None:
        told.append(b"transfer-encoding: chunked")
    elif length:
        told.append(b"content-length: %d" % length)
    if cookie is not None:
        _, others = read_cookies(cookie)
        if others:
            told.append(b"cookie: " + others)
    return b"\r\n".join([*told, b""]) if told else b""
