"""What a crowd asks: reads by visitors, and changes of places and money by many people, each with a key."""

import asyncio
import json
from collections import deque
from functools import partial
from pathlib import Path
from uuid import uuid4

from under_faults.load import BUDGET, OFFICERS, PENCE, Load
from under_faults.offering import Wish
from under_faults.writes import JSON, Acknowledged, Caller

READS = (
    "/v1/course-runs?limit=3", "/v1/course-runs?limit=10", "/v1/hubs?limit=3", "/v1/schools/900001",
    "/v1/courses?limit=3", "/v1/schemes",
)  # fmt: skip
PLACE, MONEY = "place", "money"
FIRST = (PLACE, MONEY)
"""The first rank's kinds."""
KINDS = (*READS, *FIRST)
RENEW_SECONDS = 200.0
"""Everybody signs in again within so long: a token lives five minutes."""
UNSURE = (0, 502, 504)
"""Whoever is told this about a change does not know what became of it."""


class Crowd(Load):
    """Teachers beside the demo's people. Changes that were acknowledged are in the journal, where `judge` looks."""

    def __init__(self, base_url: str, mail: Path, seed: int, first: float) -> None:
        """`first`: which share of all requests is of the first rank."""
        super().__init__(base_url, mail, seed)
        self._first = first
        self._booked: deque[tuple[Caller, str]] = deque()
        self.unsure: list[Acknowledged] = []
        self._reads = {path: Wish(path, _get(path)) for path in READS}
        self._number = 0
        self._people_at_work: list[Caller] = []

    async def begin_crowd(self, teachers: int) -> None:
        """Make them known, and keep everybody signed in."""
        await self.begin(0)
        self._teachers = [await self._registered(f"{self.tag}.{number + 10}") for number in range(teachers)]
        self._people_at_work = [*self._teachers, *(self.person(name) for name in OFFICERS)]
        for one in self._people_at_work:
            await one.renew()
        self._tellers.append(asyncio.create_task(self._renew()))

    async def _renew(self) -> None:
        pause = RENEW_SECONDS / len(self._people_at_work)
        while not self._ending.is_set():
            for one in self._people_at_work:
                await asyncio.sleep(pause)
                if self._ending.is_set():
                    return
                await one.renew()

    def draw(self) -> Wish:
        """The next that somebody asks."""
        return self.draw_of(self.chosen.choice(FIRST if self.chosen.random() < self._first else READS))

    def draw_of(self, kind: str) -> Wish:
        """The next of a kind."""
        if kind == MONEY:
            return self._change_money()
        return self._change_a_place() if kind == PLACE else self._reads[kind]

    def _change_money(self) -> Wish:
        self._number += 1
        wish = {"to_budget": BUDGET, "amount_pence": PENCE, "reason": f"{self.tag} crowd {self._number}"}
        return self._change(MONEY, self._person_of(OFFICERS), "/v1/allocations", wish)

    def _change_a_place(self) -> Wish:
        if self._booked and self.chosen.random() < 0.5:
            who, booking = self._booked.popleft()
            return self._change(PLACE, who, f"/v1/bookings/{booking}/cancellation", {})
        wish = {"course_run_id": self.chosen.choice(self._runs)}
        return self._change(PLACE, self.chosen.choice(self._teachers), "/v1/bookings", wish)

    def _change(self, kind: str, who: Caller, path: str, body: JSON) -> Wish:
        # Written as the judge will write it when it asks again: a key belongs to these bytes.
        key, content = str(uuid4()), json.dumps(body, separators=(",", ":")).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n"
            f"Authorization: Bearer {who.token}\r\nIdempotency-Key: {key}\r\n\r\n"
        )
        told = partial(self._told, Acknowledged(who, path, body, key, b""))
        return Wish(kind, head.encode() + content, told)

    def _told(self, wish: Acknowledged, status: int, answer: bytes) -> None:
        if status in UNSURE:
            self.unsure.append(wish)
        elif status == 500:
            self.journal.internal_errors.append(f"{wish.path}: {answer[:300].decode()}")
        elif 200 <= status < 300:
            self.journal.writes.append(Acknowledged(wish.caller, wish.path, wish.body, wish.key, answer))
            if wish.path == "/v1/bookings":
                self._booked.append((wish.caller, json.loads(answer)["id"]))

    async def ask_the_unsure(self) -> int:
        """Ask again, with its key, for each change of which nobody knows what became; how many there were."""
        asked, self.unsure = self.unsure, []
        for one in asked:
            reply = await one.caller.ask("POST", one.path, one.body, one.key)
            if reply.is_success:
                self.journal.writes.append(Acknowledged(one.caller, one.path, one.body, one.key, reply.content))
        return len(asked)


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
