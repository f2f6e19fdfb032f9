"""Where the money stands, by budget and by fund."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from funding.base import Queryable
from funding.budgets.models import Budget, BudgetForecast, Fund
from funding.budgets.schemas import BudgetOut, FundOut, Standing
from funding.ledger.models import AccountKind, LedgerAccount

_SHOWN = ("budget", "title", "fund", "fund_title", "lot", "is_sandbox", "scheme", "hub_id", "financial_year")
_FORECAST = ("forecast_pence", "forecast_at")


def _query(budget: str | None) -> Select[tuple[object, ...]]:
    columns = Budget.__table__.c
    latest = (
        select(BudgetForecast.forecast_pence, BudgetForecast.made_at.label("forecast_at"))
        .where(BudgetForecast.budget == columns.budget)
        .order_by(BudgetForecast.made_at.desc(), BudgetForecast.id.desc())
        .limit(1)
        .lateral("latest")
    )
    query = (
        select(columns.budget, columns.title, columns.fund, columns.is_sandbox)
        .add_columns(columns.scheme, columns.hub_id, columns.financial_year)
        .add_columns(Fund.title.label("fund_title"), Fund.lot, LedgerAccount.kind, LedgerAccount.balance_pence)
        .add_columns(latest.c.forecast_pence, latest.c.forecast_at)
        .join(Fund, Fund.fund == columns.fund)
        .join(LedgerAccount, LedgerAccount.budget == columns.budget)
        .outerjoin(latest, onclause=columns.budget == columns.budget)
        .order_by(columns.budget)
    )
    return query if budget is None else query.where(columns.budget == budget)


async def list_budgets(db: Queryable, budget: str | None = None) -> list[BudgetOut]:
    """Every budget with its balances, or this one."""
    found: dict[str, dict[str, object]] = {}
    for row in await db.execute(_query(budget)):
        one = found.setdefault(row.budget, {key: row._mapping[key] for key in (*_SHOWN, *_FORECAST)})
        name = "allocated" if row.kind == AccountKind.FUNDING else row.kind
        one[f"{name}_pence"] = abs(row.balance_pence)
    return [BudgetOut.model_validate(one) for one in found.values()]


async def list_funds(reader: AsyncConnection) -> list[FundOut]:
    """Every fund, with the sums of its budgets and of those of its parts; a fund before its parts."""
    budgets = await list_budgets(reader)
    query = select(Fund.__table__).order_by(Fund.part_of.nulls_first(), Fund.lot, Fund.fund)
    funds = (await reader.execute(query)).all()
    parents = {row.fund: row.part_of for row in funds}
    sums = {row.fund: dict.fromkeys((*Standing.model_fields, "forecast_pence"), 0) for row in funds}
    for budget in budgets:
        said = budget.forecast_pence
        expected = budget.allocated_pence if said is None else said
        fund: str | None = budget.fund
        while fund is not None:
            for name in Standing.model_fields:
                sums[fund][name] += getattr(budget, name)
            sums[fund]["forecast_pence"] += expected
            fund = parents[fund]
    return [_shown(dict(row._mapping), sums[row.fund]) for row in funds]


def _shown(fund: dict[str, object], sums: dict[str, int]) -> FundOut:
    awarded = fund["allocated_pence"]
    return FundOut.model_validate(fund | sums | {"awarded_pence": awarded})
