"""A partner's address for webhooks: a real server that checks every request with the standardwebhooks library."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

JSON = dict[str, Any]
Reply = tuple[int, bytes]


@dataclass
class Received:
    """One request."""

    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> JSON:
        """The CloudEvent."""
        found: JSON = json.loads(self.body)
        return found

    def is_signed_by(self, secret: str) -> bool:
        """Whether the library believes it."""
        found: JSON = Webhook(secret).verify(self.body, self.headers)
        return found == self.event


def accept(received: Received) -> Reply:
    """Repeat the challenge of a verification, take everything else."""
    return 200, json.dumps({"challenge": received.event["data"].get("challenge")}).encode()


@dataclass
class Receiver:
    """What came, and what is answered."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Reply] = accept
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = [line.partition(":") for line in head.split("\r\n")[1:] if line]
            headers = {name.lower(): value.strip() for name, _, value in lines}
            received = Received(headers, await reader.readexactly(int(headers["content-length"])))
            self.received.append(received)
            status, body = self.answer(received)
            writer.write(f"HTTP/1.1 {status} Said\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other side died, which is what some tests are about
        finally:
            writer.close()

    @property
    def events(self) -> list[JSON]:
        """What came, without challenges."""
        return [one.event for one in self.received if "challenge" not in one.event["data"]]


@asynccontextmanager
async def running_receiver() -> AsyncIterator[Receiver]:
    """A receiver on this machine."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hooks?for=ncce"
    try:
        yield receiver
    finally:
        server.close()
