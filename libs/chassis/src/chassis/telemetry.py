"""Logs and metrics, the same for every process."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from contextvars import ContextVar
from time import perf_counter
from typing import TextIO, cast
from uuid import UUID

import structlog
from prometheus_client import Counter, Gauge, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import ExcInfo, Processor

from chassis import clock
from chassis.errors import unexpected
from chassis.gateway_asides import aside_headers, asides
from chassis.ids import new_id
from chassis.log_output import Unfailing
from chassis.tracing import TRACEPARENT, Span, new_traceparent, span

log = structlog.get_logger(__name__)

_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

REQUESTS = Histogram(
    "ncce_request_seconds",
    "Time to answer, by route",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
PUBLISHED = Counter("ncce_events_published_total", "Events the broker has acknowledged", ["subject"])
HANDLED = Counter("ncce_events_handled_total", "Events handled, by outcome", ["consumer", "outcome"])
OUTBOX_WAITING = Gauge("ncce_outbox_waiting", "Outbox rows the last relay round could not publish")

SERVER_FAILED = 500
QUIET = ("/health/", "/metrics")
REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")


def configure_logging(service: str, level: str = "INFO", style: str = "json") -> None:
    """Send every log line, ours and the libraries', to standard output in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        [structlog.processors.ExceptionRenderer(frames_of), structlog.processors.JSONRenderer()]
        if style == "json"
        else [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Unfailing(sys.stdout, _no_room))),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last], foreign_pre_chain=shared
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, getattr(logging, level)), force=True)
    structlog.contextvars.bind_contextvars(service=service)


def _no_room(failures: int) -> str:
    told = {"event": "log.had_no_room", "failures": failures, "level": "warning", "timestamp": f"{clock.real():%FT%TZ}"}
    return json.dumps(told)


def frames_of(exc_info: ExcInfo) -> str:
    """An error and what caused it: types and places, but no messages, which may quote people's data."""
    error: BaseException | None = exc_info[1]
    parts: list[str] = []
    while error is not None:
        parts.append(f"{type(error).__qualname__}\n{''.join(traceback.format_tb(error.__traceback__))}")
        parts += [frames_of((type(inner), inner, None)) for inner in getattr(error, "exceptions", ())]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "because of ".join(parts)


def _console() -> structlog.dev.ConsoleRenderer:
    # Plain tracebacks: the pretty ones print every local variable, and with them what must not be logged.
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def current_request_id() -> str | None:
    """The id of the request being served, if one is."""
    return _request_id.get()


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key == name), "")


class RequestContext:
    """ASGI middleware: request id and trace context in, duration and one log line out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = _header(scope["headers"], b"x-request-id")
        request_id = given if REQUEST_ID.match(given) else str(new_id())
        parent = _header(scope["headers"], b"traceparent")
        scope.setdefault("state", {})["request_id"] = request_id
        started = perf_counter()
        status, started_answering = 500, False
        told: list[UUID] = []

        async def send_with_id(message: Message) -> None:
            nonlocal status, started_answering
            if message["type"] == "http.response.start":
                started_answering = True
                status = message["status"]
                more = [(b"x-request-id", request_id.encode()), *aside_headers(status, told)]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        token = _request_id.set(request_id)
        try:
            context = parent if TRACEPARENT.match(parent) else new_traceparent()
            with span("request", "server", context) as one, asides() as told:
                try:
                    await self._app(scope, receive, send_with_id)
                finally:
                    _describe(one, scope, status)
        except Exception as error:
            log.error("request.failed", request_id=request_id, exc_info=error)
            if not started_answering:
                await unexpected(Request(scope))(scope, receive, send_with_id)
        finally:
            _request_id.reset(token)
            _observe(scope, status, perf_counter() - started, request_id)


def _describe(one: Span | None, scope: Scope, status: int) -> None:
    """Say what was asked, now that the route is known."""
    if one is not None:
        route = _route(scope)
        one.name = f"{scope['method']} {route}"
        one.attributes |= {
            "http.request.method": scope["method"],
            "http.route": route,
            "http.response.status_code": status,
        }
        one.has_failed = status >= SERVER_FAILED


def _route(scope: Scope) -> str:
    """The route's template, never the path: paths may hold identifiers of people."""
    found: str = getattr(scope.get("route"), "path", "unmatched")
    return found


def _observe(scope: Scope, status: int, seconds: float, request_id: str) -> None:
    if scope["path"].startswith(QUIET):
        return
    route = _route(scope)
    REQUESTS.labels(scope["method"], route, status).observe(seconds)
    milliseconds = round(seconds * 1000, 2)
    log.info("request", method=scope["method"], route=route, status=status, ms=milliseconds, request_id=request_id)
