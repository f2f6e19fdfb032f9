"""Clients that ask until they are told, and remember every write that was acknowledged."""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from ncce_cli.demo.people import DEMO_DOMAIN, DEMO_PASSWORD
from under_faults.pace import Asked

JSON = dict[str, Any]
Files = dict[str, tuple[str, bytes]]
PATIENCE_SECONDS = 300.0
"""How long one request is asked for before it counts as stuck."""
PAUSE_SECONDS = 0.25
ASK_AGAIN = (429, 500, 502, 503, 504)
IN_FLIGHT = "idempotency-key-in-flight"
ASKED_AT_ONCE = 6


@dataclass(frozen=True)
class Acknowledged:
    """A write of which a client was told that it is done."""

    caller: "Caller"
    path: str
    body: JSON
    key: str
    answer: bytes


@dataclass
class Journal:
    """Everything that was acknowledged, and what it took."""

    writes: list[Acknowledged] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    asked_again: int = 0
    internal_errors: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    patience_seconds: float = PATIENCE_SECONDS


class Caller:
    """Somebody of the demo data set, or a partner's program, at the gateway."""

    def __init__(self, http: httpx.AsyncClient, journal: Journal, name: str, key: str | None = None) -> None:
        self._http, self.journal, self.name = http, journal, name
        self._token = key
        self._is_person = key is None
        self._signing_in = asyncio.Lock()

    @property
    def token(self) -> str:
        """What it shows; nothing that is believed before it has signed in."""
        return self._token or ""

    async def renew(self) -> None:
        """Sign in anew, if that is possible now; the token there was is good until then."""
        with suppress(httpx.TransportError, SignInFailed):
            self._token = await self._new_token()

    async def post(self, path: str, body: JSON) -> JSON | None:
        """Write once, however often it has to be asked for; None when it is refused."""
        key = str(uuid4())
        reply = await self.ask("POST", path, body, key)
        if not reply.is_success:
            self.journal.done[f"{path.split('/')[2]} refused: {reply.json()['code']}"] += 1
            return None
        self.journal.writes.append(Acknowledged(self, path, body, key, reply.content))
        self.journal.done[path.split("/")[2]] += 1
        found: JSON = reply.json()
        return found

    async def get(self, path: str) -> JSON:
        """Read."""
        found: JSON = (await self.ask("GET", path)).json()
        return found

    async def ask(
        self, method: str, path: str, body: JSON | None = None, key: str = "", files: Files | None = None
    ) -> httpx.Response:
        """Ask until there is an answer that says what became of it."""
        deadline = time.monotonic() + self.journal.patience_seconds
        while True:
            began = time.monotonic()
            reply = await self._once(method, path, body, key, files)
            status = None if reply is None else reply.status_code
            self.journal.asked.append(Asked(began, time.monotonic() - began, method, status))
            if reply is not None and not self._is_to_be_asked_again(reply):
                return reply
            assert time.monotonic() < deadline, f"{method} {path}: {reply.text if reply else 'no answer'}"
            self.journal.asked_again += 1
            await asyncio.sleep(PAUSE_SECONDS)

    def _is_to_be_asked_again(self, reply: httpx.Response) -> bool:
        if reply.status_code == 500:
            self.journal.internal_errors.append(f"{reply.request.method} {reply.request.url.path}: {reply.text[:300]}")
        if reply.status_code == 401 and self._is_person:
            self._token = None
            return True
        return reply.status_code in ASK_AGAIN or (reply.status_code == 409 and IN_FLIGHT in reply.text)

    async def _once(
        self, method: str, path: str, body: JSON | None, key: str, files: Files | None
    ) -> httpx.Response | None:
        """One attempt; None when nothing came back, so that nobody knows."""
        self.journal.requests += 1
        try:
            if self._token is None:
                await self._sign_in()
            headers = {"Authorization": f"Bearer {self._token}"} | ({"Idempotency-Key": key} if key else {})
            return await self._http.request(method, path, json=body, files=files, headers=headers)
        except (httpx.TransportError, SignInFailed):
            return None

    async def _sign_in(self) -> None:
        async with self._signing_in:
            if self._token is None:
                self._token = await self._new_token()

    async def _new_token(self) -> str:
        wanted = {"email": f"{self.name}@{DEMO_DOMAIN}", "password": DEMO_PASSWORD}
        reply = await self._http.post("/v1/auth/login", json=wanted)
        if not reply.is_success:
            raise SignInFailed
        return str(reply.json()["access_token"])


class SignInFailed(Exception):
    """Not now: to be tried again."""


async def unlike(journal: Journal) -> list[str]:
    """Acknowledged writes that are answered otherwise when they are asked for once more with the same key."""
    waiting, found = iter(list(journal.writes)), list[str]()

    async def ask_again() -> None:
        for write in waiting:
            reply = await write.caller.ask("POST", write.path, write.body, write.key)
            if not reply.is_success or reply.content != write.answer:
                found.append(f"{write.path} {write.key}: {reply.status_code} {reply.text[:200]}")

    await asyncio.gather(*(ask_again() for _ in range(ASKED_AT_ONCE)))
    return found
