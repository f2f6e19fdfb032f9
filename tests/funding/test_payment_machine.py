"""Payment runs and what the bank sends back, against a small model: in whatever order, both say the same."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from bank_return_steps import a_file, line_of, new_details
from builders import staff
from chassis.errors import ServiceError
from chassis.ids import new_id
from chassis.principal import Principal
from funding.app import SERVICE
from funding.bank_returns import queries as returned
from funding.bank_returns import service as bank_returns
from funding.bank_returns.schemas import Resolution, ResolutionDecision
from funding.payment_runs import queries
from funding.payment_runs import service as runs
from funding.payment_runs.schemas import RunApproval
from funding.verification import service as verification
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps
from harness import Databases, ServiceHarness, settings_for
from payment_model import CANCELLED, RETURNED, SENT, Model, Run

T = TypeVar("T")
BUDGET = "cpd-bursaries"
URNS = ("900001", "900002", "900901")
PAYEES = [0, 1, 1]
"""The second school takes the money of the third, which has no bank details of its own."""
PENCE = [PRIMARY_TWO_DAYS_PENCE] * len(URNS)
PEOPLE = 5
DECIDER = PEOPLE
"""The last of them approved the claims."""
WHO = st.integers(0, DECIDER)
AWARD = st.integers(0, len(PENCE) - 1)
STALE = "0" * 64
WHY = "The machine says so."
ACTIONS = [
    *("prepare", "check", "check", "decide", "decide", "release", "release", "decline", "remove", "cancel"),
    *("all steps", "all steps", "bank sends back", "bank sends back", "bank sends back", "details change"),
]
TO_BE_MET = {"prepare", "check", "decide", "release", "remove", "cancel", "confirm", "came back", "paid again"} | {
    *("nothing-to-pay", "wrong-step", "same-person", "content-differs", "payee-not-ready", "already-released"),
    *("payment-not-found", "already_returned", "amount_differs", "account_differs", "not_sent", "resolved", RETURNED),
}
HELD = text(
    "SELECT r.id AS run_id, r.status, p.award_id, p.attempt, p.status AS payment_status, p.id, p.amount_pence, "
    "p.reference, d.sort_code_ending, d.account_ending FROM payment_run r LEFT JOIN payment p "
    "ON p.payment_run_id = r.id LEFT JOIN payee_details d ON d.id = p.details_id"
)
BALANCES = text(f"SELECT kind, balance_pence FROM ledger_account WHERE budget = '{BUDGET}'")
LIVES = text(
    "SELECT b.status, e.reserved, e.consumed, c.id, c.status AS claim_status FROM bursary b "
    "JOIN claim c ON c.bursary_id = b.id JOIN entitlement e ON e.quota_key = b.quota_key"
)


async def change_details(steps: Steps, payee: int) -> None:
    """Other bank details for a school, the second of which collects for the third."""
    [found] = (await steps.get(steps.auditor, "/v1/payees", reference=URNS[payee])).json()["data"]
    await new_details(steps, found["id"], collects_for=[f"school:{URNS[2]}"] if payee else [])


class World:
    """A funding service in which three claims wait to be paid; each story has a copy of it."""

    def __init__(self, databases: Databases) -> None:
        self.loop = asyncio.new_event_loop()
        self.databases = databases
        self.url = self.do(databases.of(SERVICE, seeded=True))
        self.people: list[Principal] = [staff("payment_officer") for _ in range(PEOPLE)]
        self.awards: list[UUID] = self.do(self._owe())
        self.met: set[str] = set()
        self.stories = 0

    async def _owe(self) -> list[UUID]:
        harness = self.harness(self.url)
        steps = Steps.of(harness)
        claims = [UUID((await steps.an_approved_claim(urn))[2]["id"]) for urn in URNS]
        await change_details(steps, 1)
        self.people.append(steps.officer)
        await harness.close()
        return claims

    def verifies(self) -> bool:
        """Every third story is held against every rule there is."""
        self.stories += 1
        return self.stories % 3 == 0

    def harness(self, url: str) -> ServiceHarness:
        return ServiceHarness(SERVICE, settings_for(SERVICE, url, payee_cooling_off_hours=0))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self.do(self.databases.drop(self.url))
        self.loop.close()


class PaymentMachine(RuleBasedStateMachine):
    """Runs of three awards, six people, and a bank."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.model = Model(PAYEES, PENCE, {DECIDER})
        self.run_ids: list[UUID] = []
        self.files = 0
        self.made: Any = None

    @initialize()
    def begin(self) -> None:
        self.url = self.world.do(self.world.databases.copy_of(self.world.url))
        self.service = self.world.harness(self.url)
        self.steps = Steps.of(self.service)

    def teardown(self) -> None:
        if hasattr(self, "service"):
            if self.run_ids and self.world.verifies():
                self.world.do(self._verify())
            self.world.do(self.service.close())
            self.world.do(self.world.databases.drop(self.url))

    async def _verify(self) -> None:
        async with verification.snapshot(self.service.database) as connection:
            assert [one async for one in verification.verify(connection)] == []

    async def _attempt(self, *arguments: Any, of: Any) -> str | None:
        try:
            async with self.service.session() as session:
                self.made = await of(session, *arguments)
        except ServiceError as refused:
            self.world.met.add(refused.code)
            return refused.code
        self.world.met.add(of.__name__)
        return None

    def attempt(self, *arguments: Any, of: Any) -> str | None:
        return self.world.do(self._attempt(*arguments, of=of))

    def run(self, number: int) -> tuple[Run, UUID] | None:
        """The latest run mostly, and now and then one before it."""
        if not self.run_ids:
            return None
        at = -1 - (number % len(self.run_ids) if number > 4 else 0)
        return self.model.runs[at], self.run_ids[at]

    @rule(
        number=st.integers(0, 7),
        who=WHO,
        action=st.sampled_from(ACTIONS),
        award=AWARD,
        is_fresh=st.sampled_from([True, True, True, True, False]),
        is_clear=st.booleans(),
    )
    def act(self, number: int, who: int, action: str, award: int, is_fresh: bool, is_clear: bool) -> None:
        """Anybody does anything, whether it is their turn or not: one rule, since hypothesis leaves out whole rules."""
        found = self.run(number)
        if action == "details change":
            self.change_details(PAYEES[award])
        elif action == "all steps":
            self.pay(who % PEOPLE, confirms=is_fresh)
        elif action == "prepare" or found is None:
            self.prepare(who)
        elif action == "bank sends back":
            self.bank_sends_back(*found, award, is_clear, is_fresh, who % PEOPLE)
        elif action == "remove":
            self.remove(*found, who, award)
        else:
            self.step(*found, who, action, is_fresh)

    def step(self, run: Run, run_id: UUID, who: int, action: str, is_fresh: bool) -> None:
        if action == "check":
            self.check(run, run_id, who, is_fresh)
        elif action in ("decide", "decline"):
            self.decide(run, run_id, who, is_fresh, action == "decide")
        elif action == "release":
            self.release(run, run_id, who)
        else:
            said = self.attempt(self.world.people[who], run_id, WHY, of=runs.cancel)
            assert said == self.model.cancel(run)

    def pay(self, first: int, confirms: bool) -> None:
        """All steps of a run by four people in order, a stale look first: by chance few stories come so far."""
        self.prepare(first)
        found = self.run(0)
        if found is None:
            return
        for is_fresh in (False, True):
            self.check(*found, (first + 1) % PEOPLE, is_fresh)
        self.decide(*found, (first + 2) % PEOPLE, True, True)
        self.release(*found, (first + 3) % PEOPLE)
        if confirms:
            said = self.attempt(self.world.people[first], found[1], "p3", of=runs.confirm)
            assert said == self.model.confirm(found[0])

    def prepare(self, who: int) -> None:
        attempts = [self.model.attempts(award) for award in range(len(PENCE))]
        said = self.attempt(self.world.people[who], BUDGET, None, of=runs.prepare)
        assert said == self.model.prepare(who)
        if said is None:
            self.run_ids.append(self.made)
            if any(attempts[award] for award in self.model.runs[-1].lines):
                self.world.met.add("paid again")

    def seen(self, run_id: UUID, is_fresh: bool) -> str:
        async def digest() -> str:
            async with self.service.session() as session:
                return await queries.digest_of(session, run_id)

        return self.world.do(digest()) if is_fresh else STALE

    def check(self, run: Run, run_id: UUID, who: int, is_fresh: bool) -> None:
        said = self.attempt(self.world.people[who], run_id, self.seen(run_id, is_fresh), of=runs.check)
        assert said == self.model.check(run, who, is_fresh)

    def decide(self, run: Run, run_id: UUID, who: int, is_fresh: bool, approves: bool) -> None:
        outcome: Any = "approved" if approves else "declined"
        body = RunApproval(content_sha256=self.seen(run_id, is_fresh), outcome=outcome, reason=WHY)
        said = self.attempt(self.world.people[who], run_id, body, of=runs.decide)
        assert said == self.model.decide(run, who, is_fresh, approves)

    def release(self, run: Run, run_id: UUID, who: int) -> None:
        said = self.attempt(self.world.people[who], run_id, of=runs.release)
        assert said == self.model.release(run, who)

    def remove(self, run: Run, run_id: UUID, who: int, award: int) -> None:
        payment = self.payment(run_id, award)
        payment_id = new_id() if payment is None else payment.id
        said = self.attempt(self.world.people[who], run_id, payment_id, WHY, of=runs.remove)
        assert said == self.model.remove(run, award)

    def payment(self, run_id: UUID, award: int) -> Any:
        found = [row for row in self.held() if (row.run_id, row.award_id) == (run_id, self.world.awards[award])]
        return found[0] if found else None

    def held(self) -> Any:
        async def rows() -> Any:
            async with self.service.session() as session:
                return (await session.execute(HELD)).all()

        return self.world.do(rows())

    def bank_sends_back(self, run: Run, run_id: UUID, award: int, is_clear: bool, settles: bool, who: int) -> None:
        """A file that comes twice, and speaks of one payment line after line; what people make of it if it is unclear.

        The first line is of another amount; the others are right, or of another account.
        """
        payment = self.payment(run_id, award)
        if payment is None:
            return
        self.files += 1
        facts = dict(payment._mapping)
        said: list[JSON] = [{"amount": "1.00"}, *([{}, {}] if is_clear else [{"account_number": "****9998"}])]
        content = a_file(*(line_of(facts, description=f"{self.files}/{at}", **one) for at, one in enumerate(said)))
        for _ in range(2):
            assert self.attempt(self.world.people[who], content, of=bank_returns.take_in) is None
        told = self.world.do(self._lines(self.made))
        differs = ["amount_differs", *([None, None] if is_clear else ["account_differs"])]
        why = [self.model.bring_back(run, award, one) for one in differs]
        assert [one.queued_because for one in told] == why
        assert [one.payment_id for one in told] == [payment.id if one is None else None for one in why]
        self.world.met |= {one or "came back" for one in why}
        if why[-1] == "account_differs" and settles:
            self.settle(told[-1].id, payment.id, who)
            self.model.is_back(run, award)

    async def _lines(self, import_id: UUID) -> Any:
        async with self.service.session() as session:
            return (await returned.find_import(session, import_id)).items

    def settle(self, line_id: UUID, payment_id: UUID, who: int) -> None:
        one, other = self.world.people[who], self.world.people[(who + 1) % PEOPLE]
        body: Any = {"outcome": "payment", "payment_id": payment_id, "reason": WHY}
        assert self.attempt(one, line_id, Resolution(**body), of=bank_returns.propose) is None
        agreed = ResolutionDecision(outcome="approved", reason=WHY)
        assert self.attempt(one, line_id, agreed, of=bank_returns.decide) == "same-person"
        assert self.attempt(other, line_id, agreed, of=bank_returns.decide) is None
        self.world.met.add("resolved")

    def change_details(self, payee: int) -> None:
        self.world.do(change_details(self.steps, payee))
        self.model.change_details(payee)

    @invariant()
    def both_say_the_same(self) -> None:
        if hasattr(self, "service"):
            self.world.do(self._compare())

    async def _compare(self) -> None:
        held = [row for row in await self._held() if row.award_id is not None]
        number = {award: at for at, award in enumerate(self.world.awards)}
        live: dict[int, str] = {}
        for run_id, run in zip(self.run_ids, self.model.runs, strict=True):
            rows = {number[row.award_id]: row for row in held if row.run_id == run_id}
            assert set(rows) == set(run.lines)
            assert {row.status for row in rows.values()} == ({run.status} if run.status != CANCELLED else set())
            self.world.met.add(run.status)
            for award, row in rows.items():
                expected = "sent" if run.status in SENT else "planned"
                assert row.payment_status == ("returned" if run.lines[award].is_back else expected)
                if row.payment_status != "returned":
                    assert award not in live, "an award is in two live payments"
                    live[award] = row.payment_status
        async with self.service.session() as session:
            balances = {row.kind: row.balance_pence for row in await session.execute(BALANCES)}
        assert (balances["paid"], balances["payable"]) == (self.model.paid, sum(PENCE) - self.model.paid)
        await self._compare_lives(number, live)

    async def _held(self) -> Any:
        async with self.service.session() as session:
            return (await session.execute(HELD)).all()

    async def _compare_lives(self, number: dict[UUID, int], live: dict[int, str]) -> None:
        async with self.service.session() as session:
            lives = (await session.execute(LIVES)).all()
        for row in lives:
            is_paid = live.get(number[row.id]) == "sent"
            assert (row.status, row.reserved, row.consumed) == (("paid", 0, 1) if is_paid else ("claimed", 1, 0))
            expected = {"sent": "paid", "planned": "scheduled", None: "approved"}[live.get(number[row.id])]
            assert row.claim_status == expected


def play(databases: Databases, beginnings: int, examples: int, steps: int) -> None:
    """Play stories, always the same. Those of one beginning are much alike, so there are several."""
    world = World(databases)
    told = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        for number in range(beginnings):
            run_state_machine_as_test(seed(number)(lambda: PaymentMachine(world)), settings=told)  # type: ignore[arg-type]  # any factory will do
        assert world.met >= TO_BE_MET, TO_BE_MET - world.met
    finally:
        world.close()


def test_runs_and_returns_do_what_the_model_does(databases: Databases) -> None:
    play(databases, beginnings=2, examples=5, steps=30)


@pytest.mark.campaign
def test_payments_do_for_a_thousand_stories(databases: Databases, request: pytest.FixtureRequest) -> None:
    if "campaign" not in request.config.option.markexpr:
        pytest.skip("a campaign")
    play(databases, beginnings=100, examples=10, steps=60)
