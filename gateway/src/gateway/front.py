"""The front door as an ASGI application: the gateway's own pages, and for all else recognise, limit, pass on."""

from collections.abc import Awaitable, Callable, Iterable
from time import perf_counter

import aiohttp
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chassis.errors import ServiceError
from chassis.telemetry import REQUESTS
from gateway.authentication import ANONYMOUS, Authenticator
from gateway.exchange import Body, Call, ClientLeft, Message, Receive, Reply, Send
from gateway.limits import Limits, refusal
from gateway.openapi import MergedOpenApi
from gateway.policy.callers import Caller
from gateway.policy.routing import METHODS, Route, RouteTable
from gateway.problem_pages import ProblemPages, read_problems
from gateway.problems import InvalidCredential, MethodNotAllowed, NoSuchPath
from gateway.proxy import Proxy, open_client
from gateway.settings import Settings, read_principal_key

CLIENT_LEFT_STATUS = 499
JSON = b"application/json"
OWN_METHODS = frozenset({"GET", "HEAD"})

log = structlog.get_logger(__name__)
Page = Callable[[], Awaitable[tuple[int, bytes, bytes]]]


class Gateway:
    """Built by `create_app`; holds what lives as long as the process."""

    def __init__(
        self,
        settings: Settings,
        routes: Iterable[Route],
        authenticator: Authenticator,
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._table = RouteTable(routes)
        self._authenticator = authenticator
        self._limits = limits
        self._clock = clock
        self._principal_key = read_principal_key(settings.principal_key)
        self._proxy = Proxy(settings.upstreams(), clock)
        self._openapi = MergedOpenApi(settings.upstreams(), self._table, clock)
        self._http: aiohttp.ClientSession | None = None
        self._problem_pages = ProblemPages(read_problems())
        self._pages: dict[bytes, Page] = {
            b"/health/live": self._live,
            b"/health/startup": self._live,
            b"/health/ready": self._ready,
            b"/metrics": self._metrics,
            b"/openapi.json": self._merged_openapi,
        }
        self.is_draining = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a connection's next event: process start and end, or a request."""
        if scope["type"] == "lifespan":
            await self._live_and_end(receive, send)
        elif scope["type"] == "http":
            await self._serve(Call.of(scope, self._clock()), receive, send)
        else:
            raise ValueError(f"{scope['type']} is not spoken here")

    async def _live_and_end(self, receive: Receive, send: Send) -> None:
        await receive()
        async with open_client(self._settings) as self._http:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, call: Call, receive: Receive, send: Send) -> None:
        started = perf_counter()
        production = self._settings.environment == "production"
        reply = Reply(send, call, https_only=production, idle_seconds=self._settings.idle_seconds)
        body = Body(receive, call.headers)
        route = self._table.match(call.raw_path)
        try:
            await self._answer(call, route, body, reply)
        except ClientLeft:
            reply.status = CLIENT_LEFT_STATUS
        except ServiceError as error:
            await reply.refuse(error, body)
        except Exception:
            log.exception("request.failed", request_id=call.request_id)
            if reply.status is None:
                await reply.refuse(ServiceError("The fault has been recorded under the request id."), body)
        if call.raw_path not in self._pages:
            _observe(call, route, reply.status or 0, perf_counter() - started)

    async def _answer(self, call: Call, route: Route | None, body: Body, reply: Reply) -> None:
        page = self._pages.get(call.raw_path)
        if page is not None:
            await self._show(page, call, reply)
            return
        problem_page = self._problem_pages.find(call.raw_path, call.accepted)
        if problem_page is not None:
            self._refuse_writing(call)
            await reply.ready(200, *problem_page)
            return
        if route is None:
            raise NoSuchPath("No service answers this path.")
        if call.method not in METHODS:
            raise MethodNotAllowed("The platform uses " + ", ".join(sorted(METHODS)) + ".")
        body.limit_to(route.body_limit_bytes)
        caller = ANONYMOUS if route.reads_authorization else await self._caller(call)
        reply.is_authenticated = caller is not ANONYMOUS
        verdict, reply.limit_headers = self._limits.spend(caller, call.source, self._clock())
        if not verdict.allowed:
            raise refusal(verdict, "The quota is spent; `Retry-After` says when to come back.")
        source = call.source if route.tells_source else None
        statement = caller.statement_for(route.service, self._principal_key, self._clock(), source)
        await self._proxy.pass_on(self._client(), call, route, body, statement, reply)

    async def _caller(self, call: Call) -> Caller:
        try:
            known = self._authenticator.recall(call.headers)
            if isinstance(known, Caller):
                return known
            self._limits.refuse_guessing(call.source, self._clock())
            return await self._authenticator.recognise(self._client(), known)
        except InvalidCredential:
            self._limits.refuse_guessing(call.source, self._clock())
            self._limits.count_failure(call.source, self._clock())
            raise

    def _client(self) -> aiohttp.ClientSession:
        assert self._http is not None, "requests come after start-up"
        return self._http

    async def _show(self, page: Page, call: Call, reply: Reply) -> None:
        self._refuse_writing(call)
        await reply.whole(*await page())

    def _refuse_writing(self, call: Call) -> None:
        if call.method not in OWN_METHODS:
            raise MethodNotAllowed("This page is only read.")

    async def _live(self) -> tuple[int, bytes, bytes]:
        return 200, JSON, b'{"status":"live"}'

    async def _ready(self) -> tuple[int, bytes, bytes]:
        """Callers can be recognised. Services are not asked: one that is down must not take the others with it."""
        if self.is_draining:
            return 503, JSON, b'{"status":"not ready","failing":["draining"]}'
        if not await self._authenticator.keys.are_loaded(self._client()):
            return 503, JSON, b'{"status":"not ready","failing":["signing keys"]}'
        return 200, JSON, b'{"status":"ready","failing":[]}'

    async def _metrics(self) -> tuple[int, bytes, bytes]:
        return 200, CONTENT_TYPE_LATEST.encode(), generate_latest()

    async def _merged_openapi(self) -> tuple[int, bytes, bytes]:
        return 200, JSON, await self._openapi.render(self._client())


def _observe(call: Call, route: Route | None, status: int, seconds: float) -> None:
    prefix = route.prefix if route is not None else "unmatched"
    method = call.method if call.method in METHODS else "other"
    REQUESTS.labels(method, prefix, status).observe(seconds)
    milliseconds = round(seconds * 1000, 2)
    # The prefix, never the path: paths may hold identifiers of people.
    log.info("request", method=method, route=prefix, status=status, ms=milliseconds, request_id=call.request_id)
