"""Which requests a collector is told of, and what: the route, the method, the status, the time it took."""

from random import random
from secrets import token_hex
from time import monotonic, time_ns
from typing import Final

from chassis.tracing import Recorder, Span
from gateway.plans import Plan
from gateway.wire.exchange import Exchange

LINE: Final = b"traceparent: "
ODD: Final = b"13579bdf"
"""How flags end that say that a trace is told of."""
SERVER_FAILED: Final = 500


class Traces:
    """One process's. A share of the traces that begin here is told of; of those that callers who are signed in bring,
    the ones that they say. What anybody else says does not decide what the collector has to bear.
    """

    def __init__(self, recorder: Recorder, share: float) -> None:
        self.recorder = recorder
        self._share = share

    def begin(self, exchange: Exchange, plan: Plan) -> bytes:
        """The trace context's header lines for the service."""
        brought = plan.trace
        own = exchange.request_id if plan.request_id is None else token_hex(16).encode()
        trace_id, parent, state = own, b"0" * 16, b""
        is_told_of = random() < self._share  # noqa: S311  no secret
        if brought:
            trace_id, parent, state = brought[16:48], brought[49:65], brought[70:]
            if exchange.is_authenticated:
                is_told_of = brought[67:68] in ODD
        context = b"00-%b-%b-%b" % (trace_id, own[16:], b"01" if is_told_of else b"00")
        if is_told_of:
            came_with = b"00-%b-%b-01" % (trace_id, parent)
            began = time_ns() - int((monotonic() - exchange.started) * 1e9)
            exchange.trace = Span("request", "server", came_with.decode(), context.decode(), began)
        return LINE + context + b"\r\n" + state

    def end(self, exchange: Exchange, method: str, route: str) -> None:
        """Tell of a request that was answered."""
        one = exchange.trace
        if one is not None:
            one.name, one.ended_ns = f"{method} {route}", time_ns()
            one.attributes = {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": exchange.status,
            }
            one.has_failed = exchange.status >= SERVER_FAILED
            self.recorder.record(one)
