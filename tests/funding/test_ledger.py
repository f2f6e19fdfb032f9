"""The ledger: it cannot be unbalanced, edited, overspent or posted to twice."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from chassis.db import Database
from chassis.ids import new_id
from chassis.settings import ServiceSettings
from funding.budgets import service as budgets
from funding.budgets.schemas import BudgetReference, SandboxAllocation
from funding.ledger import queries, service
from funding.ledger.errors import BudgetExhausted, LedgerInconsistent
from funding.ledger.models import EntryKind, LedgerAccount
from funding_facts import PRIMARY_TWO_DAYS_PENCE, Steps
from harness import ServiceHarness

Result = TypeVar("Result")


async def leave_only(funding: ServiceHarness, budget: str, bursaries: int) -> None:
    """Spend the sandbox money down to what so many two-day bursaries need, and a penny less than one more."""
    keep = bursaries * PRIMARY_TWO_DAYS_PENCE + PRIMARY_TWO_DAYS_PENCE - 1
    async with funding.session() as session:
        spent = service.Movement("test", 10_000_000 - keep, "spent elsewhere")
        await service.move(session, budget, EntryKind.RESERVATION, [spent])


async def test_fifty_approvals_at_once_against_money_for_five_approve_exactly_five(steps: Steps) -> None:
    made = [await steps.an_eligible_bursary(f"9001{number:02d}") for number in range(50)]
    await leave_only(steps.funding, "cpd-bursaries", 5)
    replies = await asyncio.gather(*(steps.approve(bursary) for _, _, bursary in made))
    assert sorted(reply.status_code for reply in replies) == [200] * 5 + [409] * 45
    assert {one.json()["code"] for one in replies if one.status_code == 409} == {"budget-exhausted"}
    assert (await steps.balances())["available"] == PRIMARY_TWO_DAYS_PENCE - 1
    states = [(await steps.bursary(bursary))["status"] for _, _, bursary in made]
    assert (states.count("approved"), states.count("eligible")) == (5, 45)


async def test_one_bursary_approved_by_many_at_once_is_reserved_once(steps: Steps) -> None:
    _, _, bursary = await steps.an_eligible_bursary()
    replies = await asyncio.gather(*(steps.approve(bursary) for _ in range(10)))
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * 9
    assert (await steps.balances())["reserved"] == PRIMARY_TWO_DAYS_PENCE


APPEND_ONLY = (
    "UPDATE posting SET amount_pence = amount_pence + 1",
    "DELETE FROM posting",
    "TRUNCATE posting CASCADE",
    "UPDATE journal_transaction SET narrative = 'nothing to see'",
    "DELETE FROM journal_transaction",
    "UPDATE bursary_decision SET outcome = 'eligible'",
    "DELETE FROM bursary_decision",
    "DELETE FROM audit_entry",
)


@pytest.mark.parametrize("pence", [0, -1])
async def test_nothing_is_moved_by_an_amount_that_is_not_positive(funding: ServiceHarness, pence: int) -> None:
    async with funding.session() as session:
        with pytest.raises(LedgerInconsistent, match="amounts are positive"):
            await service.move(session, "cpd-bursaries", EntryKind.RESERVATION, [service.Movement("one", pence, "")])


async def test_whoever_asks_for_more_than_there_is_is_told_how_much_they_asked_for(funding: ServiceHarness) -> None:
    asked = [service.Movement("one", 6_000_000, ""), service.Movement("two", 5_000_000, "")]
    async with funding.session() as session:
        with pytest.raises(BudgetExhausted, match="cpd-bursaries does not hold another 11000000 pence"):
            await service.move(session, "cpd-bursaries", EntryKind.RESERVATION, asked)


async def test_what_is_written_stays(steps: Steps) -> None:
    await steps.an_approved_claim()
    for statement in APPEND_ONLY:
        with pytest.raises(IntegrityError, match="append-only"):
            async with steps.funding.session() as session:
                await session.execute(text(statement))


INSERT_TRANSACTION = (
    "INSERT INTO journal_transaction (id, kind, source, narrative, posted_at) "
    "VALUES (:id, 'allocation', gen_random_uuid(), 'forged', now())"
)
INSERT_POSTING = (
    "INSERT INTO posting (transaction_id, account, amount_pence) VALUES (:id, 'cpd-bursaries/available', :amount)"
)


async def test_the_database_refuses_a_transaction_that_does_not_sum_to_nought(funding: ServiceHarness) -> None:
    async def forge(*amounts: int) -> None:
        async with funding.session() as session:
            forged = new_id()
            await session.execute(text(INSERT_TRANSACTION), {"id": forged})
            for amount in amounts:
                await session.execute(text(INSERT_POSTING), {"id": forged, "amount": amount})

    await forge(100, -60, -40)
    for amounts in ((), (100,), (100, -99), (5, 5, -11)):
        with pytest.raises(IntegrityError, match="not to nought"):
            await forge(*amounts)


async def test_the_database_refuses_a_further_posting_on_an_old_transaction_and_a_negative_balance(
    funding: ServiceHarness,
) -> None:
    with pytest.raises(IntegrityError, match="not to nought"):
        async with funding.session() as session:
            await session.execute(
                text(
                    "INSERT INTO posting (transaction_id, account, amount_pence) "
                    "SELECT id, 'cpd-bursaries/paid', 1 FROM journal_transaction"
                )
            )
    for statement in (
        "UPDATE ledger_account SET balance_pence = -1 WHERE kind = 'available'",
        "UPDATE ledger_account SET balance_pence = 1 WHERE kind = 'funding'",
    ):
        with pytest.raises(IntegrityError, match="never_overspent"):
            async with funding.session() as session:
                await session.execute(text(statement))


async def test_a_balance_changed_by_hand_shows_in_the_trial_balance(steps: Steps) -> None:
    async with steps.funding.session() as session:
        await session.execute(
            text("UPDATE ledger_account SET balance_pence = 1 WHERE kind = 'paid' AND budget = 'cpd-bursaries'")
        )
    trial = (await steps.get(steps.auditor, "/v1/ledger/trial-balance")).json()
    assert (trial["is_balanced"], trial["total_pence"]) == (False, 1)


class LedgerMachine(RuleBasedStateMachine):
    """Random movements on a budget of its own, compared with five numbers and two sets."""

    def __init__(self, settings: ServiceSettings) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = Database(settings, "ledger machine")
        self.budget = f"budget-{new_id()}"
        self.expected = dict.fromkeys(("funding", "available", "reserved", "payable", "paid"), 0)
        self.reserved: dict[str, int] = {}
        self.payable: dict[str, int] = {}
        self.done: list[tuple[EntryKind, str, int]] = []

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run on the machine's own loop."""
        return self.runner.run(work)

    @initialize()
    def open(self) -> None:
        """A budget with nothing in it."""

        async def open_budget() -> None:
            async with self.database.transaction() as session:
                reference = BudgetReference(budget=self.budget, fund="lot-1-national-centre", title="Test")
                assert await budgets.open_budget(session, reference)
                assert not await budgets.open_budget(session, reference)

        self.run(open_budget())

    def move(self, kind: EntryKind, *movements: tuple[str, int]) -> None:
        """Post, and follow it in the oracle if it is accepted."""

        async def post() -> None:
            async with self.database.transaction() as session:
                posted = [service.Movement(source, amount, "test") for source, amount in movements]
                await service.move(session, self.budget, kind, posted)

        self.run(post())
        source, target = service.ROUTES[kind]
        for key, amount in movements:
            self.expected[source] -= amount
            self.expected[target] += amount
            self.done.append((kind, key, amount))

    @rule(amount=st.integers(1, 10**9))
    def allocate(self, amount: int) -> None:
        """Money comes in."""

        async def allocate() -> tuple[bool, bool]:
            reference = SandboxAllocation(
                budget=self.budget, reference=str(new_id()), amount_pence=amount, narrative="test"
            )
            async with self.database.transaction() as session:
                return await budgets.allocate_sandbox(session, reference), await budgets.allocate_sandbox(
                    session, reference
                )

        assert self.run(allocate()) == (True, False)
        self.expected["funding"] -= amount
        self.expected["available"] += amount

    @rule(amount=st.integers(1, 10**9))
    def reserve(self, amount: int) -> None:
        """Accepted exactly when there is enough."""
        key = str(new_id())
        if amount > self.expected["available"]:
            with pytest.raises(BudgetExhausted):
                self.move(EntryKind.RESERVATION, (key, amount))
            return
        self.move(EntryKind.RESERVATION, (key, amount))
        self.reserved[key] = amount

    @precondition(lambda self: self.reserved)
    @rule(data=st.data(), kind=st.sampled_from([EntryKind.RELEASE, EntryKind.ACCRUAL]))
    def settle(self, data: st.DataObject, kind: EntryKind) -> None:
        """A reservation is given back or becomes owed."""
        key = data.draw(st.sampled_from(sorted(self.reserved)))
        amount = self.reserved.pop(key)
        self.move(kind, (key, amount))
        if kind is EntryKind.ACCRUAL:
            self.payable[key] = amount

    @precondition(lambda self: self.payable)
    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        """Some of what is owed is paid together."""
        keys = data.draw(st.lists(st.sampled_from(sorted(self.payable)), min_size=1, unique=True))
        self.move(EntryKind.PAYMENT, *((key, self.payable.pop(key)) for key in keys))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def post_again(self, data: st.DataObject) -> None:
        """What was posted is never posted twice, whether the balances would allow it or not."""
        kind, key, amount = data.draw(st.sampled_from(self.done))
        with pytest.raises((IntegrityError, BudgetExhausted, LedgerInconsistent)):
            self.move(kind, (key, amount))

    @rule(amount=st.integers(-(10**6), 0))
    def move_nothing_or_backwards(self, amount: int) -> None:
        """Amounts are positive."""
        with pytest.raises(LedgerInconsistent):
            self.move(EntryKind.RESERVATION, (str(new_id()), amount))

    @invariant()
    def balances_agree(self) -> None:
        """Kept balances, the fold of postings and the oracle are the same."""

        async def read() -> dict[str, tuple[int, int]]:
            async with self.database.reads.connect() as reader:
                trial = await queries.trial_balance(reader)
            mine = [one for one in trial.accounts if one.budget == self.budget]
            return {one.kind: (one.balance_pence, one.posted_pence) for one in mine}

        found = self.run(read())
        assert found in ({}, {kind: (pence, pence) for kind, pence in self.expected.items()})

    def teardown(self) -> None:
        """Let go of the loop."""
        self.run(self.database.close())
        self.runner.close()


def test_random_movements_agree_with_a_simple_model(funding: ServiceHarness) -> None:
    bounded = settings(
        max_examples=12,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(lambda: LedgerMachine(funding.settings), settings=bounded)  # type: ignore[arg-type]  # a factory is as good as a class


async def test_movements_in_both_directions_at_once_neither_deadlock_nor_lose_a_penny(funding: ServiceHarness) -> None:
    async def there_and_back(number: int) -> None:
        key = f"bursary:{number}"
        async with funding.session() as session:
            await service.move(
                session, "cpd-bursaries", EntryKind.RESERVATION, [service.Movement(key, 10 + number, "test")]
            )
        kind = (EntryKind.RELEASE, EntryKind.ACCRUAL)[number % 2]
        async with funding.session() as session:
            await service.move(session, "cpd-bursaries", kind, [service.Movement(key, 10 + number, "test")])

    await asyncio.gather(*(there_and_back(number) for number in range(60)))
    async with funding.session() as session:
        query = select(LedgerAccount.kind, LedgerAccount.balance_pence).where(LedgerAccount.budget == "cpd-bursaries")
        held = {row.kind: row.balance_pence for row in await session.execute(query)}
    owed = sum(10 + number for number in range(1, 60, 2))
    assert held == {"funding": -10_000_000, "available": 10_000_000 - owed, "reserved": 0, "payable": owed, "paid": 0}
