"""The reader of heads and of chunks, against an independent one: what ours takes, h11 takes and understands alike."""

import asyncio
import itertools
from typing import Any, cast

import h11
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chassis.errors import ServiceError
from gateway.wire.bodies import Chunked, Malformed
from gateway.wire.client import Client
from gateway.wire.exchange import Exchange
from gateway.wire.heads import HeadReader
from gateway.wire.server import Server
from gateway.wire.services import Service

PIECES = [
    b"GET", b"POST", b"OPTIONS", b" ", b"  ", b"\t", b"/", b"/v1/hubs", b"?a=1", b"HTTP/1.1", b"HTTP/1.0", b"\r\n",
    b"\r", b"\n",
    b":", b"Host", b"host: x", b"Content-Length", b": 5", b": 0", b"Transfer-Encoding: chunked", b"Connection: close",
    b"Connection: x-a", b"X-A: 1", b"Expect: 100-continue", b",", b";", b"\x00", b"\x7f", b"\xff", b"a", b"Upgrade: x",
]  # fmt: skip
GOOD = b"POST /v1/hubs?a=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nX-A: 1\r\n\r\n"


@st.composite
def heads(draw: st.DrawFn) -> bytes:
    """A good head with some pieces put in, taken out or exchanged."""
    content = draw(st.sampled_from([GOOD, GOOD.replace(b"Content-Length: 5", b"Transfer-Encoding: chunked")]))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(content) - 4))
        length = draw(st.integers(0, 12))
        content = content[:at] + draw(st.sampled_from(PIECES)) + content[at + length :]
    end = content.find(b"\r\n\r\n")
    return content[: end + 4] if end >= 0 else content + b"\r\n\r\n"


def as_h11_reads(data: bytes) -> h11.Request | None:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(data)
    try:
        event = connection.next_event()
    except h11.RemoteProtocolError:
        return None
    return event if isinstance(event, h11.Request) else None


@settings(max_examples=150, deadline=None)
@given(heads())
@example(GOOD)
def test_a_head_that_is_taken_means_the_same_to_another_reader(data: bytes) -> None:
    try:
        head = HeadReader().read(data)
    except ServiceError:
        return
    other = as_h11_reads(data)
    assert other is not None, data
    assert (head.method.encode(), head.path + head.query) == (other.method, other.target)
    told = dict(other.headers)
    assert told.get(b"content-length") == head.fields.read.get(b"content-length")
    assert (b"transfer-encoding" in told) is (head.fields.length is None)
    forwarded = [line.partition(b": ") for line in head.fields.lines]
    assert {(name.lower(), value.strip()) for name, _, value in forwarded} <= set(other.headers)


def test_the_good_head_is_taken() -> None:
    assert HeadReader().read(GOOD).fields.length == 5
    assert as_h11_reads(GOOD) is not None


CHUNK_PIECES = [
    b"0",
    b"5",
    b"a",
    b"\r\n",
    b"\r",
    b"\n",
    b";",
    b"x",
    b" ",
    b"\x00",
    b"abcde",
    b"X: 1",
    b"ffffffff",
    b"-",
]


def taken(data: bytes, cuts: list[int]) -> tuple[bytes, bytes] | None:
    """Content and rest; None when refused or not complete."""
    body, content = Chunked(), b""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    for start, end in itertools.pairwise(edges):
        try:
            more, rest = body.feed(data[start:end])
        except Malformed:
            return None
        content += more
        if body.is_done:
            return content, rest + data[end:]
    return None


def as_h11_takes(data: bytes) -> bytes | None:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + data)
    content = b""
    try:
        while True:
            event = connection.next_event()
            if isinstance(event, h11.Data):
                content += event.data
            elif isinstance(event, h11.EndOfMessage):
                return content
            elif event in (h11.NEED_DATA, h11.PAUSED):
                return None
    except h11.RemoteProtocolError:
        return None


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(CHUNK_PIECES), max_size=12), st.lists(st.integers(0, 60), max_size=4))
@example([b"5\r\nabcde\r\n0\r\n\r\n"], [1, 2, 3])
@example([b"5;x\r\nabcde\r\n0\r\nX: 1\r\n\r\n"], [])
def test_chunks_that_are_taken_hold_the_same_for_another_reader(pieces: list[bytes], cuts: list[int]) -> None:
    data = b"".join(pieces) + b"\r\n0\r\n\r\n"
    whole = taken(data, [])
    assert taken(data, cuts) == whole, "how bytes are cut into packets decides nothing"
    if whole is not None:
        assert as_h11_takes(data) == whole[0]


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=6), st.lists(st.integers(0, 400), max_size=6))
def test_any_content_survives_being_chunked_and_cut(contents: list[bytes], cuts: list[int]) -> None:
    data = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in contents) + b"0\r\n\r\n"
    assert taken(data + b"GET", cuts) == (b"".join(contents), b"GET")


class NotingDoor:
    """Answers everything at once, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bytes]] = []

    def open(self, exchange: Exchange) -> None:
        self.asked.append((exchange.head.method, exchange.head.path))
        exchange.respond(200, [(b"content-length", b"0")], b"")

    def heed(self, service: Service, ended: bytes) -> None:
        """No service is asked here."""

    def close(self, exchange: Exchange) -> None:
        """Nothing to tell."""


class NotingTransport:
    """Keeps what was said."""

    def __init__(self) -> None:
        self.said = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.said += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def get_extra_info(self, name: str) -> Any:
        return ("127.0.0.1", 1) if name == "peername" else None

    def can_write_eof(self) -> bool:
        return False

    def hold(self) -> None:
        """Reading is the test's business."""

    abort = close
    pause_reading = resume_reading = hold


def heard(data: bytes, cuts: list[int]) -> tuple[list[tuple[str, bytes]], list[bytes]]:
    door, transport = NotingDoor(), NotingTransport()
    server = Server(door, {}, head_seconds=1, idle_seconds=1, fixed_headers=b"")
    client = Client(server)
    client.connection_made(cast(asyncio.Transport, transport))
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    for start, end in itertools.pairwise(edges):
        if data[start:end]:
            client.data_received(data[start:end])
    return door.asked, [part[:3] for part in transport.said.split(b"HTTP/1.1 ")[1:]]


REQUESTS = [
    b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    b"POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"HEAD /d HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /e HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 90 + b"\r\n\r\n", b"GET /f\r\n\r\n", b"POST /g HTTP/1.1\r\n\r\n",
    b"GET /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=6), st.lists(st.integers(0, 600), max_size=8))
def test_requests_are_told_apart_however_they_arrive(requests: list[bytes], cuts: list[int]) -> None:
    data = b"".join(requests)
    assert heard(data, cuts) == heard(data, [])


def test_a_thousand_pipelined_requests_do_not_nest() -> None:
    asked, said = heard(REQUESTS[0] * 1000, [])
    assert len(asked) == len(said) == 1000
