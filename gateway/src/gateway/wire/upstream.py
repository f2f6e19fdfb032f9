"""A connection to a replica of a service: one question at a time, kept for the next when the answer ended cleanly."""

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import Final, Protocol, cast

from gateway.policy.ranks import Rank
from gateway.wire.answers import MAX_HEAD_BYTES, Answer, Nonsense, recall_answer
from gateway.wire.bodies import Body, Endless, Malformed

END: Final = b"\r\n\r\n"
MAX_INTERIM: Final = 10


class Loss(Enum):
    """Why there is no answer, or no rest of one."""

    UNREACHABLE = "no connection could be made: nothing was sent"
    BUSY = "too many requests are under way: nothing was sent"
    UNANSWERED = "the connection was closed: nothing was answered on it"
    BROKEN = "the connection broke, or what came is no answer"


class Asker(Protocol):
    """Who waits for an answer."""

    asks_head: bool
    """Whether the question is a HEAD, whose answer has no body."""
    is_over: bool
    """Whether nobody waits any more."""
    rank: Rank
    """Who goes first where not all can."""
    whose: str
    """Whose share of the service it takes; empty: nobody's."""

    def take_connection(self, connection: "Upstream") -> None:
        """The question has gone out on this connection."""

    def take_interim(self, answer: Answer) -> None:
        """An answer that says that another will follow."""

    def take_head(self, answer: Answer, content: bytes) -> None:
        """The head, and what came of the body with it."""

    def take_content(self, content: bytes) -> None:
        """More of the body."""

    def take_end(self) -> None:
        """The answer is complete; the connection is no longer the asker's."""

    def take_loss(self, loss: Loss) -> None:
        """There will be no (more) answer; the connection is no longer the asker's."""

    def hold_question(self) -> None:
        """The service does not take the question's body as fast as it comes."""

    def go_on(self) -> None:
        """It takes more."""


class Upstream(asyncio.Protocol):
    """One connection."""

    __slots__ = (
        "_asker", "_body", "_held", "_interim", "_is_complete", "_is_kept", "_is_paused", "_on_free", "_transport",
        "closed", "has_answered", "idle_ticks", "is_pooled", "whose",
    )  # fmt: skip

    def __init__(self, on_free: "Callable[[Upstream, bool], None]") -> None:
        """`on_free` is told when an exchange is over, and whether the connection can serve another."""
        self._on_free = on_free
        self._asker: Asker | None = None
        self._body: Body | None = None
        self._held = b""
        self._interim = 0
        self._is_kept = True
        self._is_complete = False
        self._is_paused = False
        self._transport = cast(asyncio.Transport, None)
        self.closed = False
        self.idle_ticks = 0
        self.is_pooled = False
        """Whether it has served before."""
        self.has_answered: bool | None = None
        """Of the latest question: True when it was answered, False when the replica failed, None when neither."""
        self.whose = ""
        """Of the latest question."""

    def ask(self, asker: Asker, question: bytes, *, is_complete: bool) -> None:
        """Send a question, of which more may follow."""
        self._asker = asker
        self.whose = asker.whose
        self._body = None
        self._interim = 0
        self._is_complete = is_complete
        self.has_answered = None
        self._transport.write(question)
        asker.take_connection(self)

    def send(self, more: bytes) -> None:
        """Send more of the question."""
        self._transport.write(more)

    def complete(self) -> None:
        """The question is complete."""
        self._is_complete = True

    def hold(self) -> None:
        """Stop reading: the answer comes faster than it can be passed on."""
        if not self._is_paused and not self.closed:
            self._is_paused = True
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if self._is_paused and not self.closed:
            self._is_paused = False
            self._transport.resume_reading()

    def drop(self, *, blamed: bool = False) -> None:
        """End the exchange and the connection with it; nobody is told. `blamed`: the replica was too slow."""
        self._asker = None
        if blamed:
            self.has_answered = False
        self._free_for_good()
        self._transport.abort()

    def close(self) -> None:
        """End an idle connection."""
        self.closed = True
        self._transport.close()

    # asyncio's side
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is there."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of an answer."""
        asker = self._asker
        if asker is None:
            # Nobody asked. What comes now must never be taken for the answer to the next question.
            self.close()
            return
        try:
            if self._body is not None:
                self._read_body(asker, data)
            else:
                self._read_heads(asker, data)
        except (Nonsense, Malformed):
            self._lose(Loss.BROKEN)

    def eof_received(self) -> bool:
        """The service sends no more; the transport closes, and `connection_lost` says what that means."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The end."""
        self.closed = True
        asker = self._asker
        if asker is None:
            return
        if isinstance(self._body, Endless) and exc is None:
            self._finish(asker)
        elif self._body is None and not self._held and not self._interim:
            self._lose(Loss.UNANSWERED)
        else:
            self._lose(Loss.BROKEN)

    def pause_writing(self) -> None:
        """The service is slow to take the question."""
        if self._asker is not None:
            self._asker.hold_question()

    def resume_writing(self) -> None:
        """It has caught up."""
        if self._asker is not None:
            self._asker.go_on()

    def _read_heads(self, asker: Asker, data: bytes) -> None:
        if self._held:
            data, self._held = self._held + data, b""
        end = data.find(END)
        if end < 0:
            if len(data) > MAX_HEAD_BYTES:
                raise Nonsense("the head does not end")
            self._held = data
            return
        answer = recall_answer(data[:end], to_head=asker.asks_head)
        rest = data[end + 4 :]
        if answer.status < 200:
            self._read_interim(asker, answer, rest)
            return
        self.has_answered = True
        if not answer.keeps:
            self._is_kept = False
        if answer.has_body and answer.length == len(rest):
            # What nearly always comes: a whole answer.
            asker.take_head(answer, rest)
            if self._asker is asker:
                self._finish(asker)
            return
        body = self._body = answer.new_body()
        content, rest = body.feed(rest) if body is not None and rest else (b"", rest)
        asker.take_head(answer, content)
        if self._asker is asker and (body is None or body.is_done):
            self._is_kept = self._is_kept and not rest
            self._finish(asker)

    def _read_interim(self, asker: Asker, answer: Answer, rest: bytes) -> None:
        self._interim += 1
        if answer.status == 101 or self._interim > MAX_INTERIM:
            raise Nonsense("nobody asked for another protocol")
        asker.take_interim(answer)
        if rest and self._asker is asker:
            self._read_heads(asker, rest)

    def _read_body(self, asker: Asker, data: bytes) -> None:
        body = self._body
        assert body is not None
        content, rest = body.feed(data)
        if content:
            asker.take_content(content)
        if body.is_done and self._asker is asker:
            self._is_kept = self._is_kept and not rest
            self._finish(asker)

    def _finish(self, asker: Asker) -> None:
        self._asker = None
        self._body = None
        # A question that was answered before it was complete leaves the service waiting for its rest.
        if self._is_kept and self._is_complete and not self.closed:
            if self._is_paused:
                self.resume()
            self.is_pooled = True
            self._on_free(self, True)
        else:
            self._free_for_good()
            self._transport.close()
        asker.take_end()

    def _lose(self, loss: Loss) -> None:
        asker, self._asker = self._asker, None
        self._body = None
        # A kept connection that ends as it is used again says nothing about the replica: it may just be stopping.
        if not self.has_answered and (loss is Loss.BROKEN or not self.is_pooled):
            self.has_answered = False
        self._free_for_good()
        self._transport.abort()
        if asker is not None:
            asker.take_loss(loss)

    def _free_for_good(self) -> None:
        self.closed = self.is_pooled = True
        self._on_free(self, False)
