"""A process that stands still, or meets an error, at any arrow of the way from request to effect harms nothing.

What a hang delays another process takes over; then the first goes on as if nothing had been. Every arrow that the code
names is here, among those of the kills, or among those of awards and of files.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from builders import a_teacher
from chassis.principal import Principal
from composition import ROOT
from harness import Databases
from ncce_cli.broker import RunningBroker
from real_parts import Processes, RunningProcess, sample_processes, until

HUB = "00000000-0000-0000-0000-000000000009"
KEYS = [f"key-{number}" for number in range(5)]
POINTS = [
    ("serve", "transaction.before_commit"),
    ("serve", "transaction.after_commit"),
    ("serve", "relay.before_publish"),
    ("serve", "relay.after_publish"),
    ("serve", "relay.before_mark_commit"),
    ("work", "transaction.before_commit"),
    ("work", "consumer.before_ack"),
    ("work", "consumer.after_ack"),
]
IN_EVERY_RUN = {("serve", "relay.after_publish", "hang"), ("work", "consumer.before_ack", "error")}
CASES = [
    pytest.param(*case, marks=() if case in IN_EVERY_RUN else (pytest.mark.campaign,))
    for case in ((kind, point, how) for how in ("hang", "error") for kind, point in POINTS)
]
"""All of them in the campaign `stands_still`."""
ELSEWHERE = (
    {"award.signed", "award.stored", "award.logged"},
    {"files.before_sync", "files.after_link", "evidence.kept", "group_document.kept"},
    {"files.before_replace", "files.after_replace"},
)


@pytest.fixture
async def started(databases: Databases, own_broker: RunningBroker, tmp_path: Path) -> AsyncIterator[Processes]:
    """Processes of the sample, none yet started."""
    async with sample_processes(databases, own_broker, tmp_path) as none_yet:
        yield none_yet


async def join_with(serve: RunningProcess, teacher: Principal, key: str) -> None:
    """Write until it is acknowledged, always with the same key."""
    async with serve.client(teacher) as client:

        async def is_acknowledged() -> bool:
            try:
                body = {"hub_id": HUB, "badge": key}
                reply = await client.post("/v1/memberships", json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                return False
            return reply.status_code == 201

        await until(is_acknowledged, 90)


async def help_out(started: Processes, kind: str, hanging: RunningProcess) -> None:
    """Once a process stands still, have another do its work, and let it go on when that is at it."""
    await hanging.stands_still()
    await started.start(kind, ack_wait_seconds="1")
    hanging.go_on()


@pytest.mark.parametrize(("kind", "point", "how"), CASES)
async def test_a_process_that_stands_still_or_fails_there_loses_and_doubles_nothing(
    started: Processes, kind: str, point: str, how: str
) -> None:
    teacher = a_teacher()
    settings = {"ack_wait_seconds": "1"}
    troubled = await started.start(kind, fault_point=f"{point}:{how}", **settings)
    other = await started.start("work" if kind == "serve" else "serve", **settings)
    serve = troubled if kind == "serve" else other
    helping = [help_out(started, kind, troubled)] if how == "hang" else []
    await asyncio.gather(*helping, *(join_with(serve, teacher, key) for key in KEYS))
    await until(lambda: everything_has_arrived(started), 90)
    badges = [row["badge"] for row in await started.rows("SELECT badge FROM membership ORDER BY badge")]
    assert badges == KEYS
    assert await started.value("SELECT joins FROM join_count WHERE teacher_id = $1", teacher.id) == len(KEYS)
    assert await started.value("SELECT count(*) FROM dead_letter") == 0


async def everything_has_arrived(started: Processes) -> bool:
    """Whether every event has been published and handled."""
    return bool(
        await started.value(
            "SELECT count(*) = 5 FROM outbox JOIN inbox USING (event_id) WHERE consumer = $1"
            " AND published_at IS NOT NULL",
            "hubs-count-joins",
        )
    )


def test_every_named_point_is_hit_by_a_test() -> None:
    code = [*(ROOT / "libs").rglob("src/**/*.py"), *(ROOT / "services").rglob("src/**/*.py")]
    named = {found for file in code for found in re.findall(r'\bfault\("([a-z_.]+)"\)', file.read_text())}
    assert named == {point for _, point in POINTS}.union(*ELSEWHERE)
    tests = "".join(
        file.read_text() for file in (ROOT / "tests").rglob("test_*.py") if file.name != Path(__file__).name
    )
    assert {point for point in named if f'"{point}"' not in tests} == set()
