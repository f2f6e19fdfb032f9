"""Requests that come at a rate whatever becomes of those before them, and what they were answered.

Made for a machine that serves them as well: one object for each connection, no stream and no task for each request.
"""

import asyncio
import statistics
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

TURN_SECONDS = 0.005
"""How often it is looked what is due: nobody is asked later than this for our sake."""
PATIENCE_SECONDS = 30.0
REFUSED = 503
NOT_SERVED = (0, 429, 500, 502, REFUSED, 504)
"""0: nothing came back."""

Answered = Callable[[int, bytes], None]


class Wish(NamedTuple):
    """One request as it is sent, and who is to be told of the answer's status and body."""

    kind: str
    request: bytes
    answered: Answered | None = None


Draw = Callable[[], Wish]


class Tally:
    """How long answers took from when their requests were due, in seconds, by kind and status."""

    def __init__(self) -> None:
        self.took: dict[tuple[str, int], array[float]] = defaultdict(lambda: array("d"))

    def note(self, kind: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self.took[kind, status].append(seconds)

    def statuses(self, *kinds: str) -> Counter[int]:
        """How many of each; of all kinds where none is named."""
        found: Counter[int] = Counter()
        for (kind, status), took in self.took.items():
            if not kinds or kind in kinds:
                found[status] += len(took)
        return found

    def served(self, *kinds: str) -> int:
        """Answers that did what was asked, or said why not."""
        return sum(number for status, number in self.statuses(*kinds).items() if status not in NOT_SERVED)

    def seconds(self, *, refused: bool) -> list[float]:
        """Of those that were refused, or of those that were served."""
        return sorted(
            one
            for (_, status), took in self.took.items()
            if (status == REFUSED if refused else status not in NOT_SERVED)
            for one in took
        )

    def p99(self, *, refused: bool = False) -> float:
        """In seconds; nought when there were fewer than two."""
        took = self.seconds(refused=refused)
        return statistics.quantiles(took, n=100)[98] if len(took) > 1 else 0.0

    def __str__(self) -> str:
        kinds = sorted({kind for kind, _ in self.took})
        told = "; ".join(f"{kind} {dict(sorted(self.statuses(kind).items()))}" for kind in kinds)
        served = self.seconds(refused=False) or [0.0]
        return (
            f"{told}; served p50 {statistics.median(served) * 1000:.0f} p99 {self.p99() * 1000:.0f} ms,"
            f" refused p99 {self.p99(refused=True) * 1000:.0f} ms"
        )


class Line(asyncio.Protocol):
    """A connection to the gateway with one request under way at a time."""

    def __init__(self, freed: Callable[["Line"], None]) -> None:
        self._freed = freed
        self._transport: asyncio.Transport | None = None
        self._told: Answered | None = None
        self._got = b""
        self._needs = 0
        """Bytes of head and body together, once the head has come."""
        self.is_closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready to be asked."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, request: bytes, told: Answered) -> None:
        """Send it; `told` hears of the answer once."""
        assert self._transport is not None
        self._told, self._got, self._needs = told, b"", 0
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """A piece of the answer."""
        self._got += data
        if not self._needs:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._got[:end].lower()
            announced = head.partition(b"content-length: ")[2]
            assert announced, head
            self._needs = end + 4 + int(announced.partition(b"\r\n")[0])
        if len(self._got) >= self._needs:
            status, body = int(self._got[9:12]), self._got[self._got.find(b"\r\n\r\n") + 4 :]
            if b"\r\nconnection: close" in self._got[: -len(body) or None].lower():
                self.close()
            else:
                self._freed(self)
            self._tell(status, body)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waited hears that nothing came."""
        self.is_closed = True
        self._tell(0, b"")

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.close()

    def _tell(self, status: int, body: bytes) -> None:
        told, self._told = self._told, None
        if told is not None:
            told(status, body)


class Lines:
    """Connections to one port, kept while they are not used."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[Line] = []
        self._opening: set[asyncio.Task[None]] = set()
        self.under_way = 0

    def ask(self, wish: Wish, due: float, tally: Tally) -> None:
        """Send a request now that was due at a moment of the loop's clock."""
        self.under_way += 1

        def answered(status: int, body: bytes) -> None:
            self.under_way -= 1
            tally.note(wish.kind, status, time.monotonic() - due)
            if wish.answered is not None:
                wish.answered(status, body)

        while self._free:
            line = self._free.pop()
            if not line.is_closed:  # by the gateway, as nobody had asked on it for long
                line.ask(wish.request, answered)
                return
        task = asyncio.create_task(self._open(wish.request, answered))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open(self, request: bytes, answered: Answered) -> None:
        try:
            _, line = await asyncio.get_running_loop().create_connection(
                lambda: Line(self._free.append), "127.0.0.1", self._port
            )
        except OSError:
            answered(0, b"")
            return
        line.ask(request, answered)

    async def idle(self) -> None:
        """Wait until everything is answered; TimeoutError after half a minute."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.under_way:  # noqa: ASYNC110  a counter of thousands of requests sets no event
                await asyncio.sleep(TURN_SECONDS)

    def close(self) -> None:
        """End every connection."""
        while self._free:
            self._free.pop().close()


async def offer(lines: Lines, draw: Draw, per_second: float, seconds: float) -> Tally:
    """Ask at this rate for so long, and wait for the last answer."""
    tally, begun, sent = Tally(), time.monotonic(), 0
    while (elapsed := time.monotonic() - begun) < seconds:
        while sent < elapsed * per_second:
            lines.ask(draw(), begun + sent / per_second, tally)
            sent += 1
        await asyncio.sleep(TURN_SECONDS)
    await lines.idle()
    return tally


async def ask_on(lines: Lines, draw: Draw, at_once: int, seconds: float) -> Tally:
    """Let so many ask one after another for so long."""
    tally, until = Tally(), time.monotonic() + seconds

    async def one() -> None:
        while time.monotonic() < until:
            is_answered = asyncio.Event()
            wish = draw()

            def told(status: int, body: bytes, wish: Wish = wish, is_answered: asyncio.Event = is_answered) -> None:
                if wish.answered is not None:
                    wish.answered(status, body)
                is_answered.set()

            lines.ask(wish._replace(answered=told), time.monotonic(), tally)
            await is_answered.wait()

    await asyncio.gather(*(one() for _ in range(at_once)))
    return tally
