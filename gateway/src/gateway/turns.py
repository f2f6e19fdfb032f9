"""Checking signatures one at a time, each address in its turn, so that nobody waits behind a flood of forged tokens.

A check takes as long as ten requests of callers who are known. Between two checks the loop goes round once, and serves
whoever else is there; the next check is of another address, if another waits.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

WAITING_MAX: Final = 256
"""Of one address at once. A few browsers behind one address are far below it."""


class QueueFull(Exception):
    """So many of the same address wait already."""


class Turns:
    """Of one process."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._is_taken = False

    @asynccontextmanager
    async def turn(self, source: str) -> AsyncIterator[None]:
        """Wait for one's turn. QueueFull rather than without end."""
        if self._is_taken:
            await self._wait(source)
        self._is_taken = True
        try:
            yield
        finally:
            asyncio.get_running_loop().call_soon(self._next)

    async def _wait(self, source: str) -> None:
        queue = self._waiting.setdefault(source, deque())
        if len(queue) >= WAITING_MAX:
            raise QueueFull
        waiter = asyncio.get_running_loop().create_future()
        queue.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._next()  # it was this one's turn, and nobody takes it
            raise

    def _next(self) -> None:
        """Let the next address check one, or nobody."""
        while self._waiting:
            source, queue = self._waiting.popitem(last=False)
            waiter = queue.popleft()
            if queue:
                self._waiting[source] = queue
            if not waiter.done():
                waiter.set_result(None)
                return
        self._is_taken = False
