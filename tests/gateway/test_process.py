"""The gateway as a process of its own: it starts from its environment and stops without breaking an answer."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from builders import GATEWAY_KEY

SERVICES = ("IDENTITY", "HUBS", "CERTIFICATION", "FUNDING")


@asynccontextmanager
async def gateway_process(origin: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """`python -m gateway serve` before one origin, and its port; accepting connections."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        **{f"GATEWAY_{name}_URL": origin for name in SERVICES},
        "GATEWAY_PORT": str(port),
        "GATEWAY_PRINCIPAL_KEY": json.dumps(GATEWAY_KEY),
        "GATEWAY_DRAIN_NOTICE_SECONDS": "0",
        "NCCE_ENVIRONMENT": "development",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gateway", "serve", env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        while process.returncode is None and not await _answers(port):
            pass
        yield process, port
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _answers(port: int) -> bool:
    """Whether a new connection is served. That one opens is not enough: a socket may be connected to itself."""
    try:
        async with (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session,
            session.get(f"http://127.0.0.1:{port}/health/live") as reply,
        ):
            return reply.status == 200
    except aiohttp.ClientError:
        return False


async def test_the_process_starts_from_its_environment_and_ends_on_sigterm(client: aiohttp.ClientSession) -> None:
    async with gateway_process("http://127.0.0.1:1") as (process, port):
        for page, status in (("live", 200), ("startup", 200), ("ready", 503)):
            async with client.get(f"http://127.0.0.1:{port}/health/{page}") as reply:
                assert reply.status == status
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == -signal.SIGTERM


async def test_a_stopping_gateway_accepts_nobody_and_finishes_what_it_began(client: aiohttp.ClientSession) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def answer_when_told(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await may_answer.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        writer.close()

    server = await asyncio.start_server(answer_when_told, "127.0.0.1", 0)
    async with server, gateway_process(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as (process, port):
        request = asyncio.create_task(_text(client, f"http://127.0.0.1:{port}/v1/hubs"))
        await asyncio.wait_for(asked.wait(), 10)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            while await _answers(port):
                pass
        may_answer.set()
        assert await request == "done"
        assert await asyncio.wait_for(process.wait(), 10) == -signal.SIGTERM


async def _text(client: aiohttp.ClientSession, url: str) -> str:
    async with client.get(url) as reply:
        return await reply.text()
