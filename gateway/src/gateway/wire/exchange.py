"""One request, from its head to the end of its answer.

An answer is either passed on whole or visibly broken: when a service dies in the middle, so does the client's
connection. Nothing is buffered beyond what one read brings, nothing is decoded, no redirect is followed.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from time import monotonic
from typing import TYPE_CHECKING, Final

from chassis.refusals import ServiceError
from chassis.tracing import Span
from gateway.logs import Log
from gateway.policy.faults import Loss as AnswerLoss
from gateway.policy.headers import Headers
from gateway.policy.ranks import Rank
from gateway.problems import (
    BodyNotReceived,
    BodyTooLarge,
    UpstreamBusy,
    UpstreamFailed,
    UpstreamTimeout,
    UpstreamUnavailable,
    render,
)
from gateway.wire.answers import NOT_STORED, Answer
from gateway.wire.bodies import LAST_CHUNK, as_chunk
from gateway.wire.heads import Head
from gateway.wire.services import Service
from gateway.wire.upstream import Loss, Upstream

if TYPE_CHECKING:
    from gateway.wire.client import Client

FULL_SECONDS: Final = 0.05
"""Before a client that reads slowly is looked at again."""
CLIENT_LEFT_STATUS: Final = 499
GAVE_UP_STATUS: Final = 504
"""What a service says that ended its work at the deadline: as late as no answer at all."""
UNMATCHED: Final = "unmatched"
"""Instead of a route's prefix."""
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
RETRIED: Final = frozenset({"GET", "HEAD"})
KEY: Final = b"idempotency-key"
"""A POST with one has its effect once, however often it is asked for; where a service heeds no key, none is needed."""
KEPT_BYTES: Final = 64 * 1024
"""A body announced as longer than this is not kept, and so not sent again."""
# After these nobody knows how much more of the request will come, or when.
ENDS_CONNECTION: Final = frozenset({400, 408, 413, 414, 431})
_REASONS: Final = {
    200: b"OK", 204: b"No Content", 303: b"See Other", 400: b"Bad Request", 401: b"Unauthorized", 403: b"Forbidden",
    404: b"Not Found", 405: b"Method Not Allowed", 408: b"Request Timeout", 413: b"Content Too Large",
    414: b"URI Too Long", 417: b"Expectation Failed", 429: b"Too Many Requests",
    431: b"Request Header Fields Too Large", 500: b"Internal Server Error", 502: b"Bad Gateway",
    503: b"Service Unavailable", 504: b"Gateway Timeout",
}  # fmt: skip

log = Log(__name__)


class Exchange:
    """Implements `Asker` towards the service, and takes the request's body from the client's connection."""

    # What most exchanges never change stands here and not in `__init__`, which every request pays for.
    status = 0
    """Zero until the head of the answer has been sent."""
    extra = b""
    """Header lines, each with its end, that every answer to this request carries."""
    is_over = False
    rank = Rank.READ
    whose = ""
    is_authenticated = False
    prefix = UNMATCHED
    quiet_ticks = 0
    trace: Span | None = None
    """What a collector is to be told of it."""
    _connection: Upstream | None = None
    _service: Service | None = None
    _task: asyncio.Task[None] | None = None
    _is_held = False
    _is_chunked = False
    _received = 0
    _body_limit = 0
    _deadline = float("inf")
    _asked_at = 0.0
    """Since when the service has had the whole question, ..."""
    _beside = 0
    """... and how many were under way there then."""
    _question = b""
    _is_retry = False
    _kept: list[bytes] | None = None
    """What was sent of the body, where it may be sent again."""
    loses_answer: AnswerLoss | None = None
    """What becomes of the answer, where a caller of the sandbox asked that it be lost."""

    def __init__(self, client: "Client", head: Head, request_id: bytes) -> None:
        self.client = client
        self.head = head
        self.request_id = request_id
        self.started = monotonic()
        self.asks_head = head.method == "HEAD"
        self.is_body_complete = head.fields.length == 0
        self.keeps = head.fields.keeps
        """Whether the client's connection can serve another request after this one."""

    @property
    def path(self) -> str:
        """For people: logs and problems."""
        return self.head.path.decode("ascii", "replace")

    @property
    def _can_retry(self) -> bool:
        """Whether the question may be put once more: it changes nothing, or the same twice has one effect."""
        if self.status or self._is_retry or self.is_over:
            return False
        head = self.head
        if head.fields.length == 0 and head.method in RETRIED:
            return True
        return self._is_whole and head.method == "POST" and len(head.fields.forwarded(KEY)) == 1

    @property
    def _is_whole(self) -> bool:
        """Whether all that was sent can be sent again."""
        return self.head.fields.length == 0 or self._received == 0 or self._kept is not None

    @property
    def takes_body(self) -> bool:
        """Whether the next piece of the request's body can be passed on now."""
        return self._connection is not None and not self._is_held

    # What the front door says.
    def forward(self, service: Service, question: bytes, rank: Rank, *, seconds: float, body_limit: int) -> None:
        """Put the request to a service; `question` is its head."""
        self._service = service
        self._question = question
        self.rank = rank
        self._body_limit = body_limit
        self._deadline = self.started + seconds
        service.ask(self, question, is_complete=self.is_body_complete)

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

    async def stream(self, headers: Headers, pieces: AsyncIterator[bytes]) -> None:
        """Answer with something of the gateway's own, piece by piece, as fast as the client reads."""
        self.status = 200
        self._is_chunked = self.head.fields.is_current and not self.asks_head
        keeps = self.keeps and (self._is_chunked or self.asks_head) and self.client.can_skip_body(self.head)
        lines = [b"HTTP/1.1 200 OK\r\n", *(b"%b: %b\r\n" % pair for pair in headers)]
        if self._is_chunked:
            lines.append(b"transfer-encoding: chunked\r\n")
        self._send_head(b"".join(lines), b"", keeps=keeps)
        if not self.asks_head:
            async for piece in pieces:
                while self.client.is_full and not self.is_over:  # noqa: ASYNC110  the wire calls back, it sets no event
                    await asyncio.sleep(FULL_SECONDS)
                if self.is_over:
                    return
                self.take_content(piece)
        self.take_end()

    def _respond(self, status: int, headers: Headers, content: bytes, *, ends: bool) -> None:
        keeps = self.keeps and not ends and self.client.can_skip_body(self.head)
        lines = [b"HTTP/1.1 %d %b\r\n" % (status, _REASONS.get(status, b"Answer"))]
        lines += [b"%b: %b\r\n" % pair for pair in headers]
        if self.is_authenticated and not any(name == b"cache-control" for name, _ in headers):
            lines.append(NOT_STORED)
        self.status = status
        self._send_head(b"".join(lines), b"" if self.asks_head else content, keeps=keeps)
        self._finish(keeps=keeps)

    def _send_head(self, start: bytes, content: bytes, *, keeps: bool) -> None:
        """Send the head, and what there is of the body with it: a second write would cost as much as all the rest."""
        server = self.client.server
        self.keeps = keeps = keeps and not server.is_draining
        ending = b"x-request-id: " if keeps else b"connection: close\r\nx-request-id: "
        self.client.write(b"".join((start, ending, self.request_id, b"\r\n", self.extra, server.every_answer, content)))

    # What the client's connection says.
    def take_body(self, content: bytes) -> None:
        """A piece of the request's body."""
        self.quiet_ticks = 0
        self._received += len(content)
        if self._received > self._body_limit:
            self.refuse(BodyTooLarge(self._body_limit))
        elif self._connection is not None:
            length = self.head.fields.length
            if length is not None and length <= KEPT_BYTES and not self._is_retry:
                self._keep(content)
            self._connection.send(content if length is not None else as_chunk(content))

    def _keep(self, content: bytes) -> None:
        """Remember a piece of the body, if it may have to be sent again."""
        if self._kept is not None:
            self._kept.append(content)
        elif self._received == len(content) and self.head.method == "POST" and self.head.fields.forwarded(KEY):
            self._kept = [content]

    def complete_body(self) -> None:
        """There is no more of it."""
        self.is_body_complete = True
        if self._connection is not None:
            if self.head.fields.length is None:
                self._connection.send(LAST_CHUNK)
            self._connection.complete()
            self._note_asked()

    def _note_asked(self) -> None:
        if self._service is not None:
            self._asked_at, self._beside = monotonic(), self._service.in_flight

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
            if self.head.fields.expects and not self.client.has_more and not self._is_retry:
                self.client.write(CONTINUE)
            self.client.go_on()
        else:
            self._note_asked()

    def take_interim(self, answer: Answer) -> None:
        """Pass on a hint such as 103. A 100 is the gateway's own to give."""
        if answer.status != 100 and self.head.fields.is_current:
            self.client.write(answer.start + b"\r\n")

    def take_head(self, answer: Answer, content: bytes) -> None:
        """Send the head on, edited, and what has come of the body."""
        self.quiet_ticks = 0
        self.status = answer.status
        if self._service is not None:
            if answer.status == GAVE_UP_STATUS:
                self._service.too_late()
            elif self._asked_at:
                now = monotonic()
                kind = (self.head.method, self.prefix)
                self._service.limit.answered(kind, now - self._asked_at, self._beside, now)
            if answer.ended:
                self.client.server.door.heed(self._service, answer.ended)
        if self.loses_answer is not None:
            self._lose_answer()
            return
        start = answer.private_start if self.is_authenticated else answer.start
        keeps = self.keeps and self.is_body_complete
        if answer.is_unmeasured and not self.asks_head:
            # Who does not understand chunks is told the end of the answer by the end of the connection.
            self._is_chunked = self.head.fields.is_current
            keeps = keeps and self._is_chunked
            if self._is_chunked:
                start, content = start + b"transfer-encoding: chunked\r\n", as_chunk(content)
        self._send_head(start, content, keeps=keeps)

    def _lose_answer(self) -> None:
        self.status = 0
        if self.loses_answer == "timeout":
            self.refuse(UpstreamTimeout("Asked for: the request was carried out, and its answer is kept from you."))
            return
        self.status = CLIENT_LEFT_STATUS
        self._let_go()
        self.client.break_off(is_framed=False)
        self._finish(keeps=False)

    def take_content(self, content: bytes) -> None:
        """Send a piece of the body on."""
        self.quiet_ticks = 0
        self.client.write(as_chunk(content) if self._is_chunked else content)

    def take_end(self) -> None:
        """The answer is complete."""
        self._connection = None
        if self._is_chunked:
            self.client.write(LAST_CHUNK)
        self.is_over = True
        self.client.finished(self, keeps=self.keeps)

    def take_loss(self, loss: Loss) -> None:
        """Ask once more if nothing was answered and repeating can do no harm; otherwise say what happened."""
        self._connection = None
        if self.status:
            log.warning("response.broken", request_id=self.request_id.decode(), route=self.prefix)
            self._break_off()
        elif loss is Loss.UNANSWERED and self._service is not None and self._can_retry and self._service.may_repeat():
            self._is_retry = True
            question = b"".join((self._question, *(self._kept or ())))
            self._kept = None
            self._service.ask(self, question, is_complete=self.is_body_complete, fresh=True)
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
        self.client.break_off(is_framed=self._is_chunked or self.head.fields.is_current)
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
