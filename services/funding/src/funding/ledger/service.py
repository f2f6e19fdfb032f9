"""Moves money between the accounts of one budget. Balances are kept by conditional updates, exact at READ COMMITTED."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from funding.ledger.errors import BudgetExhausted, LedgerInconsistent
from funding.ledger.models import AccountKind, EntryKind, JournalTransaction, LedgerAccount, Posting

ROUTES = {
    EntryKind.ALLOCATION: (AccountKind.FUNDING, AccountKind.AVAILABLE),
    EntryKind.RESERVATION: (AccountKind.AVAILABLE, AccountKind.RESERVED),
    EntryKind.RELEASE: (AccountKind.RESERVED, AccountKind.AVAILABLE),
    EntryKind.ACCRUAL: (AccountKind.RESERVED, AccountKind.PAYABLE),
    EntryKind.PAYMENT: (AccountKind.PAYABLE, AccountKind.PAID),
}
"""From which account each kind of entry takes, and to which it gives."""

_LOCK_ORDER = list(AccountKind)


@dataclass(frozen=True)
class Movement:
    """An amount in pence, and the fact that moves it, such as `claim:0190…`."""

    source: str
    amount_pence: int
    narrative: str


def account_code(budget: str, kind: AccountKind) -> str:
    """The code of one of a budget's accounts."""
    return f"{budget}/{kind}"


async def open_accounts(session: AsyncSession, budget: str) -> None:
    """Give a new budget its accounts, all at nought."""
    rows = [{"account": account_code(budget, kind), "budget": budget, "kind": kind} for kind in AccountKind]
    await session.execute(insert(LedgerAccount), [row | {"balance_pence": 0} for row in rows])


async def move(session: AsyncSession, budget: str, kind: EntryKind, movements: Sequence[Movement]) -> None:
    """Post movements of one kind; all or none.

    BudgetExhausted when `available` does not hold the sum. A movement that was posted before breaks the unique key of
    the journal and takes the whole transaction with it: callers guard by the status of the claim or bursary.
    """
    total = sum(movement.amount_pence for movement in movements)
    if any(movement.amount_pence <= 0 for movement in movements):
        raise LedgerInconsistent(f"{kind}: amounts are positive")
    await _change_balances(session, budget, kind, total)
    await _write_journal(session, budget, kind, movements)


async def _change_balances(session: AsyncSession, budget: str, kind: EntryKind, total: int) -> None:
    source, target = ROUTES[kind]
    # Every entry takes its two rows in the same order, so that no two wait for each other.
    for account in sorted((source, target), key=_LOCK_ORDER.index):
        change = -total if account is source else total
        statement = update(LedgerAccount).where(LedgerAccount.account == account_code(budget, account))
        if account is source and account is not AccountKind.FUNDING:
            statement = statement.where(LedgerAccount.balance_pence >= total)
        changed = await session.execute(
            statement.values(balance_pence=LedgerAccount.balance_pence + change)
            .returning(LedgerAccount.account)
            .execution_options(synchronize_session=False)
        )
        if changed.first() is not None:
            continue
        if kind is EntryKind.RESERVATION:
            raise BudgetExhausted(f"The budget {budget} does not hold another {total} pence.", budget=budget)
        raise LedgerInconsistent(f"{kind} of {total} pence: {account_code(budget, account)} does not hold it")


async def _write_journal(session: AsyncSession, budget: str, kind: EntryKind, movements: Sequence[Movement]) -> None:
    source, target = ROUTES[kind]
    posted_at = clock.now()
    journal: list[dict[str, object]] = []
    postings: list[dict[str, object]] = []
    for movement in movements:
        entry = {"id": new_id(), "kind": kind, "source": movement.source, "narrative": movement.narrative}
        journal.append(entry | {"posted_at": posted_at})
        for account, amount in ((source, -movement.amount_pence), (target, movement.amount_pence)):
            code = account_code(budget, account)
            postings.append({"transaction_id": entry["id"], "account": code, "amount_pence": amount})
    await session.execute(insert(JournalTransaction), journal)
    await session.execute(insert(Posting), postings)
