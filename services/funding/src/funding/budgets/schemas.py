"""Budgets as they are shown and as the seed names them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MOST_PENCE = 10**12
"""£10,000,000,000: more than any fund, and far from the end of the column."""


class Standing(BaseModel):
    """Where money stands, in pence. What was allocated is the sum of the next four."""

    allocated_pence: int
    available_pence: int = Field(description="Allocated and not promised to anybody")
    reserved_pence: int = Field(description="Promised by approved awards")
    payable_pence: int = Field(description="Committed: owed by approved claims and not yet paid")
    paid_pence: int


class BudgetOut(Standing):
    """A budget and where its money stands."""

    budget: str
    title: str
    fund: str
    fund_title: str
    lot: int | None
    scheme: str | None
    hub_id: UUID | None
    financial_year: str | None
    is_sandbox: bool
    forecast_pence: int | None = Field(description="What it is expected to spend in all, as somebody said last")
    forecast_at: datetime | None


class BudgetList(BaseModel):
    """All budgets."""

    data: list[BudgetOut]


class FundOut(Standing):
    """A fund: what was awarded, and where the money of its budgets and of those of its parts stands."""

    fund: str
    title: str
    lot: int | None
    part_of: str | None
    source: str
    awarded_pence: int | None = Field(description="Null where the source does not publish it")
    forecast_pence: int = Field(
        description="The sum of its budgets' forecasts; of what is allocated where there is none"
    )


class FundList(BaseModel):
    """All funds; a fund comes before its parts."""

    data: list[FundOut]


class BudgetOpening(BaseModel):
    """A budget to open, empty. Money comes by an allocation, which takes two people."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "budget": "a-level-bursaries-2026-27",
                    "fund": "lot-3-a-level",
                    "title": "Bursaries for A level teachers",
                    "scheme": "bursaries",
                    "financial_year": "2026-27",
                }
            ]
        },
    )

    budget: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$", examples=["a-level-bursaries-2026-27"])
    fund: str = Field(max_length=60)
    title: str = Field(min_length=1, max_length=200)
    scheme: str | None = Field(default=None, max_length=60)
    hub_id: UUID | None = None
    financial_year: str | None = Field(
        default=None, pattern=r"^20\d\d-\d\d$", description="The financial year from 1 April", examples=["2026-27"]
    )


class Forecast(BaseModel):
    """What a budget is expected to spend in all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"forecast_pence": 9_500_000, "reason": "As many bookings as last year."}]},
    )

    forecast_pence: int = Field(ge=0, le=MOST_PENCE)
    reason: str = Field(min_length=1, max_length=1000)


class ForecastOut(BaseModel):
    """A forecast that was made."""

    id: UUID
    budget: str
    forecast_pence: int
    reason: str
    made_by: UUID
    made_at: datetime


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
    scheme: str | None = None
    hub_id: UUID | None = None
    financial_year: str | None = None


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
