"""Mixed load through the gateway: money moved by two people, bookings made and given up, completions in batches."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import httpx

from ncce_cli.demo.mailbox import confirmation_token
from ncce_cli.demo.people import DEMO_DOMAIN, DEMO_PASSWORD
from platform_harness import Platform
from under_faults.writes import JSON, Caller, Journal

BATCH = 5
BUDGET = "cpd-bursaries"
PENCE = 100
OFFICERS = ("funding.officer",)
APPROVERS = ("funding.approver", "second.funding.approver")
TEACHERS = 3
SCHOOL_URN = "900020"


class Load:
    """Stories told over and over by several at once until they are to end; each story is finished first."""

    def __init__(self, base_url: str, mail: Path, seed: int) -> None:
        self.journal = Journal()
        self.chosen = random.Random(seed)
        self.tag = f"faults-{uuid4().hex[:8]}"
        self._http = httpx.AsyncClient(base_url=base_url, timeout=30, limits=httpx.Limits(max_connections=64))
        self._mail = mail
        self._people: dict[str, Caller] = {}
        self._teachers: list[Caller] = []
        self._ending = asyncio.Event()
        self._numbers = count(1)
        self._tellers: list[asyncio.Task[None]] = []
        self.approved = self.reported = 0

    def person(self, name: str) -> Caller:
        """One of the demo's people."""
        if name not in self._people:
            self._people[name] = Caller(self._http, self.journal, name)
        return self._people[name]

    async def begin(self, at_once: int) -> None:
        """Get what the stories need, then tell so many at once."""
        found = await self.person("moderator").get("/v1/course-runs?limit=100")
        self._runs = [run["id"] for run in found["data"] if run["places_left"] > 0]
        self._partner = await self._partner_with_a_key()
        self._teachers = [await self._registered(f"{self.tag}.{number}") for number in range(TEACHERS)]
        stories = (self._move_money, self._book, self._report)
        self._tellers = [asyncio.create_task(self._tell(stories[number % 3])) for number in range(at_once)]

    async def _partner_with_a_key(self) -> Caller:
        administrator = self.person("administrator")
        for organisation in (await administrator.get("/v1/organisations"))["data"]:
            if organisation["slug"] == "raspberry-pi-foundation":
                wish = {"name": self.tag, "organisation_id": organisation["id"], "scopes": ["completions:write"]}
                made = (await administrator.ask("POST", "/v1/api-keys", wish, str(uuid4()))).json()
                self._key_id = made["id"]
                courses = (await administrator.get("/v1/courses?limit=50"))["data"]
                self._courses = [course["code"] for course in courses]
                return Caller(self._http, self.journal, self.tag, made["key"])
        raise AssertionError("the demo's partner is missing")

    async def _registered(self, name: str) -> Caller:
        """A teacher who has registered and confirmed the address."""
        address = f"{name}@{DEMO_DOMAIN}"
        who = {"email": address, "password": DEMO_PASSWORD, "given_name": "Sam", "family_name": "Teacher"}
        told = who | {"school_urn": SCHOOL_URN, "phase": "primary"}
        (await self._http.post("/v1/auth/register", json=told)).raise_for_status()
        token = await asyncio.to_thread(confirmation_token, self._mail, address)
        (await self._http.post("/v1/auth/confirm", json={"token": token})).raise_for_status()
        return self.person(name)

    async def _tell(self, story: Callable[[], Awaitable[None]]) -> None:
        while not self._ending.is_set():
            await story()
            await asyncio.sleep(self.chosen.uniform(0.02, 0.2))

    async def end(self) -> None:
        """Let every story end; raises what one of them met."""
        self._ending.set()
        await asyncio.gather(*self._tellers)

    async def close(self) -> None:
        """Let go of the partner's key, of connections, and of stories that are still told."""
        for teller in self._tellers:
            teller.cancel()
            with suppress(asyncio.CancelledError):
                await teller
        await self.person("administrator").ask("DELETE", f"/v1/api-keys/{self._key_id}")
        await self._http.aclose()

    def raise_early(self) -> None:
        """Whatever made a story stop before its end."""
        for teller in self._tellers:
            if teller.done():
                teller.result()

    async def _move_money(self) -> None:
        """Proposed by one, approved by another: one transaction of the journal each."""
        wish = {"to_budget": BUDGET, "amount_pence": PENCE, "reason": f"{self.tag} {next(self._numbers)}"}
        proposed = await self.person(self.chosen.choice(OFFICERS)).post("/v1/allocations", wish)
        assert proposed is not None
        said = {"outcome": "approved", "reason": "As agreed."}
        path = f"/v1/allocations/{proposed['id']}/approval"
        is_approved = await self._person_of(APPROVERS).post(path, said) is not None
        self.approved += is_approved

    def _person_of(self, names: tuple[str, ...]) -> Caller:
        return self.person(self.chosen.choice(names))

    async def _book(self) -> None:
        """A place for a teacher, given up again most times; who has one on that run is refused another."""
        who = self.chosen.choice(self._teachers)
        booked = await who.post("/v1/bookings", {"course_run_id": self.chosen.choice(self._runs)})
        if booked is not None and self.chosen.random() < 0.8:
            await who.post(f"/v1/bookings/{booked['id']}/cancellation", {})

    async def _report(self) -> None:
        """A partner's batch about learners whom nobody knows yet."""
        rows = [self._completion() for _ in range(BATCH)]
        told = await self._partner.post("/v1/completions:batch", {"completions": rows})
        self.reported += BATCH if told is not None else 0

    def _completion(self) -> JSON:
        number = next(self._numbers)
        done_on = (datetime.now(UTC) - timedelta(days=2)).date()
        return {
            "external_id": f"{self.tag}-{number}",
            "external_learner_id": f"{self.tag}-{number}",
            "activity_code": self.chosen.choice(self._courses),
            "hours": "2",
            "completed_on": str(done_on),
        }


def load_of(platform: Platform, seed: int) -> Load:
    """Load for a running platform, not begun."""
    return Load(f"http://127.0.0.1:{platform.state.processes['gateway'].port}", platform.home.mail, seed)
