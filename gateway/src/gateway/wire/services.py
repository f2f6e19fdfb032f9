"""Where the services are: replicas, the connections kept to each, and who waits for one."""

import asyncio
import ssl
from collections import deque
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import structlog

from gateway.wire.breaker import Breaker, Limit
from gateway.wire.upstream import Asker, Loss, Upstream

POOL_IDLE_TICKS: Final = 4
"""Seconds. Below the services' own five, so that it is mostly us who end an idle connection."""
WAIT_SECONDS: Final = 0.1
"""Who has waited this long for a connection is told so: by the time it came, the client might have gone."""
QUEUE_LENGTH: Final = 512

log = structlog.get_logger(__name__)


class Replica:
    """One origin of a service, and the idle connections to it, the latest used last."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self.origin = origin
        self.host = parts.hostname or ""
        self.port = parts.port or (443 if parts.scheme == "https" else 80)
        self.authority = parts.netloc.encode()
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.idle: list[Upstream] = []
        self.in_flight = 0
        self.breaker = Breaker()
        self.is_retired = False

    def find_idle(self) -> Upstream | None:
        """The connection used last; the others may then grow old and be closed."""
        while self.idle:
            connection = self.idle.pop()
            if not connection.closed:
                return connection
        return None

    def retire(self) -> None:
        """Ask nothing more here; what is under way ends by itself."""
        self.is_retired = True
        while self.idle:
            self.idle.pop().close()


class Service:
    """A service by name. `ask` sends a question to the replica with the least to do."""

    def __init__(self, name: str, origins: Sequence[str], connections: int, connect_seconds: float) -> None:
        self.name = name
        self.replicas = [Replica(origin) for origin in origins]
        self.limit = Limit(connections)
        self.connections_opened = 0
        self.shed = 0
        self.in_flight = 0
        self._connect_seconds = connect_seconds
        self._waiting: deque[tuple[float, Asker, bytes, bool]] = deque()
        self._connecting: set[asyncio.Task[None]] = set()
        self._turn = 0

    @property
    def authority(self) -> bytes:
        """What the service is called in `Host`."""
        return self.replicas[0].authority

    def describe(self) -> dict[str, object]:
        """How it stands with it, in numbers."""
        return {
            "name": self.name,
            "in_flight": self.in_flight,
            "limit": int(self.limit.now),
            "shed": self.shed,
            "connections_opened": self.connections_opened,
            "replicas": [
                {
                    "origin": replica.origin,
                    "in_flight": replica.in_flight,
                    "idle_connections": len(replica.idle),
                    "is_open": replica.breaker.is_open,
                }
                for replica in self.replicas
            ],
        }

    def use(self, origins: Sequence[str]) -> None:
        """Go over to these replicas without losing a request."""
        known = {replica.origin: replica for replica in self.replicas}
        self.replicas = [known[origin] if origin in known else Replica(origin) for origin in origins]
        for replica in known.values():
            if replica not in self.replicas:
                replica.retire()

    def ask(self, asker: Asker, question: bytes, *, is_complete: bool, fresh: bool = False) -> None:
        """Send a question as soon as there is a connection; `fresh` takes none that was kept."""
        if self.in_flight >= self.limit.now:
            self._queue(asker, question, is_complete)
            return
        replica = self._choose()
        if replica is None:
            asker.take_loss(Loss.UNREACHABLE)
            return
        self._begin(replica)
        connection = None if fresh else replica.find_idle()
        if connection is None:
            self._connect([replica], asker, question, is_complete)
            return
        connection.ask(asker, question, is_complete=is_complete)

    def too_late(self) -> None:
        """A question was not answered by its deadline."""
        self.limit.shrink(monotonic())

    def answered(self) -> None:
        """A question was answered in time."""
        self.limit.grow()

    def tick(self) -> None:
        """Once a second: close what has been idle for long."""
        for replica in self.replicas:
            for connection in replica.idle:
                connection.idle_ticks += 1
            old = [one for one in replica.idle if one.idle_ticks > POOL_IDLE_TICKS]
            replica.idle = [one for one in replica.idle if one.idle_ticks <= POOL_IDLE_TICKS and not one.closed]
            for connection in old:
                connection.close()

    def turn_away_the_late(self, now: float) -> None:
        """Tell those who have waited too long that there is no room for them."""
        while self._waiting and now - self._waiting[0][0] > WAIT_SECONDS:
            _, asker, _, _ = self._waiting.popleft()
            self.shed += 1
            asker.take_loss(Loss.BUSY)

    def forget(self, asker: Asker) -> None:
        """Somebody does not wait any more."""
        self._waiting = deque(one for one in self._waiting if one[1] is not asker)

    def close(self) -> None:
        """End every idle connection and every attempt at one."""
        for task in self._connecting:
            task.cancel()
        for replica in self.replicas:
            replica.retire()

    def _queue(self, asker: Asker, question: bytes, is_complete: bool) -> None:
        if len(self._waiting) >= QUEUE_LENGTH:
            self.shed += 1
            asker.take_loss(Loss.BUSY)
            return
        self._waiting.append((monotonic(), asker, question, is_complete))

    def _choose(self) -> Replica | None:
        if len(self.replicas) == 1:
            only = self.replicas[0]
            return only if not only.breaker.is_open or only.breaker.admits(monotonic()) else None
        now = monotonic()
        self._turn += 1
        count = len(self.replicas)
        in_turn = [self.replicas[(self._turn + offset) % count] for offset in range(count)]
        in_turn.sort(key=lambda replica: (replica.breaker.is_open, replica.in_flight))
        return next((replica for replica in in_turn if replica.breaker.admits(now)), None)

    def _begin(self, replica: Replica) -> None:
        self.in_flight += 1
        replica.in_flight += 1

    def _end(self, replica: Replica) -> None:
        self.in_flight -= 1
        replica.in_flight -= 1
        if self._waiting and self.in_flight < self.limit.now:
            _, asker, question, is_complete = self._waiting.popleft()
            self.ask(asker, question, is_complete=is_complete)

    def _connect(self, tried: list[Replica], asker: Asker, question: bytes, is_complete: bool) -> None:
        """Open a connection to the last of the replicas tried, and ask there."""
        task = asyncio.get_running_loop().create_task(self._open(tried, asker, question, is_complete))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    async def _open(self, tried: list[Replica], asker: Asker, question: bytes, is_complete: bool) -> None:
        loop = asyncio.get_running_loop()
        replica = tried[-1]

        def freed(connection: Upstream, kept: bool) -> None:
            self.freed(replica, connection, kept=kept)

        try:
            async with asyncio.timeout(self._connect_seconds):
                _, connection = await loop.create_connection(
                    lambda: Upstream(freed), replica.host, replica.port, ssl=replica.tls
                )
        except (OSError, TimeoutError) as error:
            log.warning("upstream.unreachable", service=self.name, error=type(error).__name__)
            replica.breaker.failed(monotonic())
            self._end(replica)
            self._try_another(tried, asker, question, is_complete)
            return
        self.connections_opened += 1
        if asker.is_over:
            self.freed(replica, connection, kept=True)
        else:
            connection.ask(asker, question, is_complete=is_complete)

    def _try_another(self, tried: list[Replica], asker: Asker, question: bytes, is_complete: bool) -> None:
        """Nothing was sent, so any request may be sent elsewhere; each replica is tried once."""
        now = monotonic()
        for replica in self.replicas:
            if not asker.is_over and replica not in tried and replica.breaker.admits(now):
                self._begin(replica)
                self._connect([*tried, replica], asker, question, is_complete)
                return
        if not asker.is_over:
            asker.take_loss(Loss.UNREACHABLE)

    def freed(self, replica: Replica, connection: Upstream, *, kept: bool) -> None:
        """A connection's exchange is over; `kept` when it can serve another."""
        if connection.has_answered:
            replica.breaker.succeeded()
        elif connection.has_answered is False:
            replica.breaker.failed(monotonic())
        if kept and not replica.is_retired:
            connection.idle_ticks = 0
            replica.idle.append(connection)
        elif kept:
            connection.close()
        self._end(replica)


def open_services(origins: Mapping[str, Sequence[str]], connections: int, connect_seconds: float) -> dict[str, Service]:
    """Every service by its name."""
    return {name: Service(name, found, connections, connect_seconds) for name, found in origins.items()}
