"""Smuggling: whatever a client sends, a service receives exactly the requests that the gateway admitted, each whole.

The service here is a recorder that answers each request with its own target, so that a request cut in another place, or
an answer given to the wrong one, is seen. Nothing is decided by how a payload is split into packets.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import product

import pytest

from gateway_harness import build_gateway

HIDDEN = "GET /v1/hubs/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
POST = "POST /v1/hubs/first HTTP/1.1\r\nHost: x\r\n"
GET = "GET /v1/hubs/first HTTP/1.1\r\nHost: x\r\n"
CHUNKS = "Transfer-Encoding: chunked\r\n\r\n"

CODINGS = [
    "Transfer-Encoding: chunked", "transfer-encoding: chunked", "Transfer-Encoding:chunked",
    "Transfer-Encoding: CHUNKED",
    "Transfer-Encoding:\tchunked", "Transfer-Encoding: chunked ", "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity", "Transfer-Encoding: x",
    "Transfer-Encoding: ",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: ,chunked",
    "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked;q=1",
]  # fmt: skip
LENGTHS = ["Content-Length: 5", "Content-Length: 0", "content-length: 44", "Content-Length:\t6"]

BOTH = [
    f"{POST}{one}\r\n{other}\r\n\r\n0\r\n\r\n{HIDDEN}"
    for coding, length in product(CODINGS, LENGTHS)
    for one, other in ((coding, length), (length, coding))
]
WRONG_CODING = [f"{POST}{coding}\r\n\r\n0\r\n\r\n{HIDDEN}" for coding in CODINGS[6:]]
WRONG_LENGTH = [
    f"{POST}Content-Length: {value}\r\n\r\n{HIDDEN}"
    for value in (
        "+5", "-1", "0x2c", "5,5", "5, 44", "5 5", "4_4", "44;", "1e1", "４", "\x0b5", "5\x0c", "",
        "99999999999999999999",
        "0\r\nContent-Length: 44", "44\r\nContent-Length: 0", "44\r\ncontent-length: 44", "0\r\nContent-Length : 44",
    )
]  # fmt: skip
WRONG_NAME = [
    f"{POST}{line}\r\n\r\n{HIDDEN}"
    for line in (
        "Content-Length : 44", "Content-Length\t: 44", " Content-Length: 44", "\tContent-Length: 44",
        "Transfer-Encoding : chunked", " Transfer-Encoding: chunked", "Transfer-Encoding\x0b: chunked",
        "Content\x00-Length: 44", "Content-Length\x00: 44", "X: 1\r\n Content-Length: 44", "X: 1\n Content-Length: 44",
        "X: 1\nContent-Length: 44", "X: 1\rContent-Length: 44", "X: 1\r\r\nContent-Length: 44", "Content-Length=44",
        "(Content-Length): 44", "X\r\n: 1", ": 1", "X: \x00", "X: \x01", "X: a\x7f",
        "X: 1\r\n\r Transfer-Encoding: chunked",
    )
]  # fmt: skip
WRONG_LINE = [
    f"{line}\r\nHost: x\r\nContent-Length: 44\r\n\r\n{HIDDEN}"
    for line in (
        "POST  /v1/hubs/first HTTP/1.1", "POST /v1/hubs/first  HTTP/1.1", "POST\t/v1/hubs/first HTTP/1.1",
        "POST /v1/hubs/first\tHTTP/1.1", "POST /v1/hubs/first HTTP/1.1 ", " POST /v1/hubs/first HTTP/1.1",
        "POST /v1/hubs/first", "POST /v1/hubs/first HTTP/0.9", "POST /v1/hubs/first HTTP/1.2",
        "POST /v1/hubs/first HTTP/2.0",
        "POST /v1/hubs/first HTTP/1.10", "POST /v1/hubs/first http/1.1", "POST /v1/hubs/first RTSP/1.0",
        "post /v1/hubs/first HTTP/1.1", "POST /v1/hubs/first HTTP/1,1", "POST /v1/hubs/fi rst HTTP/1.1",
        "POST /v1/hubs/fi\x00rst HTTP/1.1", "POST /v1/hubs/\xff HTTP/1.1", "POST /v1/hubs/first\n HTTP/1.1",
        "\r\n\r\nPOST /v1/hubs/first HTTP/1.1", "\nPOST /v1/hubs/first HTTP/1.1", "PRI * HTTP/2.0",
    )
]  # fmt: skip
WRONG_HOST = [
    f"GET /v1/hubs/first HTTP/1.1\r\n{lines}\r\n\r\n{HIDDEN}"
    for lines in (
        "X: 1", "Host: x\r\nHost: x", "Host: x\r\nHost: y", "Host: x y", "Host: x/y", "Host: a@b", "Host: x,y",
        "Host: [::1", "Host: x\r\nhost: y", "Host: http://x",
    )
]  # fmt: skip
WRONG_CHUNKS = [
    f"{POST}{CHUNKS}{body}{HIDDEN}"
    for body in (
        "0\n\r\n", "0\r\n\n", "0\r\r\n\r\n", " 0\r\n\r\n", "+0\r\n\r\n", "-1\r\n\r\n", "0x0\r\n\r\n",
        "\r\n0\r\n\r\n", "z\r\n\r\n",
        "5\r\nabcde0\r\n\r\n", "5\r\nabcdef\r\n0\r\n\r\n", "5\r\nabcd\r\n0\r\n\r\n", "5\nabcde\r\n0\r\n\r\n",
        "5\r\nabcde\n0\r\n\r\n", "5\r\nabcde\r0\r\n\r\n", "5;" + "x" * 40 + "\r\nabcde\r\n0\r\n\r\n",
        "5;\nx\r\nabcde\r\n0\r\n\r\n",
        "5 5\r\nabcde\r\n0\r\n\r\n", "000000005\r\nabcde\r\n0\r\n\r\n", "ffffffffffffffff5\r\nabcde\r\n0\r\n\r\n",
        "5;\x00\r\nabcde\r\n0\r\n\r\n", "0\r\nX\r\n\r\n", "0\r\nX : 1\r\n\r\n", "0\r\n X: 1\r\n\r\n", "0\r\nX: 1\n\r\n",
        "0\r\nGET /v1/hubs/hidden HTTP/1.1\r\n\r\n", "0\r\nX: \x00\r\n\r\n", "0;\r\nx\r\n\r\n",
    )
]  # fmt: skip
OTHERS = [
    f"{GET}Transfer-Encoding: chunked\r\n\r\n".replace("1.1", "1.0") + f"0\r\n\r\n{HIDDEN}",
    f"{POST}Expect: 200-ok\r\nContent-Length: 44\r\n\r\n{HIDDEN}",
    f"{POST}Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 44\r\n\r\n{HIDDEN}",
]
REFUSED = [
    *(("length and coding", payload) for payload in BOTH), *(("coding", payload) for payload in WRONG_CODING),
    *(("length", payload) for payload in WRONG_LENGTH), *(("name", payload) for payload in WRONG_NAME),
    *(("request line", payload) for payload in WRONG_LINE), *(("host", payload) for payload in WRONG_HOST),
    *(("chunks", payload) for payload in WRONG_CHUNKS), *(("other", payload) for payload in OTHERS),
]  # fmt: skip

BODY = HIDDEN.encode()
ADMITTED = [
    (f"{POST}Content-Length: {len(BODY)}\r\n\r\n{HIDDEN}", [("POST", "/v1/hubs/first", BODY)]),
    (f"{POST}{CHUNKS}{len(BODY):x}\r\n{HIDDEN}\r\n0\r\n\r\n", [("POST", "/v1/hubs/first", BODY)]),
    (f"{POST}{CHUNKS}5;a=b\r\nabcde\r\n0;c\r\nX-Trailer: 1\r\n\r\n", [("POST", "/v1/hubs/first", b"abcde")]),
    (f"{POST}Transfer-Encoding: CHUNKED\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n", [("POST", "/v1/hubs/first",
    b"abcde")]),
    (f"{GET}Content-Length: {len(BODY)}\r\n\r\n{HIDDEN}", [("GET", "/v1/hubs/first", BODY)]),
    (f"{GET}Connection: Content-Length, Host\r\nContent-Length: 3\r\n\r\nabc", [("GET", "/v1/hubs/first", b"abc")]),
    (f"{GET}X-Padding: {'a' * 4000}\r\n\r\n{HIDDEN}",
     [("GET", "/v1/hubs/first", b""), ("GET", "/v1/hubs/hidden",
    b"")]),
    (f"\r\n{GET}\r\n", [("GET", "/v1/hubs/first", b"")]),
    (f"{GET}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AA\r\n\r\n{HIDDEN}",
     [("GET", "/v1/hubs/first", b""), ("GET", "/v1/hubs/hidden", b"")]),
]  # fmt: skip

Received = tuple[str, str, bytes]


class Recorder:
    """A service that reads requests by the plainest rules and answers with their targets."""

    def __init__(self) -> None:
        self.received: list[Received] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                await self._answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:-2])
        assert not {"content-length", "transfer-encoding"} <= headers.keys()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        while "transfer-encoding" in headers:
            size = int(await reader.readuntil(b"\r\n"), 16)
            body += (await reader.readexactly(size + 2))[:-2]
            if not size:
                break
        self.received.append((method, target, body))
        answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(target)}\r\n\r\n{target}"
        writer.write(answer.encode())


@asynccontextmanager
async def recorded() -> AsyncIterator[tuple[Recorder, int]]:
    """A gateway before a recorder, and its port."""
    recorder = Recorder()
    server = await asyncio.start_server(recorder.serve, "127.0.0.1", 0)
    _, _, running = build_gateway(
        f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", anonymous_per_minute=1_000_000, log_level="ERROR"
    )
    try:
        yield recorder, running.port
    finally:
        await running.stop()
        server.close()


async def send(port: int, payload: bytes, piece: int) -> bytes:
    """Send bytes in pieces of a size, say that there is no more, and read what comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for at in range(0, len(payload), piece):
        writer.write(payload[at : at + piece])
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        reply = await reader.read()
    writer.close()
    return reply


def test_there_are_enough_of_them() -> None:
    assert len({payload for _, payload in REFUSED}) >= 120


@pytest.mark.parametrize("piece", [100_000, 7])
async def test_nothing_smuggled_reaches_a_service(piece: int) -> None:
    async with recorded() as (recorder, port):
        for kind, payload in REFUSED:
            reply = await send(port, payload.encode("latin-1", "replace"), piece)
            status = reply.split(b" ")[1:2]
            assert status in ([b"400"], [b"404"], [b"405"], [b"408"]), (kind, payload, reply[:200])
            assert reply.count(b"HTTP/1.1 ") == 1, (kind, payload, reply)
            # In pieces, a service may have heard the head of a body that broke off; it never has a whole request.
            assert recorder.received == [], (kind, payload)
        # Connections that such requests had a part in serve nobody else.
        for number in range(20):
            target = f"/v1/hubs/after-{number}"
            request = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            assert (await send(port, request.encode(), 100_000)).endswith(target.encode())


@pytest.mark.parametrize("piece", [100_000, 1])
async def test_what_is_admitted_arrives_whole_and_only_once(piece: int) -> None:
    async with recorded() as (recorder, port):
        last = "GET /v1/hubs/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        for payload, expected in ADMITTED:
            reply = await send(port, (payload + last).encode(), piece)
            assert recorder.received == [*expected, ("GET", "/v1/hubs/last", b"")], payload
            targets = [target.encode() for _, target, _ in recorder.received]
            assert [part.rpartition(b"\r\n\r\n")[2] for part in reply.split(b"HTTP/1.1 ")[1:]] == targets
            recorder.received.clear()
