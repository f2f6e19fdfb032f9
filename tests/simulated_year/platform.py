"""The services of a simulated year: asked over HTTP, told through the broker, killed now and then, years ago.

In the campaign they are processes on real sockets, of which one is killed after chosen numbers of requests; the short
run has the same applications inside the test. Either way they go by a clock that stands in 2019: a file that says by
how many seconds their time is off.
"""

import asyncio
import random
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select, text

from builders import GATEWAY_SIGNER
from chassis import clock
from chassis.bus import Bus
from chassis.ids import new_id
from chassis.outbox import encode
from chassis.principal import HEADER, Principal, RoleGrant, sign_principal
from chassis.tables import outbox
from funding.group_grants.service import try_again
from funding.group_grants.telling import tell_changes
from harness import NEEDED_BY, ServiceHarness
from ncce_cli.broker import RunningBroker
from real_parts import RunningProcess, at_work, until

PATIENCE_SECONDS = 180.0
LINGER_SECONDS = 0.05
PAUSE_SECONDS = 0.3
SIGNED_SECONDS = 500
AT_ONCE = 24
ASK_AGAIN = ("idempotency-key-in-flight", "unavailable")
OF_FUNDING = ("grants", "group-grants", "budgets", "allocations", "payees", "payment-runs", "ledger", "funds")
REPEATED = 0.04
"""So many of the requests that succeeded are sent once more with the same key."""
SWEEP_SECONDS = 40.0
EVERY_GRANT = 10_000


class Platform:
    """Hubs, funding and certification with a broker between them."""

    def __init__(self, services: dict[str, ServiceHarness], broker: RunningBroker, folder: Path, seed: int) -> None:
        self.services, self.broker, self._folder = services, broker, folder
        self.chance = random.Random(f"{seed}: platform")
        self.running: dict[str, RunningProcess] = {}
        self.begun = self.kills = self.requests = self.repeats = self.retries = self.crossed = 0
        self._kill_after: list[int] = []
        self._signed: dict[tuple[UUID | None, tuple[RoleGrant, ...], str], tuple[float, str]] = {}
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._buses: dict[str, Bus] = {}
        self._open = AsyncExitStack()
        self._monitor = httpx.AsyncClient(timeout=PATIENCE_SECONDS)

    @property
    def clock_file(self) -> Path:
        """By what it says every process's time is off."""
        return self._folder / "clock"

    def travel(self, day: str, hour: int = 9) -> None:
        """Let it be this day for everybody."""
        wanted = datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)
        self._be_off(wanted - clock.real())

    def pass_by(self, time: timedelta) -> None:
        """Let some time pass for everybody."""
        self._be_off(clock.ahead() + time)

    def _be_off(self, by: timedelta) -> None:
        new = self.clock_file.with_suffix(".new")
        new.write_text(str(int(by.total_seconds())))
        new.replace(self.clock_file)

    async def start(self, *, as_processes: bool, kill_after: Iterable[int] = ()) -> None:
        """Begin everything, and wait until it is ready."""
        self._kill_after = sorted(kill_after)
        for name in (*self.services, "identity"):
            settings = self.services.get(name, self.services["hubs"]).settings
            self._buses[name] = await Bus.connect(settings.model_copy(update={"nats_url": self.broker.url}), name)
            self._open.push_async_callback(self._buses[name].close)
            await self._buses[name].ensure_stream()
        if as_processes:
            self._open.callback(self._end)
            names = ("hubs serve", "hubs work", "funding serve", "funding work", "certification work")
            await asyncio.gather(*(self._begin(name).ready() for name in names))
            client = await self._open.enter_async_context(httpx.AsyncClient(timeout=PATIENCE_SECONDS))
            self._clients = dict.fromkeys(self.services, client)
            return
        for name, harness in self.services.items():
            await self._open.enter_async_context(at_work(harness))
            transport = httpx.ASGITransport(app=harness.app, raise_app_exceptions=False)
            client = httpx.AsyncClient(transport=transport, base_url="http://service")
            self._clients[name] = await self._open.enter_async_context(client)

    def _begin(self, name: str) -> RunningProcess:
        service, _, kind = name.partition(" ")
        harness = self.services[service]
        upper = service.upper()
        settings = {f"{upper}_{key.upper()}": str(value) for key, value in NEEDED_BY.get(service, {}).items()}
        settings |= {
            f"{upper}_DATABASE_URL": harness.settings.database_url.get_secret_value(),
            f"{upper}_ACK_WAIT_SECONDS": "2",
            f"{upper}_DATABASE_WAIT_SECONDS": "30",
            f"{upper}_LOG_LEVEL": "WARNING",
            "NATS_URL": self.broker.url,
            "NCCE_ENVIRONMENT": "development",
            "NCCE_SANDBOX": "true",
            "NCCE_SANDBOX_CLOCK_FILE": str(self.clock_file),
        }
        self.begun += 1
        log = self._folder / f"{self.begun}-{service}-{kind}.log"
        self.running[name] = RunningProcess([kind], settings, log, module=service)
        return self.running[name]

    async def ask(
        self,
        caller: Principal,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | str | None = None,
        **query: str,
    ) -> httpx.Response:
        """Ask until there is an answer, always with the same key; now and then ask the same once more."""
        service = "funding" if path.split("/")[2] in OF_FUNDING else "hubs"
        headers = {"Idempotency-Key": str(new_id())} if method == "POST" else {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        request = (service, caller, method, path, body, headers, query)
        reply = await self._until_answered(*request)
        if method == "POST" and reply.is_success and self.chance.random() < REPEATED:
            again = await self._until_answered(*request)
            self.repeats += 1
            assert (again.status_code, again.json().get("id")) == (reply.status_code, reply.json().get("id")), path
        return reply

    async def get(self, caller: Principal, path: str, **query: str) -> Any:
        """Read something that is there."""
        reply = await self.ask(caller, "GET", path, **query)
        assert reply.status_code == 200, f"{path}: {reply.text}"
        return reply.json()

    async def post(self, caller: Principal, path: str, body: Any) -> Any:
        """Write something, and expect to succeed."""
        reply = await self.ask(caller, "POST", path, body)
        assert reply.is_success, f"{path} {body}: {reply.text}"
        return reply.json()

    async def refused(self, caller: Principal, path: str, body: Any) -> str:
        """Write something, expect to be refused, and tell the code."""
        reply = await self.ask(caller, "POST", path, body)
        assert 400 <= reply.status_code < 500, f"{path} {body}: {reply.text}"
        return str(reply.json()["code"])

    async def every(self, caller: Principal, path: str, **query: str) -> list[Any]:
        """All rows of a list, page by page."""
        rows: list[Any] = []
        query |= {"limit": "100"}
        while True:
            page = await self.get(caller, path, **query)
            rows += page["data"]
            if not page["page"]["has_more"]:
                return rows
            query["cursor"] = page["page"]["next_cursor"]

    async def _until_answered(
        self,
        service: str,
        caller: Principal,
        method: str,
        path: str,
        body: Any,
        headers: dict[str, str],
        query: dict[str, str],
    ) -> httpx.Response:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                async with self._at_once:
                    reply = await self._once(service, caller, method, path, body, headers, query)
                if reply is not None and not (reply.is_error and reply.json()["code"] in ASK_AGAIN):
                    assert reply.status_code < 500, f"{path}: {reply.text}"
                    return reply
                self.retries += 1
                await self._pause()

    async def _once(
        self,
        service: str,
        caller: Principal,
        method: str,
        path: str,
        body: Any,
        headers: dict[str, str],
        query: dict[str, str],
    ) -> httpx.Response | None:
        serve = self.running.get(f"{service} serve")
        url = path if serve is None else serve.url + path
        self.requests += 1
        is_last = bool(self._kill_after) and self.requests >= self._kill_after[0]
        asked = asyncio.create_task(
            self._clients[service].request(
                method, url, json=body, params=query, headers=headers | {HEADER: self._statement(caller, service)}
            )
        )
        if is_last:
            del self._kill_after[0]
            await asyncio.wait([asked], timeout=self.chance.random() * LINGER_SECONDS)
            self._kill(sorted(self.running)[self.kills % len(self.running)])  # each in its turn
        try:
            return await asked
        except httpx.TransportError:
            return None

    def _kill(self, name: str) -> None:
        self.running[name].process.kill()
        self.running[name].process.wait()
        self.kills += 1
        self._begin(name)

    async def _pause(self) -> None:
        """As a client does that is asked to come again."""
        with_stop = asyncio.Event()
        try:
            async with asyncio.timeout(PAUSE_SECONDS * (0.5 + self.chance.random())):
                await with_stop.wait()
        except TimeoutError:
            pass

    def _statement(self, caller: Principal, service: str) -> str:
        key = (caller.id, caller.roles, service)
        made_at, signed = self._signed.get(key, (0.0, ""))
        if not signed or monotonic() - made_at > SIGNED_SECONDS / 2:
            signed = sign_principal(caller, GATEWAY_SIGNER, service, lifetime_seconds=SIGNED_SECONDS)
            self._signed[key] = monotonic(), signed
        return signed

    async def cross(self, service: str, most: int) -> None:
        """Send news of a service again, and before its own relay does, in any order."""
        async with self.services[service].session() as session:
            rows = (await session.execute(select(outbox).order_by(text("random()")).limit(most))).all()
        messages = [(row.subject, str(new_id()), encode(row, service, row.traceparent)) for row in rows]
        self.chance.shuffle(messages)
        await self._buses[service].send(messages)
        self.crossed += len(messages)

    async def tell(self, service: str, messages: list[tuple[str, str, bytes]]) -> None:
        """Let a service that does not run here tell of something."""
        for first in range(0, len(messages), 500):
            part = messages[first : first + 500]
            assert all(await self._buses[service].send(part))

    async def quiet(self) -> None:
        """Wait until everything that happened has been told and heard everywhere."""
        await until(self._is_quiet, PATIENCE_SECONDS)

    async def _is_quiet(self) -> bool:
        for harness in self.services.values():
            async with harness.session() as session:
                waiting = select(outbox.c.position).where(outbox.c.published_at.is_(None)).limit(1)
                if await session.scalar(waiting) is not None:
                    return False
        found = await self._monitor.get(f"{self.broker.monitor_url}/jsz?consumers=true&streams=true&accounts=true")
        streams = [one for account in found.json()["account_details"] for one in account.get("stream_detail", ())]
        consumers = [one for stream in streams for one in stream.get("consumer_detail", ())]
        return all(one["num_pending"] == 0 and one["num_ack_pending"] == 0 for one in consumers)

    async def swept(self) -> None:
        """Let questions about grants be tried again."""
        self.pass_by(timedelta(minutes=2))
        if not self.running:
            async with self.services["funding"].session() as session:
                while await try_again(session, 50) == 50:
                    pass
            return
        await until(self._has_swept, SWEEP_SECONDS)

    async def told(self) -> None:
        """Let hubs hear of every grant as it stands."""
        while await self._tell_of_grants():
            await self.quiet()

    async def _tell_of_grants(self) -> int:
        async with self.services["funding"].session() as session:
            return await tell_changes(session, EVERY_GRANT)

    async def _has_swept(self) -> bool:
        """Whether no question is older than the minute after which it is tried again."""
        async with self.services["funding"].session() as session:
            query = text("SELECT count(*) FROM group_grant WHERE question IS NOT NULL AND followed_at < :before")
            return not await session.scalar(query, {"before": clock.now() - timedelta(minutes=1)})

    def _end(self) -> None:
        for process in self.running.values():
            process.process.kill()
            process.process.wait()

    async def close(self) -> None:
        """End everything."""
        await self._open.aclose()
        await self._monitor.aclose()
