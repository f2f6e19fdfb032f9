"""Reads of the ledger."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from funding.cursors import position
from funding.ledger.models import JournalTransaction, LedgerAccount, Posting
from funding.ledger.schemas import AccountBalance, LedgerEntry, TrialBalance


async def trial_balance(reader: AsyncConnection) -> TrialBalance:
    """Every account's balance beside the fold of its postings, in one snapshot."""
    posted = func.coalesce(func.sum(Posting.amount_pence), 0).label("posted_pence")
    count = select(func.count()).select_from(JournalTransaction).scalar_subquery().label("transactions")
    account = LedgerAccount.__table__.c
    query = (
        select(account.account, account.budget, account.kind, account.balance_pence, posted, count)
        .outerjoin(Posting, Posting.account == LedgerAccount.account)
        .group_by(LedgerAccount.account)
        .order_by(LedgerAccount.account)
    )
    rows = (await reader.execute(query)).all()
    accounts = [AccountBalance.model_validate(row, from_attributes=True) for row in rows]
    total = sum(one.balance_pence for one in accounts)
    agree = all(one.balance_pence == one.posted_pence for one in accounts)
    return TrialBalance(
        accounts=accounts,
        total_pence=total,
        transactions=rows[0].transactions if rows else 0,
        is_balanced=agree and total == 0,
    )


async def entries(
    reader: AsyncConnection, page: PageOf, budget: str | None, source: str | None
) -> Sequence[LedgerEntry]:
    """Postings in the order they were made, one more than the page holds."""
    query = (
        select(
            Posting.id,
            Posting.transaction_id,
            JournalTransaction.kind,
            JournalTransaction.source,
            JournalTransaction.narrative,
            Posting.account,
            Posting.amount_pence,
            JournalTransaction.posted_at,
            JournalTransaction.reverses_id,
        )
        .join(JournalTransaction, JournalTransaction.id == Posting.transaction_id)
        .order_by(Posting.id)
        .limit(page.limit + 1)
    )
    after = page.after_as(position)
    if after is not None:
        query = query.where(Posting.id > after[0])
    if budget is not None:
        query = query.join(LedgerAccount, LedgerAccount.account == Posting.account).where(
            LedgerAccount.budget == budget
        )
    if source is not None:
        query = query.where(
            or_(
                JournalTransaction.source == source, JournalTransaction.source.startswith(f"{source}:", autoescape=True)
            )
        )
    return [LedgerEntry.model_validate(row) for row in await reader.execute(query)]
