"""The funder's report."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class Spending(BaseModel):
    """What was spent on one of several, in pence."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    name: str
    bursaries_pence: int = Field(description="Paid for bursaries")
    grants_pence: int = Field(description="Paid for anything else")
    came_back_pence: int = Field(description="Recovered, or returned by a bank")
    spent_pence: int = Field(description="What was paid less what came back")


class Money(BaseModel):
    """Where the money of one budget stands now, in pence."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    budget: str
    title: str
    lot: int | None
    is_sandbox: bool
    allocated_pence: int
    available_pence: int
    reserved_pence: int
    payable_pence: int
    paid_pence: int
    forecast_pence: int = Field(
        description="What it is expected to spend in all: as last forecast, or else what is paid, owed and promised"
    )
    is_forecast: bool = Field(description="Whether somebody forecast it")


class Stage(BaseModel):
    """How far some have come on the way to a target."""

    model_config = ConfigDict(frozen=True)

    stage: str = Field(examples=["cover_paid"])
    title: str
    reached: int


class Target(BaseModel):
    """What was to be reached, and what was."""

    model_config = ConfigDict(frozen=True)

    target: str = Field(examples=["gcse-teachers"])
    title: str
    lot: int | None
    wanted: int
    reached: int
    remaining: int = Field(description="Of what was wanted; never less than nothing")
    source: str
    stages: list[Stage] = Field(description="The way there, from its beginning")


class TargetList(BaseModel):
    """Every target there is."""

    data: list[Target]


class FunderReport(BaseModel):
    """The whole report. Each breakdown adds up to `spent_pence`, which is what the ledger says to the penny."""

    made_at: datetime
    from_on: date | None = Field(description="Of what was spent; null for everything")
    to_on: date | None
    spent_pence: int
    by_lot: list[Spending]
    by_region: list[Spending]
    by_phase: list[Spending]
    by_category: list[Spending] = Field(description="Achieving excellence area, as the deciding fact had it")
    by_budget: list[Spending]
    money: list[Money]
    targets: list[Target]
