"""`/v1/budgets` and `/v1/funds`: where the money stands."""

from typing import Annotated

from fastapi import Path

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.budgets import queries, service
from funding.budgets.errors import BudgetExists, FundNotFound
from funding.budgets.schemas import BudgetList, BudgetOpening, BudgetOut, Forecast, ForecastOut, FundList
from funding.ledger.errors import BudgetNotFound
from funding.roles import OFFICER, READERS

router = ServiceRouter(prefix="/v1/budgets", tags=["budgets"])
funds_router = ServiceRouter(prefix="/v1/funds", tags=["budgets"])

FinanceStaff = Annotated[Principal, allow(role(*READERS))]
Officer = Annotated[Principal, allow(role(OFFICER))]
BudgetCode = Annotated[str, Path(max_length=60)]


@router.get("")
async def list_budgets(reader: Reader, caller: FinanceStaff) -> BudgetList:
    """Every budget: allocated, available, reserved, payable, paid, and the forecast."""
    return BudgetList(data=await queries.list_budgets(reader))


@router.post("", status_code=201, dependencies=[IDEMPOTENT], responses=errors(FundNotFound, BudgetExists))
async def open_budget(body: BudgetOpening, session: Session, caller: Officer) -> BudgetOut:
    """Open an empty budget of a fund, for a scheme, a hub, a year."""
    await service.open_by(session, caller, body)
    [opened] = await queries.list_budgets(session, body.budget)
    return opened


@router.post("/{budget}/forecasts", status_code=201, dependencies=[IDEMPOTENT], responses=errors(BudgetNotFound))
async def make_forecast(budget: BudgetCode, body: Forecast, session: Session, caller: Officer) -> ForecastOut:
    """Say what a budget is expected to spend in all; earlier forecasts are kept."""
    return await service.forecast(session, caller, budget, body)


@funds_router.get("")
async def list_funds(reader: Reader, caller: FinanceStaff) -> FundList:
    """Every fund and lot: what was awarded, and the sums of its budgets and of those of its parts."""
    return FundList(data=await queries.list_funds(reader))
