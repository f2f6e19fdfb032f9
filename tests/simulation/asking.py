"""Asking a service as a careful client does: with a key, again after a crash or a lost answer, until it is told."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from builders import GATEWAY_SIGNER
from chassis.principal import HEADER, Principal, sign_principal
from harness import ServiceHarness
from simulation.actors import Actor, Crashed
from simulation.scheduler import Scheduler

ASKS = 50
UNKEYED = ("/cancellation", "/confirmation")
"""Of bookings: repeated they change nothing, and tell how things stand then."""


@dataclass(frozen=True)
class Asked:
    """What was asked, and what it was answered with."""

    method: str
    path: str
    body: Any
    key: str
    answer: httpx.Response


class Desk:
    """Where actors ask one service."""

    def __init__(self, scheduler: Scheduler, service: ServiceHarness) -> None:
        self.scheduler = scheduler
        self.service = service
        self.journal: list[tuple[Principal, Asked]] = []
        """Every success, as it was told."""
        self._transport = httpx.ASGITransport(app=service.app)
        self._tokens: dict[UUID | None, str] = {}

    async def post(self, actor: Actor, caller: Principal, path: str, body: Any = None) -> httpx.Response:
        """One wish, put until it is answered."""
        return await self.ask(actor, caller, "POST", path, body)

    async def ask(self, actor: Actor, caller: Principal, method: str, path: str, body: Any) -> httpx.Response:
        """As `post`, by another method."""
        key, lost = str(self.scheduler.moments.new_id()), None
        for _ in range(ASKS):
            try:
                answer = await self._send(caller, method, path, body, key)
            except Crashed:
                await self.scheduler.stand("asks again")
                continue
            if answer.status_code == 503 or answer.text.find("idempotency-key-in-flight") >= 0:
                await self.scheduler.stand("is told to wait")
                continue
            if lost is not None:
                same = (answer.status_code, answer.content) == (lost.status_code, lost.content)
                assert same, f"a repeat of {path} is answered otherwise"
            if actor.chosen.random() >= self.scheduler.chances.mischief:
                self._note(actor, caller, Asked(method, path, body, key, answer))
                return answer
            self.scheduler.note(actor.name, "hears nothing")
            lost = answer if answer.is_success and method == "POST" and not path.endswith(UNKEYED) else None
        raise AssertionError(f"{actor.name}: {method} {path} was not answered")

    async def _send(self, caller: Principal, method: str, path: str, body: Any, key: str) -> httpx.Response:
        headers = {HEADER: self._token(caller), "Idempotency-Key": key}
        async with httpx.AsyncClient(transport=self._transport, base_url="http://service", headers=headers) as client:
            return await client.request(method, path, json=body)

    def _token(self, caller: Principal) -> str:
        if caller.id not in self._tokens:
            self._tokens[caller.id] = sign_principal(caller, GATEWAY_SIGNER, self.service.service.name, 600)
        return self._tokens[caller.id]

    def _note(self, actor: Actor, caller: Principal, asked: Asked) -> None:
        told = asked.answer.json() if asked.answer.content else {}
        self.scheduler.note(actor.name, "hears", asked.answer.status_code, told.get("code") or told.get("status") or "")
        if asked.answer.is_success:
            self.journal.append((caller, asked))
        else:
            assert asked.answer.status_code < 500, asked.answer.text
