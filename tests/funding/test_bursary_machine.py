"""The life of a bursary held against a small model, whatever is done, told, told again, or told in another order."""

import asyncio
from collections.abc import Coroutine
from decimal import Decimal
from typing import Any, TypeVar

import httpx
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from builders import a_fresh_key, a_teacher
from bursary_model import Life, Model
from chassis.principal import Principal
from contracts.hubs import BookingPlaced, CpdCorrected
from funding.app import SERVICE
from funding_books import the_books_agree
from funding_facts import (
    JSON,
    PRIMARY_TWO_DAYS_PENCE,
    Steps,
    booking_cancelled,
    booking_placed,
    cpd_completed,
    school_changed,
)
from harness import Databases, ServiceHarness, settings_for

T = TypeVar("T")
SCHOOL_OF = (0, 0, 1)
"""Two bookings of one school, which has one bursary at a time, and one of another."""
SCHOOLS_WITH_PAYEES = 302
WHO = st.integers(0, len(SCHOOL_OF) - 1)
AT_THE_DESK = ("preview", "apply", "approve", "decline", "withdraw", "claim", "approve_claim", "decline_claim")
TOLD = ("booking", "cancelled", "attended", "corrected")
TO_BE_MET = {
    "eligible",
    "ineligible",
    "needs_review",
    "approved",
    "declined",
    "claimable",
    "submitted",
    "lapsed",
    "cancelled",
    "claimed",
    "paid",
    "clawed_back",
    "booking-not-found",
    "already-applied",
    "nothing-to-withdraw",
    "course-not-completed",
    "not-claimable",
}
_STAND = text(
    "SELECT DISTINCT ON (b.booking_id) b.booking_id, b.status, c.status AS claim, r.status AS recovery, r.because "
    "FROM bursary b "
    "LEFT JOIN LATERAL (SELECT id, status FROM claim WHERE bursary_id = b.id ORDER BY id DESC LIMIT 1) c ON true "
    "LEFT JOIN recovery_case r ON r.payment_id = c.id AND r.status <> 'dropped' "
    "WHERE b.booking_id = ANY(:bookings) ORDER BY b.booking_id, b.id DESC"
)
_BALANCES = text("SELECT kind, balance_pence FROM ledger_account WHERE budget = 'cpd-bursaries'")


class World:
    """One service for all stories, in an event loop of its own."""

    def __init__(self, databases: Databases) -> None:
        self.loop = asyncio.new_event_loop()
        self.databases = databases
        self.url = self.do(databases.of(SERVICE, seeded=True))
        self.funding = ServiceHarness(SERVICE, settings_for(SERVICE, self.url))
        self.steps = Steps.of(self.funding)
        self.met: set[str] = set()
        self.files: list[str] = []
        self._schools = iter(range(900_001, 900_001 + SCHOOLS_WITH_PAYEES))
        self._clients: dict[Any, httpx.AsyncClient] = {}

    def a_school(self) -> str:
        """The number of a school that nobody has heard of."""
        return str(next(self._schools))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for it."""
        return self.loop.run_until_complete(work)

    def post(self, caller: Principal, path: str, body: JSON) -> httpx.Response:
        """Ask as somebody."""
        return self.do(self._post(caller, path, body))

    async def _post(self, caller: Principal, path: str, body: JSON) -> httpx.Response:
        if caller.id not in self._clients:
            self._clients[caller.id] = await self.funding.client(caller)
        return await self._clients[caller.id].post(path, json=body, headers=a_fresh_key())

    def close(self) -> None:
        """Everything agrees at the end."""
        self.do(the_books_agree(self.funding, self.files))
        self.do(self.funding.close())
        self.do(self.databases.drop(self.url))
        self.loop.close()


class BursaryMachine(RuleBasedStateMachine):
    """Three bookings of two schools."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.steps = world, world.steps
        self.urns = [world.a_school() for _ in set(SCHOOL_OF)]
        self.model = Model([Life(school) for school in SCHOOL_OF], [False for _ in self.urns])
        self.teachers = [a_teacher(school_urn=self.urns[school]) for school in SCHOOL_OF]
        self.bookings: list[BookingPlaced] = [booking_placed(one) for one in self.teachers]
        self.completions = [cpd_completed(one) for one in self.bookings]
        self.bursaries: dict[int, str] = {}
        self.claims: dict[int, str] = {}
        self.revisions = [0 for _ in self.bookings]
        self.sequences = [0 for _ in self.urns]
        _, self.before = world.do(self._read())

    @initialize(far=st.tuples(*[st.integers(0, 8)] * len(SCHOOL_OF)))
    def begin(self, far: tuple[int, ...]) -> None:
        """Stories begin in the middle, or little can happen in them."""
        for who, steps in enumerate(far):
            for _ in range(steps):
                self.go_on(who)

    @rule(who=WHO)
    def go_on(self, who: int) -> None:
        """What comes next when all goes well."""
        life = self.model.lives[who]
        if not life.placed:
            self.tell(who, "booking", 1)
        elif not self.model.known[life.school]:
            self.tell_a_school(life.school, 1)
        elif life.claim == "approved":
            self.pay()
        elif life.status == "approved":
            self.tell(who, "corrected" if life.revision else "attended", 1)
        elif life.status != "paid":
            claimed = "approve_claim" if life.attended else "decline_claim"
            nexts = {"eligible": "approve", "claimable": "claim", "claimed": claimed}
            self.act(who, nexts.get(life.status or "", "apply"))

    @rule(school=st.integers(0, max(SCHOOL_OF)), times=st.integers(1, 2))
    def tell_a_school(self, school: int, times: int) -> None:
        self.sequences[school] += 1
        event = school_changed(self.urns[school])
        self.world.do(self.steps.funding.deliver(event, times=times, sequence=self.sequences[school]))
        self.model.tell_school(school)

    @rule(who=WHO, what=st.sampled_from(TOLD), times=st.integers(1, 2))
    def tell(self, who: int, what: str, times: int) -> None:
        life, booking = self.model.lives[who], self.bookings[who]
        if what == "booking":
            event: Any = booking
            self.model.tell_booking(life)
        elif what == "cancelled":
            event = booking_cancelled(booking)
            self.model.tell_cancelled(life)
        elif what == "attended":
            event = self.completions[who]
            self.model.tell_register(life, 0, attended=True)
        else:
            self.revisions[who] += 1
            event = self._correction(who, self.revisions[who])
            self.model.tell_register(life, self.revisions[who], attended=bool(event.hours))
        self.world.do(self.steps.funding.deliver(event, times=times))

    def _correction(self, who: int, revision: int) -> CpdCorrected:
        """The first takes it back, the second lets it count again, and so on."""
        told = self.completions[who]
        hours = Decimal(0) if revision % 2 else told.hours
        known = told.model_dump(include={"completion_id", "teacher_id", "activity_code", "completed_on", "booking_id"})
        return CpdCorrected(**known, revision=revision, hours_before=told.hours, hours=hours)

    @rule(who=WHO, earlier=st.integers(1, 3))
    def tell_an_older_correction(self, who: int, earlier: int) -> None:
        revision = self.revisions[who] - earlier
        if revision < 1:
            return
        event = self._correction(who, revision)
        self.model.tell_register(self.model.lives[who], revision, attended=bool(event.hours))
        self.world.do(self.steps.funding.deliver(event))

    @rule(who=WHO, what=st.sampled_from(AT_THE_DESK))
    def act(self, who: int, what: str) -> None:
        if what == "preview":
            reply = self.world.do(self._preview(who))
        else:
            path, body, caller = self._asked(who, what)
            if path is None:
                return
            reply = self.world.post(caller, path, body)
        found: JSON = reply.json()
        expected = getattr(self.model, what)(self.model.lives[who])
        told = found["code"] if reply.is_error else found.get("status") or found["outcome"]
        assert told == expected, (what, told, expected, found)
        self.world.met.add(told)
        if what == "apply" and reply.is_success:
            self.bursaries[who] = found["id"]
            self.claims.pop(who, None)
        elif what == "claim" and reply.is_success:
            self.claims[who] = found["id"]

    async def _preview(self, who: int) -> httpx.Response:
        booking = str(self.bookings[who].booking_id)
        return await self.steps.get(self.teachers[who], "/v1/bursaries/preview", booking_id=booking)

    def _asked(self, who: int, what: str) -> tuple[str | None, JSON, Principal]:
        """What is asked of whom; no path when there is nothing yet to ask it about."""
        steps, teacher = self.steps, self.teachers[who]
        outcome = {"outcome": "declined" if what.startswith("decline") else "approved", "reason": "Looked at it."}
        if what == "apply":
            return "/v1/bursaries", {"booking_id": str(self.bookings[who].booking_id)}, teacher
        bursary, claim = self.bursaries.get(who), self.claims.get(who)
        if bursary is None or (what.endswith("_claim") and claim is None):
            return None, {}, teacher
        if what == "claim":
            return "/v1/claims", {"bursary_id": bursary}, teacher
        if what == "withdraw":
            return f"/v1/bursaries/{bursary}/withdrawal", {"reason": "I am ill."}, teacher
        if what.endswith("_claim"):
            return f"/v1/claims/{claim}/approval", outcome, steps.officer
        return f"/v1/bursaries/{bursary}/approval", outcome, steps.approver

    @rule()
    def pay(self) -> None:
        expected = self.model.pay()
        run = self.world.do(self.steps.prepare_run())
        assert (run.json().get("payments"), run.json().get("code")) == (
            (expected, None) if expected else (None, "nothing-to-pay")
        )
        if expected:
            released = self.world.do(self.steps.release(run.json()))
            assert released.json()["status"] == "released", released.text
            path = f"/v1/payment-runs/{run.json()['id']}/files/bacs/download"
            self.world.files.append(self.world.post(self.steps.releaser, path, {}).text)

    @rule(who=WHO)
    def recover(self, who: int) -> None:
        life = self.model.lives[who]
        if life.case != "open":
            return
        listed = self.world.do(self.steps.get(self.steps.auditor, "/v1/recoveries", status="open")).json()["data"]
        [case] = [one for one in listed if one["payment_id"] == self.claims[who]]
        path = f"/v1/recoveries/{case['id']}"
        receipt = {"amount_pence": PRIMARY_TWO_DAYS_PENCE, "reference": f"Line {case['id']}"}
        for caller, step, body in (
            (self.steps.officer, "proposal", {"method": "invoice", "reason": "Nothing more is due to it."}),
            (self.steps.approver, "approval", {"outcome": "approved", "reason": "Agreed."}),
            (self.steps.payment_officer, "receipts", receipt),
        ):
            found = self.world.post(caller, f"{path}/{step}", body)
        assert found.json()["status"] == "settled"
        self.model.recover(life)

    @invariant()
    def both_say_the_same(self) -> None:
        """Where each bursary, claim and recovery stands, and how much of the money is promised and owed."""
        rows, now = self.world.do(self._read())
        found = {row.booking_id: row for row in rows}
        for life, booking in zip(self.model.lives, self.bookings, strict=True):
            row = found.get(booking.booking_id)
            told = (None, None, None, None) if row is None else (row.status, row.claim, row.recovery, row.because)
            assert told == (life.status, life.claim, life.case, life.because)
            self.world.met |= {life.status} if life.status else set()
        reserved = sum(one.holds_reserved for one in self.model.lives) * PRIMARY_TWO_DAYS_PENCE
        payable = sum(one.claim == "approved" for one in self.model.lives) * PRIMARY_TWO_DAYS_PENCE
        assert now["reserved"] - self.before["reserved"] == reserved
        assert now["payable"] - self.before["payable"] == payable

    async def _read(self) -> tuple[list[Any], dict[str, int]]:
        async with self.world.funding.session() as session:
            found = await session.execute(_STAND, {"bookings": [one.booking_id for one in self.bookings]})
            balances = await session.execute(_BALANCES)
            return list(found.all()), {row.kind: row.balance_pence for row in balances}

    def teardown(self) -> None:
        """The next story begins with nothing owed."""
        if any(one.claim == "approved" for one in self.model.lives):
            self.pay()


def play(databases: Databases, beginnings: int, examples: int, steps: int) -> set[str]:
    """Play stories, always the same; what was met in them."""
    met: set[str] = set()
    told = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for number in range(beginnings):
        world = World(databases)
        machine = seed(number)(lambda world=world: BursaryMachine(world))
        run_state_machine_as_test(machine, settings=told)  # type: ignore[arg-type]  # any factory will do
        world.close()
        met |= world.met
    return met


@pytest.mark.parametrize(
    ("beginnings", "examples", "steps"),
    [pytest.param(1, 6, 15, id="some"), pytest.param(6, 40, 30, id="bursaries", marks=pytest.mark.campaign)],
)
def test_a_bursary_lives_as_the_model_says(databases: Databases, beginnings: int, examples: int, steps: int) -> None:
    """Two hundred and forty stories in the campaign `bursaries`."""
    met = play(databases, beginnings, examples, steps)
    assert met >= (TO_BE_MET if beginnings > 1 else {"eligible", "approved", "claimable", "submitted", "paid"}), met
