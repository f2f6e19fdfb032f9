"""Questions of the gateway's own to a service: whole answers, bounded in size and time."""

import asyncio
from typing import Final

from gateway.policy.headers import Headers
from gateway.policy.ranks import Rank
from gateway.wire.answers import Answer
from gateway.wire.services import Service
from gateway.wire.upstream import Loss, Upstream

MAX_ANSWER_BYTES: Final = 16 * 1024 * 1024


class NoAnswer(Exception):
    """The service did not answer, or not wholly, or not in time."""


class Question:
    """Implements `Asker`: gathers an answer."""

    asks_head = False

    def __init__(self, rank: Rank, whose: str) -> None:
        self.rank = rank
        self.whose = whose
        self.is_over = False
        self.answered: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        self._connection: Upstream | None = None
        self._status = 0
        self._content: list[bytes] = []
        self._bytes = 0

    def take_connection(self, connection: Upstream) -> None:
        """The question is out."""
        self._connection = connection

    def take_interim(self, answer: Answer) -> None:
        """Of no interest here."""

    def take_head(self, answer: Answer, content: bytes) -> None:
        """The answer begins."""
        self._status = answer.status
        self.take_content(content)

    def take_content(self, content: bytes) -> None:
        """It goes on."""
        self._bytes += len(content)
        self._content.append(content)
        if self._bytes > MAX_ANSWER_BYTES:
            self.give_up()
            self._settle(NoAnswer("the answer is too long"))

    def take_end(self) -> None:
        """It is complete."""
        self._connection = None
        self._settle((self._status, b"".join(self._content)))

    def take_loss(self, loss: Loss) -> None:
        """There is none."""
        self._connection = None
        self._settle(NoAnswer(loss.value))

    def hold_question(self) -> None:
        """It has been sent whole."""

    def go_on(self) -> None:
        """It has been sent whole."""

    def give_up(self) -> None:
        """Nobody waits any more."""
        self.is_over = True
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.drop()

    def _settle(self, outcome: tuple[int, bytes] | NoAnswer) -> None:
        self.is_over = True
        if self.answered.done():
            return
        if isinstance(outcome, NoAnswer):
            self.answered.set_exception(outcome)
        else:
            self.answered.set_result(outcome)


async def ask(
    service: Service,
    method: str,
    path: str,
    headers: Headers,
    body: bytes = b"",
    *,
    seconds: float,
    rank: Rank = Rank.FIRST,
    whose: str = "",
) -> tuple[int, bytes]:
    """Status and content of an answer. Raises NoAnswer. What was not answered is asked once more."""
    lines = [b"%b %b HTTP/1.1" % (method.encode(), path.encode()), b"host: " + service.authority]
    lines += [b"%b: %b" % pair for pair in headers]
    if body:
        lines.append(b"content-length: %d" % len(body))
    text = b"\r\n".join(lines) + b"\r\n\r\n" + body
    try:
        async with asyncio.timeout(seconds):
            try:
                return await _once(service, text, Question(rank, whose), fresh=False)
            except NoAnswer as error:
                if str(error) != Loss.UNANSWERED.value or not service.may_repeat():
                    raise
                return await _once(service, text, Question(rank, whose), fresh=True)
    except TimeoutError:
        raise NoAnswer("the answer did not come in time") from None


async def _once(service: Service, text: bytes, question: Question, *, fresh: bool) -> tuple[int, bytes]:
    try:
        service.ask(question, text, is_complete=True, fresh=fresh)
        return await question.answered
    finally:
        question.give_up()
