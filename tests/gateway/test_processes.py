"""Several processes behind one port: what they share, how they end, and how soon each hears of a revoked key."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from copy import copy
from pathlib import Path
from uuid import UUID, uuid4

import nats
import pytest

from chassis import clock
from contracts.base import Envelope
from contracts.identity import ApiKeyChanged
from gateway.authentication import KEY_CACHED_SECONDS
from gateway.policy.shared_buckets import SharedStore
from gateway.routes import ROUTES
from gateway_harness import Services, build_gateway
from gateway_processes import processes, services, status_by
from ncce_cli.broker import RunningBroker
from real_parts import until

KEY = "ncce_test_0123456789_" + "s" * 43 + "_0a1b2c3d"
ROUTES_BY_PREFIX = {route.prefix: route for route in ROUTES}
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


def two_processes() -> tuple[SharedStore, SharedStore]:
    """One store as two processes have it after the fork: the memory is shared, what each remembers is its own."""
    one = SharedStore(2, slots=64)
    other = copy(one)
    other.column, other._looked, other._names = 1, {}, {}
    return one, other


def let_through(store: SharedStore, times: int = 1, key: str = "a") -> None:
    for _ in range(times):
        store.write(key, 100.0, store.read(key, 100.0, 10.0) + 10.0, 10.0)


def test_two_that_looked_at_the_same_instant_are_both_counted() -> None:
    one, other = two_processes()
    looked = [store.read("a", 100.0, 10.0) for store in (one, other)]
    assert looked == [100.0, 100.0]
    for store in (one, other):
        store.write("a", 100.0, 110.0, 10.0)
    assert one.read("a", 100.0, 10.0) == other.read("a", 100.0, 10.0) == 120.0


@pytest.mark.parametrize("is_known", [False, True])
def test_one_that_slept_between_looking_and_counting_forgets_nothing_of_the_others(is_known: bool) -> None:
    one, other = two_processes()
    if is_known:
        let_through(one)
    before = one.read("a", 100.0, 10.0)
    let_through(other, 79)
    one.write("a", 100.0, before + 10.0, 10.0)
    assert one.read("a", 100.0, 10.0) == other.read("a", 100.0, 10.0) == 100.0 + 10 * (80 + is_known)
    let_through(other)
    assert one.read("a", 100.0, 10.0) == 100.0 + 10 * (81 + is_known)


def test_a_quota_that_was_whole_again_counts_anew_for_all() -> None:
    one, other = two_processes()
    let_through(one, 5)
    let_through(other, 5)
    for store, expected in ((one, 510.0), (other, 520.0), (one, 530.0)):
        store.write("a", 500.0, store.read("a", 500.0, 10.0) + 10.0, 10.0)
        assert one.read("a", 500.0, 10.0) == other.read("a", 500.0, 10.0) == expected


def test_a_full_table_forgets_who_is_whole_soonest() -> None:
    store = SharedStore(1, slots=8)
    for number in range(9):
        let_through(store, 1 + number, f"key {number}")
    assert store.read("key 0", 100.0, 10.0) == 100.0
    assert store.read("key 1", 100.0, 10.0) == 120.0
    assert store.read("key 8", 100.0, 10.0) == 190.0


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
        # A machine that stood still for five seconds proves nothing: then with another key.
        rounds = (f"ncce_test_{number:010d}_{'s' * 43}_0a1b2c3d" for number in range(20))
        async with asyncio.timeout(120):
            while await seconds_until_refused(behind, broker, port, next(rounds)) >= KEY_CACHED_SECONDS:
                pass

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


async def seconds_until_refused(behind: Services, broker: RunningBroker, port: int, key: str) -> float:
    """From before both processes looked at a key to when both refused it: less than it is remembered for when they
    heard that it was revoked.
    """
    held, shown, begun = grant(), f"X-API-Key: {key}\r\n", time.monotonic()
    behind.api_keys[key] = held

    async def answers(status: bytes) -> bool:
        return list((await status_by(port, 2, shown)).values()) == [status] * 2

    await until(lambda: answers(b"200"), seconds=60)
    del behind.api_keys[key]
    await tell(broker, UUID(str(held["key_id"])))
    await until(lambda: answers(b"401"), seconds=60)
    return time.monotonic() - begun


@pytest.mark.campaign
async def test_a_withdrawn_key_of_which_no_news_comes_is_believed_for_five_seconds_by_each_processs_own_clock(
    broker: RunningBroker,
) -> None:
    """Whether the broker is there and the news is lost, or there is none. When a process let a request through, it
    says itself: the request's deadline is so many seconds after."""
    for environment in ({"NATS_URL": broker.url}, {}):
        async with services() as (behind, running), processes(running.url, 2, **environment) as (_, port):
            behind.api_keys[KEY] = grant()
            shown = f"X-API-Key: {KEY}\r\n"

            async def answers(status: bytes, port: int = port, shown: str = shown) -> bool:
                return list((await status_by(port, 2, shown)).values()) == [status] * 2

            await until(lambda: answers(b"200"), seconds=60)
            behind.seen.clear()
            del behind.api_keys[KEY]
            withdrawn = time.time()
            await until(lambda: answers(b"401"), seconds=60)
            let_in = [
                int(one.all("x-request-deadline")[0]) / 1000 - ROUTES_BY_PREFIX["/v1/hubs"].seconds_for("GET")
                for one in behind.seen
                if one.principal("hubs").kind == "partner"
            ]
            assert let_in, "each was remembered for a while"
            assert max(let_in) <= withdrawn + KEY_CACHED_SECONDS


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
