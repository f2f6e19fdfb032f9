"""Requests that two readers would cut in different places, and bodies beyond the limit: bytes on a raw socket."""

import asyncio

import pytest

from gateway.policy.routing import DEFAULT_BODY_BYTES
from gateway_harness import Platform, raw_exchange

HOST = "Host: x\r\n"
SMUGGLED = "GET /v1/hubs/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

AMBIGUOUS = {
    "length and chunked": f"{HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "chunked and length": f"{HOST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "two lengths": f"{HOST}Content-Length: 0\r\nContent-Length: 45\r\n\r\n{SMUGGLED}",
    "the same length twice": f"{HOST}Content-Length: 0\r\nContent-Length: 0\r\n\r\n{SMUGGLED}",
    "a list of lengths": f"{HOST}Content-Length: 0, 45\r\n\r\n{SMUGGLED}",
    "a signed length": f"{HOST}Content-Length: +5\r\n\r\nabcde",
    "a negative length": f"{HOST}Content-Length: -1\r\n\r\n",
    "a hexadecimal length": f"{HOST}Content-Length: 0x5\r\n\r\nabcde",
    "an underscored length": f"{HOST}Content-Length: 1_0\r\n\r\nabcdeabcde",
    "an enormous length": f"{HOST}Content-Length: 99999999999999999999999\r\n\r\n",
    "chunked not last": f"{HOST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "chunked under another coding": f"{HOST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": f"{HOST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "an unknown coding": f"{HOST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a space before the colon": f"{HOST}Content-Length : 5\r\n\r\nabcde",
    "a space before chunked's colon": f"{HOST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a folded header": f"{HOST}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a bare line feed": f"{HOST}X: 1\nContent-Length: 5\r\n\r\nabcde",
    "a bare carriage return": f"{HOST}X: 1\rContent-Length: 5\r\n\r\nabcde",
    "a null byte": f"{HOST}X: a\0b\r\n\r\n",
    "a chunk length that is no number": f"{HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
    "a chunk longer than it says": f"{HOST}Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n",
    "an enormous chunk": f"{HOST}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
}


@pytest.mark.parametrize("name", AMBIGUOUS)
async def test_an_ambiguous_request_is_refused_and_nothing_of_it_reaches_a_service(
    platform: Platform, name: str
) -> None:
    payload = f"POST /v1/hubs HTTP/1.1\r\nConnection: close\r\n{AMBIGUOUS[name]}".encode("latin-1")
    reply = await asyncio.wait_for(raw_exchange(platform.running.port, payload), 5)
    assert reply.startswith(b"HTTP/1.1 400") or (reply.startswith(b"HTTP/1.1 413") and b"connection: close" in reply)
    assert platform.services.seen == []


async def test_pipelined_requests_are_answered_in_order(platform: Platform) -> None:
    paths = ["/v1/hubs/stream?chunks=3", "/v1/hubs/empty", "/v1/nothing", "/v1/hubs/last"]
    requests = [f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths[:-1]]
    requests.append(f"GET {paths[-1]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    replies = await raw_exchange(platform.running.port, "".join(requests).encode())
    statuses = [part[:3] for part in replies.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"204", b"404", b"200"]
    assert [seen.target for seen in platform.services.seen] == [paths[0], paths[1], paths[3]]


@pytest.mark.parametrize("over", [0, 1])
async def test_a_body_may_be_as_long_as_the_limit_and_no_longer(platform: Platform, over: int) -> None:
    length = DEFAULT_BODY_BYTES + over
    head = f"POST /v1/hubs HTTP/1.1\r\n{HOST}Connection: close\r\nContent-Length: {length}\r\n\r\n"
    reply = await raw_exchange(platform.running.port, head.encode() + b"x" * length)
    assert reply.startswith(b"HTTP/1.1 413" if over else b"HTTP/1.1 200")
    assert [seen.body_bytes for seen in platform.services.seen] == ([] if over else [length])


@pytest.mark.parametrize("over", [0, 1])
async def test_a_body_in_chunks_is_counted(platform: Platform, over: int) -> None:
    head = f"POST /v1/hubs HTTP/1.1\r\n{HOST}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n%b\r\n" % (1024, b"x" * 1024)
    rest = b"1\r\nx\r\n" * over + b"0\r\n\r\n"
    reply = await raw_exchange(platform.running.port, head.encode() + chunk * (DEFAULT_BODY_BYTES // 1024) + rest)
    assert reply.startswith(b"HTTP/1.1 413" if over else b"HTTP/1.1 200")
    assert [seen.body_bytes for seen in platform.services.seen] == ([] if over else [DEFAULT_BODY_BYTES])
    if over:
        assert b"body-too-large" in reply


async def test_an_endless_body_is_answered_and_cut_off(platform: Platform) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", platform.running.port)
    writer.write(f"POST /v1/hubs HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n".encode())
    chunk = b"%x\r\n%b\r\n" % (65536, b"x" * 65536)

    async def pour() -> None:
        while True:
            writer.write(chunk)
            await writer.drain()

    pouring = asyncio.create_task(pour())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(pouring, 10)
    assert head.startswith(b"HTTP/1.1 413")


async def test_a_body_refused_by_its_length_is_not_asked_for(platform: Platform) -> None:
    head = f"POST /v1/hubs HTTP/1.1\r\n{HOST}Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", platform.running.port)
    writer.write(head.encode())
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 413")
    writer.close()


async def test_a_body_is_asked_for_when_the_client_waits_to_be_asked(platform: Platform) -> None:
    head = f"POST /v1/hubs HTTP/1.1\r\n{HOST}Connection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", platform.running.port)
    writer.write(head.encode())
    assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    writer.write(b"abc")
    assert (await reader.read()).startswith(b"HTTP/1.1 200")
    assert platform.last_seen.body_bytes == 3
    writer.close()


async def test_a_get_may_have_a_body(platform: Platform) -> None:
    request = f"GET /v1/hubs HTTP/1.1\r\n{HOST}Connection: close\r\nContent-Length: 3\r\n\r\nabc"
    assert (await raw_exchange(platform.running.port, request.encode())).startswith(b"HTTP/1.1 200")
    assert platform.last_seen.body_bytes == 3


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PURGE", "get"])
async def test_a_method_that_is_not_used_is_refused(platform: Platform, method: str) -> None:
    request = f"{method} /v1/hubs HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"
    reply = await raw_exchange(platform.running.port, request.encode())
    assert reply.split(b" ")[1] in (b"400", b"405", b"404")
    assert platform.services.seen == []


async def test_an_upgrade_is_not_passed_on(platform: Platform) -> None:
    request = f"GET /v1/hubs HTTP/1.1\r\n{HOST}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    reply = await raw_exchange(platform.running.port, request.encode())
    assert not reply.startswith(b"HTTP/1.1 101")
    assert all(not seen.all("upgrade") for seen in platform.services.seen)
