"""How throughput grows with replicas: each process is given a share of a processor, as a cluster gives it, and counted.

Two processors would otherwise be used up by two replicas. With a share of one for each, the same machine shows
whether the next replica brings what the first brought, and what stops it when it does not: the shares are limits of the
kernel's (control groups), set when a process is ready, so that starting is not slowed down.
"""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4, uuid5

from chassis import clock
from chassis.principal import Principal
from contracts.identity import TeacherRegistered
from ncce_cli.bench.events import NAMESPACE
from ncce_cli.bench.front.load import cpu_ns
from ncce_cli.bench.load import Measured, Request, measure_mix, request
from ncce_cli.bench.rig import Rig, Running, a_teacher
from ncce_cli.errors import CommandError
from ncce_cli.parts import Part

REPLICAS = (1, 2, 3, 4, 6)
WORKERS = (1, 2, 3)
SHARE = 0.15
"""Of one processor, for each replica."""
CONNECTIONS_EACH = 4
"""Of clients, for each replica: enough that it never waits for them."""
NEWS = 600
"""People who registered, told to certification, for each round of workers."""
PERIOD_US = 20_000
PATIENCE_SECONDS = 180.0
READS = (
    "/v1/schools/900001",
    "/v1/course-runs?limit=20",
    "/v1/hubs/lookup?postcode=OL6+6NX",
    "/v1/schools/900002",
    "/v1/courses?limit=20",
    "/v1/hubs?limit=20",
    "/v1/schools?q=meadow&limit=20",
    "/v1/schools/900003",
)
"""Eight of ten requests; the other two are writes with an event each."""


@dataclass(frozen=True)
class Step:
    """What so many replicas did."""

    replicas: int
    per_second: float
    p50_ms: float
    p95_ms: float
    service_us: float
    """Of the service's processors, for each request or event."""
    database_us: float
    connections: int
    """That the service's processes hold to their database at the end."""


async def bench_scale(rig: Rig, seconds: float) -> dict[str, object]:
    """Requests answered by hubs' `serve`, and events handled by certification's `work`, by how many there are."""
    serve = [await _served(rig, replicas, max(5.0, seconds * 3)) for replicas in REPLICAS]
    work = [await _worked(rig, replicas) for replicas in WORKERS]
    return {
        "share": SHARE,
        "serve": [asdict(step) for step in serve],
        "work": [asdict(step) for step in work],
        "serve_bends_at": bends_at(serve),
        "work_bends_at": bends_at(work),
        "bytes": await _bytes(rig),
    }


async def _bytes(rig: Rig) -> dict[str, int]:
    """What an event takes in the teller's outbox and a hearer's inbox, with indexes, and as a row of its own."""
    size = "SELECT pg_total_relation_size('{0}') / greatest(count(*), 1) FROM {0}"
    return {
        "outbox": await _number(rig, "identity", size.format("outbox")),
        "inbox": await _number(rig, "certification", size.format("inbox")),
        "message": await _number(rig, "identity", "SELECT avg(pg_column_size(outbox.*)) FROM outbox"),
    }


def bends_at(steps: Sequence[Step]) -> int | None:
    """The first number of replicas that brings less than nine tenths of so many times the first; null if none does."""
    first = steps[0]
    short = (one.replicas for one in steps if one.per_second < 0.9 * first.per_second * one.replicas / first.replicas)
    return next(short, None)


async def _served(rig: Rig, replicas: int, seconds: float) -> Step:
    [[hub]] = await rig.rows("hubs", "SELECT id FROM hub ORDER BY name LIMIT 1")
    with ExitStack() as stack:
        running = [stack.enter_context(rig.running(Part("hubs", "serve"))) for _ in range(replicas)]
        stack.enter_context(_shares([one.pid for one in running]))
        mixes = [_mix(rig, f"{hub}", f"{replicas} {number}") for number in range(replicas)]
        before = _spent(rig, running)
        told = await asyncio.gather(
            *(measure_mix(one.port, mix, CONNECTIONS_EACH, seconds) for one, mix in zip(running, mixes, strict=True))
        )
        service, database = (now - then for now, then in zip(_spent(rig, running), before, strict=True))
        held = await _connections(rig, "hubs")
    return _step(replicas, told, seconds, service, database, held)


def _step(
    replicas: int, told: Sequence[Measured], seconds: float, service_ns: int, database_ns: int, held: int
) -> Step:
    per_second = sum(one.requests_per_second for one in told)
    answered = per_second * seconds
    return Step(
        replicas=replicas,
        per_second=round(per_second, 1),
        p50_ms=round(max(one.p50_ms for one in told), 1),
        p95_ms=round(max(one.p95_ms for one in told), 1),
        service_us=round(service_ns / 1000 / answered, 1),
        database_us=round(database_ns / 1000 / answered, 1),
        connections=held,
    )


def _mix(rig: Rig, hub: str, name: str) -> list[Request]:
    """Eight reads and two writes, again and again; each write is somebody else's."""
    nobody = rig.vouched("hubs", Principal(kind="anonymous"))
    found: list[Request] = []
    for number in range(200):
        found += [request(path, "GET", path, nobody) for path in READS]
        for half in ("a", "b"):
            joins = rig.vouched("hubs", a_teacher(uuid5(NAMESPACE, f"scale {name} {number} {half}")))
            found.append(request("join", "POST", f"/v1/hubs/{hub}/members", joins, b"{}"))
    return found


async def _worked(rig: Rig, replicas: int) -> Step:
    at = clock.now()
    people = [uuid4() for _ in range(NEWS)]
    news = [TeacherRegistered(teacher_id=one, school_urn="900001", phase="primary", registered_at=at) for one in people]
    with ExitStack() as stack:
        running = [stack.enter_context(rig.running(Part("certification", "work"))) for _ in range(replicas)]
        await rig.publish("identity", news[:1])
        stack.enter_context(rig.running(Part("identity", "work")))
        await _all_heard(rig, people[:1])
        stack.enter_context(_shares([one.pid for one in running]))
        before, started = _spent(rig, running), time.perf_counter()
        await rig.publish("identity", news[1:])
        await _all_heard(rig, people)
        elapsed = time.perf_counter() - started
        service, database = (now - then for now, then in zip(_spent(rig, running), before, strict=True))
        held = await _connections(rig, "certification")
    handled = Measured(requests_per_second=(NEWS - 1) / elapsed, p50_ms=0, p95_ms=0, p99_ms=0)
    return _step(replicas, [handled], elapsed, service, database, held)


async def _all_heard(rig: Rig, people: Sequence[object]) -> None:
    connection = await rig.connect("certification")
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while await connection.fetchval("SELECT count(*) FROM enrolment WHERE teacher_id = ANY($1)", people) < len(
            people
        ):
            if time.monotonic() > deadline:
                raise CommandError("Certification did not hear of everybody in time.")
            await asyncio.sleep(0.02)
    finally:
        await connection.close()


def _spent(rig: Rig, running: Sequence[Running]) -> tuple[int, int]:
    """Nanoseconds of processor that the processes, and the database server, have had so far."""
    return sum(cpu_ns(one.pid) for one in running), cpu_ns(rig.postgres_pid)


async def _connections(rig: Rig, service: str) -> int:
    own = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return await _number(rig, service, own)


async def _number(rig: Rig, service: str, query: str) -> int:
    [[found]] = await rig.rows(service, query)
    return int(found)


@contextmanager
def _shares(pids: Sequence[int]) -> Iterator[None]:
    """Each of these processes, and what it starts, has its share and no more."""
    groups: list[Path] = []
    try:
        for number, pid in enumerate(pids):
            group = _root() / f"ncce-bench-{os.getpid()}-{number}"
            group.mkdir()
            groups.append(group)
            quota = round(PERIOD_US * SHARE)
            if (group / "cpu.max").exists():
                (group / "cpu.max").write_text(f"{quota} {PERIOD_US}")
            else:
                (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
                (group / "cpu.cfs_quota_us").write_text(str(quota))
            (group / "cgroup.procs").write_text(str(pid))
        yield
    except PermissionError as error:
        raise CommandError("Shares of a processor are set in control groups, by root: run this as root.") from error
    finally:
        for group in groups:
            for left in (group / "cgroup.procs").read_text().split():
                (_root() / "cgroup.procs").write_text(left)
            group.rmdir()


def _root() -> Path:
    for root in (Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")):
        if (root / "cgroup.procs").exists():
            return root
    raise CommandError("This machine has no control groups, by which processes are given shares of a processor.")
