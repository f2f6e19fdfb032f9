"""Too much, or a service that does nothing: who is served, who is told to come back, what is asked again."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from gateway.policy.ranks import SHARES, Rank
from gateway.routes import CAN_WAIT, PLACES_AND_MONEY, ROUTES, SIGNING_IN_AND_CHECKING
from gateway.wire.breaker import Budget, Limit
from gateway.wire.exchange import Exchange
from gateway.wire.services import Service
from gateway.wire.upstream import Loss
from gateway_harness import RunningGateway, build_gateway
from gateway_questions import PATIENT, Held, ask, seen

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LIMIT = 16
NEVER_LATE = [replace(route, read_seconds=PATIENT, write_seconds=PATIENT) for route in ROUTES]
"""However long the machine stands still."""


class Refusable(Exchange):
    """A request without a client: all that can become of it is that it is turned away."""

    def __init__(self, rank: Rank) -> None:
        self.rank = rank

    def take_loss(self, loss: Loss) -> None:
        """It is."""
        assert loss is Loss.BUSY


@asynccontextmanager
async def behind_a_gateway(serve: Serve, **settings: Any) -> AsyncIterator[tuple[RunningGateway, Service]]:
    """A gateway before this service; the service as the gateway sees it."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    everybody: dict[str, Any] = {"anonymous_per_minute": 100_000_000, "log_level": "ERROR", "connect_seconds": PATIENT}
    gateway, _, running = build_gateway(url, NEVER_LATE, **everybody | settings)
    try:
        yield running, gateway.services["hubs"]
    finally:
        await running.stop()
        server.close()


async def test_bookings_are_served_while_dashboards_are_turned_away() -> None:
    held = Held()
    async with behind_a_gateway(held.serve, upstream_connections=LIMIT) as (running, hubs):
        low = [asyncio.create_task(ask(running.port, "GET", "/v1/dashboards")) for _ in range(5 * LIMIT)]
        await seen(lambda: hubs.shed[Rank.LAST] == 5 * LIMIT - LIMIT // 2)
        assert held.asked == {"/v1/dashboards": LIMIT // 2}
        high = [asyncio.create_task(ask(running.port, "POST", "/v1/bookings")) for _ in range(LIMIT // 2)]
        await seen(lambda: held.asked["/v1/bookings"] == LIMIT // 2)
        held.answers.set()
        assert Counter(await asyncio.gather(*high)) == {200: LIMIT // 2}
        assert Counter(await asyncio.gather(*low)) == {200: LIMIT // 2, 503: 5 * LIMIT - LIMIT // 2}
        assert hubs.shed[Rank.FIRST] == 0


async def test_under_five_times_the_load_what_comes_first_is_answered_nineteen_times_of_twenty() -> None:
    room = asyncio.Semaphore(2)

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                async with room:
                    await asyncio.sleep(0.002)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    over = asyncio.Event()
    told: Counter[int] = Counter()

    async def ask_for_lists(port: int) -> None:
        while not over.is_set():
            told[await ask(port, "GET", "/v1/reports")] += 1

    async def book(port: int) -> list[int]:
        return [await ask(port, "POST", "/v1/claims") for _ in range(25)]

    async with behind_a_gateway(slowly, upstream_connections=LIMIT) as (running, _):
        lists = [asyncio.create_task(ask_for_lists(running.port)) for _ in range(5 * LIMIT)]
        await seen(lambda: told[503] > 0)
        found = Counter(chain.from_iterable(await asyncio.gather(*(book(running.port) for _ in range(4)))))
        over.set()
        await asyncio.gather(*lists)
    assert found[200] >= 0.95 * found.total(), found
    assert set(found) | set(told) == {200, 503}


async def test_a_silent_service_takes_nothing_from_the_others() -> None:
    held, lively = Held(), Held()
    lively.answers.set()
    silent = await asyncio.start_server(held.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
    async with behind_a_gateway(lively.serve, funding_url=url, upstream_connections=LIMIT) as (running, _):
        port, funding = running.port, running.gateway.services["funding"]
        stuck = [asyncio.create_task(ask(port, "POST", "/v1/claims")) for _ in range(4 * LIMIT)]
        await seen(lambda: held.asked.total() == LIMIT and sum(funding.shed) == 3 * LIMIT)
        for name in ("hubs", "schemes", "teachers"):
            assert {await ask(port, "GET", f"/v1/{name}") for _ in range(LIMIT)} == {200}
        assert held.asked.total() == funding.connections_opened == LIMIT
        held.answers.set()
        assert Counter(await asyncio.gather(*stuck)) == {200: LIMIT, 503: 3 * LIMIT}
    silent.close()


async def test_repeats_stay_a_tenth_of_what_is_asked_and_the_rest_is_told_that_there_was_no_answer() -> None:
    sent = 0

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        sent += 1
        with suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            sent += 1
        writer.close()

    async with behind_a_gateway(answer_once) as (running, hubs):
        began = time.monotonic()
        found = Counter([await ask(running.port, "POST", "/v1/bookings", "Idempotency-Key: k\r\n") for _ in range(100)])
        earned = 10 + (100 + hubs.repeated) / 10 + time.monotonic() - began
        assert sent == 100 + hubs.repeated
        assert 10 <= hubs.repeated <= earned
        assert found == {200: 100 - hubs.not_repeated, 502: hubs.not_repeated}


def test_the_budget_of_repeats_is_ten_at_first_then_a_tenth_and_one_a_second_up_to_a_hundred() -> None:
    budget = Budget()
    assert [budget.spend(0, 5.0) for _ in range(11)] == [True] * 10 + [False]
    assert [budget.spend(20, 5.0) for _ in range(3)] == [True, True, False]
    assert [budget.spend(20, 7.0) for _ in range(3)] == [True, True, False]
    assert [budget.spend(1_000_000, 7.0) for _ in range(101)] == [True] * 100 + [False]


def test_later_ranks_leave_room_to_those_before_them_also_when_the_limit_has_shrunk() -> None:
    limit = Limit(100)
    for most, grown in ((100, 0), (70, 1)):
        if grown:
            limit.shrink(10.0)
        assert limit.now == most
        for rank in Rank:
            room = next(number for number in range(most + 1) if not limit.has_room(number, rank))
            assert room == pytest.approx(most * SHARES[rank], abs=1)
        assert limit.quiet == int(most * 0.3)
    assert list(SHARES) == sorted(SHARES, reverse=True)


def waiting_at_a_full_service(empty_for: float) -> tuple[Service, float, float]:
    """One of the first rank and one who reads; between which moments they came, so long after nobody waited."""
    service = Service("hubs", ["http://127.0.0.1:1"], LIMIT, 1.0)
    service.in_flight = LIMIT
    begun = time.monotonic()
    service.turn_away_the_late(begun - empty_for)
    for rank in (Rank.FIRST, Rank.READ):
        service.ask(Refusable(rank), b"", is_complete=True)
    return service, begun, time.monotonic()


def test_in_a_rush_who_reads_waits_a_tenth_of_a_second_and_who_comes_first_a_second() -> None:
    service, begun, came = waiting_at_a_full_service(0.0)
    service.turn_away_the_late(begun + 0.09)
    assert sum(service.shed) == 0
    service.turn_away_the_late(came + 0.11)
    assert (service.shed[Rank.FIRST], service.shed[Rank.READ]) == (0, 1)
    service.turn_away_the_late(begun + 0.99)
    assert service.shed[Rank.FIRST] == 0
    service.turn_away_the_late(came + 1.01)
    assert service.shed[Rank.FIRST] == 1


def test_where_somebody_has_waited_all_the_time_who_reads_is_told_at_once() -> None:
    service, begun, came = waiting_at_a_full_service(0.2)
    service.turn_away_the_late(came + 0.03)
    assert (service.shed[Rank.FIRST], service.shed[Rank.READ]) == (0, 1)
    service.turn_away_the_late(begun + 0.99)
    assert service.shed[Rank.FIRST] == 0


def test_every_prefix_that_has_a_rank_is_a_route_and_has_one_rank() -> None:
    by_prefix = {route.prefix: route for route in ROUTES}
    ranked = [*SIGNING_IN_AND_CHECKING, *PLACES_AND_MONEY, *CAN_WAIT]
    assert len(set(ranked)) == len(ranked)
    assert set(ranked) <= set(by_prefix)
    assert by_prefix["/v1/claims"].rank_of("POST") is Rank.FIRST
    assert by_prefix["/v1/claims"].rank_of("GET") is Rank.READ
    assert by_prefix["/v1/hubs"].rank_of("PATCH") is Rank.WRITE
    assert by_prefix["/v1/reports"].rank_of("GET") is Rank.LAST


async def test_a_replica_that_has_come_back_is_asked_as_soon_as_the_other_goes_away() -> None:
    held = Held()
    held.answers.set()
    async with behind_a_gateway(held.serve) as (running, hubs):
        there = hubs.replicas[0].origin
        hubs.use(["http://127.0.0.1:1", there])
        for _ in range(20):
            hubs.replicas[1].breaker.failed(1e12)
        assert hubs.replicas[1].breaker.is_open
        assert [await ask(running.port, "POST", "/v1/bookings") for _ in range(3)] == [200] * 3
        assert not hubs.replicas[1].breaker.is_open


async def test_what_a_replica_that_dies_does_not_answer_is_asked_of_another() -> None:
    held = Held()

    async def die(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Accept, as its socket goes on to for a moment, and answer nothing."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with (
        behind_a_gateway(held.serve) as (running, hubs),
        await asyncio.start_server(die, "127.0.0.1", 0) as dying,
    ):
        there = hubs.replicas[0].origin
        hubs.use([f"http://127.0.0.1:{dying.sockets[0].getsockname()[1]}", there])
        asked = [asyncio.create_task(ask(running.port, "GET", "/v1/hubs")) for _ in range(4)]
        await seen(lambda: held.asked == {"/v1/hubs": len(asked)})
        held.answers.set()
        assert await asyncio.gather(*asked) == [200] * len(asked)
        assert hubs.repeated
