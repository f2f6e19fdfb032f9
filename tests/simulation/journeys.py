"""Hubs, funding and certification together: from a place on a run to the credit for it and the money."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import ClassVar
from uuid import UUID

from builders import a_teacher
from certification.app import SERVICE as CERTIFICATION
from certification_facts import registered
from chassis.invariants import facts
from chassis.principal import Principal
from funding.app import SERVICE as FUNDING
from funding_facts import school_changed
from hubs.app import SERVICE as HUBS
from hubs.bookings.background import end_passed_holds
from hubs_network import Network, a_course
from ncce_cli.check import Line, unknown_facts
from simulation.actors import Actor
from simulation.asking import Desk
from simulation.books import BUDGET, Books
from simulation.broker import Broker
from simulation.credits import Credits
from simulation.finance import Applicant, Officer, Papers, Payers
from simulation.loops import add_loops
from simulation.places import Places
from simulation.scheduler import Scheduler
from simulation.telling import Teller
from simulation.world import World

COURSE = "CP228"
SCHOOLS, SCHOOLS_WITH_PAYEES = 3, 300
PAUSES = (0.0, 1.0, 4.0)
_COMPLETED = """
SELECT completion.teacher_id, coalesce(last.hours, completion.hours) AS hours FROM completion LEFT JOIN LATERAL (
    SELECT hours FROM completion_correction WHERE completion_id = completion.id ORDER BY revision DESC LIMIT 1
) AS last ON true WHERE completion.teacher_id = ANY($1)
"""
_BOOKINGS = "SELECT id FROM booking WHERE course_run_id = $1 ORDER BY id"


@dataclass
class Traveller:
    """Books a place, applies for the bursary when it is theirs, and claims it."""

    hubs: Desk
    funding: Desk
    papers: Papers
    run: UUID
    person: Principal

    async def act(self, actor: Actor) -> None:
        """A place, or a turn in the line; some give it up."""
        wish = {"course_run_id": str(self.run), "waiting_list": True}
        answer = await self.hubs.post(actor, self.person, "/v1/bookings", wish)
        if answer.is_error:
            return
        booking = answer.json()["id"]
        if actor.chosen.random() < 0.2:
            await asyncio.sleep(actor.chosen.choice(PAUSES))
            await self.hubs.post(actor, self.person, f"/v1/bookings/{booking}/cancellation")
        await self.hubs.post(actor, self.person, f"/v1/bookings/{booking}/confirmation")
        await Applicant(self.funding, self.papers, self.person, booking).act(actor)


@dataclass
class Register:
    """The hub's lead, who marks the register, and sometimes finds that it was wrong."""

    desk: Desk
    run: UUID
    person: Principal

    async def act(self, actor: Actor) -> None:
        """Mark whoever is on it, one by one."""
        for _ in range(actor.chosen.randint(3, 6)):
            await asyncio.sleep(2 * actor.chosen.choice(PAUSES))
            shown = await self.desk.ask(actor, self.person, "GET", f"/v1/registers/{self.run}", None)
            if entries := shown.json()["entries"]:
                await self._mark(actor, actor.chosen.choice(entries)["booking_id"])

    async def _mark(self, actor: Actor, booking: str) -> None:
        outcome = "attended" if actor.chosen.random() < 0.8 else "absent"
        body = {"entries": [{"booking_id": booking, "outcome": outcome}], "early": True, "reason": "As it was."}
        await self.desk.ask(actor, self.person, "PUT", f"/v1/registers/{self.run}", body)


class Journeys(World):
    """Each seed has a run, teachers and schools of its own."""

    needs: ClassVar = {"hubs": (HUBS, False), "funding": (FUNDING, True), "certification": (CERTIFICATION, True)}

    async def prepare(self) -> None:
        """A network that gives a course which both others know."""
        self.network = await Network.build(self.services["hubs"])
        self.teachers: list[str] = []
        async with self.services["hubs"].session() as session:
            session.add(a_course(COURSE, hours=Decimal(12), days=Decimal(2)))

    async def cast(self, scheduler: Scheduler, chosen: Random) -> None:
        """Two to four teachers, a run with room for some of them, officers, payers; two processes of each service."""
        self.run = await self.network.run(course=COURSE, capacity=chosen.randint(1, 3))
        self.broker = Broker(scheduler, self.services)
        hubs, funding = (Desk(scheduler, self.services[name]) for name in ("hubs", "funding"))
        people = [scheduler.moments.new_id() for _ in range(chosen.randint(2, 4))]
        self.teachers += map(str, people)
        self.places = Places.of(self.watching["hubs"], [self.run])
        self.books, self.papers = Books(self.watching["funding"]), Papers()
        self.credits = Credits(self.watching["certification"], people)
        first = 900_001 + scheduler.seed * SCHOOLS % SCHOOLS_WITH_PAYEES
        for number, one in enumerate(people):
            urn = str(first + number % SCHOOLS)
            told = [(1, registered(one))]
            scheduler.add(f"identity {number}", Teller(self.broker, "identity", told).act)
            if number < SCHOOLS:
                scheduler.add(f"school {number}", Teller(self.broker, "hubs", [(1, school_changed(urn))]).act)
            person = a_teacher(urn, person_id=one)
            scheduler.add(f"teacher {number}", Traveller(hubs, funding, self.papers, self.run, person).act)
        self._add_staff(scheduler, hubs, funding)
        for name in self.services:
            self.broker.add_relay(name)
            self.broker.add_consumers(name, 1)
        add_loops(scheduler, self.services["hubs"], end_passed_holds)

    def _add_staff(self, scheduler: Scheduler, hubs: Desk, funding: Desk) -> None:
        scheduler.add("lead", Register(hubs, self.run, self.network.lead()).act)
        for role, decides in (("funding_approver", "bursaries"), ("funding_officer", "claims")):
            scheduler.add(role, Officer(funding, self.papers, role, decides).act)
        self.payers = Payers(funding, BUDGET)
        scheduler.add("payers", self.payers.act)

    async def look(self) -> None:
        """Places, books and credits are right in every service at every moment."""
        await self.places.look()
        await self.books.look()
        await self.credits.look()

    async def rest(self, scheduler: Scheduler) -> None:
        """Everything is told and heard; each completion that stands is credited once."""
        await self.broker.settle(self.watching)
        await self.look()
        rows = await self.watching["hubs"].fetch(_COMPLETED, list(self.credits.teachers))
        stands: dict[UUID, dict[str, Decimal]] = {one: {} for one in self.credits.teachers}
        for row in rows:
            stands[row["teacher_id"]][COURSE] = row["hours"]
        await self.credits.at_rest(stands, all_is_done=False)
        while await self.payers.pay(Actor("payers at rest", Random(scheduler.seed))):
            pass
        await self.broker.settle(self.watching)
        await self.look()

    async def states(self) -> Sequence[str]:
        """Of every booking, and of the bursary for it."""
        bookings = [row["id"] for row in await self.watching["hubs"].fetch(_BOOKINGS, self.run)]
        return [*await self.places.states(), *await self.books.states([str(one) for one in bookings])]

    async def judge(self) -> list[str]:
        """And what one service tells of and another does not hold."""
        lines: dict[str, list[Line]] = {"identity": [_fact("tells", "teacher", self.teachers)]}
        for name, service in self.services.items():
            own = service.service.invariants
            async with service.session() as session:
                told, held = await facts(session, own.tells), await facts(session, own.holds)
            lines[name] = [_fact("tells", *one) for one in told.items()] + [
                _fact("holds", *one) for one in held.items()
            ]
        return await super().judge() + [f"{one.service}: {one.rule}: {one.subject}" for one in unknown_facts(lines)]


def _fact(side: str, fact: str, ids: Sequence[str]) -> Line:
    return {"fact_side": side, "fact": fact, "ids": list(ids)}
