"""Single questions to a gateway, and a service behind it that answers when a test says so."""

import asyncio
from collections import Counter
from collections.abc import Callable

from gateway_harness import raw_exchange
from real_parts import until

PATIENT = 120.0
"""Seconds that a test waits for what must become so, however long the machine stands still."""


async def ask(port: int, method: str, path: str, more: str = "") -> int:
    """The status of one answer."""
    request = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n"
    return int((await raw_exchange(port, request.encode()))[9:12])


async def seen(what: Callable[[], bool]) -> None:
    """Wait until it is so."""

    async def is_so() -> bool:
        return what()

    await until(is_so, PATIENT)


class Held:
    """A service that answers nobody until it is told to."""

    def __init__(self) -> None:
        self.answers = asyncio.Event()
        self.asked: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.asked[head.split()[1].decode()] += 1
                await self.answers.wait()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
