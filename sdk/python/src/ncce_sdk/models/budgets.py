"""Bodies and answers of budgets. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model

AllocationStatus = str


class AllocationOut(Model):
    """An allocation, and who proposed and decided it."""

    amount_pence: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    from_budget: str | None
    id: UUID
    proposed_at: dt.datetime
    proposed_by: UUID
    reason: str
    status: AllocationStatus
    to_budget: str


class AllocationProposal(Model):
    """Money for a budget: from its fund, or from another budget when that is named."""

    amount_pence: int
    from_budget: str | None = None
    reason: str
    to_budget: str


class BudgetOut(Model):
    """A budget and where its money stands."""

    allocated_pence: int
    available_pence: int
    budget: str
    financial_year: str | None
    forecast_at: dt.datetime | None
    forecast_pence: int | None
    fund: str
    fund_title: str
    hub_id: UUID | None
    is_sandbox: bool
    lot: int | None
    paid_pence: int
    payable_pence: int
    reserved_pence: int
    scheme: str | None
    title: str


class BudgetList(Model):
    """All budgets."""

    data: list[BudgetOut]


class BudgetOpening(Model):
    """A budget to open, empty. Money comes by an allocation, which takes two people."""

    budget: str
    financial_year: str | None = None
    fund: str
    hub_id: UUID | None = None
    scheme: str | None = None
    title: str


class Forecast(Model):
    """What a budget is expected to spend in all."""

    forecast_pence: int
    reason: str


class ForecastOut(Model):
    """A forecast that was made."""

    budget: str
    forecast_pence: int
    id: UUID
    made_at: dt.datetime
    made_by: UUID
    reason: str


class FundOut(Model):
    """A fund: what was awarded, and where the money of its budgets and of those of its parts stands."""

    allocated_pence: int
    available_pence: int
    awarded_pence: int | None
    forecast_pence: int
    fund: str
    lot: int | None
    paid_pence: int
    part_of: str | None
    payable_pence: int
    reserved_pence: int
    source: str
    title: str


class FundList(Model):
    """All funds; a fund comes before its parts."""

    data: list[FundOut]


class PageAllocationOut(Model):
    """PageAllocationOut."""

    data: list[AllocationOut]
    page: PageInfo
