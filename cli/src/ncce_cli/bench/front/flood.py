"""`python -m ncce_cli.bench.front.flood PORT TOKENS`: a thousand forged tokens a second from one address.

It shares a processor with the load that is measured, so it does as little as it can, and goes elsewhere when the load
is measured without it.
"""

import asyncio
import sys
from itertools import count, cycle
from pathlib import Path
from typing import cast

import uvloop

PER_SECOND = 1000
CONNECTIONS = 8
ADDRESS = "127.0.0.2"
"""Where the flood comes from: not where the others are."""


class Forger(asyncio.Protocol):
    """One connection; what is answered is read over."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready."""
        self.transport = cast(asyncio.Transport, transport)


async def flood(port: int, token: str) -> None:
    """Send one after another, evenly, until ended."""
    loop, numbers = asyncio.get_running_loop(), count()
    payload, _, signature = token.rpartition(".")
    start = f"GET /v1/hubs/42 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {payload}.".encode()
    end = f"{signature[8:]}\r\n\r\n".encode()
    made = [
        await loop.create_connection(Forger, "127.0.0.1", port, local_addr=(ADDRESS, 0)) for _ in range(CONNECTIONS)
    ]
    transports, began = cycle([forger.transport for _, forger in made]), loop.time()

    def send_one() -> None:
        number = next(numbers)
        next(transports).write(b"%b%08d%b" % (start, number, end))
        loop.call_at(began + (number + 1) / PER_SECOND, send_one)

    send_one()
    await asyncio.Event().wait()


if __name__ == "__main__":
    first = Path(sys.argv[2]).read_text().splitlines()[0].rpartition(" ")[2]
    uvloop.run(flood(int(sys.argv[1]), first))
