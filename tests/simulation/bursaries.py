"""Funding alone: a budget with little left, schools that ask for it, officers, payers, and the news of hubs."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import ClassVar

from builders import a_teacher
from contracts.base import Event
from contracts.hubs import BookingPlaced, CpdCorrected
from funding.app import SERVICE
from funding.budgets import service as budgets
from funding.budgets.schemas import BudgetReference
from funding.fees.background import settle_reopened
from funding.impacts.background import end_what_has_passed
from funding_facts import PRIMARY_TWO_DAYS_PENCE, booking_cancelled, booking_placed, cpd_completed, school_changed
from simulation.actors import Actor
from simulation.asking import Desk
from simulation.books import BUDGET, Books
from simulation.broker import Broker
from simulation.finance import Officer, Papers, Payers, an_applicant
from simulation.loops import add_loops
from simulation.scheduler import Scheduler
from simulation.telling import Teller
from simulation.world import World

RESERVE, FUND = "in-reserve", "lot-1-national-centre"
SCHOOLS_WITH_PAYEES = 300
SCHOOLS = 4


class Bursaries(World):
    """Each seed has schools and bookings of its own, and as much money as it draws."""

    needs: ClassVar = {"funding": (SERVICE, True)}
    may_be_broken = ("outbox-is-sent",)  # nobody carries it anywhere

    async def prepare(self) -> None:
        """Another budget, where money waits that this seed shall not have."""
        async with self.services["funding"].session() as session:
            await budgets.open_budget(session, BudgetReference(budget=RESERVE, fund=FUND, title="Not to be had"))

    async def cast(self, scheduler: Scheduler, chosen: Random) -> None:
        """Three to five bookings of up to four schools, and money for none to three of them."""
        funding = self.services["funding"]
        self.desk, self.papers, self.books = Desk(scheduler, funding), Papers(), Books(self.watching["funding"])
        self.broker = Broker(scheduler, self.services)
        await self._leave(
            chosen.choice((0, 1, 1, 1, 2, 3)) * PRIMARY_TWO_DAYS_PENCE + chosen.randint(0, PRIMARY_TWO_DAYS_PENCE - 1)
        )
        first = 900_001 + scheduler.seed * SCHOOLS % SCHOOLS_WITH_PAYEES
        urns = [str(first + number) for number in range(SCHOOLS)]
        self.bookings = [self._booking(scheduler, urns[number % SCHOOLS]) for number in range(chosen.randint(3, 5))]
        for urn in urns:
            scheduler.add(f"school {urn[-1]}", Teller(self.broker, "hubs", [(1, school_changed(urn))]).act)
        for number, booking in enumerate(self.bookings):
            scheduler.add(f"hubs {number}", Teller(self.broker, "hubs", _history(scheduler, booking, chosen)).act)
            scheduler.add(f"applicant {number}", an_applicant(self.desk, self.papers, booking).act)
        for number in range(3):
            scheduler.add(f"approver {number}", Officer(self.desk, self.papers, "funding_approver", "bursaries").act)
        scheduler.add("officer", Officer(self.desk, self.papers, "funding_officer", "claims").act)
        self.payers = Payers(self.desk, BUDGET)
        scheduler.add("payers", self.payers.act)
        self.broker.add_consumers("funding", 2)
        if chosen.random() < 0.3:  # they ask much, and change little here
            add_loops(scheduler, funding, settle_reopened, end_what_has_passed)

    async def _leave(self, pence: int) -> None:
        """Move all but so much out of the budget, or as much as it lacks into it."""
        async with self.services["funding"].session() as session:
            held = await self.watching["funding"].fetchval(
                "SELECT balance_pence FROM ledger_account WHERE account = $1", f"{BUDGET}/available"
            )
            less = held - pence
            from_budget, to_budget = (BUDGET, RESERVE) if less > 0 else (RESERVE, BUDGET)
            if less:
                source = f"simulation:{self.desk.scheduler.moments.new_id()}"
                await budgets.vire(session, source, from_budget, to_budget, abs(less), "For one seed")

    def _booking(self, scheduler: Scheduler, urn: str) -> BookingPlaced:
        new = scheduler.moments.new_id
        return booking_placed(a_teacher(urn, person_id=new()), booking_id=new(), course_run_id=new(), hub_id=new())

    async def look(self) -> None:
        """The books agree."""
        await self.books.look()

    async def rest(self, scheduler: Scheduler) -> None:
        """Everything told is heard, and whatever is owed can be paid."""
        await self.broker.settle(self.watching)
        await self.books.look()
        while await self._pays(scheduler):
            pass
        await self.books.look()

    async def _pays(self, scheduler: Scheduler) -> bool:
        """Pay what is owed, with nobody in between."""
        return await self.payers.pay(Actor("payers at rest", Random(scheduler.seed)))

    async def states(self) -> Sequence[str]:
        """Of every bursary."""
        return await self.books.states([str(one.booking_id) for one in self.bookings])


def _history(scheduler: Scheduler, booking: BookingPlaced, chosen: Random) -> list[tuple[int, Event]]:
    """What is told of a booking: that it was placed, mostly that it was completed, now and then that it was not after
    all, or that it was given up."""
    told: list[tuple[int, Event]] = [(1, booking)]
    if chosen.random() < 0.2:
        return [*told, (2, booking_cancelled(booking))]
    done = cpd_completed(booking, scheduler.moments.new_id())
    told.append((1, done))
    known = done.model_dump(include={"completion_id", "teacher_id", "activity_code", "completed_on", "booking_id"})
    hours = [Decimal(0), done.hours][: chosen.choice((0, 0, 1, 2))]
    for revision, new in enumerate(hours, start=1):
        before = done.hours if revision % 2 else Decimal(0)
        told.append((1 + revision, CpdCorrected(**known, revision=revision, hours_before=before, hours=new)))
    return told
