"""A client's connection: heads read one after another, bodies cut, answers in the order of the requests."""

import asyncio
import socket
import struct
from typing import TYPE_CHECKING, Final, cast

from chassis.refusals import BadRequest, ServiceError
from gateway.policy.networks import source_of
from gateway.problems import HeadNotReceived
from gateway.wire.bodies import Body, Chunked, Malformed, Measured
from gateway.wire.exchange import Exchange
from gateway.wire.heads import END, MAX_HEAD_BYTES, Fields, Head, HeadReader, refuses_early

if TYPE_CHECKING:
    from gateway.wire.server import Server

MAX_HELD_BYTES: Final = 64 * 1024
"""Of requests that a client has sent before it had the answer to the one under way."""
SKIPPED_BYTES: Final = 64 * 1024
"""Of a refused request's body: read over, so that the connection can serve another."""
LINGER_BYTES: Final = 1024 * 1024
LINGER_TICKS: Final = 1


class Client(asyncio.Protocol):
    """One connection."""

    __slots__ = (
        "_ahead", "_body", "_exchange", "_held", "_is_advancing", "_is_ending", "_is_paused", "_is_reading", "_lingers",
        "_reader", "_transport", "address", "is_full", "quiet_ticks", "server", "source", "told_address",
    )  # fmt: skip

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.address = self.source = "unknown"
        """The client's, and what counts as one source of requests."""
        self.told_address = b"unknown"
        self.quiet_ticks = 0
        self.is_full = False
        """Whether the client does not read as fast as it is answered."""
        self._transport = cast(asyncio.Transport, None)
        self._reader = HeadReader()
        self._held = b""
        """Received and not yet looked at."""
        self._ahead = b""
        """Of the body: what came with the head and was cut before anybody was asked anything."""
        self._exchange: Exchange | None = None
        self._body: Body | None = None
        """Of the latest request, until it is complete."""
        self._is_advancing = False
        self._is_paused = False
        self._is_reading = True
        """Whether what comes can still be told apart into requests."""
        self._is_ending = False
        self._lingers = 0

    # asyncio's side
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        if peer:
            self.address = peer[0]
            self.told_address = self.address.encode()
            self.source = source_of(self.address)
        self.server.clients.add(self)

    def data_received(self, data: bytes) -> None:
        """More bytes of one or more requests."""
        if self._is_ending:
            self._skip(len(data))
            return
        self.quiet_ticks = 0
        if not self._held and self._exchange is None and self._body is None and not self.is_full:
            # What nearly always comes: a request without a body, whole, like others before it, when none is under way.
            head = self.server.heads.find(data)
            if head is not None and head.fields.length == 0:
                self._is_advancing = True
                self._begin(head)
                self._is_advancing = False
                return
        self._held = self._held + data if self._held else data
        self._advance()

    def eof_received(self) -> bool:
        """The client sends no more, and is taken to have left, as every common proxy does: a closed socket and one
        closed in half look the same. The transport closes.
        """
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._is_ending = True
        self.server.left(self)
        if self._exchange is not None:
            self._exchange.client_left()

    def pause_writing(self) -> None:
        """The client is slow to read its answer."""
        self.is_full = True
        if self._exchange is not None:
            self._exchange.hold_answer()

    def resume_writing(self) -> None:
        """It has caught up."""
        self.is_full = False
        if self._exchange is not None:
            self._exchange.resume_answer()
        else:
            self._advance()

    # The exchange's side
    @property
    def has_more(self) -> bool:
        """Whether bytes of the body are here already."""
        return bool(self._held or self._ahead)

    def write(self, data: bytes) -> None:
        """Send a part of an answer."""
        if not self._transport.is_closing():
            self._transport.write(data)

    def go_on(self) -> None:
        """Pass on what was held back."""
        self._advance()

    def can_skip_body(self, head: Head) -> bool:
        """Whether the rest of the request is short enough to be read over. Who waits to be asked may not send it."""
        if self._body is None or self._body.is_done:
            return self._is_reading
        return isinstance(self._body, Measured) and self._body.left <= SKIPPED_BYTES and not head.fields.expects

    def finished(self, exchange: Exchange, *, keeps: bool) -> None:
        """An exchange is over: go on to the next request, or end."""
        self._exchange = None
        self.quiet_ticks = 0
        if self._body is not None:
            self._ahead = b""
            if self._body.is_done:
                self._body = None
        server = self.server
        server.exchanges.discard(exchange)
        server.door.close(exchange)
        if not keeps or server.is_draining:
            self._end()
        elif self._held or self._body is not None or self._is_paused:
            self._advance()

    def break_off(self, *, is_framed: bool) -> None:
        """End in the middle of an answer, so that the client can tell that it is not whole."""
        self._is_ending = True
        if is_framed:
            self._transport.close()
            return
        # Only a reset says so where the end of the connection is the end of the answer.
        peer = self._transport.get_extra_info("socket")
        if peer is not None:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def regulate(self) -> None:
        """Read as fast as what is read can be passed on."""
        exchange = self._exchange
        waits = exchange is not None and self._body is not None and not exchange.takes_body
        wanted = not self._is_ending and (waits or len(self._held) > MAX_HELD_BYTES)
        if wanted != self._is_paused and not self._transport.is_closing():
            self._is_paused = wanted
            if wanted:
                self._transport.pause_reading()
            else:
                self._transport.resume_reading()

    # The clock's side
    def tick(self, head_seconds: float, idle_seconds: float) -> None:
        """Once a second: end what goes on for too long."""
        if self._is_ending:
            self._lingers += 1
            if self._lingers > LINGER_TICKS:
                self._transport.abort()
            return
        if self._exchange is not None:
            self._exchange.tick(idle_seconds)
            return
        self._lingers += 1 if self._held or self._body is not None else 0
        self.quiet_ticks += 1
        if self._lingers > head_seconds:
            self._refuse_unread(HeadNotReceived(f"The head has to arrive within {head_seconds:.0f} seconds."))
        elif self.quiet_ticks > idle_seconds:
            self._transport.close()

    def end_if_idle(self) -> None:
        """The gateway is stopping."""
        if self._exchange is None and not self._is_ending:
            self._end()

    def abort(self) -> None:
        """End at once."""
        self._transport.abort()

    # Reading
    def _advance(self) -> None:
        """Look at what is held until it is used up or has to wait. Answers may come inside; they do not nest."""
        if self._is_advancing:
            return
        self._is_advancing = True
        while self._has_work() and not self._is_ending and self._step():
            pass
        self._is_advancing = False
        if self._held or self._body is not None or self._is_paused:
            self.regulate()

    def _has_work(self) -> bool:
        return bool(self._held or self._ahead) or (self._body is not None and self._body.is_done)

    def _step(self) -> bool:
        if self._body is not None:
            return self._pass_body(self._body)
        return self._exchange is None and not self.is_full and self._read_head()

    def _read_head(self) -> bool:
        data = self._held
        if data.startswith(b"\r\n"):
            data = data[2:]  # some clients end a body so; one empty line is forgiven
        end = data.find(END, 0, MAX_HEAD_BYTES)
        if end < 0:
            problem = refuses_early(data)
            if problem is not None:
                self._refuse_unread(problem)
            return False
        end += len(END)
        self._held = data[end:] if len(data) > end else b""
        try:
            head = self._find_or_read(data[:end])
        except ServiceError as error:
            self._refuse_unread(error)
            return False
        length = head.fields.length
        if length != 0:
            self._body = Chunked() if length is None else Measured(length)
            if self._held and not self._cut_ahead(self._body):
                return False
        self._begin(head)
        return True

    def _find_or_read(self, data: bytes) -> Head:
        known = self.server.heads
        head = known.find(data)
        if head is None:
            head = self._reader.read(data)
            known.keep(data, head)
        return head

    def _begin(self, head: Head) -> None:
        self._lingers = 0
        exchange = self._exchange = self.server.begin(self, head)
        self.server.door.open(exchange)

    def _cut_ahead(self, body: Body) -> bool:
        """Cut what came of the body with its head, so that a service hears nothing of a request visibly malformed."""
        try:
            self._ahead, self._held = body.feed(self._held)
        except Malformed as error:
            self._refuse_unread(_malformed(error))
            return False
        return True

    def _pass_body(self, body: Body) -> bool:
        exchange = self._exchange
        if exchange is not None and not exchange.takes_body:
            return False
        content, self._ahead = self._ahead, b""
        if self._held and not body.is_done:
            try:
                more, self._held = body.feed(self._held)
            except Malformed as error:
                self._is_reading = False
                if exchange is not None:
                    exchange.refuse(_malformed(error))
                return False
            content = content + more if content else more
        if body.is_done:
            self._body = None
        if exchange is not None and content:
            exchange.take_body(content)
        if exchange is not None and body.is_done and not exchange.is_over:
            exchange.complete_body()
        return True

    def _refuse_unread(self, error: ServiceError) -> None:
        """Answer what could not be read, and read nothing after it: nobody can tell where it would begin."""
        self._is_reading = False
        self._held = b""
        self._exchange = self.server.begin(self, _unread())
        self._exchange.refuse(error)

    def _end(self) -> None:
        """Close, but not upon bytes still coming in: that would destroy an answer on its way."""
        self._is_ending = True
        self._lingers = 0
        if self._body is None and self._is_reading and not self._held:
            self._transport.close()
            return
        self._held = b""
        self.regulate()
        if self._transport.can_write_eof() and not self._transport.is_closing():
            self._transport.write_eof()

    def _skip(self, length: int) -> None:
        self.quiet_ticks += length
        if self.quiet_ticks > LINGER_BYTES:
            self._transport.abort()


def _malformed(error: Malformed) -> BadRequest:
    return BadRequest(f"The body is not in chunks as announced: {error}.")


def _unread() -> Head:
    fields = Fields()
    fields.lines, fields.read, fields.repeated, fields.notes = [], {}, frozenset(), None
    fields.length, fields.keeps, fields.is_current, fields.expects, fields.host = 0, False, True, False, b""
    return Head(b"", "other", b"", b"", fields)
