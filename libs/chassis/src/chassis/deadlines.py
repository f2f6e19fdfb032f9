"""The moment at which nobody waits any more: work is given up then, unless it has been decided.

The gateway says with each request until when its client is answered (`X-Request-Deadline`, milliseconds since 1970) and
answers for the service after it. What the service went on with would be for nobody, and would keep a connection of the
database from those who still wait. So the work is cancelled a moment before: the statement under way is ended in the
database, the transaction rolled back. A transaction that is being committed is never given up, nor an answer begun.
"""

import asyncio
import time
from contextvars import ContextVar
from typing import Final

from prometheus_client import Counter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import problem
from chassis.refusals import DeadlinePassed

HEADER: Final = b"x-request-deadline"
MARGIN_SECONDS: Final = 0.02
"""Before the deadline, so that the answer is there when it comes."""
LEAST_SECONDS: Final = 0.1
"""With less than this nothing is begun."""
MOST_SECONDS: Final = 300.0
"""A deadline that is further away, or has passed, was set by a clock unlike ours and is not heeded: that the clocks of
two machines differ must not make a service refuse everything."""

GIVEN_UP = Counter("ncce_deadlines_passed_total", "Requests given up because nobody waited any more", ["began"])

_patience: ContextVar["asyncio.Timeout | None"] = ContextVar("patience", default=None)


def decided() -> None:
    """What is being done for this request is not given up from now on: its transaction commits."""
    patience = _patience.get()
    if patience is not None and not patience.expired():
        patience.reschedule(None)


def seconds_left(scope: Scope) -> float | None:
    """How long somebody waits for the answer; None when that is not known."""
    told = next((value for name, value in scope["headers"] if name == HEADER), b"")
    if not told.isdigit() or len(told) > 15:
        return None
    left = int(told) / 1000 - time.time()
    return left - MARGIN_SECONDS if 0 < left < MOST_SECONDS else None


class Deadlines:
    """ASGI middleware: ends a request's work at its deadline."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        left = seconds_left(scope) if scope["type"] == "http" else None
        if left is None:
            await self._app(scope, receive, send)
        elif left < LEAST_SECONDS:
            await _give_up(scope, receive, send, began="no")
        else:
            await self._within(left, scope, receive, send)

    async def _within(self, seconds: float, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_decided(message: Message) -> None:
            decided()
            await send(message)

        patience = asyncio.timeout(seconds)
        token = _patience.set(patience)
        try:
            async with patience:
                await self._app(scope, receive, send_decided)
        except TimeoutError:
            if not patience.expired():
                raise
            await _give_up(scope, receive, send, began="yes")
        finally:
            _patience.reset(token)


async def _give_up(scope: Scope, receive: Receive, send: Send, *, began: str) -> None:
    GIVEN_UP.labels(began).inc()
    refused = DeadlinePassed("It was not done in the time that its caller waits. Nothing was changed; try again.")
    await problem(Request(scope), refused)(scope, receive, send)
