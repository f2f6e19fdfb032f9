"""One request, from its head to the end of its answer.

An answer is either passed on whole or visibly broken: when a service dies in the middle, so does the client's
connection. Nothing is buffered beyond what one read brings, nothing is decoded, no redirect is followed.
"""

import asyncio
from collections.abc import Coroutine
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Final

import structlog

from chassis.errors import ServiceError
from gateway.policy.headers import Headers
from gateway.problems import (
    BodyNotReceived,
    BodyTooLarge,
    UpstreamBusy,
    UpstreamFailed,
    UpstreamTimeout,
    UpstreamUnavailable,
    render,
)
from gateway.wire.answers import Answer
from gateway.wire.bodies import LAST_CHUNK, as_chunk
from gateway.wire.heads import Head
from gateway.wire.services import Service
from gateway.wire.upstream import Loss, Upstream

if TYPE_CHECKING:
    from gateway.wire.client import Client

CLIENT_LEFT_STATUS: Final = 499
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
RETRIED: Final = frozenset({"GET", "HEAD"})
# After these nobody knows how much more of the request will come, or when.
ENDS_CONNECTION: Final = frozenset({400, 408, 413, 414, 431})
BODILESS: Final = frozenset({204, 304})
_REASONS: Final = {
    200: b"OK", 204: b"No Content", 303: b"See Other", 400: b"Bad Request", 401: b"Unauthorized", 403: b"Forbidden",
    404: b"Not Found", 405: b"Method Not Allowed", 408: b"Request Timeout", 413: b"Content Too Large",
    414: b"URI Too Long", 417: b"Expectation Failed", 429: b"Too Many Requests",
    431: b"Request Header Fields Too Large", 500: b"Internal Server Error", 502: b"Bad Gateway",
    503: b"Service Unavailable", 504: b"Gateway Timeout",
}  # fmt: skip

log = structlog.get_logger(__name__)


class Exchange:
    """Implements `Asker` towards the service, and takes the request's body from the client's connection."""

    __slots__ = (
        "_body_limit", "_can_retry", "_connection", "_deadline", "_is_chunked", "_is_held", "_question", "_received",
        "_service", "_task", "asks_head", "client", "extra", "head", "is_authenticated", "is_body_complete", "is_over",
        "prefix", "quiet_ticks", "request_id", "started", "status", "varies",
    )  # fmt: skip

    def __init__(self, client: "Client", head: Head, request_id: bytes) -> None:
        self.client = client
        self.head = head
        self.request_id = request_id
        self.started = perf_counter()
        self.asks_head = head.method == "HEAD"
        self.is_over = False
        self.is_body_complete = head.length == 0
        self.status = 0
        """Zero until the head of the answer has been sent."""
        self.extra = b""
        """Header lines, each with its end, that every answer to this request carries."""
        self.varies = b""
        self.is_authenticated = False
        self.prefix = "unmatched"
        self.quiet_ticks = 0
        self._connection: Upstream | None = None
        self._service: Service | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_held = False
        self._is_chunked = False
        self._received = 0
        self._body_limit = 0
        self._deadline = float("inf")
        self._question = b""
        self._can_retry = False

    @property
    def path(self) -> str:
        """For people: logs and problems."""
        return self.head.path.decode("ascii", "replace")

    @property
    def takes_body(self) -> bool:
        """Whether the next piece of the request's body can be passed on now."""
        return self._connection is not None and not self._is_held

    # What the front door says.
    def forward(self, service: Service, question: bytes, *, seconds: float, body_limit: int) -> None:
        """Put the request to a service; `question` is its head. BodyTooLarge when that can be seen already."""
        length = self.head.length
        if length is not None and length > body_limit:
            raise BodyTooLarge(body_limit)
        self._service = service
        self._question = question
        self._body_limit = body_limit
        self._deadline = monotonic() + seconds
        self._can_retry = length == 0 and self.head.method in RETRIED
        service.ask(self, question, is_complete=length == 0)

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Let something be found out first. The client's body waits meanwhile."""
        self._task = asyncio.get_running_loop().create_task(self._run(work))

    async def _run(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except ServiceError as error:
            self.refuse(error)
        except Exception:
            log.exception("request.failed", request_id=self.request_id.decode())
            self.refuse(ServiceError("The fault has been recorded under the request id."))

    def refuse(self, error: ServiceError) -> None:
        """Answer with a problem; if an answer is on its way already, break it off."""
        if self.is_over:
            return
        self._let_go()
        if self.status:
            self._break_off()
            return
        content, headers = render(error, path=self.path, request_id=self.request_id.decode())
        self._respond(error.status, headers, content, ends=error.status in ENDS_CONNECTION)

    def respond(self, status: int, headers: Headers, content: bytes) -> None:
        """Answer with something of the gateway's own, complete."""
        if not self.is_over:
            self._respond(status, headers, content, ends=False)

    def _respond(self, status: int, headers: Headers, content: bytes, *, ends: bool) -> None:
        keeps = self.head.keeps and not ends and self.client.can_skip_body(self.head)
        keeps = keeps and not self.client.server.is_draining
        lines = [b"HTTP/1.1 %d %b" % (status, _REASONS.get(status, b"Answer"))]
        lines += [b"%b: %b" % pair for pair in headers]
        has_cache_control = any(name == b"cache-control" for name, _ in headers)
        content = b"" if self.asks_head else content
        self._send_head(status, lines, content, keeps=keeps, has_cache_control=has_cache_control)
        self._finish(keeps=keeps)

    def _send_head(
        self, status: int, lines: list[bytes], content: bytes, *, keeps: bool, has_cache_control: bool
    ) -> None:
        """Send the head, and what there is of the body with it: a second write would cost as much as all the rest."""
        self.status = status
        if self.is_authenticated and not has_cache_control:
            lines.append(b"cache-control: no-store")
        if not keeps:
            lines.append(b"connection: close")
        lines.append(
            b"x-request-id: %b\r\n%b%b\r\n%b" % (self.request_id, self.extra, self.client.server.every_answer, content)
        )
        self.client.write(b"\r\n".join(lines))

    # What the client's connection says.
    def take_body(self, content: bytes) -> None:
        """A piece of the request's body."""
        self.quiet_ticks = 0
        self._received += len(content)
        if self._received > self._body_limit:
            self.refuse(BodyTooLarge(self._body_limit))
        elif self._connection is not None:
            self._connection.send(content if self.head.length is not None else as_chunk(content))

    def complete_body(self) -> None:
        """There is no more of it."""
        self.is_body_complete = True
        if self._connection is not None:
            if self.head.length is None:
                self._connection.send(LAST_CHUNK)
            self._connection.complete()

    def client_left(self) -> None:
        """Nobody is there to be answered: the service's work is cancelled."""
        if not self.is_over:
            self.status = CLIENT_LEFT_STATUS
            self._let_go()
            self._finish(keeps=False)

    def hold_answer(self) -> None:
        """The client does not read as fast as the answer comes."""
        if self._connection is not None:
            self._connection.hold()

    def resume_answer(self) -> None:
        """It has caught up."""
        self.quiet_ticks = 0
        if self._connection is not None:
            self._connection.resume()

    # What the service says.
    def take_connection(self, connection: Upstream) -> None:
        """The question is out: its body may follow."""
        self._connection = connection
        self._is_held = False
        if self.client.is_full:
            connection.hold()
        if not self.is_body_complete:
            if self.head.expects and not self.client.has_more:
                self.client.write(CONTINUE)
            self.client.go_on()

    def take_interim(self, answer: Answer) -> None:
        """Pass on a hint such as 103. A 100 is the gateway's own to give."""
        if answer.status != 100 and self.head.is_current:
            lines = [b"HTTP/1.1 " + answer.status_line, *answer.lines]
            self.client.write(b"\r\n".join(lines) + b"\r\n\r\n")

    def take_head(self, answer: Answer, content: bytes) -> None:
        """Send the head on, edited, and what has come of the body."""
        self.quiet_ticks = 0
        if self._service is not None:
            self._service.answered()
        keeps = self.head.keeps and self.is_body_complete and not self.client.server.is_draining
        lines = [b"HTTP/1.1 " + answer.status_line, *answer.lines]
        if answer.length is not None:
            lines.append(b"content-length: " + answer.length)
        elif answer.body is not None:
            self._is_chunked = self.head.is_current
            if self._is_chunked:
                lines.append(b"transfer-encoding: chunked")
            else:
                keeps = False
        varies = b", ".join(filter(None, (answer.varies, self.varies)))
        if varies:
            lines.append(b"vary: " + varies)
        if not keeps:
            self.head.keeps = False
        if self._is_chunked:
            content = as_chunk(content)
        self._send_head(answer.status, lines, content, keeps=keeps, has_cache_control=answer.has_cache_control)

    def take_content(self, content: bytes) -> None:
        """Send a piece of the body on."""
        self.quiet_ticks = 0
        self.client.write(as_chunk(content) if self._is_chunked else content)

    def take_end(self) -> None:
        """The answer is complete."""
        self._connection = None
        if self._is_chunked:
            self.client.write(LAST_CHUNK)
        self._finish(keeps=self.head.keeps)

    def take_loss(self, loss: Loss) -> None:
        """Ask once more if a kept connection was stale and repeating can do no harm; otherwise say what happened."""
        self._connection = None
        if self.status:
            log.warning("response.broken", request_id=self.request_id.decode(), route=self.prefix)
            self._break_off()
        elif loss is Loss.STALE and self._can_retry and self._service is not None:
            self._can_retry = False
            self._service.ask(self, self._question, is_complete=True, fresh=True)
        else:
            self.refuse(_told(loss))

    def hold_question(self) -> None:
        """The service is slow to take the body."""
        self._is_held = True
        self.client.regulate()

    def go_on(self) -> None:
        """It takes more of it."""
        self._is_held = False
        self.quiet_ticks = 0
        self.client.go_on()

    # What the clock says.
    def look_at_deadline(self, now: float) -> None:
        """Answer for the service if it has not begun to in time."""
        if self.status or now < self._deadline:
            return
        if not self.is_body_complete and self.takes_body:
            self.refuse(BodyNotReceived("The rest of the body was still missing at the deadline."))
            return
        if self._service is not None:
            self._service.too_late()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.drop(blamed=True)
        self.refuse(UpstreamTimeout("The service did not answer in time. Look before you repeat a change."))

    def tick(self, idle_seconds: float) -> None:
        """Once a second: end an exchange in which nothing moves any more."""
        self.quiet_ticks += 1
        if self.status and self.quiet_ticks > idle_seconds:
            self._let_go()
            self._break_off()

    def _let_go(self) -> None:
        """Stop everything that works for this request."""
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.drop()
        elif self._service is not None:
            self._service.forget(self)

    def _break_off(self) -> None:
        self.client.break_off(is_framed=self._is_chunked or self.head.is_current)
        self._finish(keeps=False)

    def _finish(self, *, keeps: bool) -> None:
        self.is_over = True
        self.client.finished(self, keeps=keeps)


def _told(loss: Loss) -> ServiceError:
    if loss is Loss.UNREACHABLE:
        return UpstreamUnavailable("The service could not be reached. Nothing was done; try again.")
    if loss is Loss.BUSY:
        return UpstreamBusy("The service has more to do than it can do in time. Nothing was done; try again.")
    return UpstreamFailed("The service broke off before it answered.")
