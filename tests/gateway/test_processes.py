"""Several processes behind one port: what they share, how they end, and how soon each hears of a revoked key."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import nats
import uvicorn

from builders import GATEWAY_KEY
from chassis import clock
from contracts.base import Envelope
from contracts.identity import ApiKeyChanged
from gateway.policy.shared_buckets import SharedStore
from gateway_harness import Issuer, Running, Services, build_gateway, run
from ncce_cli.broker import RunningBroker
from real_parts import until

KEY = "ncce_test_0123456789_" + "s" * 43 + "_0a1b2c3d"
HAMMER = """
import os, sys, time
from gateway.policy.buckets import Buckets
from gateway.policy.shared_buckets import SharedStore
processes, quota, calls = 4, 200, 4000
store, begin, children = SharedStore(processes), time.time() + 0.3, []
for index in range(processes):
    child = os.fork()
    if child:
        children.append(child)
        continue
    store.column = index
    buckets = Buckets("test", quota, store)
    while time.time() < begin:
        pass
    allowed = sum(buckets.spend("one key", begin).allowed for _ in range(calls))
    os.write(1, f"{allowed}\\n".encode())
    os._exit(0)
for child in children:
    os.waitpid(child, 0)
"""


def test_processes_that_race_for_a_quota_exceed_it_by_no_more_than_their_number_less_one() -> None:
    done = subprocess.run([sys.executable, "-c", HAMMER], capture_output=True, text=True, check=True)
    shares = [int(line) for line in done.stdout.split()]
    assert len(shares) == 4
    assert 200 <= sum(shares) <= 203


def test_what_one_process_spends_all_have_spent_and_it_comes_back() -> None:
    stores = [SharedStore(3, slots=64)]
    store = stores[0]
    for column, expected in ((0, 110.0), (1, 120.0), (2, 130.0), (0, 140.0)):
        store.column = column
        full_at = store.read("a", 100.0, 10.0) + 10.0
        store.write("a", 100.0, full_at, 10.0)
        assert full_at == expected
    assert store.read("a", 135.0, 10.0) == 140.0
    assert store.read("a", 500.0, 10.0) == 500.0
    assert store.read("b", 100.0, 10.0) == 100.0


def test_two_that_looked_at_the_same_instant_are_both_counted() -> None:
    store = SharedStore(2, slots=64)
    seen = store.read("a", 100.0, 10.0)
    for column in (0, 1):
        store.column = column
        if column == 0:
            before = bytes(store._memory)
            store.write("a", 100.0, seen + 10.0, 10.0)
            first = store._memory[:]
            store._memory[:] = before
            store._claim("a", 100.0, 10.0)
        else:
            store.write("a", 100.0, seen + 10.0, 10.0)
    offset = store._find("a")
    assert offset is not None
    # The first column's write, made from the same view, arrives beside the second's.
    store._memory[offset + 8 : offset + 32] = first[offset + 8 : offset + 32]
    assert store.read("a", 100.0, 10.0) == 120.0


def test_a_full_table_forgets_who_is_whole_soonest() -> None:
    store = SharedStore(1, slots=8)
    for number in range(9):
        store.write(f"key {number}", 100.0, 200.0 + number, 1.0)
    assert store.read("key 0", 100.0, 1.0) == 100.0
    assert store.read("key 8", 100.0, 1.0) == 208.0


@asynccontextmanager
async def processes(origin: str, number: int, **environment: str) -> AsyncIterator[tuple[Process, int]]:
    """`python -m gateway serve` with several processes, and its port; accepting connections."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    urls = {f"GATEWAY_{name}_URL": origin for name in ("IDENTITY", "HUBS", "CERTIFICATION", "FUNDING")}
    settings = {
        **os.environ, **urls, "GATEWAY_PORT": str(port), "GATEWAY_PROCESSES": str(number),
        "GATEWAY_PRINCIPAL_KEY": json.dumps(GATEWAY_KEY), "GATEWAY_DRAIN_NOTICE_SECONDS": "0",
        "NCCE_ENVIRONMENT": "development", "GATEWAY_LOG_LEVEL": "ERROR", **environment,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "gateway", "serve", env=settings)
    try:
        await until(lambda: served_by_all(port, number))
        yield process, port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def status_by(port: int, number: int, header: str = "", tries: int = 200) -> dict[bytes, bytes]:
    """The status that each process answers with, by what its request ids begin with."""
    found: dict[bytes, bytes] = {}
    for _ in range(tries):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return found
        writer.write(f"GET /v1/hubs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n".encode())
        try:
            reply = await reader.read()
        except ConnectionError:
            reply = b""
        writer.close()
        if b"x-request-id: " in reply:
            found[reply.partition(b"x-request-id: ")[2][:20]] = reply[9:12]
        if len(found) == number:
            return found
    return found


async def served_by_all(port: int, number: int) -> bool:
    return len(await status_by(port, number)) == number


@asynccontextmanager
async def services() -> AsyncIterator[tuple[Services, Running]]:
    """What stands behind."""
    behind = Services(Issuer())
    running = run(uvicorn.Config(behind, log_config=None, access_log=False, lifespan="off", ws="none"))
    try:
        yield behind, running
    finally:
        await running.stop()


def grant() -> dict[str, object]:
    return {"key_id": str(uuid4()), "organisation_id": str(uuid4()), "scopes": [], "expires_at": None}


async def tell(broker: RunningBroker, key_id: UUID) -> None:
    """Publish that a key was revoked, as identity's outbox does."""
    changed = ApiKeyChanged(key_id=key_id, organisation_id=uuid4(), state="revoked", expires_on=clock.today())
    envelope = Envelope[ApiKeyChanged](
        id=uuid4(), source="/services/identity", type=changed.type(), subject=changed.aggregate_id, sequence=2,
        time=clock.now(), data=changed,
    )  # fmt: skip
    client = await nats.connect(broker.url)
    await client.publish(ApiKeyChanged.subject, envelope.model_dump_json().encode())
    await client.flush()
    await client.close()


async def test_every_process_hears_of_a_revoked_key_one_that_dies_is_replaced_and_all_end_together(
    broker: RunningBroker,
) -> None:
    async with services() as (behind, running), processes(running.url, 2, NATS_URL=broker.url) as (process, port):
        held = behind.api_keys[KEY] = grant()
        shown = f"X-API-Key: {KEY}\r\n"

        async def answers(status: bytes) -> bool:
            return set((await status_by(port, 2, shown)).values()) == {status}

        await until(lambda: answers(b"200"))
        del behind.api_keys[KEY]
        await tell(broker, UUID(str(held["key_id"])))
        # Well before the five seconds after which a key is looked at again anyway.
        await until(lambda: answers(b"401"), seconds=4)

        first, children = await status_by(port, 2), children_of(process.pid)
        assert len(children) == 2
        os.kill(children[0], signal.SIGKILL)

        async def is_replaced() -> bool:
            now = await status_by(port, 2)
            return len(now) == 2 and len(now.keys() & first.keys()) == 1

        await until(is_replaced)
        children = children_of(process.pid)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 15) == -signal.SIGTERM
        assert not any(is_there(child) for child in children)


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_replicas_share_the_work_and_one_that_is_gone_costs_no_request() -> None:
    async with services() as (one, first), services() as (other, second):
        _, _, gateway = build_gateway(first.url, hubs_url=f"{first.url},{second.url}", anonymous_per_minute=10_000)
        assert set((await status_by(gateway.port, 2, tries=40)).values()) == {b"200"}
        assert abs(len(one.seen) - len(other.seen)) <= 2
        await second.stop()
        assert set((await status_by(gateway.port, 2, tries=40)).values()) == {b"200"}
        await gateway.stop()
