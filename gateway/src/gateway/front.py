"""The front door: for the gateway's own pages an answer, and for all else recognise, limit, pass on.

What can be decided from memory is decided at once, inside the call that brought the request's last header. Only a
credential not seen lately and the slow pages take a task.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from time import monotonic
from uuid import UUID

from chassis.refusals import ServiceError
from gateway.account.site import account_site
from gateway.authentication import ANONYMOUS, Authenticator
from gateway.composed.answers import composed, in_the_name_of
from gateway.dashboards.site import dashboards_site
from gateway.limits import Limits, refusal
from gateway.logs import Log
from gateway.observation import Observation
from gateway.openapi import MergedOpenApi
from gateway.pages import Site
from gateway.plans import Plan
from gateway.policy.callers import STATEMENT_REUSED_SECONDS, Caller
from gateway.policy.credentials import Credential
from gateway.policy.cross_origin import preflight_headers, require_intent
from gateway.policy.faults import Fault, read_fault
from gateway.policy.networks import is_within
from gateway.policy.notes import Notes, take_notes
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
from gateway.sandbox import PREFIX, Side, Sides, live_only
from gateway.settings import Settings
from gateway.traces import Traces
from gateway.wire.exchange import UNMATCHED, Exchange
from gateway.wire.heads import Fields
from gateway.wire.server import Server
from gateway.wire.services import Service

JSON = b"application/json"
OWN_METHODS = frozenset({"GET", "HEAD"})
SPENT = "The quota is spent; `Retry-After` says when to come back."

log = Log(__name__)

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
        steady: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._table = RouteTable(routes)
        self._services = services
        self._routing = 0
        """How often routes or replicas have changed."""
        self._deadline, self._deadline_told = 0, b""
        self.authenticator = authenticator
        self._callers, self._endings = authenticator.callers, authenticator.endings
        authenticator.before_check = limits.refuse_guessing
        self._limits = limits
        self._clock = clock
        self._origins = settings.origins_allowed()
        self._sides = Sides.of_settings(settings)
        self._openapi = MergedOpenApi(live_only(services), self._table, steady)
        self._sites = {path: site for site in (portal(), account_site(), dashboards_site()) for path in site.paths}
        self.observation = Observation(level=settings.log_level, style=settings.log_format)
        self._observe, self._log = self.observation.requests.observe, self.observation.log
        self._pages: dict[bytes, Page] = {
            b"/health/live": self._live,
            b"/health/startup": self._live,
            b"/health/ready": self._ready,
            b"/openapi.json": self._merged_openapi,
        }
        self.traces: Traces | None = None
        """What a collector is told, if there is one. Set before anybody is served."""
        self.is_draining = False
        scheme = b"http" if settings.tls_certificate is None else b"https"
        self._told_scheme = b"\r\nx-forwarded-proto: %b\r\nx-forwarded-for: " % scheme
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
        self._routing += 1
        self._openapi.forget()

    async def listen(self, sockets: list[socket.socket], tls: ssl.SSLContext | None = None) -> None:
        """Serve until `stop`."""
        await self.server.listen(sockets, tls)

    async def stop(self) -> None:
        """Let balancers look away first, then let what is in flight finish."""
        self.is_draining = True
        await asyncio.sleep(self._settings.drain_notice_seconds)
        await self.server.stop_listening()
        await self.server.drain(self._settings.drain_seconds)
        self.observation.log.flush()

    def open(self, exchange: Exchange) -> None:
        """Decide about a request whose head has come."""
        plan = exchange.head.plan
        if plan is not None and plan.epoch == self._callers.epoch and plan.routing == self._routing:
            now = self._clock()
            if plan.caller.expires_at > now and (self._endings is None or not self._endings.has_news):
                self._follow(exchange, plan, now)
                return
        fields = exchange.head.fields
        notes = fields.notes
        if notes is None:
            notes = take_notes(fields.lines, fields.read, fields.repeated, fields.length, self._origins)
            fields.notes = notes
        if notes.request_id is not None:
            exchange.request_id = notes.request_id
        exchange.extra = notes.extra
        try:
            self._decide(exchange, notes)
        except ServiceError as error:
            exchange.refuse(error)

    def close(self, exchange: Exchange) -> None:
        """An exchange is over: tell of it."""
        method, prefix = exchange.head.method, exchange.prefix
        if prefix is UNMATCHED and exchange.head.path in self._pages:
            return
        key = (method if method in METHODS else "other", prefix, exchange.status)
        seconds = monotonic() - exchange.started
        self._observe(key, seconds)
        if self.traces is not None:
            self.traces.end(exchange, method, prefix)
        if self._log.is_on:
            self._log.note(key, seconds, exchange.request_id)

    def heed(self, service: Service, ended: bytes) -> None:
        """Believe nothing any more of what identity says has ended, before the answer that says so is passed on."""
        if service is not self._services["identity"] and service is not self._services.get(PREFIX + "identity"):
            return
        for sign_in in ended.split(b","):
            try:
                self.authenticator.end_for_all(UUID(sign_in.decode("ascii", "replace").strip()))
            except ValueError:
                log.warning("ended.unreadable", service=service.name)

    def _decide(self, exchange: Exchange, notes: Notes) -> None:
        head = exchange.head
        method, length = head.method, head.fields.length
        route = self._table.match(head.path)
        if route is None:
            self._show_own(exchange)
            return
        exchange.prefix = route.prefix
        if method == "OPTIONS" and notes.is_of_known_origin and head.fields.forwarded(b"access-control-request-method"):
            exchange.respond(204, preflight_headers(), b"")
            return
        if method not in METHODS:
            raise MethodNotAllowed("The platform uses " + ", ".join(sorted(METHODS)) + ".")
        if length and length > route.body_limit_bytes:
            raise BodyTooLarge(route.body_limit_bytes)
        now = self._clock()
        self.authenticator.heed_others()
        caller = notes.caller
        if caller is not None and caller.expires_at > now and notes.epoch == self.authenticator.epoch:
            self._pass_on(exchange, notes, route, ANONYMOUS if route.reads_authorization else caller, now)
        else:
            self._look_at_caller(exchange, notes, route, now)

    def _look_at_caller(self, exchange: Exchange, notes: Notes, route: Route, now: float) -> None:
        """Find out who calls, and note it if that is known already."""
        if route.reads_authorization:
            self._pass_on(exchange, notes, route, ANONYMOUS, now)
            return
        source, fields = exchange.client.source, exchange.head.fields
        try:
            epoch = self.authenticator.epoch
            known = self.authenticator.recall(fields.read, fields.repeated)
        except InvalidCredential:
            self._blame(source)
            raise
        if isinstance(known, Credential):
            if known.kind != "session":
                self._limits.refuse_guessing(source)
            exchange.run(self._recognise(exchange, notes, route, known))
            return
        notes.caller, notes.epoch = known, epoch
        self._pass_on(exchange, notes, route, known, now)

    async def _recognise(self, exchange: Exchange, notes: Notes, route: Route, credential: Credential) -> None:
        try:
            caller = await self.authenticator.recognise(credential, exchange.client.source)
        except InvalidCredential:
            if credential.kind != "session":
                self._blame(exchange.client.source)
                raise
            caller = ANONYMOUS
        self._pass_on(exchange, notes, route, caller, self._clock())

    def _blame(self, source: str) -> None:
        self._limits.refuse_guessing(source)
        self._limits.count_failure(source)

    def _pass_on(self, exchange: Exchange, notes: Notes, route: Route, caller: Caller, now: float) -> None:
        source = exchange.client.source
        exchange.is_authenticated = caller is not ANONYMOUS
        if not caller.is_anywhere:
            self._require_place_and_intent(exchange, caller)
        side = self._sides.of(caller)
        refused, limits = self._limits.spend(caller, source)
        exchange.extra += limits
        if refused is not None:
            raise refusal(refused, SPENT)
        if notes.fault is not None:
            fault = read_fault(notes.fault, is_test=side is self._sides.sandbox)
            exchange.run(self._fail(fault, exchange, notes, route, caller, side))
            return
        self._forward(exchange, notes, route, caller, side, now)

    async def _fail(
        self, fault: Fault, exchange: Exchange, notes: Notes, route: Route, caller: Caller, side: Side
    ) -> None:
        """Let go wrong what a caller of the sandbox asked to go wrong."""
        if fault.refusal is not None:
            raise fault.refusal
        await asyncio.sleep(fault.wait_seconds)
        exchange.loses_answer = fault.loss
        self._forward(exchange, notes, route, caller, side, self._clock())

    def _forward(self, exchange: Exchange, notes: Notes, route: Route, caller: Caller, side: Side, now: float) -> None:
        head, source = exchange.head, exchange.client.source
        send = composed(head.method, head.path) if route.is_composed else None
        if send is not None:
            named = {name.removeprefix(side.prefix): one for name, one in self._services.items()}
            fetch = in_the_name_of(caller, side.key, self._clock, exchange.request_id, named)
            exchange.run(send(exchange, fetch))
            return
        plan = self._plan(exchange, notes, route, caller, side)
        if route.tells_source:
            self._put(exchange, plan, now, source)
            return
        if notes.fault is None and caller.is_anywhere and not route.reads_authorization and head.fields.length == 0:
            head.plan = plan
        self._put(exchange, plan, now)

    def _plan(self, exchange: Exchange, notes: Notes, route: Route, caller: Caller, side: Side) -> Plan:
        head, service = exchange.head, self._services[side.prefix + route.service]
        plan = Plan(caller, service, route.service, side.key)
        plan.epoch, plan.routing = notes.epoch if notes.caller is caller else -1, self._routing
        plan.prefix, plan.is_authenticated = route.prefix, exchange.is_authenticated
        plan.seconds, plan.body_limit = route.seconds_for(head.method), route.body_limit_bytes
        plan.rank = route.rank_of(head.method)
        plan.request_id, plan.extra = notes.request_id, notes.extra
        plan.before = b"".join((
            head.line, b" HTTP/1.1\r\nhost: ", service.authority, b"\r\n", notes.forwarded,
            _authorization(head.fields) if route.reads_authorization else b"", b"x-ncce-principal: ",
        ))  # fmt: skip
        plan.after = b"\r\n%b%b" % (notes.whence, notes.trace if self.traces is None else b"")
        plan.begins_trace = not notes.trace and self.traces is None
        plan.trace = notes.trace if notes.brings_trace else b""
        return plan

    def _follow(self, exchange: Exchange, plan: Plan, now: float) -> None:
        """Do what was done with the same request before."""
        exchange.prefix = plan.prefix
        exchange.is_authenticated = plan.is_authenticated
        if plan.request_id is not None:
            exchange.request_id = plan.request_id
        refused, limits = self._limits.spend(plan.caller, exchange.client.source)
        exchange.extra = plan.extra + limits
        if refused is not None:
            exchange.refuse(refusal(refused, SPENT))
            return
        self._put(exchange, plan, now)

    def _put(self, exchange: Exchange, plan: Plan, now: float, source: str | None = None) -> None:
        """Put the question to the service, its head written anew."""
        request_id = exchange.request_id
        if not 0 <= now - plan.signed_at < STATEMENT_REUSED_SECONDS:
            plan.signed_at, plan.statement = plan.caller.signed(plan.service_name, plan.key, now, source)
        deadline = int((now + plan.seconds) * 1000)
        if deadline != self._deadline:
            # The same for all requests of a millisecond.
            self._deadline, self._deadline_told = deadline, b"%d" % deadline
        parts = (
            plan.before, plan.statement,
            b"\r\nx-request-id: ", request_id, b"\r\nx-request-deadline: ", self._deadline_told,
            self._told_scheme, exchange.client.told_address, plan.after,
        )  # fmt: skip
        if plan.begins_trace:
            # A trace that begins here has the id of the request, which is of the same form.
            question = b"".join((*parts, b"traceparent: 00-", request_id, b"-", request_id[16:], b"-00\r\n\r\n"))
        elif self.traces is None:
            question = b"".join((*parts, b"\r\n"))
        else:
            question = b"".join((*parts, self.traces.begin(exchange, plan), b"\r\n"))
        exchange.whose = plan.caller.whose
        exchange.forward(plan.service, question, plan.rank, seconds=plan.seconds, body_limit=plan.body_limit)

    def _require_place_and_intent(self, exchange: Exchange, caller: Caller) -> None:
        if caller.networks and not is_within(exchange.client.address, caller.networks):
            raise AddressNotAllowed("The API key may not be used from this address.")
        if caller.csrf_token:
            require_intent(exchange.head.method, exchange.head.fields.read, caller.csrf_token, self._origins)

    def _show_own(self, exchange: Exchange) -> None:
        head = exchange.head
        page = self._pages.get(head.path)
        if page is not None:
            _refuse_writing(head.method)
            exchange.run(_show(page, exchange))
            return
        site = self._sites.get(head.path)
        if site is None:
            raise NoSuchPath("No service answers this path.")
        _refuse_writing(head.method)
        exchange.run(_show_page(site, exchange))

    async def _live(self) -> tuple[int, bytes, bytes]:
        return 200, JSON, b'{"status":"live"}'

    async def _ready(self) -> tuple[int, bytes, bytes]:
        """Callers can be recognised. Services are not asked: one that is down must not take the others with it."""
        if self.is_draining:
            return 503, JSON, b'{"status":"not ready","failing":["draining"]}'
        if not await self.authenticator.keys.are_loaded():
            return 503, JSON, b'{"status":"not ready","failing":["signing keys"]}'
        return 200, JSON, b'{"status":"ready","failing":[]}'

    async def _merged_openapi(self) -> tuple[int, bytes, bytes]:
        return 200, JSON, await self._openapi.render()


def _refuse_writing(method: str) -> None:
    if method not in OWN_METHODS:
        raise MethodNotAllowed("This page is only read.")


async def _show(page: Page, exchange: Exchange) -> None:
    status, content_type, content = await page()
    headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(content))]
    exchange.respond(status, headers, content)


async def _show_page(site: Site, exchange: Exchange) -> None:
    """A page that is made on its first request is made beside the traffic, not in its way."""
    head = exchange.head
    accepted, known = (b",".join(head.fields.forwarded(name)) for name in (b"accept", b"if-none-match"))
    exchange.respond(*await asyncio.to_thread(site.answer, head.path, accepted, known))


def _fixed_headers(*, https_only: bool) -> bytes:
    secure = b"strict-transport-security: max-age=31536000; includeSubDomains\r\n" if https_only else b""
    return b"x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n" + secure


def _authorization(fields: Fields) -> bytes:
    """The header for a service that reads it itself. TwoCredentials when it comes twice."""
    if b"authorization" in fields.repeated:
        raise TwoCredentials("Send one Authorization header.")
    value = fields.only(b"authorization")
    return b"" if value is None else b"authorization: %b\r\n" % value
