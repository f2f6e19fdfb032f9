"""Where the services are: replicas, the connections kept to each, and who waits for one."""

import asyncio
import ssl
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from chassis.tls import trusting
from gateway.logs import Log
from gateway.policy.ranks import ONES_SHARE, SHARES, Rank
from gateway.wire.breaker import Breaker, Budget, Limit
from gateway.wire.upstream import Asker, Loss, Upstream

POOL_IDLE_TICKS: Final = 4
"""Seconds. Far below the services' own sixty, so that it is us who end an idle connection."""
WAIT_SECONDS: Final = (1.0, 0.1, 0.1, 0.1)
"""Who has waited this long for a connection is told so, by rank: by the time it came, the client might have gone."""
RUSH_SECONDS: Final = 0.1
STANDING_WAIT_SECONDS: Final = (1.0, 0.02, 0.02, 0.02)
"""The same once somebody has waited all the time for longer than a rush: it is more than can be answered."""
QUEUE_LENGTH: Final = 512
QUEUE_OF_ONE: Final = int(QUEUE_LENGTH * ONES_SHARE)

Waiting = tuple[float, Asker, bytes, bool, bool]
"""Since when, who, the question, whether it is complete, and whether it takes a fresh connection only."""
Queue = deque[Waiting]

log = Log(__name__)


class Replica:
    """One origin of a service, and the idle connections to it, the latest used last."""

    def __init__(self, origin: str, authority: Path | None = None) -> None:
        parts = urlsplit(origin)
        self.origin = origin
        self.host = parts.hostname or ""
        self.port = parts.port or (443 if parts.scheme == "https" else 80)
        self.authority = parts.netloc.encode()
        self.tls = _believing(authority) if parts.scheme == "https" else None
        self.idle: list[Upstream] = []
        self.in_flight = 0
        self.breaker = Breaker()
        self.is_retired = False

    def retire(self) -> None:
        """Ask nothing more here; what is under way ends by itself."""
        self.is_retired = True
        while self.idle:
            self.idle.pop().close()


class Service:
    """A service by name. `ask` sends a question to the replica with the least to do."""

    def __init__(
        self,
        name: str,
        origins: Sequence[str],
        connections: int,
        connect_seconds: float,
        certified_by: Path | None = None,
    ) -> None:
        self.name = name
        self._certified_by = certified_by
        self.replicas = [Replica(origin, certified_by) for origin in origins]
        self.authority = self.replicas[0].authority
        """What the service is called in `Host`."""
        self.limit = Limit(connections)
        self.connections_opened = 0
        self.shed = [0] * len(SHARES)
        """Turned away, by rank."""
        self.over_share = 0
        """Of these, who had their share under way."""
        self.in_flight = 0
        self.asked = 0
        self.repeated = self.not_repeated = 0
        self._repeats = Budget()
        self._connect_seconds = connect_seconds
        self._waiting: tuple[Queue, ...] = tuple(deque() for _ in SHARES)
        """By rank."""
        self._number_waiting = 0
        self._empty_at = 0.0
        """When nobody waited, last."""
        self._held: dict[str, int] = {}
        """Questions under way, by whose they are."""
        self._waiting_of: Counter[str] = Counter()
        self._connecting: set[asyncio.Task[None]] = set()
        self._turn = 0
        self._broke_off: Replica | None = None
        """Whose connection was the last not to be kept."""

    def describe(self) -> dict[str, object]:
        """How it stands with it, in numbers."""
        return {
            "name": self.name,
            "in_flight": self.in_flight,
            "limit": int(self.limit.now),
            "delay_seconds": round(self.limit.delay_seconds, 4),
            "shed": sum(self.shed),
            "over_share": self.over_share,
            "most_under_way": {whose: number for whose, number in Counter(self._held).most_common(4) if whose},
            "shed_by_rank": {rank.name.lower(): self.shed[rank] for rank in Rank},
            "repeated": self.repeated,
            "not_repeated": self.not_repeated,
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
        self.replicas = [
            known[origin] if origin in known else Replica(origin, self._certified_by) for origin in origins
        ]
        self.authority = self.replicas[0].authority
        for replica in known.values():
            if replica not in self.replicas:
                replica.retire()

    def ask(self, asker: Asker, question: bytes, *, is_complete: bool, fresh: bool = False) -> None:
        """Send a question as soon as there is a connection; `fresh` takes none that was kept."""
        if self.in_flight >= self.limit.quiet and not self._has_room(asker):
            self._queue((monotonic(), asker, question, is_complete, fresh))
            return
        self.asked += 1
        replica = self.replicas[0]
        if len(self.replicas) > 1 or replica.breaker.is_open:
            chosen = self._choose(self._broke_off if fresh else None)
            if chosen is None:
                asker.take_loss(Loss.UNREACHABLE)
                return
            replica = chosen
        self._begin(replica, asker)
        idle = replica.idle
        # The connection used last; the others may then grow old and be closed.
        while idle and not fresh:
            connection = idle.pop()
            if not connection.closed:
                connection.ask(asker, question, is_complete=is_complete)
                return
        self._connect([replica], asker, question, is_complete)

    def too_late(self) -> None:
        """A question was not answered by its deadline."""
        self.limit.shrink(monotonic())

    def tick(self) -> None:
        """Once a second: close what has been idle for long."""
        for replica in self.replicas:
            for connection in replica.idle:
                connection.idle_ticks += 1
            old = [one for one in replica.idle if one.idle_ticks > POOL_IDLE_TICKS]
            replica.idle = [one for one in replica.idle if one.idle_ticks <= POOL_IDLE_TICKS and not one.closed]
            for connection in old:
                connection.close()

    def may_repeat(self) -> bool:
        """Whether a question to which no answer came may be put once more: so many may be, and no more."""
        may = self._repeats.spend(self.asked, monotonic())
        self.repeated += may
        self.not_repeated += not may
        return may

    def turn_away_the_late(self, now: float) -> None:
        """Tell those who have waited too long that there is no room for them."""
        if not self._number_waiting:
            self._empty_at = now
            return
        waits = STANDING_WAIT_SECONDS if now - self._empty_at > RUSH_SECONDS else WAIT_SECONDS
        for queue, seconds in zip(self._waiting, waits, strict=True):
            while queue and now - queue[0][0] > seconds:
                asker = queue.popleft()[1]
                self._waits_no_more(asker)
                self._turn_away(asker)

    def forget(self, asker: Asker) -> None:
        """Somebody does not wait any more."""
        if not self._number_waiting:
            return
        queue = self._waiting[asker.rank]
        left = [one for one in queue if one[1] is not asker]
        if len(left) < len(queue):
            self._waits_no_more(asker)
            queue.clear()
            queue.extend(left)

    def close(self) -> None:
        """End every idle connection and every attempt at one."""
        for task in self._connecting:
            task.cancel()
        for replica in self.replicas:
            replica.retire()

    def _queue(self, question: Waiting) -> None:
        """Let it wait for room; if too many do, the latest of the last rank goes, and if too many of one, this."""
        asker = question[1]
        if asker.whose and self._waiting_of[asker.whose] >= QUEUE_OF_ONE:
            self._turn_away(asker)
            return
        self._waiting[asker.rank].append(question)
        self._waiting_of[asker.whose] += 1
        self._number_waiting += 1
        if self._number_waiting > QUEUE_LENGTH:
            last = next(queue for queue in reversed(self._waiting) if queue).pop()[1]
            self._waits_no_more(last)
            self._turn_away(last)

    def _waits_no_more(self, asker: Asker) -> None:
        self._number_waiting -= 1
        self._waiting_of[asker.whose] -= 1
        if not self._waiting_of[asker.whose]:
            del self._waiting_of[asker.whose]

    def _has_room(self, asker: Asker) -> bool:
        return self.limit.has_room(self.in_flight, asker.rank) and self._has_share(asker)

    def _has_share(self, asker: Asker) -> bool:
        return not asker.whose or self._held.get(asker.whose, 0) < self.limit.of_one

    def _turn_away(self, asker: Asker) -> None:
        self.shed[asker.rank] += 1
        self.over_share += not self._has_share(asker)
        asker.take_loss(Loss.BUSY)

    def _choose(self, last: Replica | None) -> Replica | None:
        """The one with the least to do, but `last` after all others: who dies loses its work, and has the least."""
        if len(self.replicas) == 1:
            only = self.replicas[0]
            return only if only.breaker.admits(monotonic()) else None
        now = monotonic()
        self._turn += 1
        count = len(self.replicas)
        in_turn = [self.replicas[(self._turn + offset) % count] for offset in range(count)]
        in_turn.sort(key=lambda replica: (replica.breaker.is_open, replica is last, replica.in_flight))
        return next((replica for replica in in_turn if replica.breaker.admits(now)), None)

    def _begin(self, replica: Replica, asker: Asker) -> None:
        self.in_flight += 1
        replica.in_flight += 1
        self._held[asker.whose] = self._held.get(asker.whose, 0) + 1

    def _end(self, replica: Replica, whose: str) -> None:
        self.in_flight -= 1
        replica.in_flight -= 1
        left = self._held.pop(whose) - 1
        if left:
            self._held[whose] = left
        if self._number_waiting:
            self._let_one_in()

    def _let_one_in(self) -> None:
        """The first of the first rank, but nobody who has their share: at most three can have that at once."""
        for queue in self._waiting:
            if queue and not self.limit.has_room(self.in_flight, queue[0][1].rank):
                return
            for number, (_, asker, question, is_complete, fresh) in enumerate(queue):
                if self._has_share(asker):
                    del queue[number]
                    self._waits_no_more(asker)
                    self.ask(asker, question, is_complete=is_complete, fresh=fresh)
                    return

    def _connect(self, tried: list[Replica], asker: Asker, question: bytes, is_complete: bool) -> None:
        """Open a connection to the last of the replicas tried, and ask there."""
        task = asyncio.get_running_loop().create_task(self._open(tried, asker, question, is_complete))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    async def _open(self, tried: list[Replica], asker: Asker, question: bytes, is_complete: bool) -> None:
        loop = asyncio.get_running_loop()
        replica = tried[-1]

        try:
            async with asyncio.timeout(self._connect_seconds):
                _, connection = await loop.create_connection(
                    lambda: Upstream(partial(self.freed, replica)), replica.host, replica.port, ssl=replica.tls
                )
        except (OSError, TimeoutError) as error:
            log.warning("upstream.unreachable", service=self.name, error=type(error).__name__)
            replica.breaker.failed(monotonic())
            self._end(replica, asker.whose)
            self._try_another(tried, asker, question, is_complete)
            return
        self.connections_opened += 1
        connection.whose = asker.whose
        if asker.is_over:
            self.freed(replica, connection, True)
        else:
            connection.ask(asker, question, is_complete=is_complete)

    def _try_another(self, tried: list[Replica], asker: Asker, question: bytes, is_complete: bool) -> None:
        """Nothing was sent, so any request may be sent elsewhere; each replica is tried once.

        One whose breaker is open as well, after all others: it may have come back while these were going away.
        """
        now = monotonic()
        left = [replica for replica in self.replicas if replica not in tried]
        if asker.is_over:
            return
        if not left:
            asker.take_loss(Loss.UNREACHABLE)
            return
        replica = next((one for one in left if one.breaker.admits(now)), left[0])
        self._begin(replica, asker)
        self._connect([*tried, replica], asker, question, is_complete)

    def freed(self, replica: Replica, connection: Upstream, kept: bool) -> None:
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
        else:
            self._broke_off = replica
        self._end(replica, connection.whose)


def open_services(
    origins: Mapping[str, Sequence[str]],
    connections: int,
    connect_seconds: float,
    certified_by: Path | None = None,
) -> dict[str, Service]:
    """Every service by its name."""
    return {name: Service(name, found, connections, connect_seconds, certified_by) for name, found in origins.items()}


@cache
def _believing(authority: Path | None) -> ssl.SSLContext:
    """One for all replicas: reading an authority's certificates takes milliseconds."""
    return trusting(authority) or ssl.create_default_context()
