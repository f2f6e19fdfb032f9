"""`python -m gateway serve` in processes of its own, and what each of them answers."""

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from builders import GATEWAY_KEY
from gateway_harness import Issuer, Running, Services, run
from real_parts import until


@asynccontextmanager
async def processes(origin: str, number: int, **environment: str) -> AsyncIterator[tuple[Process, int]]:
    """`python -m gateway serve` with several processes, and its port; accepting connections."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    urls = {f"GATEWAY_{name}_URL": origin for name in ("IDENTITY", "HUBS", "CERTIFICATION", "FUNDING")}
    settings = {
        **os.environ, **urls, "GATEWAY_PORT": str(port), "GATEWAY_PROCESSES": str(number),
        "GATEWAY_PRINCIPAL_KEY": json.dumps(GATEWAY_KEY), "GATEWAY_DRAIN_NOTICE_SECONDS": "0",
        "NCCE_ENVIRONMENT": "development", "GATEWAY_LOG_LEVEL": "ERROR", **environment,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "gateway", "serve", env=settings)
    try:
        await until(lambda: served_by_all(port, number))
        yield process, port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def status_by(port: int, number: int, header: str = "", tries: int = 200) -> dict[bytes, bytes]:
    """The status that each process answers with, by what its request ids begin with."""
    found: dict[bytes, bytes] = {}
    for _ in range(tries):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return found
        writer.write(f"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n".encode())
        try:
            reply = await reader.read()
        except ConnectionError:
            reply = b""
        writer.close()
        if b"x-request-id: " in reply:
            found[reply.partition(b"x-request-id: ")[2][:16]] = reply[9:12]
        if len(found) == number:
            return found
    return found


async def served_by_all(port: int, number: int) -> bool:
    return len(await status_by(port, number)) == number


@asynccontextmanager
async def services() -> AsyncIterator[tuple[Services, Running]]:
    """What stands behind."""
    behind = Services(Issuer())
    running = run(uvicorn.Config(behind, log_config=None, access_log=False, lifespan="off", ws="none"))
    try:
        yield behind, running
    finally:
        await running.stop()
