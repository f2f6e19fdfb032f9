"""The listening side: who is connected, what is under way, one timer for all of it, and how it ends."""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from email.utils import formatdate
from itertools import count
from secrets import token_hex
from time import monotonic
from typing import Final, Protocol

from gateway.wire.client import Client
from gateway.wire.exchange import Exchange
from gateway.wire.heads import Head
from gateway.wire.services import Service

SWEEP_SECONDS: Final = 0.025
TICK_EVERY: Final = 40
"""Sweeps: once a second."""
BACKLOG: Final = 2048


class Door(Protocol):
    """Who decides about requests."""

    def open(self, exchange: Exchange) -> None:
        """Decide: the exchange is forwarded, answered or refused, now or later."""

    def close(self, exchange: Exchange) -> None:
        """An exchange is over."""


class Server:
    """Everything of one process that listens."""

    def __init__(
        self,
        door: Door,
        services: Mapping[str, Service],
        *,
        head_seconds: float,
        idle_seconds: float,
        fixed_headers: bytes,
    ) -> None:
        self.door = door
        self.clients: set[Client] = set()
        self.is_draining = False
        self.every_answer = b""
        """Header lines that every answer carries, the date among them."""
        self._services = services
        self._exchanges: set[Exchange] = set()
        self._head_seconds = head_seconds
        self._idle_seconds = idle_seconds
        self._fixed_headers = fixed_headers
        self._listener: asyncio.Server | None = None
        self._sweeps = 0
        self._empty = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._prefix = token_hex(10).encode()
        self._count = count()
        self._set_date()

    @property
    def under_way(self) -> int:
        """Requests that have begun and not ended."""
        return len(self._exchanges)

    async def listen(self, sockets: list[socket.socket]) -> None:
        """Accept connections."""
        loop = asyncio.get_running_loop()
        for one in sockets:
            self._listener = await loop.create_server(lambda: Client(self), sock=one, backlog=BACKLOG)
        self._sweep()

    async def stop_listening(self) -> None:
        """Accept nobody new; end connections with nothing under way."""
        self.is_draining = True
        if self._listener is not None:
            self._listener.close()
        for client in list(self.clients):
            client.end_if_idle()

    async def drain(self, seconds: float) -> None:
        """Let what is under way finish for so long; then end it."""
        self._empty.clear()
        if self.clients:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._empty.wait()
        self.close()

    def left(self, client: Client) -> None:
        """A connection has ended."""
        self.clients.discard(client)
        if not self.clients:
            self._empty.set()

    def close(self) -> None:
        """End everything at once."""
        if self._timer is not None:
            self._timer.cancel()
        if self._listener is not None:
            self._listener.close()
        for client in list(self.clients):
            client.abort()
        for service in self._services.values():
            service.close()

    def begin(self, client: Client, head: Head) -> Exchange:
        """A new exchange, with a request id of its own."""
        exchange = Exchange(client, head, b"%b%012x" % (self._prefix, next(self._count)))
        self._exchanges.add(exchange)
        return exchange

    def done(self, exchange: Exchange) -> None:
        """An exchange is over."""
        self._exchanges.discard(exchange)
        self.door.close(exchange)

    def _sweep(self) -> None:
        now = monotonic()
        for exchange in list(self._exchanges):
            exchange.look_at_deadline(now)
        for service in self._services.values():
            service.turn_away_the_late(now)
        self._sweeps += 1
        if self._sweeps % TICK_EVERY == 0:
            self.tick()
        self._timer = asyncio.get_running_loop().call_later(SWEEP_SECONDS, self._sweep)

    def tick(self) -> None:
        """Once a second: look after what is idle or too slow."""
        self._set_date()
        for service in self._services.values():
            service.tick()
        for client in list(self.clients):
            client.tick(self._head_seconds, self._idle_seconds)

    def _set_date(self) -> None:
        self.every_answer = b"date: %b\r\n%b" % (formatdate(usegmt=True).encode(), self._fixed_headers)
