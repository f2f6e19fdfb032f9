"""Traces: what one request set going, across services, the broker and webhooks.

Whoever begins a trace, which is the gateway, decides whether it is told of; the W3C `traceparent` carries that along.
A span is told of by route templates, subjects and names of handlers: never by paths, ids of people or what was sent.
Without a collector (`OTLP_URL`) nothing is loaded, and spans only carry the trace context along.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import import_module
from time import time_ns
from typing import Final, Literal, Protocol, cast

TRACEPARENT: Final = re.compile(r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")
SPANS: Final = "chassis.spans"
Kind = Literal["server", "producer", "consumer", "client", "internal"]

_traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


@dataclass
class Span:
    """A piece of work that is told of once it is done."""

    name: str
    kind: Kind
    parent: str
    """The trace context in which it was set going, …"""
    context: str
    """… and that of what it sets going itself."""
    started_ns: int = field(default_factory=time_ns)
    """Unix time."""
    ended_ns: int = 0
    attributes: dict[str, str | int] = field(default_factory=dict)
    has_failed: bool = False


class Recorder(Protocol):
    """Who tells a collector of spans."""

    def record(self, span: Span) -> None:
        """Tell of it, some time soon."""

    def close(self) -> None:
        """Tell of all that are left."""


_recorder: Recorder | None = None


def open_recorder(url: str, process: str) -> Recorder:
    """What tells the collector at an origin, in the name of a process; loaded when there is one."""
    return cast(Recorder, import_module(SPANS).OtlpRecorder(url, process))


def tell(recorder: Recorder | None) -> None:
    """Let this process tell its spans from now on; None: nobody."""
    global _recorder
    _recorder = recorder


def current_traceparent() -> str | None:
    """The W3C trace context that an event published now is to carry."""
    return _traceparent.get()


def new_traceparent() -> str:
    """A fresh trace context, not to be told of."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"


def within(parent: str) -> str:
    """A context for new work in the trace of another."""
    return f"{parent[:36]}{secrets.token_hex(8)}{parent[52:]}"


def is_told_of(traceparent: str | None) -> bool:
    """Whether spans of this trace are recorded here."""
    if _recorder is None or traceparent is None or not TRACEPARENT.match(traceparent):
        return False
    return int(traceparent[53:], 16) & 1 == 1


@contextmanager
def trace(traceparent: str | None) -> Iterator[None]:
    """Let the work inside belong to a trace."""
    token = _traceparent.set(traceparent)
    try:
        yield
    finally:
        _traceparent.reset(token)


@contextmanager
def span(name: str, kind: Kind, parent: str | None, **attributes: str | int) -> Iterator[Span | None]:
    """The same, the work being a span of its own; None when nobody is told of it."""
    if parent is None or not is_told_of(parent):
        with trace(parent):
            yield None
        return
    one = Span(name, kind, parent, within(parent), attributes=dict(attributes))
    is_done = False
    try:
        with trace(one.context):
            yield one
        is_done = True
    finally:
        one.has_failed |= not is_done
        finish(one)


def finish(one: Span) -> None:
    """Tell of a span that ends now."""
    one.ended_ns = time_ns()
    if _recorder is not None:
        _recorder.record(one)
