"""The one place that calls addresses which strangers chose.

A name is looked up once; if any of its addresses is not public, nothing is called; otherwise the connection goes to an
address that was looked at, whatever the name says a moment later. No redirect is followed, no proxy asked, and time and
size have limits.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import h11

from identity.webhooks import stand_in
from identity.webhooks.addresses import Target, UrlRefused, is_public, read_url
from identity.webhooks.answers import Answer

TOTAL_SECONDS = 15.0
CONNECT_SECONDS = 5.0
ANSWER_BYTES_MAX = 64 * 1024
READ_BYTES = 16 * 1024
HEAD_BYTES_MAX = 16 * 1024
EARLY_ANSWERS_MAX = 5

Headers = Sequence[tuple[str, str]]
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class NotCalled(Exception):
    """The request was not made or not answered; the message is a slug."""


async def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@cache
def _usual_trust() -> ssl.SSLContext:
    """One for the process: each holds a megabyte, and a sender without a database begins anew twice a second."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Egress:
    """Calls addresses of partners."""

    allow_private: bool = False
    """For development: this machine, without TLS."""
    has_stand_in: bool = False
    """In a sandbox: addresses that answer as their path says are answered for here, and nothing is sent."""
    resolve: Resolve = look_up
    total_seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext = field(default_factory=_usual_trust)

    async def post(self, url: str, headers: Headers, body: bytes) -> Answer:
        """Send once and tell what came of it; never raises for what the other side does."""
        try:
            async with asyncio.timeout(self.total_seconds):
                target = read_url(url, allow_private=self.allow_private)
                if self.has_stand_in and target.host == stand_in.HOST:
                    return await stand_in.answer(target.path, body)
                address = await self._address_of(target)
                return await self._exchange(target, address, headers, body)
        except TimeoutError:
            return Answer(error="timeout")
        except UrlRefused:
            return Answer(error="url-refused")
        except NotCalled as error:
            return Answer(error=str(error))
        except ssl.SSLError:
            return Answer(error="tls-failed")
        except h11.RemoteProtocolError:
            return Answer(error="answer-unreadable")
        except OSError:
            return Answer(error="not-connected")

    async def _address_of(self, target: Target) -> str:
        """The address to connect to; NotCalled when one of the name's addresses is none that we call."""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                found = await self.resolve(target.host, target.port)
        except (OSError, UnicodeError) as error:
            raise NotCalled("name-unknown") from error
        if not found:
            raise NotCalled("name-unknown")
        if not self.allow_private and not all(is_public(address) for address in found):
            raise NotCalled("address-not-public")
        return found[0]

    async def _exchange(self, target: Target, address: str, headers: Headers, body: bytes) -> Answer:
        tls = self.tls if target.is_secure else None
        async with asyncio.timeout(CONNECT_SECONDS):
            reader, writer = await asyncio.open_connection(
                address, target.port, ssl=tls, server_hostname=target.host if tls else None
            )
        try:
            codec = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES_MAX)
            # The connection is for this request alone: the next is looked up and looked at anew.
            own = [("Host", target.authority), ("Content-Length", str(len(body))), ("Connection", "close")]
            request = h11.Request(method="POST", target=target.path, headers=[*own, *headers])
            for event in (request, h11.Data(data=body), h11.EndOfMessage()):
                writer.write(codec.send(event) or b"")
            await writer.drain()
            return await _read_answer(codec, reader)
        finally:
            writer.transport.abort()


async def _read_answer(codec: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    status, body, early = None, b"", 0
    while True:
        event = codec.next_event()
        if event is h11.NEED_DATA:
            codec.receive_data(await reader.read(READ_BYTES))
        elif isinstance(event, h11.InformationalResponse):
            early += 1
            if early > EARLY_ANSWERS_MAX:
                raise NotCalled("answer-unreadable")
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
            if len(body) > ANSWER_BYTES_MAX:
                raise NotCalled("answer-too-large")
        else:
            return Answer(status, body)
