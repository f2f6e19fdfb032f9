"""Load on a fleet as clients behind a balancer make it: no request is made twice, and each that fails is counted."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import aiohttp

from fleet import Fleet
from ncce_cli import health
from ncce_cli.demo.people import DEMO_DOMAIN, DEMO_PASSWORD

JSON = dict[str, Any]
LOOK_SECONDS = 0.2
"""How often the balancer asks gateways whether they are ready; they serve for a second after they said no."""
TOKEN_SECONDS = 240.0
"""A client signs in again well before its token ends."""
PATIENCE = aiohttp.ClientTimeout(total=120)
BUDGET, PENCE, BATCH, WRITES = "cpd-bursaries", 100, 3, 0.25
OFFICER, APPROVER = "funding.officer", "funding.approver"
READS = (
    "/v1/course-runs?limit=3", "/v1/hubs?limit=3", "/v1/schools/900001", "/v1/schemes",
    "/v1/activities?limit=3", "/v1/eligibility?urn=900001", "/.well-known/jwks.json", "/v1/courses?limit=3",
)  # fmt: skip
OWN = ("/v1/me", "/v1/budgets")


@dataclass
class Told:
    """What clients were told."""

    requests: int = 0
    failures: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    unsure: Counter[str] = field(default_factory=Counter)
    """Writes without an answer that says what became of them."""


class Load:
    """Clients, each with one request under way at a time."""

    def __init__(self, fleet: Fleet, seed: int) -> None:
        self.fleet, self.told = fleet, Told()
        self.tag = f"fleet-{uuid4().hex[:8]}"
        self._chosen = random.Random(seed)
        self._ready = [gateway.port for gateway in fleet.gateways]
        self._tokens: dict[str, tuple[str, float]] = {}
        self._signing_in = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._number = 0

    async def begin(self, clients: int) -> None:
        """Let so many ask, until `end`."""
        self._http = aiohttp.ClientSession(timeout=PATIENCE, connector=aiohttp.TCPConnector(limit=0))
        await self._have_a_partner()
        self._tasks = [asyncio.create_task(self._balance())]
        self._tasks += [asyncio.create_task(self._client()) for _ in range(clients)]

    async def end(self) -> None:
        """Stop asking; what is under way is answered first."""
        self._tasks.pop(0).cancel()
        tasks, self._tasks = self._tasks, []
        await asyncio.gather(*tasks)
        await self._http.close()

    async def _balance(self) -> None:
        while True:
            ports = [gateway.port for gateway in self.fleet.gateways]
            said = await asyncio.gather(*(health.is_ready(port) for port in ports))
            self._ready = [port for port, is_ready in zip(ports, said, strict=True) if is_ready]
            await asyncio.sleep(LOOK_SECONDS)

    async def _client(self) -> None:
        while self._tasks:
            if self._chosen.random() > WRITES:
                path = self._chosen.choice(READS + OWN)
                await self.ask("GET", path, OFFICER if path in OWN else None)
            else:
                await self._chosen.choice((self._move_money, self._report))()

    async def _move_money(self) -> None:
        """Proposed by one, approved by another."""
        self._number += 1
        wish = {"to_budget": BUDGET, "amount_pence": PENCE, "reason": f"{self.tag} {self._number}"}
        made = await self.ask("POST", "/v1/allocations", OFFICER, wish, "proposed")
        if made is not None:
            said = {"outcome": "approved", "reason": "As agreed."}
            await self.ask("POST", f"/v1/allocations/{made['id']}/approval", APPROVER, said, "approved")

    async def _report(self) -> None:
        """A partner's batch about learners whom nobody knows."""
        rows = [self._completion() for _ in range(BATCH)]
        await self.ask("POST", "/v1/completions:batch", "partner", {"completions": rows}, "reported")

    def _completion(self) -> JSON:
        self._number += 1
        who = f"{self.tag}-{self._number}"
        done_on = str((datetime.now(UTC) - timedelta(days=2)).date())
        course = self._chosen.choice(self._courses)
        return {
            "external_id": who, "external_learner_id": who, "activity_code": course,
            "hours": "2", "completed_on": done_on,
        }  # fmt: skip

    async def ask(
        self, method: str, path: str, who: str | None = None, body: JSON | None = None, counted: str = ""
    ) -> JSON | None:
        """One request, made once. None when it failed, which is noted."""
        headers = {"Authorization": f"Bearer {await self._token(who)}"} if who else {}
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid4())
        found, failure = await self._once(method, path, headers, body)
        if failure:
            self.told.failures.append(f"{datetime.now(UTC):%T.%f} {method} {path}: {failure}")
            self.told.unsure[counted] += 1
        else:
            self.told.done[counted] += 1
        return found

    async def _once(
        self, method: str, path: str, headers: dict[str, str], body: JSON | None
    ) -> tuple[JSON | None, str | None]:
        self.told.requests += 1
        port = self._chosen.choice(self._ready or [gateway.port for gateway in self.fleet.gateways])
        try:
            url = f"http://127.0.0.1:{port}{path}"
            async with self._http.request(method, url, json=body, headers=headers) as reply:
                said = await reply.text()
                return (await reply.json(), None) if reply.ok else (None, f"{reply.status} {said[:200]}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return None, f"{type(error).__name__} {error}"

    async def _token(self, who: str) -> str:
        async with self._signing_in:
            token, until = self._tokens.get(who, ("", 0.0))
            while time.monotonic() > until:
                wanted: JSON = {"email": f"{who}@{DEMO_DOMAIN}", "password": DEMO_PASSWORD}
                signed_in = await self.ask("POST", "/v1/auth/login", None, wanted)
                token, until = (signed_in or {}).get("access_token", ""), time.monotonic() + TOKEN_SECONDS
                if signed_in is not None:
                    self._tokens[who] = token, until
        return token

    async def _have_a_partner(self) -> None:
        administrator = "administrator"
        organisations = await self.ask("GET", "/v1/organisations?limit=100", administrator)
        assert organisations is not None, self.told.failures
        partner = next(one for one in organisations["data"] if one["slug"] == "raspberry-pi-foundation")
        wish = {"name": self.tag, "organisation_id": partner["id"], "scopes": ["completions:write"]}
        made = await self.ask("POST", "/v1/api-keys", administrator, wish)
        courses = await self.ask("GET", "/v1/courses?limit=50", administrator)
        assert made is not None, self.told.failures
        assert courses is not None, self.told.failures
        self._tokens["partner"] = made["key"], float("inf")
        self._courses: Sequence[str] = [course["code"] for course in courses["data"]]
