"""Passing requests and answers on, as streams, over real sockets."""

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest

from gateway_harness import CHUNK, Platform, StartPlatform, build_gateway, raw_exchange

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def test_a_request_reaches_the_service_as_it_was_sent(platform: Platform, client: aiohttp.ClientSession) -> None:
    target = platform.url + "/v1/hubs/caf%C3%A9?b=2&a=1&a=%20"
    async with client.post(target, data=b'{"x":1}', headers={"X-Extra": "ü", "Content-Type": "text/odd"}) as reply:
        assert reply.status == 200
        assert await reply.json() == {"ok": True}
    seen = platform.last_seen
    assert (seen.method, seen.target, seen.body_bytes) == ("POST", "/v1/hubs/caf%C3%A9?b=2&a=1&a=%20", 7)
    assert seen.all("content-type") == ["text/odd"]
    assert seen.all("x-extra")[0].encode("latin-1").decode() == "ü"
    assert seen.all("content-length") == ["7"]


async def test_the_gateway_adds_nothing_the_client_did_not_say(platform: Platform) -> None:
    await raw_exchange(
        platform.running.port, b"GET /v1/hubs HTTP/1.1\r\nHost: ncce.example.org\r\nConnection: close\r\n\r\n"
    )
    names = {name for name, _ in platform.last_seen.headers}
    assert names == {"host", "x-ncce-principal", "x-request-id", "x-request-deadline", "x-forwarded-for",
                     "x-forwarded-proto", "x-forwarded-host", "traceparent"}  # fmt: skip
    assert platform.last_seen.all("x-forwarded-host") == ["ncce.example.org"]
    assert platform.last_seen.all("x-forwarded-for") == ["127.0.0.1"]


async def test_an_upload_is_streamed_in_constant_memory(platform: Platform, client: aiohttp.ClientSession) -> None:
    chunks = 320  # 20 MiB

    async def body() -> AsyncIterator[bytes]:
        for _ in range(chunks):
            yield CHUNK

    tracemalloc.start()
    async with client.post(platform.url + "/v1/uploads/big", data=body()) as reply:
        assert reply.status == 200
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert platform.last_seen.body_bytes == chunks * len(CHUNK)
    assert platform.last_seen.body_sha256 == hashlib.sha256(CHUNK * chunks).hexdigest()
    assert peak_bytes < 4 * 1024 * 1024


async def test_a_download_is_streamed_in_constant_memory(platform: Platform, client: aiohttp.ClientSession) -> None:
    tracemalloc.start()
    received = 0
    async with client.get(platform.url + "/v1/hubs/stream?chunks=320") as reply:
        async for chunk in reply.content.iter_any():
            received += len(chunk)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert received == 320 * len(CHUNK)
    assert peak_bytes < 4 * 1024 * 1024


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("HEAD", "/v1/hubs", 200), ("GET", "/v1/hubs/empty", 204), ("GET", "/v1/hubs/unchanged", 304)],
)
async def test_an_answer_without_a_body_ends_with_its_head(
    platform: Platform, method: str, path: str, status: int
) -> None:
    request = (
        f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    replies = await raw_exchange(platform.running.port, request.encode())
    first, second = replies.split(b"\r\n\r\n", 1)
    assert first.startswith(f"HTTP/1.1 {status}".encode())
    assert b"transfer-encoding" not in first
    assert second.startswith(b"HTTP/1.1 200")


async def test_the_length_of_a_get_is_told_by_head(platform: Platform, client: aiohttp.ClientSession) -> None:
    async with client.head(platform.url + "/v1/hubs") as reply:
        assert reply.headers["Content-Length"] == str(len(b'{"ok":true}'))


async def test_redirects_and_cookies_are_the_clients_business(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    async with client.get(platform.url + "/v1/hubs/elsewhere", allow_redirects=False) as reply:
        assert reply.status == 307
        assert reply.headers.getall("Set-Cookie") == ["a=1", "b=2"]
    async with client.get(platform.url + "/v1/hubs"):
        pass
    assert platform.last_seen.all("cookie") == []


async def test_an_encoded_answer_is_not_decoded_and_internal_headers_stay_inside(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    headers = {"Authorization": f"Bearer {platform.issuer.token()}"}
    async with client.get(platform.url + "/v1/hubs/packed", headers=headers) as reply:
        assert await reply.read() == b"not really gzip"
        assert reply.headers["Cache-Control"] == "private, max-age=5"
        assert not {"X-Ncce-Secret", "X-Hop"} & set(reply.headers)


async def test_connections_to_a_service_are_kept(platform: Platform, client: aiohttp.ClientSession) -> None:
    for path in ("", "/empty", "/unchanged", "/stream?chunks=2", "") * 3:
        async with client.get(f"{platform.url}/v1/hubs{path}") as reply:
            await reply.read()
    async with client.head(platform.url + "/v1/hubs"):
        pass
    assert len(platform.services.connections) == 1


async def test_an_answer_may_come_before_the_upload_is_done(platform: Platform) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", platform.running.port)
    writer.write(b"POST /v1/uploads/early HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 100)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 403")
    writer.close()


async def test_a_client_that_leaves_cancels_the_work(platform: Platform) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", platform.running.port)
    writer.write(b"GET /v1/patient/never HTTP/1.1\r\nHost: x\r\n\r\n")
    async with asyncio.timeout(5):
        await platform.services.reached.wait()
        writer.close()
        await platform.services.abandoned.wait()


async def test_a_client_that_leaves_during_its_upload_cancels_the_work(platform: Platform) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", platform.running.port)
    writer.write(b"POST /v1/patient/never HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
    async with asyncio.timeout(5):
        await platform.services.reached.wait()
        writer.close()
        await platform.services.abandoned.wait()


async def test_a_service_that_is_silent_is_reported_at_the_deadline(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    async with client.get(platform.url + "/v1/impatient/never") as reply:
        assert reply.status == 504
        assert (await reply.json())["code"] == "upstream-timeout"
    await asyncio.wait_for(platform.services.abandoned.wait(), 5)


async def test_a_body_that_stops_coming_is_the_callers_fault(platform: Platform) -> None:
    payload = b"POST /v1/impatient/slow HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"
    reply = await asyncio.wait_for(raw_exchange(platform.running.port, payload), 5)
    assert reply.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in reply
    assert b"body-not-received" in reply


async def _served_by(handler: Handler, payload: bytes) -> bytes:
    """What a client receives when this is the service."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    _, _, running = build_gateway(url)
    try:
        return await asyncio.wait_for(raw_exchange(running.port, payload), 5)
    finally:
        await running.stop()
        server.close()


CLOSING_GET = b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
KEEPING_GET = b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ],
    ids=["length", "chunked"],
)
async def test_a_service_that_dies_in_the_middle_breaks_the_clients_connection(head: bytes) -> None:
    async def die_halfway(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        await writer.drain()
        writer.close()

    # No `Connection: close` here: the gateway has to end the connection of itself.
    reply = await _served_by(die_halfway, KEEPING_GET)
    assert reply.startswith(b"HTTP/1.1 200")
    assert b"half" in reply
    assert not reply.endswith(b"0\r\n\r\n")
    assert b"content-length: 4\r\n" not in reply


async def test_a_service_that_hangs_up_without_an_answer_is_a_bad_gateway() -> None:
    calls = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    reply = await _served_by(hang_up, CLOSING_GET)
    assert reply.startswith(b"HTTP/1.1 502")
    assert b"upstream-failed" in reply
    assert calls == 2, "a read is put once more, and never a third time"


async def test_nonsense_from_a_service_is_a_bad_gateway() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HELLO THERE\r\n\r\n")
        writer.close()

    assert (await _served_by(babble, CLOSING_GET)).startswith(b"HTTP/1.1 502")


KEY = b"Idempotency-Key: k\r\n"
BODY = b"Content-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    ("method", "rest", "status"),
    [
        (b"GET", b"\r\n", 200),
        (b"HEAD", b"\r\n", 200),
        (b"POST", KEY + BODY, 200),
        (b"POST", KEY + b"\r\n", 200),
        (b"POST", b"\r\n", 502),
        (b"POST", BODY, 502),
        (b"PUT", KEY + BODY, 502),
        (b"DELETE", KEY + b"\r\n", 502),
        (b"POST", KEY + KEY + BODY, 502),
        (b"POST", KEY + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 502),
        (b"POST", KEY + b"Content-Length: 65537\r\n\r\n" + b"x" * 65_537, 502),
    ],
    ids=str,
)
async def test_reads_and_posts_with_a_key_are_sent_again_when_a_kept_connection_turns_out_closed(
    method: bytes, rest: bytes, status: int
) -> None:
    requests: list[bytes] = []

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await _request(reader))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        # The second request on this connection is read and never answered: closed, as the gateway sees it.
        requests.append(await _request(reader))
        writer.close()

    second = method + b" /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + rest
    reply = await _served_by_tolerantly(answer_once, KEEPING_GET + second)
    assert reply.count(b"HTTP/1.1 ") == 2
    assert f"HTTP/1.1 {status}".encode() in reply.split(b"\r\n\r\n", 1)[1]
    assert len(requests) == (3 if status == 200 else 2)
    assert requests[1] == requests[-1], "sent again, it is the same to the byte"


async def _request(reader: asyncio.StreamReader) -> bytes:
    """One request, with its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    if b"chunked" in head:
        return head + await reader.readuntil(b"0\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
    return head + (await reader.readexactly(int(length)) if length else b"")


async def test_a_write_with_a_key_is_not_sent_again_once_an_answer_has_begun() -> None:
    requests: list[bytes] = []

    async def begin_to_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await _request(reader))
        writer.write(b"HTTP/1.1 201 Cre")
        writer.close()

    reply = await _served_by(
        begin_to_answer, b"POST /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + KEY + BODY
    )
    assert reply.startswith(b"HTTP/1.1 502")
    assert len(requests) == 1


async def _served_by_tolerantly(handler: Handler, payload: bytes) -> bytes:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except asyncio.IncompleteReadError:
            writer.close()

    return await _served_by(handle, payload)


async def test_a_service_that_is_down_is_unavailable_and_the_others_go_on(
    start_platform: StartPlatform, client: aiohttp.ClientSession
) -> None:
    platform = await start_platform(funding_url="http://127.0.0.1:1")
    async with client.get(platform.url + "/v1/claims") as reply:
        problem = await reply.json()
        assert (reply.status, problem["code"]) == (503, "upstream-unavailable")
        assert reply.headers["Retry-After"]
        assert reply.headers["X-Request-Id"] == problem["request_id"]
    async with client.get(platform.url + "/v1/hubs") as reply:
        assert reply.status == 200
    async with client.get(platform.url + "/health/ready") as reply:
        assert reply.status == 200


@pytest.mark.parametrize(
    ("method", "path", "seconds"),
    [("GET", "/v1/hubs", 3), ("POST", "/v1/bookings", 10), ("POST", "/v1/completions:batch", 60)],
)
async def test_a_deadline_goes_with_each_request(
    platform: Platform, client: aiohttp.ClientSession, method: str, path: str, seconds: int
) -> None:
    async with client.request(method, platform.url + path) as reply:
        assert reply.status == 200
    (deadline,) = platform.last_seen.all("x-request-deadline")
    assert int(deadline) == int((platform.clock() + seconds) * 1000)
