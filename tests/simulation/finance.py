"""What schools and finance officers do with bursaries: apply, withdraw, claim; approve, decline; pay by four people."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx

from builders import a_teacher, staff
from chassis.principal import Principal
from contracts.hubs import BookingPlaced
from simulation.actors import Actor
from simulation.asking import Desk

SAID = {"outcome": "approved", "reason": "Looked at it."}
PAUSES = (0.0, 0.5, 2.0, 5.0)
"""Seconds that people take."""
PAYMENT_STEPS = ("check", "approval", "release")


@dataclass
class Papers:
    """What lies on the officers' desks: everything of this seed that was asked for and answered."""

    bursaries: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)


@dataclass
class Applicant:
    """A teacher with a booking. Funding may not have heard of it yet."""

    desk: Desk
    papers: Papers
    person: Principal
    booking_id: str
    bursary: str | None = None

    async def act(self, actor: Actor) -> None:
        """Apply, perhaps think better of it, and claim; ask again what was refused, a few times."""
        for _ in range(actor.chosen.randint(4, 7)):
            await asyncio.sleep(actor.chosen.choice(PAUSES))
            if self.bursary is None or actor.chosen.random() < 0.1:
                await self.apply(actor)
            elif actor.chosen.random() < 0.1:
                await self._post(actor, f"/v1/bursaries/{self.bursary}/withdrawal", {"reason": "I am ill."})
            else:
                answer = await self._post(actor, "/v1/claims", {"bursary_id": self.bursary})
                if answer.is_success:
                    self.papers.claims.append(answer.json()["id"])

    async def apply(self, actor: Actor) -> None:
        """Ask for the bursary of the booking."""
        answer = await self._post(actor, "/v1/bursaries", {"booking_id": self.booking_id})
        if answer.is_success:
            self.bursary = answer.json()["id"]
            self.papers.bursaries.append(self.bursary)

    async def _post(self, actor: Actor, path: str, body: Any) -> httpx.Response:
        return await self.desk.post(actor, self.person, path, body)


@dataclass
class Officer:
    """Somebody who decides on applications, or on claims."""

    desk: Desk
    papers: Papers
    role: str
    decides: str
    person: Principal = field(init=False)

    def __post_init__(self) -> None:
        """A person of their own."""
        self.person = staff(self.role, person_id=self.desk.scheduler.moments.new_id())

    async def act(self, actor: Actor) -> None:
        """Look at the desk some times, and decide on what lies there: most is approved."""
        for _ in range(actor.chosen.randint(6, 10)):
            await asyncio.sleep(actor.chosen.choice(PAUSES))
            if found := getattr(self.papers, self.decides):
                await self._decide(actor, actor.chosen.choice(found))

    async def _decide(self, actor: Actor, one: str) -> None:
        body = SAID | ({"outcome": "declined"} if actor.chosen.random() < 0.15 else {})
        await self.desk.post(actor, self.person, f"/v1/{self.decides}/{one}/approval", body)


@dataclass
class Payers:
    """Four people, one after the other; each does their part of a run."""

    desk: Desk
    budget: str
    people: list[Principal] = field(init=False)

    def __post_init__(self) -> None:
        """Each is somebody else."""
        self.people = [staff("payment_officer", person_id=self.desk.scheduler.moments.new_id()) for _ in range(4)]

    async def act(self, actor: Actor) -> None:
        """A run or two."""
        for _ in range(actor.chosen.randint(2, 4)):
            await asyncio.sleep(3 * actor.chosen.choice(PAUSES))
            await self.pay(actor)

    async def pay(self, actor: Actor) -> bool:
        """Collect what is owed and pay it; whether that was done. A run that has changed meanwhile is given up."""
        made = await self.desk.post(actor, self.people[0], "/v1/payment-runs", {"budget": self.budget})
        if made.is_error:
            return False
        run: dict[str, Any] = made.json()
        for person, step in zip(self.people[1:], PAYMENT_STEPS, strict=True):
            content = {"content_sha256": run["content_sha256"]}
            body = {"check": content, "approval": content | SAID}.get(step)
            answer = await self.desk.post(actor, person, f"/v1/payment-runs/{run['id']}/{step}", body)
            if answer.is_error:
                await self.desk.post(
                    actor, self.people[0], f"/v1/payment-runs/{run['id']}/cancellation", {"reason": "It has changed."}
                )
                return False
        return True


def an_applicant(desk: Desk, papers: Papers, booking: BookingPlaced) -> Applicant:
    """Whoever made this booking."""
    person = a_teacher(booking.school_urn, person_id=booking.teacher_id)
    return Applicant(desk, papers, person, str(booking.booking_id))
