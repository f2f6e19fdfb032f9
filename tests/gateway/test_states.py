"""Everything that can break off, stall or come too early, on either side, in every state of an exchange."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from gateway_harness import RunningGateway, build_gateway
from real_parts import until

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
GET = b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n\r\n"
CLOSING = b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
BIG = 8 * 1024 * 1024


class Behind:
    """A service that does as a test says, connection by connection."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.connections = 0
        self.left = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._handler(reader, writer)
            await reader.read()
            self.left.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.left.set()
        writer.close()


@asynccontextmanager
async def before(handler: Handler, **settings: Any) -> AsyncIterator[tuple[RunningGateway, Behind]]:
    """A gateway before a service."""
    behind = Behind(handler)
    server = await asyncio.start_server(behind.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    _, _, running = build_gateway(url, log_level="ERROR", **settings)
    try:
        yield running, behind
    finally:
        await running.stop()
        server.close()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request on the connection."""
    while True:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)


async def connect(running: RunningGateway) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", running.port)


async def exchange(running: RunningGateway, payload: bytes) -> bytes:
    reader, writer = await connect(running)
    writer.write(payload)
    async with asyncio.timeout(10):
        reply = await reader.read()
    writer.close()
    return reply


async def idle(running: RunningGateway) -> None:
    """Until nothing is under way."""

    async def is_idle() -> bool:
        in_flight = sum(service.in_flight for service in running.gateway.services.values())
        return not in_flight and not running.gateway.server.under_way

    await until(is_idle)


def reset(writer: asyncio.StreamWriter) -> None:
    """Leave without a goodbye."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


ENDINGS: dict[str, Callable[[asyncio.StreamWriter], None]] = {
    "closes": lambda writer: writer.close(),
    "resets": reset,
    "says that it sends no more": lambda writer: writer.write_eof(),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "sent",
    [
        b"", b"GET /v1/hu", b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n", GET,
        b"POST /v1/hubs HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
        b"POST /v1/hubs HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
        b"POST /v1/hubs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"POST /v1/hubs HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    ],
    ids=["nothing", "part of a line", "part of a head", "a request", "no body", "half a body", "half a chunk",
    "expecting"],
)  # fmt: skip
async def test_a_client_may_leave_at_any_moment(sent: bytes, ending: str) -> None:
    asked = asyncio.Event()

    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()
        raise ConnectionError

    async with before(never) as (running, behind):
        _, writer = await connect(running)
        writer.write(sent)
        if b"\r\n\r\n" in sent:
            await asyncio.wait_for(asked.wait(), 5)
        ENDINGS[ending](writer)
        await idle(running)
        if b"\r\n\r\n" in sent:
            await asyncio.wait_for(behind.left.wait(), 5)
        writer.close()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"", 502), (b"HTTP/1.1 200", 502), (b"HTTP/1.1 200 OK\r\nContent-", 502), (b"HELLO\r\n\r\n", 502),
        (b"HTTP/1.1 2x0 OK\r\n\r\n", 502), (b"HTTP/2 200\r\n\r\n",
        502), (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", 502),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 502),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 502),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nab", 502), (b"HTTP/1.1 200 OK\r\nX: a\nY: b\r\n\r\n", 502),
        (b"HTTP/1.1 200 OK\r\nX: \x00\r\nContent-Length: 0\r\n\r\n", 502), (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        502),
        (b"HTTP/1.1 200 OK\r\nX Y: 1\r\nContent-Length: 0\r\n\r\n", 502), (b"X" * 70_000, 502),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 502),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, 200), (b"HTTP/1.1 200 OK\r\n\r\nok", 200),
        (b"HTTP/1.0 200 OK\r\n\r\nok",
        200), (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nX: 1\r\n\r\n",
        200), (OK + b"extra", 200),
    ],
)  # fmt: skip
async def test_whatever_a_service_says_the_client_gets_one_answer_that_can_be_read(said: bytes, status: int) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    async with before(say) as (running, _):
        reply = await exchange(running, CLOSING)
        assert reply.startswith(b"HTTP/1.1 %d" % status), reply
        assert reply.count(b"HTTP/1.1 ") == 1
        if status == 200:
            assert reply.split(b"\r\n\r\n", 1)[1] in (b"ok", b"2\r\nok\r\n0\r\n\r\n")
        await idle(running)


async def test_what_comes_unasked_on_a_kept_connection_is_no_answer() -> None:
    async def answer_twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npoisoned")

    async with before(answer_twice) as (running, behind):
        assert b"ok" in await exchange(running, CLOSING)
        await asyncio.wait_for(behind.left.wait(), 5)
        assert b"poisoned" not in await exchange(running, CLOSING)
        assert behind.connections == 2


async def test_hints_are_passed_on_before_the_answer() -> None:
    async def hint(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nServer: x\r\n\r\n" + OK)

    async with before(hint) as (running, _):
        reply = await exchange(running, CLOSING)
        assert reply.startswith(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n")
        old = await exchange(running, b"GET /v1/hubs HTTP/1.0\r\n\r\n")
        assert old.startswith(b"HTTP/1.1 200 OK\r\n")


async def test_an_old_client_is_answered_in_its_own_terms() -> None:
    async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")

    async with before(stream) as (running, _):
        head, body = (await exchange(running, b"GET /v1/hubs HTTP/1.0\r\n\r\n")).split(b"\r\n\r\n", 1)
        assert body == b"ok"
        assert b"transfer-encoding" not in head
        assert b"connection: close" in head


async def test_a_head_that_does_not_come_and_a_connection_without_use_are_ended_by_one_timer() -> None:
    async with before(answer, head_seconds=2, idle_seconds=4) as (running, _):
        slow, slow_writer = await connect(running)
        quiet, quiet_writer = await connect(running)
        slow_writer.write(b"GET /v1/hubs HTTP/1.1\r\nX: ")
        server = running.gateway.server

        async def have_come() -> bool:
            return len(server.clients) == 2 and any(client.has_more for client in server.clients)

        await until(have_come)
        for _ in range(3):
            slow_writer.write(b"a")  # a drop now and then does not help
            await asyncio.sleep(0.005)
            server.tick()
        assert (await asyncio.wait_for(slow.read(), 5)).startswith(b"HTTP/1.1 408")
        for _ in range(6):
            server.tick()
        assert await asyncio.wait_for(quiet.read(), 5) == b""
        slow_writer.close()
        quiet_writer.close()


@pytest.mark.parametrize("reads", [True, False])
async def test_an_answer_in_which_nothing_moves_is_broken_off(reads: bool) -> None:
    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + (b"x" if reads else b"x" * BIG))

    async with before(begin, idle_seconds=3) as (running, behind):
        reader, writer = await connect(running)
        writer.write(GET)
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        for _ in range(8):
            running.gateway.server.tick()
            await asyncio.sleep(0.005)
        await asyncio.wait_for(behind.left.wait(), 5)
        await idle(running)
        writer.close()


async def test_a_client_that_does_not_read_holds_the_service_back() -> None:
    taken = 0

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (8 * BIG))
        for _ in range(8 * BIG // 65536):
            writer.write(b"x" * 65536)
            await writer.drain()
            taken += 65536

    async with before(pour) as (running, _):
        reader, writer = await connect(running)
        writer.write(GET)
        await reader.readuntil(b"\r\n\r\n")
        cast(asyncio.Transport, writer.transport).pause_reading()
        before_pause, stalled = -1, 0
        async with asyncio.timeout(10):
            while stalled < 20:
                stalled = stalled + 1 if taken == before_pause else 0
                before_pause = taken
                await asyncio.sleep(0.01)
        assert taken < 8 * BIG
        writer.close()
        await idle(running)


async def test_a_client_that_pipelines_and_does_not_read_is_not_served_for_ever() -> None:
    async with before(answer, anonymous_per_minute=1_000_000) as (running, _):
        _, writer = await connect(running)
        writer.transport.set_write_buffer_limits(high=0)
        sent = 0
        async with asyncio.timeout(20):
            while sent < 200_000:
                writer.write(GET * 500)
                sent += 500
                try:
                    async with asyncio.timeout(0.3):
                        await writer.drain()
                except TimeoutError:
                    break
        assert sent < 200_000
        writer.close()


async def test_an_answer_that_comes_early_is_passed_on_and_the_connection_ends() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")

    async with before(refuse) as (running, behind):
        reader, writer = await connect(running)
        writer.write(b"POST /v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 1000)
        reply = await asyncio.wait_for(reader.read(), 5)
        assert reply.startswith(b"HTTP/1.1 413")
        assert b"connection: close\r\n" in reply
        assert reply.endswith(b"no")
        writer.close()
        await asyncio.wait_for(behind.left.wait(), 5)
        assert b"ok" not in await exchange(running, CLOSING)
        assert behind.connections == 2, "a connection on which the question was not finished serves no other"


async def test_a_short_body_of_a_refused_request_is_read_over_and_the_next_is_served() -> None:
    async with before(answer) as (running, _):
        refused = b"POST /v1/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
        reader, writer = await connect(running)
        writer.write(refused)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 404")
        writer.write(b"GET /" + CLOSING)
        assert b"HTTP/1.1 200" in await asyncio.wait_for(reader.read(), 5)
        writer.close()


async def test_a_second_head_after_a_refused_length_is_not_read() -> None:
    async with before(answer) as (running, behind):
        payload = b"POST /v1/hubs HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" + GET
        reply = await exchange(running, payload)
        assert reply.startswith(b"HTTP/1.1 413")
        assert reply.count(b"HTTP/1.1 ") == 1
        assert behind.connections == 0


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n" + b"X: 1\r\n" * 101 + b"\r\n", 431),
        (b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 33_000, 431),
    ],
    ids=["target", "line", "count", "no end"],
)
async def test_heads_are_bounded(head: bytes, status: int) -> None:
    async with before(answer) as (running, _):
        assert (await exchange(running, head)).startswith(b"HTTP/1.1 %d" % status)


async def test_a_stopping_gateway_finishes_what_it_began_and_keeps_no_connection() -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await may_answer.wait()
        writer.write(OK)

    async with before(wait, drain_notice_seconds=0, drain_seconds=5) as (running, _):
        quiet, quiet_writer = await connect(running)
        busy, busy_writer = await connect(running)
        busy_writer.write(GET)
        await asyncio.wait_for(asked.wait(), 5)
        stopping = asyncio.create_task(running.gateway.stop())
        assert await asyncio.wait_for(quiet.read(), 5) == b""
        may_answer.set()
        reply = await asyncio.wait_for(busy.read(), 5)
        assert reply.endswith(b"ok")
        assert b"connection: close" in reply
        await asyncio.wait_for(stopping, 5)
        quiet_writer.close()
        busy_writer.close()
