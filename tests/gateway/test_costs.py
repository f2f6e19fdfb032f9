"""Deterministic companions of `./ncce bench gateway`: what a request costs, without a clock on a wall."""

import asyncio
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.request import urlopen

import httptools
import pytest

from builders import GATEWAY_KEY
from chassis.ids import new_id
from chassis.principal import Principal
from gateway.app import create_app
from gateway.policy.callers import Caller
from gateway.policy.credentials import shown_in
from gateway.wire.client import Client
from gateway.wire.upstream import Upstream
from gateway_harness import Issuer, settings_for_gateway

HEADERS = (
    b"Host: api.example.org\r\nUser-Agent: ncce-bench/1.0\r\nAccept: application/json\r\n"
    b"Accept-Encoding: gzip, deflate\r\nAccept-Language: en-GB\r\n"
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nServer: x\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nContent-Type: application/json\r\n"
    b"Content-Length: 300\r\n\r\n" + b"x" * 300
)
CODEC_RATIO_MAX = 12
"""Of our whole work on a request and its answer to llhttp's bare parse of the request. Measured: 7 to 8."""
NEW_FIELDS_RATIO_MAX = 38
"""The same when the header fields have not been seen before. Measured: 24 to 27."""
READS_AND_WRITES_MAX = 4.2
"""A request: two of each, and what it takes to start the process."""
SYSCALLS_MAX = 5.7
"""With the loop's own, of which there is one for every event when there is little to do. Measured: 4.2 to 5.5."""
REQUESTS = 20_000
CONNECTIONS = 32


class Transport:
    """Takes what is written."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.writes.append(data)

    def get_extra_info(self, name: str) -> Any:
        return ("127.0.0.1", 1) if name == "peername" else None

    def is_closing(self) -> bool:
        return False


class Parsed:
    """llhttp's callbacks, each as short as can be."""

    def on_url(self, url: bytes) -> None:
        self.url = url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.header = name


def cpu_us(work: Callable[[], object]) -> float:
    """Microseconds of processor that a call takes when nothing disturbs it."""
    return min(timeit.repeat(work, number=200, repeat=30, timer=time.process_time)) / 200 * 1e6


def exchange(token: str) -> tuple[Callable[[bytes], None], Transport, Transport]:
    """A request and its answer, through everything but sockets."""
    gateway = create_app(settings_for_gateway("http://127.0.0.1:9", signed_in_per_minute=10**9, log_level="ERROR"))
    shown = shown_in({b"authorization": f"Bearer {token}".encode()}, frozenset())
    assert shown is not None
    gateway.authenticator.believe(shown.digest, Caller(Principal(kind="person", id=new_id()), 4e9))
    near, far = Transport(), Transport()
    client = Client(gateway.server)
    client.connection_made(cast(Any, near))
    service = gateway.services["hubs"]
    upstream = Upstream(partial(service.freed, service.replicas[0]))
    upstream.connection_made(cast(Any, far))
    service.replicas[0].idle.append(upstream)

    def once(request: bytes) -> None:
        client.data_received(request)
        upstream.data_received(ANSWER)

    return once, near, far


def request_of(token: str, more: bytes = b"") -> bytes:
    return b"GET /v1/hubs/42 HTTP/1.1\r\n%bAuthorization: Bearer %b\r\n%b\r\n" % (HEADERS, token.encode(), more)


def in_parses(work: Callable[[], object], request: bytes) -> float:
    """The cost of some work in bare parses of a request."""
    parser = httptools.HttpRequestParser(Parsed())
    return statistics.median(cpu_us(work) / cpu_us(lambda: parser.feed_data(request)) for _ in range(3))


def test_the_work_on_a_request_stays_in_proportion_and_takes_one_write_each_way() -> None:
    token = Issuer().token()
    request = request_of(token)
    once, near, far = exchange(token)
    once(request)
    assert (len(near.writes), len(far.writes)) == (1, 1)
    assert near.writes[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert near.writes[0].endswith(b"x" * 300)
    assert in_parses(lambda: once(request), request) <= CODEC_RATIO_MAX


def test_fields_not_seen_before_cost_three_times_as_much_and_not_more() -> None:
    token = Issuer().token()
    once, near, _ = exchange(token)
    requests = [request_of(token, b"traceparent: 00-%032x-%016x-00\r\n" % (n, n)) for n in range(1, 200)]
    in_turn = itertools.cycle(requests)
    assert in_parses(lambda: once(next(in_turn)), requests[0]) <= NEW_FIELDS_RATIO_MAX
    assert all(answer.startswith(b"HTTP/1.1 200 OK\r\n") for answer in near.writes)


UPSTREAM = """
import asyncio, sys
ANSWER = b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok"
class One(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data): self.transport.write(ANSWER)
async def main():
    server = await asyncio.get_running_loop().create_server(One, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


@contextmanager
def traced_gateway(log: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A gateway process whose system calls are counted, and its port."""
    with subprocess.Popen([sys.executable, "-c", UPSTREAM], stdout=subprocess.PIPE, text=True) as upstream:
        assert upstream.stdout is not None
        origin = f"http://127.0.0.1:{upstream.stdout.readline().strip()}"
        port = 20_000 + os.getpid() % 20_000
        environment = {
            **os.environ, **{f"GATEWAY_{name}_URL": origin for name in ("IDENTITY", "HUBS", "CERTIFICATION",
            "FUNDING")},
            "GATEWAY_PORT": str(port), "GATEWAY_PRINCIPAL_KEY": json.dumps(GATEWAY_KEY), "GATEWAY_LOG_LEVEL": "ERROR",
            "GATEWAY_ANONYMOUS_PER_MINUTE": "100000000", "GATEWAY_DRAIN_NOTICE_SECONDS": "0",
        }  # fmt: skip
        command = ["strace", "-f", "-c", "-o", str(log), sys.executable, "-m", "gateway", "serve"]
        with subprocess.Popen(command, env=environment) as gateway:
            yield gateway, port
            gateway.wait(20)
        upstream.terminate()


@pytest.mark.campaign
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: apt-get install strace")
def test_a_request_takes_four_system_calls_and_what_the_loop_takes(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    with traced_gateway(log) as (gateway, port):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2):
                    break
            except OSError:
                assert gateway.poll() is None
        asyncio.run(ask_often(port))
        children = Path(f"/proc/{gateway.pid}/task/{gateway.pid}/children").read_text().split()
        os.kill(int(children[0]), 15)
    calls = counted_calls(log)
    moving = sum(calls.get(name, 0) for name in ("read", "write", "writev", "recvfrom", "sendto"))
    waiting = sum(calls.get(name, 0) for name in ("epoll_pwait", "epoll_wait"))
    assert moving / REQUESTS <= READS_AND_WRITES_MAX, calls
    assert (moving + waiting) / REQUESTS <= SYSCALLS_MAX, calls


async def ask_often(port: int) -> None:
    """So many requests over so many connections, each after the answer to the one before."""

    async def one_after_another() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(REQUESTS // CONNECTIONS):
            writer.write(b"GET /v1/hubs HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            await reader.readexactly(2)
        writer.close()

    await asyncio.gather(*(one_after_another() for _ in range(CONNECTIONS)))


def counted_calls(log: Path) -> dict[str, int]:
    """Calls by name, as `strace -c` tells them."""
    rows = [line.split() for line in log.read_text().splitlines() if line.strip() and line.strip()[0].isdigit()]
    return {row[-1]: int(row[3]) for row in rows if len(row) >= 5 and row[3].isdigit()}
