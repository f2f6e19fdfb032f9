"""The front door: for the gateway's own pages an answer, and for all else recognise, limit, pass on.

What can be decided from memory is decided at once, inside the call that brought the request's last header. Only a
credential not seen lately and the slow pages take a task.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from random import getrandbits
from time import perf_counter

from prometheus_client import CONTENT_TYPE_LATEST

from chassis.errors import ServiceError
from gateway.authentication import ANONYMOUS, Authenticator
from gateway.limits import Limits, refusal
from gateway.observation import Observation
from gateway.openapi import MergedOpenApi
from gateway.policy.callers import Caller
from gateway.policy.credentials import Credential
from gateway.policy.cross_origin import answer_lines, preflight_headers, read_cookies, require_intent
from gateway.policy.headers import sane_request_id, sane_traceparent
from gateway.policy.networks import is_within, source_of
from gateway.policy.routing import METHODS, Route, RouteTable
from gateway.portal.site import portal
from gateway.problems import (
    AddressNotAllowed,
    BodyTooLarge,
    InvalidCredential,
    MethodNotAllowed,
    NoSuchPath,
    TwoCredentials,
)
from gateway.sandbox import Sides, live_only
from gateway.settings import Settings
from gateway.wire.exchange import Exchange
from gateway.wire.server import Server
from gateway.wire.services import Service

JSON = b"application/json"
OWN_METHODS = frozenset({"GET", "HEAD"})

_LOW_64 = (1 << 64) - 1
_HEAD = (
    b"%b %b%b HTTP/1.1\r\nhost: %b\r\n%bx-ncce-principal: %b\r\nx-request-id: %b\r\nx-request-deadline: %d\r\n"
    b"x-forwarded-for: %b\r\nx-forwarded-proto: http\r\nx-forwarded-host: %b\r\ntraceparent: %b\r\n\r\n"
)

Page = Callable[[], Awaitable[tuple[int, bytes, bytes]]]


class Gateway:
    """Built by `create_app`; holds what lives as long as the process. Implements the wire's `Door`."""

    def __init__(
        self,
        settings: Settings,
        routes: Iterable[Route],
        services: dict[str, Service],
        authenticator: Authenticator,
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._table = RouteTable(routes)
        self._services = services
        self.authenticator = authenticator
        self._limits = limits
        self._clock = clock
        self._origins = settings.origins_allowed()
        self._sides = Sides.of_settings(settings)
        self._openapi = MergedOpenApi(live_only(services), self._table, clock)
        self._portal = portal()
        self.observation = Observation(level=settings.log_level, style=settings.log_format)
        self._pages: dict[bytes, Page] = {
            b"/health/live": self._live,
            b"/health/startup": self._live,
            b"/health/ready": self._ready,
            b"/metrics": self._metrics,
            b"/openapi.json": self._merged_openapi,
        }
        self.is_draining = False
        self.server = Server(
            self,
            services,
            head_seconds=settings.head_seconds,
            idle_seconds=settings.idle_seconds,
            fixed_headers=_fixed_headers(https_only=settings.environment == "production"),
        )

    @property
    def routes(self) -> list[Route]:
        """What is exposed now."""
        return self._table.routes

    @property
    def services(self) -> Mapping[str, Service]:
        """Those behind it."""
        return self._services

    def describe_services(self) -> list[dict[str, object]]:
        """Each service and its replicas, for operators."""
        return [service.describe() for service in self._services.values()]

    def use(self, routes: Iterable[Route], replicas: Mapping[str, Sequence[str]]) -> None:
        """Go over to these routes and replicas; requests under way end as they began."""
        self._table.use(routes)
        for name, origins in replicas.items():
            self._services[name].use(origins)
        self._openapi.forget()

    async def listen(self, sockets: list[socket.socket]) -> None:
        """Serve until `stop`."""
        await self.server.listen(sockets)

    async def stop(self) -> None:
        """Let balancers look away first, then let what is in flight finish."""
        self.is_draining = True
        await asyncio.sleep(self._settings.drain_notice_seconds)
        await self.server.stop_listening()
        await self.server.drain(self._settings.drain_seconds)
        self.observation.log.flush()

    def open(self, exchange: Exchange) -> None:
        """Decide about a request whose head has come."""
        head = exchange.head
        given = head.only(b"x-request-id")
        if given is not None:
            exchange.request_id = sane_request_id(given) or exchange.request_id
        origin = head.read.get(b"origin")
        if origin is not None and self._origins:
            exchange.varies = b"Origin"
            if origin in self._origins:
                exchange.extra = answer_lines(origin)
        try:
            self._decide(exchange)
        except ServiceError as error:
            exchange.refuse(error)

    def close(self, exchange: Exchange) -> None:
        """An exchange is over: tell of it."""
        if exchange.head.path in self._pages:
            return
        method = exchange.head.method if exchange.head.method in METHODS else "other"
        key = (method, exchange.prefix, exchange.status)
        self.observation.note(key, perf_counter() - exchange.started, exchange.request_id.decode())

    def _decide(self, exchange: Exchange) -> None:
        head = exchange.head
        route = self._table.match(head.path)
        if route is None:
            self._show_own(exchange)
            return
        exchange.prefix = route.prefix
        if head.method == "OPTIONS" and exchange.extra and head.forwarded(b"access-control-request-method"):
            exchange.respond(204, preflight_headers(), b"")
            return
        if head.method not in METHODS:
            raise MethodNotAllowed("The platform uses " + ", ".join(sorted(METHODS)) + ".")
        if head.length is not None and head.length > route.body_limit_bytes:
            raise BodyTooLarge(route.body_limit_bytes)
        source = source_of(exchange.client.address)
        try:
            known = ANONYMOUS if route.reads_authorization else self.authenticator.recall(head.read, head.repeated)
            if isinstance(known, Credential):
                if known.kind != "session":
                    self._limits.refuse_guessing(source, self._clock())
                exchange.run(self._recognise(exchange, route, known, source))
                return
        except InvalidCredential:
            self._blame(source)
            raise
        self._pass_on(exchange, route, known, source)

    async def _recognise(self, exchange: Exchange, route: Route, credential: Credential, source: str) -> None:
        try:
            caller = await self.authenticator.recognise(credential)
        except InvalidCredential:
            if credential.kind != "session":
                self._blame(source)
                raise
            # A browser goes on showing a session that is over; its owner is a visitor like any other, and may sign in.
            caller = ANONYMOUS
        self._pass_on(exchange, route, caller, source)

    def _blame(self, source: str) -> None:
        self._limits.refuse_guessing(source, self._clock())
        self._limits.count_failure(source, self._clock())

    def _pass_on(self, exchange: Exchange, route: Route, caller: Caller, source: str) -> None:
        now = self._clock()
        exchange.is_authenticated = caller is not ANONYMOUS
        if caller.networks and not is_within(exchange.client.address, caller.networks):
            raise AddressNotAllowed("The API key may not be used from this address.")
        if caller.csrf_token:
            require_intent(exchange.head.method, exchange.head.read, caller.csrf_token, self._origins)
        side = self._sides.of(caller)
        verdict, limits = self._limits.spend(caller, source, now)
        exchange.extra += limits
        if not verdict.allowed:
            raise refusal(verdict, "The quota is spent; `Retry-After` says when to come back.")
        statement = caller.statement_for(route.service, side.key, now, source if route.tells_source else None)
        service = self._services[side.prefix + route.service]
        own = _authorization(exchange) if route.reads_authorization else b""
        seconds = route.seconds_for(exchange.head.method)
        exchange.forward(
            service,
            _question(exchange, service, statement, now + seconds, own),
            seconds=seconds,
            body_limit=route.body_limit_bytes,
        )

    def _show_own(self, exchange: Exchange) -> None:
        head = exchange.head
        page = self._pages.get(head.path)
        if page is not None:
            _refuse_writing(head.method)
            exchange.run(_show(page, exchange))
            return
        if head.path not in self._portal.paths:
            raise NoSuchPath("No service answers this path.")
        _refuse_writing(head.method)
        exchange.run(self._show_portal(exchange))

    async def _show_portal(self, exchange: Exchange) -> None:
        """A page that is made on its first request is made beside the traffic, not in its way."""
        head = exchange.head
        accepted, known = (b",".join(head.forwarded(name)) for name in (b"accept", b"if-none-match"))
        exchange.respond(*await asyncio.to_thread(self._portal.answer, head.path, accepted, known))

    async def _live(self) -> tuple[int, bytes, bytes]:
        return 200, JSON, b'{"status":"live"}'

    async def _ready(self) -> tuple[int, bytes, bytes]:
        """Callers can be recognised. Services are not asked: one that is down must not take the others with it."""
        if self.is_draining:
            return 503, JSON, b'{"status":"not ready","failing":["draining"]}'
        if not await self.authenticator.keys.are_loaded():
            return 503, JSON, b'{"status":"not ready","failing":["signing keys"]}'
        return 200, JSON, b'{"status":"ready","failing":[]}'

    async def _metrics(self) -> tuple[int, bytes, bytes]:
        return 200, CONTENT_TYPE_LATEST.encode(), self.observation.render()

    async def _merged_openapi(self) -> tuple[int, bytes, bytes]:
        return 200, JSON, await self._openapi.render()


def _refuse_writing(method: str) -> None:
    if method not in OWN_METHODS:
        raise MethodNotAllowed("This page is only read.")


async def _show(page: Page, exchange: Exchange) -> None:
    status, content_type, content = await page()
    headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(content))]
    exchange.respond(status, headers, content)


def _fixed_headers(*, https_only: bool) -> bytes:
    secure = b"strict-transport-security: max-age=31536000; includeSubDomains\r\n" if https_only else b""
    return b"x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n" + secure


def _authorization(exchange: Exchange) -> bytes:
    """The header for a service that reads it itself. TwoCredentials when it comes twice."""
    if b"authorization" in exchange.head.repeated:
        raise TwoCredentials("Send one Authorization header.")
    value = exchange.head.only(b"authorization")
    return b"" if value is None else b"authorization: %b\r\n" % value


def _question(exchange: Exchange, service: Service, statement: bytes, deadline: float, own: bytes) -> bytes:
    """The request's head as the service gets it, written anew."""
    head = exchange.head
    known = sane_traceparent(head.only(b"traceparent"))
    if known is None:
        bits = getrandbits(192)
        trace = b"00-%032x-%016x-00" % (bits >> 64 or 1, bits & _LOW_64 or 1)
    else:
        state = head.only(b"tracestate")
        trace = known if state is None else b"%b\r\ntracestate: %b" % (known, state)
    if head.length is None:
        own += b"transfer-encoding: chunked\r\n"
    elif head.length:
        own += b"content-length: %d\r\n" % head.length
    cookie = head.read.get(b"cookie")
    if cookie is not None:
        _, others = read_cookies(cookie)
        own += b"cookie: %b\r\n" % others if others else b""
    if head.lines:
        own = b"%b\r\n%b" % (b"\r\n".join(head.lines), own)
    return _HEAD % (
        head.method.encode(), head.path, head.query, service.authority, own, statement, exchange.request_id,
        int(deadline * 1000), exchange.client.address.encode(), head.host, trace,
    )  # fmt: skip
