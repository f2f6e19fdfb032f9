"""Ask a process of the platform whether it is ready."""

import asyncio

from ncce_cli.processes import LOOPBACK

ANSWER_SECONDS = 3.0


async def is_ready(port: int, path: str = "/health/ready") -> bool:
    """Whether `path` is answered with 200 within three seconds."""
    try:
        return await asyncio.wait_for(answers_200(port, path), ANSWER_SECONDS)
    except (OSError, TimeoutError):
        return False


async def answers_200(port: int, path: str) -> bool:
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n\r\n".encode())
        status = (await reader.readline()).split()
        return len(status) > 1 and status[1] == b"200"
    finally:
        writer.close()


async def listens(port: int) -> bool:
    """Whether something accepts connections at `port`."""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(LOOPBACK, port), ANSWER_SECONDS)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
