"""Passing a request to a service and its answer back, both as streams.

Nothing is buffered beyond a chunk, nothing is decoded, no redirect is followed and no cookie is kept. An answer is
either passed on whole or visibly broken: when a service dies in the middle, so does the client's connection.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import structlog
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, hdrs
from yarl import URL

from chassis.principal import HEADER
from gateway.exchange import Body, Call, ClientLeft, Reply
from gateway.policy.headers import Headers, authorization, forwardable, returnable
from gateway.policy.routing import Route
from gateway.problems import BodyNotReceived, UpstreamFailed, UpstreamTimeout, UpstreamUnavailable
from gateway.settings import Settings

# Below the services' own 5 s, so that it is mostly us who end an idle connection.
POOL_IDLE_SECONDS = 4.0
RETRIED = frozenset({"GET", "HEAD"})
BODILESS = frozenset({204, 304})
NOT_ADDED = (hdrs.ACCEPT, hdrs.ACCEPT_ENCODING, hdrs.USER_AGENT, hdrs.CONTENT_TYPE)

log = structlog.get_logger(__name__)


class _Disconnected(aiohttp.ClientConnectionError):
    """The connection broke before an answer. Its own class, because aiohttp would send PUT and DELETE again."""


async def _report_disconnection(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    try:
        return await handler(request)
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _Disconnected(str(error)) from error


@dataclass(slots=True)
class _Attempt:
    on_pooled_connection: bool = False


async def _note_pooled_connection(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
    if isinstance(context.trace_request_ctx, _Attempt):
        context.trace_request_ctx.on_pooled_connection = True


def open_client(settings: Settings) -> aiohttp.ClientSession:
    """The HTTP client towards the services; to be made inside the loop and closed."""
    tracing = aiohttp.TraceConfig()
    tracing.on_connection_reuseconn.append(_note_pooled_connection)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=0, limit_per_host=settings.upstream_connections, keepalive_timeout=POOL_IDLE_SECONDS
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=NOT_ADDED,
        timeout=aiohttp.ClientTimeout(sock_connect=settings.connect_seconds, sock_read=settings.idle_seconds),
        middlewares=(_report_disconnection,),
        trace_configs=[tracing],
    )


class Proxy:
    """Knows where the services are."""

    def __init__(self, upstreams: Mapping[str, str], clock: Callable[[], float]) -> None:
        self._upstreams = dict(upstreams)
        self._clock = clock

    async def pass_on(
        self, http: aiohttp.ClientSession, call: Call, route: Route, body: Body, statement: str, reply: Reply
    ) -> None:
        """Serve a request through its service; when the client leaves, the service's work is cancelled: ClientLeft."""
        present = asyncio.timeout(None)
        try:
            async with present:
                watch = asyncio.create_task(_expire_when_client_leaves(body, present))
                try:
                    await self._exchange(http, call, route, body, statement, reply)
                finally:
                    watch.cancel()
        except TimeoutError:
            if not present.expired():
                raise
            raise ClientLeft from None

    async def _exchange(
        self, http: aiohttp.ClientSession, call: Call, route: Route, body: Body, statement: str, reply: Reply
    ) -> None:
        deadline = call.arrived_at + route.seconds_for(call.method)
        own = authorization(call.headers) if route.reads_authorization else []
        headers = _request_headers(call, body, statement, deadline, own)
        target = self._upstreams[route.service] + call.path + (f"?{call.query.decode('latin-1')}" if call.query else "")
        url = URL(target, encoded=True)
        try:
            async with asyncio.timeout(deadline - self._clock()):
                response = await _send(http, call.method, url, headers, body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UpstreamUnavailable("The service could not be reached. Nothing was done; try again.") from error
        except TimeoutError as error:
            if body.is_awaited:
                raise BodyNotReceived("The rest of the body was still missing at the deadline.") from error
            raise UpstreamTimeout("The service did not answer in time. Look before you repeat a change.") from error
        except aiohttp.ClientError as error:
            raise body.failure or UpstreamFailed("The service broke off before it answered.") from error
        try:
            await _return(response, call, reply)
        finally:
            # Ends the connection unless the answer was read to its end; then it is back in the pool already.
            response.close()


async def _expire_when_client_leaves(body: Body, present: asyncio.Timeout) -> None:
    await body.until_client_leaves()
    present.reschedule(asyncio.get_running_loop().time())


async def _send(
    http: aiohttp.ClientSession, method: str, url: URL, headers: list[tuple[str, str]], body: Body
) -> ClientResponse:
    """Send a request; once more if a kept connection turns out to have been closed and repeating can do no harm."""
    bodiless = body.announced_bytes == 0
    attempt = _Attempt()

    async def once() -> ClientResponse:
        return await http.request(
            method,
            url,
            headers=headers,
            data=None if bodiless else body.chunks(),
            allow_redirects=False,
            trace_request_ctx=attempt,
        )

    try:
        return await once()
    except _Disconnected:
        if not (attempt.on_pooled_connection and bodiless and method in RETRIED):
            raise
        return await once()


def _request_headers(call: Call, body: Body, statement: str, deadline: float, own: Headers) -> list[tuple[str, str]]:
    passed_on = [*forwardable(call.headers), *own]
    headers = [(name.decode("ascii"), value.decode("utf-8", "replace")) for name, value in passed_on]
    headers += [
        (HEADER, statement),
        ("X-Request-Id", call.request_id),
        ("X-Request-Deadline", str(int(deadline * 1000))),
        ("X-Forwarded-For", call.address),
        ("X-Forwarded-Proto", call.scheme),
        ("X-Forwarded-Host", call.host),
        ("traceparent", call.traceparent.decode("ascii")),
    ]
    if call.tracestate is not None:
        headers.append(("tracestate", call.tracestate.decode("utf-8", "replace")))
    if body.announced_bytes:
        headers.append(("Content-Length", str(body.announced_bytes)))
    return headers


async def _return(response: ClientResponse, call: Call, reply: Reply) -> None:
    """Send the answer on; leave it unfinished, which the server turns into a broken connection, when it breaks."""
    await reply.start(response.status, returnable(response.raw_headers, has_body=response.status not in BODILESS))
    if call.method == "HEAD" or response.status in BODILESS:
        await reply.write(b"", more=False)
        return
    try:
        more = True
        while more:
            chunk = await response.content.readany()
            more = not response.content.at_eof()
            await reply.write(chunk, more=more)
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("response.broken", request_id=call.request_id, error=repr(error))
