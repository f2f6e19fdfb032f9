"""What must not give way under load: keys that rotate, floods of forged tokens, services that are asked too much."""

import asyncio
import sys
import time
from collections import Counter
from typing import Any

import aiohttp
import pytest

from builders import a_key
from gateway.wire.breaker import DELAY_SECONDS, LEAST_LIMIT, Breaker, Limit
from gateway_harness import Issuer, StartPlatform, build_gateway

RECOVERY_SECONDS = 10


async def status(client: aiohttp.ClientSession, url: str, token: str) -> int:
    async with client.get(url, headers={"Authorization": f"Bearer {token}"}) as reply:
        await reply.read()
        return reply.status


async def test_keys_rotate_three_times_under_load_and_no_token_is_refused(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(log_level="ERROR", signed_in_per_minute=1_000_000)
    url, signing, stop = platform.url + "/v1/hubs", [platform.issuer.key], asyncio.Event()
    # The test's clock jumps between requests: a token that is minutes old when it arrives is another matter.
    between = asyncio.Lock()

    async def load() -> Counter[int]:
        found: Counter[int] = Counter()
        while not stop.is_set():
            async with between:
                now = int(platform.clock())
                token = platform.issuer.token(key=signing[-1], iat=now, exp=now + 300)
                found[await status(client, url, token)] += 1
        return found

    async def later(seconds: float) -> None:
        async with between:
            platform.clock.advance(seconds)
        await asyncio.sleep(0.02)

    loads = [asyncio.create_task(load()) for _ in range(4)]
    for number in range(2, 5):
        # As operations.md has it: published first, signing later, withdrawn when its last token has expired.
        successor = a_key(f"identity-{number}")
        platform.services.published_keys.append(successor)
        await later(301)
        signing.append(successor)
        await later(331)
        platform.services.published_keys.pop(0)
        await later(301)
        retired = platform.issuer.token(key=signing[-2], iat=int(platform.clock()), exp=int(platform.clock()) + 300)
        assert await status(client, url, retired) == 401
    stop.set()
    total = sum(await asyncio.gather(*loads), Counter[int]())
    assert set(total) == {200}
    assert total[200] > 30


async def test_a_signature_is_checked_once_for_each_token_and_connections_are_kept(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    # However busy the machine is, a connection that is being made is waited for.
    platform = await start_platform(log_level="ERROR", signed_in_per_minute=1_000_000, connect_seconds=60)
    tokens = [platform.issuer.token() for _ in range(20)]
    requests = [status(client, platform.url + "/v1/hubs", token) for token in tokens * 10]
    assert set(await asyncio.gather(*requests)) == {200}
    assert platform.gateway.authenticator.verifications == len(tokens)
    opened = platform.gateway.services["hubs"].connections_opened
    assert opened <= 100, "no more than there were requests at once"
    for token in tokens:
        assert await status(client, platform.url + "/v1/hubs", token) == 200
    assert platform.gateway.services["hubs"].connections_opened == opened


async def test_a_flood_of_forged_tokens_costs_few_checks_and_nobody_else_notices(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(log_level="ERROR")
    known, forger = platform.issuer.token(), a_key("identity-1")
    url = platform.url + "/v1/hubs"
    assert await status(client, url, known) == 200
    before = platform.gateway.authenticator.verifications
    forged = [platform.issuer.token(key=forger) for _ in range(300)]
    found = Counter(await asyncio.gather(*(status(client, url, token) for token in forged)))
    assert set(found) == {401, 429}
    # However many are under way at once, few more than the budget are checked: each waits for its turn.
    assert 60 <= platform.gateway.authenticator.verifications - before <= 60 + 5
    assert await status(client, url, known) == 200


def test_a_breaker_opens_at_half_of_twenty_and_lets_one_try() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker.succeeded()
    for _ in range(9):
        breaker.failed(100.0)
    assert breaker.admits(100.0)
    for _ in range(11):
        breaker.failed(100.0)
    assert not breaker.admits(101.9)
    assert [breaker.admits(102.0), breaker.admits(102.0)] == [True, False]
    breaker.succeeded()
    assert breaker.admits(102.0)


def test_a_limit_shrinks_once_for_many_that_are_late_together_and_grows_back() -> None:
    limit = Limit(100)
    for _ in range(50):
        limit.shrink(10.0)
    assert limit.now == 70
    for _ in range(20):
        limit.shrink(limit.now * 100)
    assert limit.now >= 8
    for _ in range(6_000):
        limit.answered(LISTS, 0.01, 1, 0.0)
    assert limit.now == 100


def filled(limit: Limit, per_second: int, answers: int, begun: float = 0.0) -> None:
    """As many answers from a service that answers so many a second in turn, and is asked as much as the limit lets."""
    for number in range(answers):
        beside = int(limit.now)
        limit.answered(LISTS, beside / per_second, beside, begun + number / per_second)


@pytest.mark.parametrize("per_second", [200, 1000])
def test_a_limit_follows_how_long_answers_wait_for_each_other(per_second: int) -> None:
    limit = Limit(256)
    for _ in range(100):
        limit.answered(LISTS, 0.01, 1, 0.0)
    filled(limit, per_second, 20 * per_second)
    bearable = per_second * (0.01 + DELAY_SECONDS)
    assert 0.5 * bearable < limit.now < 1.3 * bearable
    filled(limit, 20_000, 40_000, begun=100.0)
    assert limit.now == 256


def test_one_answer_that_takes_long_and_a_kind_that_always_does_shrink_nothing() -> None:
    limit = Limit(256)
    for _ in range(100):
        limit.answered(LISTS, 0.01, 1, 0.0)
        limit.answered(EXPORTS, 3.0, 1, 0.0)
    for number in range(300):
        limit.answered(LISTS, 30.0 if number % 100 == 50 else 0.02, 60, 1.0 + number)
        limit.answered(EXPORTS, 3.0, 60, 1.0 + number)
    assert limit.now == 256


def test_what_has_become_slower_is_no_delay_once_few_are_under_way() -> None:
    limit = Limit(256)
    for _ in range(100):
        limit.answered(LISTS, 0.01, 1, 0.0)
    reached = set()
    for number in range(1000):
        limit.answered(LISTS, 0.5, int(limit.now), number)
        reached.add(int(limit.now))
    assert min(reached) == LEAST_LIMIT
    assert limit.now > 4 * LEAST_LIMIT


LISTS, EXPORTS = ("GET", "/v1/hubs"), ("GET", "/v1/reports")


class Slow:
    """A service with room for eight at a time: at ten milliseconds each, 800 a second."""

    def __init__(self, seconds: float = 0.01) -> None:
        self._seconds = seconds
        self._room = asyncio.Semaphore(8)
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                async with self._room:
                    await asyncio.sleep(self._seconds)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def offered(port: int, per_second: float, seconds: float) -> Counter[str]:
    """Answers by status, of requests that come at this rate whatever becomes of those before them."""
    found: Counter[str] = Counter()
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def one() -> None:
        reader, writer = free.pop() if free else await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        await reader.readexactly(length)
        found[head[9:12].decode()] += 1
        free.append((reader, writer))

    began, sent, tasks = time.perf_counter(), 0, set()
    while (elapsed := time.perf_counter() - began) < seconds:
        while sent < elapsed * per_second:
            sent += 1
            tasks.add(asyncio.create_task(one()))
        await asyncio.sleep(0.002)
        tasks = {task for task in tasks if not task.done()}
    await asyncio.gather(*tasks)
    for _, writer in free:
        writer.close()
    return found


async def capacity_of(port: int, seconds: float) -> float:
    """Answers a second to eight who ask one after another, as many as the service has room for."""
    found, until = 0, time.perf_counter() + seconds

    async def ask_on() -> None:
        nonlocal found
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            writer.write(b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            await reader.readexactly(2)
            found += 1
        writer.close()

    await asyncio.gather(*(ask_on() for _ in range(8)))
    return found / seconds


@pytest.mark.campaign
async def test_overload_at_five_times_the_capacity_keeps_nine_tenths_of_it_and_recovers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    slow = Slow(0.04)
    server = await asyncio.start_server(slow.serve, "127.0.0.1", 0)
    settings: dict[str, Any] = {"anonymous_per_minute": 100_000_000, "log_level": "ERROR", "upstream_connections": 32}
    _, _, running = build_gateway(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", **settings)
    try:
        capacity = await capacity_of(running.port, 3)
        overloaded = await offered(running.port, capacity * 5, 10)
        ended = time.perf_counter()
        assert set(overloaded) <= {"200", "503"}, overloaded
        goodput = overloaded["200"] / 10 / capacity
        while (moment := await offered(running.port, capacity * 0.8, 0.5))["200"] < sum(moment.values()):
            assert time.perf_counter() - ended < RECOVERY_SECONDS, moment
        recovery = time.perf_counter() - ended
        after = await offered(running.port, capacity * 0.8, 5)
        with capsys.disabled():
            sys.stdout.write(
                f"\n{capacity:.0f}/s; at five times that {goodput:.2f} of it; whole after {recovery:.1f} s\n"
            )
        assert goodput >= 0.9, overloaded
        assert after["200"] >= 0.99 * sum(after.values()), after
    finally:
        await running.stop()
        server.close()


async def test_what_is_too_much_is_refused_at_once_and_the_rest_served() -> None:
    slow = Slow()
    server = await asyncio.start_server(slow.serve, "127.0.0.1", 0)
    settings: dict[str, Any] = {"anonymous_per_minute": 100_000_000, "log_level": "ERROR", "upstream_connections": 8}
    _, _, running = build_gateway(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", **settings)
    try:
        found = await offered(running.port, 2000, 0.5)
        assert found["200"] > 0
        assert found["503"] > 10
        assert slow.connections <= 8
        assert set(await offered(running.port, 100, 0.2)) == {"200"}
    finally:
        await running.stop()
        server.close()


def test_the_forger_of_these_tests_is_not_the_issuer() -> None:
    assert Issuer().key["x"] != a_key("identity-1")["x"]
