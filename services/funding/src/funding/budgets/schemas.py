"""Budgets as they are shown and as the seed names them."""

from pydantic import BaseModel, ConfigDict


class BudgetOut(BaseModel):
    """A budget and where its money stands, in pence. What was allocated is the sum of the other four."""

    budget: str
    title: str
    fund: str
    fund_title: str
    lot: int | None
    is_sandbox: bool
    allocated_pence: int
    available_pence: int
    reserved_pence: int
    payable_pence: int
    paid_pence: int


class BudgetList(BaseModel):
    """All budgets."""

    data: list[BudgetOut]


class _Reference(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FundReference(_Reference):
    """A fund in the reference data."""

    fund: str
    title: str
    lot: int | None
    allocated_pence: int | None
    part_of: str | None
    source: str


class BudgetReference(_Reference):
    """A budget in the reference data."""

    budget: str
    fund: str
    title: str


class SandboxAllocation(_Reference):
    """Made-up money for demonstration."""

    budget: str
    reference: str
    amount_pence: int
    narrative: str


class FundingReference(_Reference):
    """The whole of `funds.json`."""

    funds: tuple[FundReference, ...]
    budgets: tuple[BudgetReference, ...]
    sandbox_allocations: tuple[SandboxAllocation, ...]
