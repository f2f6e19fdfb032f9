"""Opens budgets and allocates money to them."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from funding.budgets.models import Budget, Fund
from funding.budgets.schemas import BudgetOut, BudgetReference, FundReference, SandboxAllocation
from funding.ledger import service as ledger
from funding.ledger.models import AccountKind, EntryKind, JournalTransaction, LedgerAccount


async def import_funds(session: AsyncSession, funds: Sequence[FundReference]) -> None:
    """Add funds, or correct those that are held; a parent comes before its parts."""
    for fund in funds:
        statement = insert(Fund).values(fund.model_dump())
        updates = {name: statement.excluded[name] for name in FundReference.model_fields if name != "fund"}
        await session.execute(statement.on_conflict_do_update(index_elements=[Fund.fund], set_=updates))


async def open_budget(session: AsyncSession, budget: BudgetReference) -> bool:
    """Open a budget with empty accounts; False when it is open already."""
    statement = insert(Budget).values(budget.model_dump() | {"is_sandbox": False}).on_conflict_do_nothing()
    if (await session.execute(statement.returning(Budget.budget))).first() is None:
        return False
    await ledger.open_accounts(session, budget.budget)
    return True


async def allocate_sandbox(session: AsyncSession, allocation: SandboxAllocation) -> bool:
    """Put made-up money into a budget and mark it as a sandbox; False when this allocation was made before."""
    source = f"sandbox-allocation:{allocation.reference}"
    marked = update(Budget).where(Budget.budget == allocation.budget).values(is_sandbox=True)
    # The budget's row is locked by this, so that two seeders do not both find the allocation missing.
    await session.execute(marked)
    made = select(JournalTransaction.id).where(
        JournalTransaction.kind == EntryKind.ALLOCATION, JournalTransaction.source == source
    )
    if (await session.execute(made)).first() is not None:
        return False
    movement = ledger.Movement(source, allocation.amount_pence, allocation.narrative)
    await ledger.move(session, allocation.budget, EntryKind.ALLOCATION, [movement])
    return True


async def budget_exists(session: AsyncSession, budget: str) -> bool:
    """Whether a budget of this code is open."""
    return (await session.execute(select(Budget.budget).where(Budget.budget == budget))).first() is not None


async def list_budgets(reader: AsyncConnection) -> list[BudgetOut]:
    """Every budget with its balances."""
    columns = Budget.__table__.c
    query = (
        select(columns.budget, columns.title, columns.fund, columns.is_sandbox)
        .add_columns(Fund.title.label("fund_title"), Fund.lot, LedgerAccount.kind, LedgerAccount.balance_pence)
        .join(Fund, Fund.fund == columns.fund)
        .join(LedgerAccount, LedgerAccount.budget == columns.budget)
        .order_by(columns.budget)
    )
    found: dict[str, dict[str, str | int | bool | None]] = {}
    for row in await reader.execute(query):
        budget = found.setdefault(row.budget, {key: row._mapping[key] for key in _SHOWN})
        name = "allocated" if row.kind == AccountKind.FUNDING else row.kind
        budget[f"{name}_pence"] = abs(row.balance_pence)
    return [BudgetOut.model_validate(budget) for budget in found.values()]


_SHOWN = ("budget", "title", "fund", "fund_title", "lot", "is_sandbox")
