"""Loans of one kit against a small model: whatever is done in whatever order, both say the same."""

import asyncio
import itertools
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from builders import a_school_lead
from chassis.errors import ServiceError
from harness import Databases, ServiceHarness, settings_for
from hubs.app import SERVICE
from hubs.equipment import damage, kits, loans
from hubs.equipment.models import Kit, Loan
from hubs.equipment.queries import STATUS
from hubs.equipment.schemas import DamageOutcomeIn, KitIn, LoanDecision, LoanIn, ReturnIn
from hubs_outreach import FIRST, SECOND, THIRD, TODAY, Outreach

T = TypeVar("T")
SCHOOLS = (FIRST, SECOND, THIRD)
ITEMS, LONGEST = 5, 6
WHICH = st.integers(0, 7)
AHEAD = st.integers(0, 6)


@dataclass
class Wish:
    """A loan as it ought to be; days count from today."""

    who: int
    first: int
    last: int
    state: str = "requested"
    asked: int | None = None
    """Until when the borrower would like to keep it."""

    def shares_a_day(self, first: int, last: int) -> bool:
        return self.first <= last and first <= self.last

    @property
    def holds(self) -> bool:
        return self.state in ("agreed", "lent")


@dataclass
class Model:
    """One kit: what is wanted of it, and how many of its items are damaged and not dealt with."""

    loans: list[Wish] = field(default_factory=list)
    items: int = ITEMS
    damaged: list[int] = field(default_factory=list)
    """Open reports, by how many items they are about."""
    out_with: int = 0

    @property
    def status(self) -> str:
        if self.items == 0:
            return "withdrawn"
        states = {one.state for one in self.loans}
        if "lost" in states:
            return "lost"
        if "lent" in states:
            return "out"
        return "in_repair" if self.damaged else "available"

    def request(self, who: int, first: int, last: int) -> str | None:
        if last < first or last - first >= LONGEST:
            return "loan-days-wrong"
        if self.status in ("lost", "withdrawn"):
            return "kit-not-lent"
        mine = [one for one in self.loans if one.who == who and (one.holds or one.state == "requested")]
        if any(one.shares_a_day(first, last) for one in mine):
            return "loan-asked-already"
        self.loans.append(Wish(who, first, last))
        return None

    def is_taken(self, wish: Wish, last: int) -> bool:
        others = [one for one in self.loans if one is not wish and one.holds]
        return any(one.shares_a_day(wish.first, last) for one in others)

    def agree(self, wish: Wish) -> str | None:
        if wish.state != "requested":
            return "loan-step-not-possible"
        if self.status in ("lost", "withdrawn"):
            return "kit-not-lent"
        if self.is_taken(wish, wish.last):
            return "kit-taken"
        wish.state = "agreed"
        return None

    def refuse(self, wish: Wish) -> str | None:
        return self._move(wish, ("requested",), "refused")

    def cancel(self, wish: Wish) -> str | None:
        if wish.state == "cancelled":
            return None
        wish.asked = None if wish.state in ("requested", "agreed") else wish.asked
        return self._move(wish, ("requested", "agreed"), "cancelled")

    def collect(self, wish: Wish) -> str | None:
        if wish.state != "agreed":
            return "loan-step-not-possible"
        if wish.first > 0:
            return "loan-days-wrong"
        if self.status != "available":
            return "kit-not-lent"
        self.out_with = self.items
        return self._move(wish, ("agreed",), "lent")

    def take_back(self, wish: Wish, broken: int) -> str | None:
        if wish.state not in ("lent", "lost"):
            return "loan-step-not-possible"
        if broken > self.out_with:
            return "return-wrong"
        if broken:
            self.damaged.append(broken)
        wish.asked = None
        return self._move(wish, ("lent", "lost"), "returned")

    def lose(self, wish: Wish) -> str | None:
        wish.asked = None if wish.state == "lent" else wish.asked
        return self._move(wish, ("lent",), "lost")

    def ask_longer(self, wish: Wish, more: int) -> str | None:
        if not wish.holds:
            return "loan-step-not-possible"
        if not 0 < more <= LONGEST:
            return "loan-days-wrong"
        wish.asked = wish.last + more
        return None

    def decide_longer(self, wish: Wish, granted: bool) -> str | None:
        if not wish.holds or wish.asked is None:
            return "loan-step-not-possible"
        if granted and self.is_taken(wish, wish.asked):
            return "kit-taken"
        wish.last = wish.asked if granted else wish.last
        wish.asked = None
        return None

    def deal_with(self, number: int, outcome: str) -> None:
        broken = self.damaged.pop(number)
        if outcome == "written_off":
            self.items = max(0, self.items - broken)

    def _move(self, wish: Wish, before: tuple[str, ...], after: str) -> str | None:
        if wish.state not in before:
            return "loan-step-not-possible"
        wish.state = after
        return None


class World:
    """One service for all examples, in an event loop of its own."""

    def __init__(self, databases: Databases) -> None:
        self.loop = asyncio.new_event_loop()
        self.databases = databases
        self.url = self.do(databases.of(SERVICE))
        self.outreach = self.do(Outreach.build(ServiceHarness(SERVICE, settings_for(SERVICE, self.url))))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self.do(self.outreach.service.close())
        self.do(self.databases.drop(self.url))
        self.loop.close()


class LoanMachine(RuleBasedStateMachine):
    """One kit of the hub, three schools, a week and a bit."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.lender = world.outreach.hub_lead()
        self.borrowers = [a_school_lead(urn) for urn in SCHOOLS]
        self.model = Model()
        self.ids: list[UUID] = []
        self.reports: list[UUID] = []

    @initialize()
    def begin(self) -> None:
        facts = {"kind": "sensors", "title": "Sensors", "items_count": ITEMS, "value_pence": 1, "condition": "good"}
        body = KitIn(hub_id=self.world.outreach.hub_id, longest_loan_days=LONGEST, **facts)
        assert self._attempt(kits.add, self.lender, body) is None
        self.kit_id: UUID = self.made

    def _attempt(self, act: Any, *arguments: Any, **named: Any) -> str | None:
        """The code of the refusal, or None."""
        return self.world.do(self._act(act, arguments, named))

    async def _act(self, act: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> str | None:
        try:
            async with self.world.outreach.service.session() as session:
                self.made = await act(session, *arguments, **named)
        except ServiceError as refused:
            return refused.code
        return None

    @rule(who=st.integers(0, 2), first=AHEAD, length=st.integers(-1, LONGEST))
    def request(self, who: int, first: int, length: int) -> None:
        days = {"from_on": TODAY + timedelta(first), "due_on": TODAY + timedelta(first + length)}
        said = self._attempt(loans.request, self.borrowers[who], LoanIn(kit_id=self.kit_id, **days))
        assert said == self.model.request(who, first, first + length)
        if said is None:
            self.ids.append(self.made)

    @rule(which=WHICH)
    def agree(self, which: int) -> None:
        if which < len(self.ids):
            said = self._attempt(loans.decide, self.lender, self.ids[which], LoanDecision(outcome="agreed"))
            assert said == self.model.agree(self.model.loans[which])

    @rule(which=WHICH)
    def refuse(self, which: int) -> None:
        if which < len(self.ids):
            word = LoanDecision(outcome="refused", reason="It is needed here.")
            said = self._attempt(loans.decide, self.lender, self.ids[which], word)
            assert said == self.model.refuse(self.model.loans[which])

    @rule(which=WHICH, by_lender=st.booleans())
    def cancel(self, which: int, by_lender: bool) -> None:
        if which < len(self.ids):
            wish = self.model.loans[which]
            by = self.lender if by_lender else self.borrowers[wish.who]
            said = self._attempt(loans.cancel, by, self.ids[which], "It is not needed.")
            assert said == self.model.cancel(wish)

    @rule(which=WHICH)
    def collect(self, which: int) -> None:
        if which < len(self.ids):
            said = self._attempt(loans.collect, self.lender, self.ids[which])
            assert said == self.model.collect(self.model.loans[which])

    @rule(which=WHICH, broken=st.integers(0, ITEMS))
    def take_back(self, which: int, broken: int) -> None:
        if which < len(self.ids):
            found = ReturnIn(
                items_returned=self.model.out_with,
                condition="damaged" if broken else "good",
                items_damaged=broken,
                description="The cables are torn." if broken else None,
            )
            said = self._attempt(loans.take_back, self.lender, self.ids[which], found)
            assert said == self.model.take_back(self.model.loans[which], broken)
            if said is None and broken:
                detail = self.world.do(self._reports_of(self.ids[which]))
                self.reports.append(detail[-1])

    async def _reports_of(self, loan_id: UUID) -> list[UUID]:
        told = await self.world.outreach.get(self.lender, f"/v1/loans/{loan_id}")
        return [UUID(one["id"]) for one in told.json()["damage_reports"]]

    @rule(which=WHICH)
    def lose(self, which: int) -> None:
        if which < len(self.ids):
            wish = self.model.loans[which]
            said = self._attempt(loans.lose, self.borrowers[wish.who], self.ids[which])
            assert said == self.model.lose(wish)

    @rule(which=WHICH, more=st.integers(0, LONGEST + 1))
    def ask_longer(self, which: int, more: int) -> None:
        if which < len(self.ids):
            wish = self.model.loans[which]
            until = TODAY + timedelta(wish.last + more)
            said = self._attempt(loans.ask_extension, self.borrowers[wish.who], self.ids[which], until)
            assert said == self.model.ask_longer(wish, more)

    @rule(which=WHICH, granted=st.booleans())
    def decide_longer(self, which: int, granted: bool) -> None:
        if which < len(self.ids):
            said = self._attempt(loans.decide_extension, self.lender, self.ids[which], granted=granted)
            assert said == self.model.decide_longer(self.model.loans[which], granted)

    @rule(which=WHICH, outcome=st.sampled_from(["repaired", "replaced", "written_off", "no_fault_found"]))
    def deal_with(self, which: int, outcome: Any) -> None:
        if which < len(self.reports):
            word = DamageOutcomeIn(outcome=outcome)
            assert self._attempt(damage.decide, self.lender, self.reports.pop(which), word) is None
            self.model.deal_with(which, outcome)

    @invariant()
    def both_say_the_same(self) -> None:
        if hasattr(self, "kit_id"):
            self.world.do(self._compare())

    async def _compare(self) -> None:
        async with self.world.outreach.service.session() as session:
            kit = await session.get_one(Kit, self.kit_id)
            status = (await session.execute(select(STATUS).where(Kit.id == self.kit_id))).scalar_one()
            held = {one.id: one for one in await session.scalars(select(Loan).where(Loan.kit_id == self.kit_id))}
        assert (status, kit.items_count) == (self.model.status, self.model.items)
        told = [
            (held[id_].status, (held[id_].due_on - TODAY).days, held[id_].extension_to_on is not None)
            for id_ in self.ids
        ]
        assert told == [(one.state, one.last, one.asked is not None) for one in self.model.loans]
        taken = sorted((one.from_on, one.due_on) for one in held.values() if one.status in ("agreed", "lent"))
        assert all(before[1] < after[0] for before, after in itertools.pairwise(taken))
        assert sum(one.status == "lent" for one in held.values()) <= 1


def play(databases: Databases, examples: int, steps: int) -> None:
    world = World(databases)
    try:
        run_state_machine_as_test(
            lambda: LoanMachine(world),  # type: ignore[arg-type]  # any factory will do
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        world.close()


def test_loans_do_what_the_model_does(databases: Databases) -> None:
    play(databases, examples=20, steps=30)


@pytest.mark.campaign
def test_they_do_for_five_hundred_stories(databases: Databases, request: pytest.FixtureRequest) -> None:
    if "campaign" not in request.config.option.markexpr:
        pytest.skip("a campaign")
    play(databases, examples=500, steps=60)
