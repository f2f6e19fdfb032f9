"""Clients that move money at once by the services' own code, each writing down what its transactions read and added."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from builders import staff
from chassis.db import Database
from chassis.errors import ServiceError
from chassis.ids import new_id
from funding.allocations import service as allocations
from funding.allocations.schemas import AllocationProposal
from funding.budgets import service as budgets
from funding.budgets.schemas import BudgetReference
from funding.bursaries.schemas import ApprovalDecision
from funding.ledger.errors import LedgerInconsistent
from funding.ledger.models import EntryKind
from funding.ledger.service import ROUTES, account_code
from isolation.anomalies import Append, Read, Transaction

FUND = "lot-1-national-centre"
BUDGETS = 3
MONEY_PENCE = 20_000
"""In each budget at first: so little that reservations are refused now and then."""
DECIDED_BY = 3
READ_TWICE, LOOKS, CHANGES_MIND, DECIDES, TAKEN_BY_ANOTHER = 0.1, 0.4, 0.1, 0.1, 0.2
NEXT = {
    EntryKind.RESERVATION: (EntryKind.RELEASE, EntryKind.ACCRUAL),
    EntryKind.ACCRUAL: (EntryKind.PAYMENT,),
    EntryKind.PAYMENT: (EntryKind.RECOVERY,),
}
MOVES = {
    EntryKind.RESERVATION: budgets.reserve,
    EntryKind.RELEASE: budgets.release,
    EntryKind.ACCRUAL: budgets.commit,
    EntryKind.PAYMENT: budgets.pay,
    EntryKind.RECOVERY: budgets.recover,
}
# Lists and balances in one statement, so of one moment. Who added an entry is its narrative: what was rolled back may
# be done again by another.
_ACCOUNTS = text(
    "SELECT a.account, a.balance_pence, coalesce(p.pence, 0) AS pence, coalesce(p.entries, '{}') AS entries "
    "FROM ledger_account a LEFT JOIN LATERAL (SELECT sum(amount_pence) AS pence, "
    "array_agg(j.narrative || ': ' || j.kind || ' ' || j.source ORDER BY posting.id) AS entries FROM posting "
    "JOIN journal_transaction j ON j.id = posting.transaction_id WHERE posting.account = a.account) p ON true "
    "WHERE a.account = ANY(:accounts) OR a.budget = ANY(:budgets) ORDER BY a.account"
)
_DECISIONS = text(
    "SELECT subject, array_agg(details ->> 'reason' ORDER BY position) AS entries FROM audit_entry "
    "WHERE subject LIKE 'allocation:%' AND action <> 'allocation.proposed' GROUP BY subject"
)


Work = Callable[[AsyncSession, Transaction], Awaitable[list["Promise"]]]


class ChangedMind(Exception):
    """A client rolls its transaction back."""


@dataclass(frozen=True)
class Promise:
    """An award, and how far it has got."""

    award: budgets.Award
    budget: str
    pence: int
    kind: EntryKind


@dataclass
class Money:
    """Some budgets, their history, and what went wrong in plain sight."""

    database: Database
    chosen: random.Random
    names: Sequence[str]
    history: list[Transaction] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    came_to: Counter[str] = field(default_factory=Counter)
    promises: list[Promise] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    async def open(self) -> None:
        """Open the budgets, with a little money in each."""
        async with self.database.transaction() as session:
            for name in self.names:
                await budgets.open_budget(session, BudgetReference(budget=name, fund=FUND, title=name))
                await budgets.allocate(session, f"test:{name}", name, MONEY_PENCE, "To be moved")

    async def work(self, transactions: int, clients: int) -> None:
        """Have so many clients make so many transactions."""
        left = iter(range(transactions))

        async def client() -> None:
            for _ in left:
                drawn = self.chosen.random()
                if drawn < READ_TWICE:
                    await self._attempt(self._read_twice)
                elif drawn < READ_TWICE + DECIDES:
                    await self._decide()
                else:
                    await self._attempt(self._move)

        await asyncio.gather(*(client() for _ in range(clients)))

    async def _attempt(self, work: Work) -> None:
        """One transaction, which may be refused, meet another, or be rolled back by its client."""
        mine = Transaction(f"T{next(self._numbers)}")
        self.history.append(mine)
        try:
            async with self.database.transaction() as session:
                after = await work(session, mine)
        except (ServiceError, LedgerInconsistent, DBAPIError, ChangedMind) as error:
            self.came_to[getattr(getattr(error, "orig", None), "sqlstate", None) or type(error).__name__] += 1
            return
        mine.is_committed = True
        self.came_to["committed"] += 1
        self.promises += after

    async def _read_twice(self, session: AsyncSession, mine: Transaction) -> list[Promise]:
        for _ in range(2):
            await self.look(session, mine, budgets_of=[self.chosen.choice(self.names)])
        return []

    async def _move(self, session: AsyncSession, mine: Transaction) -> list[Promise]:
        """Move one or two awards a step on; in one order of budgets and steps, so that few wait for each other."""
        moves = [self._a_move() for _ in range(self.chosen.choice((1, 1, 2)))]
        order = list(MOVES)
        for one in sorted(moves, key=lambda one: (one.budget, order.index(one.kind))):
            await MOVES[one.kind](session, one.budget, one.award, one.pence, mine.name)
            accounts = [account_code(one.budget, kind) for kind in ROUTES[one.kind]]
            mine.steps += [Append(account, f"{mine.name}: {one.kind} {one.award.source}") for account in accounts]
            if self.chosen.random() < LOOKS:
                await self.look(session, mine, accounts=accounts)
        if self.chosen.random() < CHANGES_MIND:
            raise ChangedMind
        return moves

    def _a_move(self) -> Promise:
        """A new promise, or the next step of one, which somebody else may be about to take as well."""
        if not self.promises or self.chosen.random() < 0.4:
            award = budgets.Award("isolation", new_id())
            budget = self.chosen.choice(self.names)
            return Promise(award, budget, self.chosen.randrange(1, 2000), EntryKind.RESERVATION)
        place = self.chosen.randrange(len(self.promises))
        held = self.promises[place]
        if self.chosen.random() > TAKEN_BY_ANOTHER:
            del self.promises[place]
        steps = NEXT.get(held.kind, (EntryKind.RESERVATION,))
        if held.kind not in NEXT:  # it has come to its end
            return Promise(budgets.Award("isolation", new_id()), held.budget, held.pence, EntryKind.RESERVATION)
        return Promise(held.award, held.budget, held.pence, self.chosen.choice(steps))

    async def _decide(self) -> None:
        """An allocation is proposed, and decided by several at once: each decides because nobody has."""
        to, of = self.chosen.sample(list(self.names), 2)
        wanted = AllocationProposal(
            to_budget=to, from_budget=of, amount_pence=self.chosen.randrange(1, 500), reason="?"
        )
        async with self.database.transaction() as session:
            proposed = (await allocations.propose(session, staff("funding_officer"), wanted)).id

        async def decide(session: AsyncSession, mine: Transaction) -> list[Promise]:
            said = ApprovalDecision(outcome="approved", reason=mine.name)
            mine.steps.append(Read(f"allocation:{proposed}", (), is_rested_upon=True))
            await allocations.decide(session, staff("funding_approver"), proposed, said)
            mine.steps.append(Append(f"allocation:{proposed}", mine.name))
            kinds = ("available", "funding")
            mine.steps += [
                Append(f"{name}/{kind}", f"From {of} to {to}: virement allocation:{proposed}")
                for name in (of, to)
                for kind in kinds
            ]
            return []

        await asyncio.gather(*(self._attempt(decide) for _ in range(DECIDED_BY)))

    async def look(
        self, session: AsyncSession, mine: Transaction, accounts: Sequence[str] = (), budgets_of: Sequence[str] = ()
    ) -> None:
        """Read whole lists, and hold balances against them."""
        for row in await session.execute(_ACCOUNTS, {"accounts": list(accounts), "budgets": list(budgets_of)}):
            mine.steps.append(Read(row.account, tuple(row.entries)))
            if row.balance_pence != row.pence:
                self.wrong.append(f"{mine.name} read {row.account}: {row.balance_pence}, and postings of {row.pence}")

    async def final(self) -> dict[str, tuple[str, ...]]:
        """Every list at the end, read by a transaction of its own."""
        last = Transaction("the last", is_committed=True)
        async with self.database.transaction() as session:
            await self.look(session, last, budgets_of=self.names)
            decided = {row.subject: tuple(row.entries) for row in await session.execute(_DECISIONS)}
        return {one.key: one.seen for one in last.steps if isinstance(one, Read)} | decided
