"""One request and its reply, as the rest of the gateway sees them: free of the server's dictionaries."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import BadRequest, ServiceError
from chassis.ids import new_id
from chassis.telemetry import new_traceparent
from gateway.limits import source_of
from gateway.policy.headers import Headers, sane_request_id, sane_traceparent, secured
from gateway.problems import BodyNotReceived, BodyTooLarge, render

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LINGER_BYTES = 1024 * 1024
LINGER_SECONDS = 1.0
# After these nobody knows how much more of the body will come, or when.
ENDS_CONNECTION = frozenset({BodyNotReceived.status, BodyTooLarge.status})


class ClientLeft(Exception):
    """The client closed its connection; there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """The head of a request."""

    method: str
    raw_path: bytes
    query: bytes
    headers: Headers
    """Names in lower case."""
    address: str
    source: str
    """What the request is counted against when it shows no credential."""
    scheme: str
    request_id: str
    traceparent: bytes
    tracestate: bytes | None
    arrived_at: float
    """Unix seconds."""

    @classmethod
    def of(cls, scope: Message, now: float) -> "Call":
        """Read an ASGI scope."""
        headers: Headers = scope["headers"]
        address = scope["client"][0] if scope.get("client") else "unknown"
        known = sane_traceparent(_only(headers, b"traceparent"))
        return cls(
            method=scope["method"],
            raw_path=scope["raw_path"],
            query=scope["query_string"],
            headers=headers,
            address=address,
            source=source_of(address),
            scheme=scope["scheme"],
            request_id=sane_request_id(_text(_only(headers, b"x-request-id"))) or str(new_id()),
            traceparent=known or new_traceparent().encode(),
            tracestate=_only(headers, b"tracestate") if known else None,
            arrived_at=now,
        )

    @property
    def path(self) -> str:
        """For people: logs and problems."""
        return self.raw_path.decode("ascii", "replace")

    @property
    def accepted(self) -> bytes:
        """The media types that the client asks for, all on one line."""
        return b",".join(value for name, value in self.headers if name == b"accept")

    @property
    def host(self) -> str:
        """What the client calls us; empty when it does not say so once and readably."""
        return _text(_only(self.headers, b"host")) or ""


def _only(headers: Headers, name: bytes) -> bytes | None:
    found = [value for key, value in headers if key == name]
    return found[0] if len(found) == 1 else None


def _text(value: bytes | None) -> str | None:
    return value.decode("ascii") if value is not None and value.isascii() else None


class Body:
    """The body of a request, read as it comes and never beyond the limit."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        codings = [value.strip().lower() for name, value in headers if name == b"transfer-encoding"]
        self._receive = receive
        self._limit_bytes = 0
        self._is_decodable = codings in ([], [b"chunked"])
        self.announced_bytes = None if codings else int(_only(headers, b"content-length") or 0)
        """None when it comes in chunks. The server has checked the length's syntax."""
        self.received_bytes = 0
        self.is_awaited = False
        """Whether the client is the one everybody waits for."""
        self.failure: BodyTooLarge | ClientLeft | None = None
        """Why reading stopped early: the HTTP client in between reports only that it did."""
        self.completed = asyncio.Event()
        if self.announced_bytes == 0:
            self.completed.set()

    def limit_to(self, limit_bytes: int) -> None:
        """Refuse at once, with BodyTooLarge or BadRequest, what can be seen to be wrong before anything is read."""
        if not self._is_decodable:
            raise BadRequest("The only transfer coding understood here is `chunked`.")
        self._limit_bytes = limit_bytes
        if self.announced_bytes is not None and self.announced_bytes > limit_bytes:
            raise BodyTooLarge(limit_bytes)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body. Raises BodyTooLarge or ClientLeft."""
        while not self.completed.is_set():
            chunk = await self._next()
            if self.received_bytes > self._limit_bytes:
                self.failure = BodyTooLarge(self._limit_bytes)
                raise self.failure
            if chunk:
                yield chunk

    async def linger(self) -> None:
        """Read and drop for a moment what is still coming: closing at once would destroy an answer on its way."""
        enough = self.received_bytes + LINGER_BYTES
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while not self.completed.is_set() and self.received_bytes < enough:
                    await self._next()
        except (TimeoutError, ClientLeft):
            return

    async def until_client_leaves(self) -> None:
        """Return when the connection is gone; waits for the body to be complete, as there may be one reader only."""
        await self.completed.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _next(self) -> bytes:
        self.is_awaited = True
        message = await self._receive()
        self.is_awaited = False
        if message["type"] == "http.disconnect":
            self.failure = ClientLeft()
            raise self.failure
        chunk: bytes = message.get("body", b"")
        self.received_bytes += len(chunk)
        if not message.get("more_body", False):
            self.completed.set()
        return chunk


class Reply:
    """The answer to a request, with what the gateway adds to each."""

    def __init__(self, send: Send, call: Call, *, https_only: bool, idle_seconds: float) -> None:
        self._send = send
        self._call = call
        self._https_only = https_only
        self._idle_seconds = idle_seconds
        self.status: int | None = None
        """None until the head has been sent."""
        self.is_authenticated = False
        self.limit_headers: Headers = []

    async def start(self, status: int, headers: Headers) -> None:
        """Send the head."""
        self.status = status
        headers = [*headers, (b"x-request-id", self._call.request_id.encode()), *self.limit_headers]
        headers = secured(headers, authenticated=self.is_authenticated, https_only=self._https_only)
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def write(self, chunk: bytes, *, more: bool) -> None:
        """Send a part of the body, waiting until the client can take it: TimeoutError when it never can."""
        async with asyncio.timeout(self._idle_seconds):
            await self._send({"type": "http.response.body", "body": chunk, "more_body": more})

    async def whole(self, status: int, content_type: bytes, body: bytes) -> None:
        """Send a short answer of the gateway's own."""
        length = str(len(body)).encode()
        await self.ready(status, [(b"content-type", content_type), (b"content-length", length)], body)

    async def ready(self, status: int, headers: Headers, body: bytes) -> None:
        """Send an answer that is complete, length and all."""
        await self.start(status, headers)
        await self.write(body, more=False)

    async def refuse(self, error: ServiceError, body: Body) -> None:
        """Send a problem. A body that may go on for long is not waited for: the connection ends with the answer."""
        content, headers = render(error, path=self._call.path, request_id=self._call.request_id)
        announced = body.announced_bytes is not None and error.status not in ENDS_CONNECTION
        unbounded = not body.completed.is_set() and not announced
        if unbounded:
            headers.append((b"connection", b"close"))
        await self.start(error.status, headers)
        await self.write(content, more=unbounded)
        if unbounded:
            await body.linger()
            await self.write(b"", more=False)
