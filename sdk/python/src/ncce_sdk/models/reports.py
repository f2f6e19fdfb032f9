"""Bodies and answers of reports. Written by `./ncce sdk`; do not edit."""

import datetime as dt

from ncce_sdk.transport import Model


class Money(Model):
    """Where the money of one budget stands now, in pence."""

    allocated_pence: int
    available_pence: int
    budget: str
    forecast_pence: int
    is_forecast: bool
    is_sandbox: bool
    lot: int | None
    paid_pence: int
    payable_pence: int
    reserved_pence: int
    title: str


class SpendingOutput(Model):
    """What was spent on one of several, in pence."""

    bursaries_pence: int
    came_back_pence: int
    grants_pence: int
    name: str
    spent_pence: int


class FundingStage(Model):
    """How far some have come on the way to a target."""

    reached: int
    stage: str
    title: str


class Target(Model):
    """What was to be reached, and what was."""

    lot: int | None
    reached: int
    remaining: int
    source: str
    stages: list[FundingStage]
    target: str
    title: str
    wanted: int


class FunderReport(Model):
    """The whole report. Each breakdown adds up to `spent_pence`, which is what the ledger says to the penny."""

    by_budget: list[SpendingOutput]
    by_category: list[SpendingOutput]
    by_lot: list[SpendingOutput]
    by_phase: list[SpendingOutput]
    by_region: list[SpendingOutput]
    from_on: dt.date | None
    made_at: dt.datetime
    money: list[Money]
    spent_pence: int
    targets: list[Target]
    to_on: dt.date | None


class TargetList(Model):
    """Every target there is."""

    data: list[Target]
