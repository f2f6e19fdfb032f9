"""Moves money between accounts. One statement changes the balances, on condition that they hold it, and writes the
journal; accounts are held before it begins: exact at READ COMMITTED, however many do it at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, String, Uuid, bindparam, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import UtcDateTime
from chassis.ids import new_id
from funding.ledger.errors import BudgetExhausted, LedgerInconsistent
from funding.ledger.models import AccountKind, EntryKind, JournalTransaction, LedgerAccount, Posting

ROUTES = {
    EntryKind.ALLOCATION: (AccountKind.FUNDING, AccountKind.AVAILABLE),
    EntryKind.RESERVATION: (AccountKind.AVAILABLE, AccountKind.RESERVED),
    EntryKind.RELEASE: (AccountKind.RESERVED, AccountKind.AVAILABLE),
    EntryKind.ACCRUAL: (AccountKind.RESERVED, AccountKind.PAYABLE),
    EntryKind.PAYMENT: (AccountKind.PAYABLE, AccountKind.PAID),
    EntryKind.RECOVERY: (AccountKind.PAID, AccountKind.AVAILABLE),
}
"""From which account of a budget each kind of entry takes, and to which it gives."""

TAKES_WHAT_IS_AVAILABLE = (EntryKind.RESERVATION, EntryKind.VIREMENT)
"""Kinds for which people ask without knowing whether there is enough."""

# In one order, so that no two entries wait for each other. A statement of its own: the next begins when it is through,
# and sees what it waited for. Within one statement verdicts were passed on balances of before the wait.
_HOLD = text("SELECT FROM ledger_account WHERE account = ANY(:accounts) ORDER BY account FOR UPDATE").bindparams(
    bindparam("accounts", type_=ARRAY(String))
)

# What is decided is decided on rows that are held, and either everything below happens or nothing does.
_POST = text(
    """
    WITH entry AS (
        SELECT * FROM unnest(:ids, :sources, :narratives, :reversed) AS row(id, source, narrative, reverses_id)
    ), leg AS (
        SELECT * FROM unnest(:entries, :accounts, :amounts) WITH ORDINALITY AS row(entry_id, account, pence, place)
    ), change AS (
        SELECT account, sum(pence)::bigint AS pence FROM leg GROUP BY account
    ), held AS (
        SELECT account, kind, balance_pence FROM ledger_account
        WHERE account IN (SELECT account FROM change) ORDER BY account FOR UPDATE
    ), judged AS (
        SELECT account, CASE kind WHEN 'funding' THEN balance_pence + pence <= 0 ELSE balance_pence + pence >= 0 END
            AS holds FROM change LEFT JOIN held USING (account)
    ), verdict AS (
        SELECT array_agg(account ORDER BY account) FILTER (WHERE holds IS NOT TRUE) AS short FROM judged
    ), moved AS (
        UPDATE ledger_account SET balance_pence = ledger_account.balance_pence + change.pence
        FROM change, verdict WHERE ledger_account.account = change.account AND short IS NULL
    ), written AS (
        INSERT INTO journal_transaction (id, kind, source, narrative, posted_at, reverses_id)
        SELECT id, :kind, source, narrative, :posted_at, reverses_id FROM entry, verdict WHERE short IS NULL
    ), posted AS (
        INSERT INTO posting (transaction_id, account, amount_pence)
        SELECT entry_id, account, pence FROM leg, verdict WHERE short IS NULL ORDER BY place
    )
    SELECT short FROM verdict
    """
).bindparams(
    *(bindparam(name, type_=ARRAY(Uuid)) for name in ("ids", "reversed", "entries")),
    *(bindparam(name, type_=ARRAY(String)) for name in ("sources", "narratives", "accounts")),
    bindparam("amounts", type_=ARRAY(BigInteger)),
    bindparam("kind", type_=String),
    bindparam("posted_at", type_=UtcDateTime),
)


@dataclass(frozen=True)
class Movement:
    """An amount in pence, and the fact that moves it, such as `claim:0190…`."""

    source: str
    amount_pence: int
    narrative: str


@dataclass(frozen=True)
class Entry:
    """A transaction to post: legs of account and pence that sum to nought."""

    source: str
    narrative: str
    legs: tuple[tuple[str, int], ...]
    reverses_id: UUID | None = None


def account_code(budget: str, kind: AccountKind) -> str:
    """The code of one of a budget's accounts."""
    return f"{budget}/{kind}"


async def open_accounts(session: AsyncSession, budget: str) -> None:
    """Give a new budget its accounts, all at nought."""
    rows = [{"account": account_code(budget, kind), "budget": budget, "kind": kind} for kind in AccountKind]
    await session.execute(insert(LedgerAccount), [row | {"balance_pence": 0} for row in rows])


async def move(session: AsyncSession, budget: str, kind: EntryKind, movements: Sequence[Movement]) -> None:
    """Post movements of one kind within a budget; all or none.

    BudgetExhausted when `available` does not hold the sum. A movement that was posted before breaks the unique key of
    the journal and takes the whole transaction with it: callers guard by the status of the claim or bursary.
    """
    if any(movement.amount_pence <= 0 for movement in movements):
        raise LedgerInconsistent(f"{kind}: amounts are positive")
    source, target = (account_code(budget, account) for account in ROUTES[kind])
    await post(
        session,
        kind,
        [
            Entry(one.source, one.narrative, ((source, -one.amount_pence), (target, one.amount_pence)))
            for one in movements
        ],
    )


async def post(session: AsyncSession, kind: EntryKind, entries: Sequence[Entry]) -> None:
    """Post transactions of one kind; all or none. BudgetExhausted, or LedgerInconsistent for what no caller may do."""
    ids = [new_id() for _ in entries]
    legs = [(id_, *leg) for id_, entry in zip(ids, entries, strict=True) for leg in entry.legs]
    values = {
        "kind": kind,
        "posted_at": clock.now(),
        "ids": ids,
        "sources": [entry.source for entry in entries],
        "narratives": [entry.narrative for entry in entries],
        "reversed": [entry.reverses_id for entry in entries],
        "entries": [leg[0] for leg in legs],
        "accounts": [leg[1] for leg in legs],
        "amounts": [leg[2] for leg in legs],
    }
    await session.execute(_HOLD, {"accounts": sorted({leg[1] for leg in legs})})
    short: list[str] | None = (await session.execute(_POST, values)).scalar_one()
    if short is None:
        return
    if kind in TAKES_WHAT_IS_AVAILABLE:
        budget = short[0].rpartition("/")[0]
        wanted = -sum(pence for _, account, pence in legs if account == short[0])
        raise BudgetExhausted(f"The budget {budget} does not hold another {wanted} pence.", budget=budget)
    raise LedgerInconsistent(f"{kind}: {', '.join(short)} would not hold it")


async def reverse(session: AsyncSession, kind: EntryKind, sources: Sequence[str], narrative: str) -> None:
    """Post the exact opposites of earlier entries, each once. LedgerInconsistent when one of them is not there."""
    original = select(JournalTransaction.id, JournalTransaction.source, Posting.account, Posting.amount_pence).join(
        Posting, Posting.transaction_id == JournalTransaction.id
    )
    chosen = original.where(JournalTransaction.kind == kind, JournalTransaction.source.in_(sources))
    rows = (await session.execute(chosen.order_by(JournalTransaction.source, Posting.id))).all()
    if missing := sorted(set(sources) - {row.source for row in rows}):
        raise LedgerInconsistent(f"no {kind} of {', '.join(missing)} to reverse")
    entries = []
    for (id_, source), alike in groupby(rows, key=lambda row: (row.id, row.source)):
        entries.append(Entry(source, narrative, tuple((row.account, -row.amount_pence) for row in alike), id_))
    await post(session, EntryKind.REVERSAL, entries)
