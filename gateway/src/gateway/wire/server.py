"""The listening side: who is connected, what is under way, one timer for all of it, and how it ends."""

import asyncio
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from email.utils import formatdate
from secrets import token_hex
from struct import Struct
from time import monotonic
from typing import Final, Protocol

from gateway.wire.client import Client
from gateway.wire.exchange import Exchange
from gateway.wire.heads import Head
from gateway.wire.known import KnownHeads
from gateway.wire.services import Service

SWEEP_SECONDS: Final = 0.025
TICK_EVERY: Final = 40
"""Sweeps: once a second."""
AGE_EVERY: Final = 1200
"""Sweeps: after half a minute, heads that did not come again begin to be forgotten."""
BACKLOG: Final = 2048
LOW_64: Final = (1 << 64) - 1
STRIDE: Final = 0x9E3779B97F4A7C15
"""Odd, so that multiples of it, cut to 64 bits, come again only after all 2**64: numbers spread out, not in a row."""


IDS_AT_ONCE: Final = 256
_NUMBERS: Final = Struct(f">{IDS_AT_ONCE}Q")


def request_ids(prefix: bytes) -> Iterator[bytes]:
    """Ids that no other request of this process has, made many at a time."""
    number = 0
    while True:
        numbers = range(number + 1, number + 1 + IDS_AT_ONCE)
        number += IDS_AT_ONCE
        digits = _NUMBERS.pack(*(one * STRIDE & LOW_64 for one in numbers)).hex().encode()
        yield from [prefix + digits[at : at + 16] for at in range(0, 16 * IDS_AT_ONCE, 16)]


class Door(Protocol):
    """Who decides about requests."""

    def open(self, exchange: Exchange) -> None:
        """Decide: the exchange is forwarded, answered or refused, now or later."""

    def close(self, exchange: Exchange) -> None:
        """An exchange is over."""

    def heed(self, service: Service, ended: bytes) -> None:
        """A service says beside its answer what has ended; the answer is still to be passed on."""


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
        """Header lines that every answer ends with, the date among them, and the end of its head."""
        self._services = services
        self.exchanges: set[Exchange] = set()
        """Those under way."""
        self._head_seconds = head_seconds
        self._idle_seconds = idle_seconds
        self._fixed_headers = fixed_headers
        self._listener: asyncio.Server | None = None
        self._sweeps = 0
        self._empty = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._ids = request_ids(token_hex(8).encode())
        self.heads = KnownHeads()
        self._set_date()

    @property
    def under_way(self) -> int:
        """Requests that have begun and not ended."""
        return len(self.exchanges)

    async def listen(self, sockets: list[socket.socket], tls: ssl.SSLContext | None = None) -> None:
        """Accept connections."""
        loop = asyncio.get_running_loop()
        patience = None if tls is None else self._head_seconds
        for one in sockets:
            self._listener = await loop.create_server(
                lambda: Client(self), sock=one, backlog=BACKLOG, ssl=tls, ssl_handshake_timeout=patience
            )
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
        exchange = Exchange(client, head, next(self._ids))
        self.exchanges.add(exchange)
        return exchange

    def _sweep(self) -> None:
        now = monotonic()
        for exchange in list(self.exchanges):
            exchange.look_at_deadline(now)
        for service in self._services.values():
            service.turn_away_the_late(now)
        self._sweeps += 1
        if self._sweeps % TICK_EVERY == 0:
            self.tick()
        if self._sweeps % AGE_EVERY == 0:
            self.heads.age()
        self._timer = asyncio.get_running_loop().call_later(SWEEP_SECONDS, self._sweep)

    def tick(self) -> None:
        """Once a second: look after what is idle or too slow."""
        self._set_date()
        for service in self._services.values():
            service.tick()
        for client in list(self.clients):
            client.tick(self._head_seconds, self._idle_seconds)

    def _set_date(self) -> None:
        self.every_answer = b"date: %b\r\n%b\r\n" % (formatdate(usegmt=True).encode(), self._fixed_headers)
