"""Ask a process of the platform whether it is ready."""

import asyncio

from ncce_cli.processes import LOOPBACK

ANSWER_SECONDS = 3.0


async def is_ready(port: int, path: str = "/health/ready") -> bool:
    """Whether `path` is answered with 200 within three seconds."""
    try:
        # Not wait_for: on Python 3.11 it loses a cancellation that comes together with the answer.
        async with asyncio.timeout(ANSWER_SECONDS):
            return await answers_200(port, path)
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
        async with asyncio.timeout(ANSWER_SECONDS):
            _, writer = await asyncio.open_connection(LOOPBACK, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
