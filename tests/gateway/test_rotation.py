"""Identity's signing keys, replaced three times while gateway processes are asked all the time with fresh tokens."""

import asyncio
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from functools import partial

import pytest

from builders import a_key
from gateway.app import create_app
from gateway_harness import Services, settings_for_gateway
from gateway_processes import processes, services, status_by
from real_parts import until

REFUSED_SECONDS = 5.0
"""Within which every process refuses what a withdrawn key has signed."""
UNLIMITED = {"GATEWAY_FAILED_AUTHENTICATION_PER_MINUTE": "1000000"}


class Users:
    """People who ask again and again, each time with a token just signed by the key that signs now."""

    def __init__(self, behind: Services, port: int, number: int) -> None:
        self.behind = behind
        self.port = port
        self.signing = behind.issuer.key
        self.found: Counter[tuple[bytes, bytes]] = Counter()
        """Answers by process and status."""
        self._turns = [0] * number
        self._tasks = [asyncio.create_task(self._ask_on(index)) for index in range(number)]

    async def _ask_on(self, index: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            await self._ask_at(index, reader, writer)
        finally:
            writer.close()

    async def _ask_at(self, index: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            token = self.behind.issuer.token(key=self.signing).encode()
            writer.write(b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\n\r\n" % token)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.partition(b"content-length: ")[2].split(b"\r\n")[0]))
            self.found[head.partition(b"x-request-id: ")[2][:16], head[9:12]] += 1
            self._turns[index] += 1

    async def everybody_has_asked(self) -> None:
        """Wait until each has had two answers more, the second of them to a token signed since."""
        before = list(self._turns)

        async def has_turned() -> bool:
            for task in self._tasks:
                if task.done():
                    task.result()
            return all(now >= then + 2 for now, then in zip(self._turns, before, strict=True))

        await until(has_turned)

    async def leave(self) -> None:
        """Ask no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)


async def rotate_under_load(number: int, users: int, rotations: int, **environment: str) -> tuple[Users, list[float]]:
    """What became of the load, and how long each withdrawn key was believed at the most."""
    believed = []
    async with AsyncExitStack() as stack:
        behind, running = await stack.enter_async_context(services())
        _, port = await stack.enter_async_context(processes(running.url, number, **UNLIMITED, **environment))
        load = Users(behind, port, users)
        stack.push_async_callback(load.leave)
        for turn in range(2, rotations + 2):
            before, successor = load.signing, a_key(f"identity-{turn}")
            behind.published_keys.append(successor)
            await until(partial(answers, load, successor, number, b"200"))
            load.signing = successor
            seen = behind.issuer.token(key=before)
            assert set((await status_by(port, number, shown(seen))).values()) == {b"200"}
            await load.everybody_has_asked()
            behind.published_keys.remove(before)
            withdrawn = time.monotonic()
            # Also what was recognised before, and is remembered for a minute otherwise.
            await until(partial(answers, load, before, number, b"401"))
            believed.append(time.monotonic() - withdrawn)
            assert set((await status_by(port, number, shown(seen))).values()) == {b"401"}
        await load.everybody_has_asked()
    return load, believed


def shown(token: str) -> str:
    return f"Authorization: Bearer {token}\r\n"


async def answers(load: Users, key: dict[str, str], number: int, status: bytes) -> bool:
    """Whether every process answers a token of this key so."""
    token = load.behind.issuer.token(key=key)
    return list((await status_by(load.port, number, shown(token))).values()) == [status] * number


async def test_keys_rotate_three_times_in_front_of_live_processes_and_no_token_is_refused() -> None:
    load, _ = await rotate_under_load(2, 4, 3, GATEWAY_JWKS_MAX_AGE_SECONDS="0.2")
    assert {status for _, status in load.found} == {b"200"}, load.found
    assert sum(load.found.values()) > 4 * 2 * 3


async def test_a_clock_that_is_set_back_does_not_make_anybody_believed_for_longer() -> None:
    ahead = 0.0
    async with services() as (behind, running):
        settings = settings_for_gateway(running.url, jwks_max_age_seconds=0.05)
        authenticator = create_app(settings, clock=lambda: time.time() + ahead).authenticator
        looking = asyncio.create_task(authenticator.keys.keep_current())

        async def has_looked() -> bool:
            return behind.jwks_fetches > 0

        async def has_forgotten(epoch: int = authenticator.epoch) -> bool:
            return authenticator.epoch > epoch

        await until(has_looked, seconds=60)
        assert not await has_forgotten()
        ahead = -3600.0
        await until(has_forgotten, seconds=60)
        looking.cancel()
        await asyncio.wait([looking])


@pytest.mark.campaign
async def test_keys_rotate_often_under_much_load_and_what_is_withdrawn_is_refused_within_five_seconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    load, believed = await rotate_under_load(4, 16, 12)
    with capsys.disabled():
        total = sum(load.found.values())
        sys.stdout.write(f"\n{total} tokens of 13 keys, {dict(load.found)}; withdrawn keys believed {believed}\n")
    assert {status for _, status in load.found} == {b"200"}, load.found
    assert len({process for process, _ in load.found}) == 4
    assert max(believed) <= REFUSED_SECONDS
