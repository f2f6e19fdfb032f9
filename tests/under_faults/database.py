"""The database of a platform away for a while: what its processes say of themselves, and its gateway to others."""

import asyncio
import os
import signal
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

import asyncpg
import httpx

from left_running import owner_of, stand_still
from ncce_cli import processes
from ncce_cli.demo.people import DEMO_DOMAIN, DEMO_PASSWORD
from ncce_cli.parts import GATEWAY
from platform_harness import Platform
from real_parts import until
from under_faults.again import all_is_done_again
from under_faults.backlog import Backlog
from under_faults.growth import Growth
from under_faults.load import BUDGET, Load
from under_faults.stretches import go_on

SERVERS = ("postgres", "nats")
KNOWN = "funding.officer"
READS: Mapping[str, bool] = {
    "/v1/course-runs?limit=3": False,
    "/v1/schools/900001": False,
    "/v1/schemes": False,
    "/v1/verify/AAAA-AAAA-AAAA": False,
    "/v1/me": True,
    "/v1/budgets": True,
}
"""What is read while there is no database, and whether by somebody who has signed in before."""
CHANGE_SECONDS, LOOK_SECONDS = 0.05, 1.0
"""Between two looks at a process: while something is to change, and in between."""
TOKEN_SECONDS = 270.0
"""A token lives five minutes; that it is refused afterwards says nothing."""
END_SECONDS, PATIENCE_SECONDS = 60.0, 240.0


Identities = Mapping[str, list[str]]
"""Each process of the platform by its number and when it began; its servers are others' to start again."""


class Answer(NamedTuple):
    """What somebody was told, and when by monotonic time; without a status when nothing came back."""

    asked: str
    status: int | None
    seconds: float
    at: float


class Absence:
    """What was seen of a database that is away."""

    def __init__(self, before: Identities) -> None:
        self.answers: list[Answer] = []
        """The gateway's, while the server had ended."""
        self.live: list[Answer] = []
        self.ready: dict[str, list[Answer]] = {}
        self.stopped_at = self.over_at = self.back_at = 0.0
        self.done_again = self.heard = 0.0
        """Seconds from when the server was back until each kind of work was done again, and until all was heard."""
        self.before = self.after = before

    @property
    def not_ready_after(self) -> dict[str, float]:
        """Seconds until each process said so."""
        firsts = {name: next((one.at for one in told if one.status == 503), None) for name, told in self._services()}
        return {name: at - self.stopped_at for name, at in firsts.items() if at is not None}

    @property
    def ready_after(self) -> float:
        """Seconds until the last process was ready, from when the server took connections again."""
        ends = [next(one.at for one in told if one.at > self.back_at and one.status == 200) for told in self._all()]
        return max(ends) - self.back_at

    def are_ready(self) -> bool:
        """Whether all said so when they were asked last, since the server is back."""
        return all(told[-1].status == 200 and told[-1].at > self.back_at for told in self._all())

    def _all(self) -> list[list[Answer]]:
        return list(self.ready.values())

    def _services(self) -> list[tuple[str, list[Answer]]]:
        return [(name, told) for name, told in self.ready.items() if name != GATEWAY]

    def wrong(self) -> list[str]:
        """What is not as it must be, a line each."""
        found = [f"{one.asked}: {one.status} without a database" for one in self.answers if one.status != 503]
        found += [f"{one.asked}: {one.status}" for one in self.live if one.status != 200]
        found += [f"{GATEWAY} not ready: {one.status}" for one in self.ready[GATEWAY] if one.status != 200]
        seen = self.not_ready_after
        for name, told in self._services():
            if name not in seen:
                found.append(f"{name}: never said not to be ready")
                continue
            away = [one for one in told if self.stopped_at + seen[name] <= one.at < self.over_at]
            found += [f"{name}: ready {one.status} without a database" for one in away if one.status != 503]
        return found + [f"{name}: another process" for name, one in self.before.items() if self.after.get(name) != one]

    def slow(self) -> list[float]:
        """How long the gateway's answers took, in seconds, the slowest last."""
        return sorted(one.seconds for one in self.answers)

    def told(self) -> list[str]:
        """The figures."""
        took, seen = self.slow(), self.not_ready_after
        return [
            f"not ready after at most {max(seen.values()):.2f} s ({len(seen)} of them); {len(self.live)} asked if live",
            f"{len(took)} answers {dict(Counter(one.status for one in self.answers))}: p50"
            f" {statistics.median(took) * 1000:.0f} ms, p99 {self.p99 * 1000:.0f} ms, at most {took[-1] * 1000:.0f} ms",
            f"ready {self.ready_after:.2f} s after the server was, work of each kind done again after"
            f" {self.done_again:.1f} s, everything heard after {self.heard:.1f} s",
        ]

    @property
    def p99(self) -> float:
        """Of the gateway's answers, in seconds."""
        return statistics.quantiles(self.slow(), n=100)[98]


async def absence_of_the_database(
    platform: Platform, load: Load, seconds: float, growth: Growth | None = None
) -> Absence:
    """Stop PostgreSQL under load, look and ask for so long, let it be started again and wait until all is whole."""
    absence, backlog = Absence(_identities(platform)), Backlog(platform.databases())
    async with httpx.AsyncClient(timeout=30) as http:
        token = await _token(http, platform)
        async with _looking(absence, platform, http):
            async with _database_away(platform, absence):
                asking = asyncio.create_task(_ask_on(absence, platform.state.base_url, http, token))
                await go_on(platform, load, seconds, growth)
                asking.cancel()
                await asyncio.wait([asking])
                since, absence.over_at = datetime.now(UTC), time.monotonic()
            await until(lambda: _answers(platform), PATIENCE_SECONDS)
            absence.back_at = time.monotonic()
            await all_is_done_again(load)
            absence.done_again = time.monotonic() - absence.back_at

            async def are_ready() -> bool:
                return absence.are_ready()

            await until(are_ready, PATIENCE_SECONDS)
    await load.end()
    events = await backlog.since(since)
    await until(lambda: backlog.is_heard(events), PATIENCE_SECONDS)
    absence.heard = time.monotonic() - absence.back_at
    absence.after = _identities(platform)
    return absence


def _identities(platform: Platform) -> Identities:
    named = platform.state.processes.items()
    return {name: owner_of(one.pid) for name, one in named if one.pid and name not in SERVERS}


@asynccontextmanager
async def _database_away(platform: Platform, absence: Absence) -> AsyncIterator[None]:
    """The server ended in good order; whoever would start it again stands still until the block ends."""
    supervisor, server = platform.home.supervisor(), platform.pid("postgres")
    assert supervisor is not None

    async def has_ended() -> bool:
        return not processes.is_alive(server)

    stand_still(supervisor)
    try:
        os.kill(server, signal.SIGINT)
        absence.stopped_at = time.monotonic()
        await until(has_ended, END_SECONDS)
        yield
    finally:
        os.kill(supervisor, signal.SIGCONT)


@asynccontextmanager
async def _looking(absence: Absence, platform: Platform, http: httpx.AsyncClient) -> AsyncIterator[None]:
    """Ask every process whether it lives and is ready, until the block ends."""
    named = platform.state.processes.items()
    ports = {name: one.port for name, one in named if name not in SERVERS}
    looks = [asyncio.create_task(_look(absence, http, name, f"http://127.0.0.1:{at}")) for name, at in ports.items()]
    try:
        yield
        assert not any(one.done() for one in looks), looks
    finally:
        for one in looks:
            one.cancel()
        await asyncio.wait(looks)


async def _look(absence: Absence, http: httpx.AsyncClient, name: str, url: str) -> None:
    told = absence.ready.setdefault(name, [])
    while True:
        told.append(await _ask(http, "GET", f"{url}/health/ready", name))
        absence.live.append(await _ask(http, "GET", f"{url}/health/live", f"{name} live"))
        if absence.stopped_at and told[-1].status == 503 and not absence.back_at:
            await asyncio.sleep(LOOK_SECONDS)
        else:
            await asyncio.sleep(CHANGE_SECONDS)


async def _ask_on(absence: Absence, url: str, http: httpx.AsyncClient, token: str) -> None:
    """Ask the gateway for one thing after another: what is read, a change of money, a sign-in."""
    begun = time.monotonic()
    proof = {"Authorization": f"Bearer {token}"}
    wish = {"to_budget": BUDGET, "amount_pence": 100, "reason": "Without a database"}
    who = {"email": f"{KNOWN}@{DEMO_DOMAIN}", "password": DEMO_PASSWORD}
    while True:
        is_known = time.monotonic() - begun < TOKEN_SECONDS
        for path, needs_proof in READS.items():
            if is_known or not needs_proof:
                absence.answers.append(await _ask(http, "GET", url + path, path, headers=proof if needs_proof else {}))
        if is_known:
            keyed = proof | {"Idempotency-Key": str(uuid4())}
            absence.answers.append(
                await _ask(http, "POST", f"{url}/v1/allocations", "a change of money", json=wish, headers=keyed)
            )
        absence.answers.append(await _ask(http, "POST", f"{url}/v1/auth/login", "a sign-in", json=who))
        await asyncio.sleep(LOOK_SECONDS / 4)


async def _ask(http: httpx.AsyncClient, method: str, url: str, asked: str, **more: object) -> Answer:
    began = time.monotonic()
    try:
        reply = await http.request(method, url, **more)  # type: ignore[arg-type]  # passed on as they are
        status = reply.status_code
    except httpx.TransportError:
        status = None
    now = time.monotonic()
    return Answer(asked, status, now - began, now)


async def _token(http: httpx.AsyncClient, platform: Platform) -> str:
    who = {"email": f"{KNOWN}@{DEMO_DOMAIN}", "password": DEMO_PASSWORD}
    reply = await http.post(f"{platform.state.base_url}/v1/auth/login", json=who)
    return str(reply.raise_for_status().json()["access_token"])


async def _answers(platform: Platform) -> bool:
    """Whether the server takes connections."""
    try:
        connection = await asyncpg.connect(platform.databases()["hubs"], timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True
