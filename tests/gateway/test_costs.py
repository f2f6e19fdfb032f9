"""Deterministic companions of `./ncce bench gateway`: what a request costs, without a clock on a wall."""

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
CODEC_RATIO_MAX = 60
"""Of our whole work on a request and its answer to llhttp's bare parse of the request. Measured: 28 to 42."""
SYSCALLS_MAX = 4.5


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


def exchange(request: bytes, token: str) -> tuple[Callable[[], None], Transport, Transport]:
    """A request and its answer, through everything but sockets."""
    gateway = create_app(settings_for_gateway("http://127.0.0.1:9", signed_in_per_minute=10**9, log_level="ERROR"))
    shown = shown_in({b"authorization": f"Bearer {token}".encode()}, frozenset())
    assert shown is not None
    gateway.authenticator.believe(shown.digest, Caller(Principal(kind="person", id=new_id()), 4e9))
    near, far = Transport(), Transport()
    client = Client(gateway.server)
    client.connection_made(cast(Any, near))
    service = gateway.services["hubs"]
    upstream = Upstream(lambda connection, kept: service.freed(service.replicas[0], connection, kept=kept))
    upstream.connection_made(cast(Any, far))
    service.replicas[0].idle.append(upstream)

    def once() -> None:
        client.data_received(request)
        upstream.data_received(ANSWER)

    return once, near, far


def test_the_work_on_a_request_stays_in_proportion_and_takes_one_write_each_way() -> None:
    token = Issuer().token()
    request = b"GET /v1/hubs/42 HTTP/1.1\r\n" + HEADERS + b"Authorization: Bearer " + token.encode() + b"\r\n\r\n"
    once, near, far = exchange(request, token)
    once()
    assert (len(near.writes), len(far.writes)) == (1, 1)
    assert near.writes[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert near.writes[0].endswith(b"x" * 300)
    parser = httptools.HttpRequestParser(Parsed())
    ratios = [cpu_us(once) / cpu_us(lambda: parser.feed_data(request)) for _ in range(3)]
    assert statistics.median(ratios) <= CODEC_RATIO_MAX, ratios


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
        wrk = ["wrk", "-t1", "-c32", "-d2s", f"http://127.0.0.1:{port}/v1/hubs"]
        told = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
        requests = int(next(line.split()[0] for line in told.splitlines() if "requests in" in line))
        children = Path(f"/proc/{gateway.pid}/task/{gateway.pid}/children").read_text().split()
        os.kill(int(children[0]), 15)
    calls = counted_calls(log)
    counted = sum(
        calls.get(name, 0) for name in ("read", "write", "writev", "recvfrom", "sendto", "epoll_pwait", "epoll_wait")
    )
    assert counted / requests <= SYSCALLS_MAX + 1, (requests, calls)


def counted_calls(log: Path) -> dict[str, int]:
    """Calls by name, as `strace -c` tells them."""
    rows = [line.split() for line in log.read_text().splitlines() if line.strip() and line.strip()[0].isdigit()]
    return {row[-1]: int(row[3]) for row in rows if len(row) >= 5 and row[3].isdigit()}
