"""Bodies and answers of prices. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.models.shared import FeeRowOutput, FundingFeePoliciesRulesOutcome, Met, PageInfo
from ncce_sdk.transport import Model


class ExplainedCriterion(Model):
    """A criterion with the sentence that says how it came out."""

    as_of: dt.date | None
    criterion: str
    fact: str
    outcome: Met
    reason: str
    source: str
    title: str
    value: bool | int | str | list[bool | int | str] | None


FeeStatus = str


class Price(Model):
    """What one participant pays, or between what it lies, and how it came to that. Amounts are pence for the
    run.
    """

    amount_pence: int | None
    at_least_pence: int | None
    at_most_pence: int | None
    basis: str | None
    cap_pence: int | None
    criteria: list[ExplainedCriterion]
    days: str | None
    hub_charge_pence: int | None
    is_capped: bool
    outcome: FundingFeePoliciesRulesOutcome
    plus_vat: bool
    rate_per_day_pence: int | None
    reason: str
    takes_free_place: bool
    version: int


class FeeOut(Model):
    """What is due for a booking, with the price of the day it was booked."""

    amount_pence: int | None
    at_most_pence: int | None
    booking_id: UUID
    course_code: str
    course_run_id: UUID
    hub_id: UUID
    placed_at: dt.datetime
    policy_version: int
    price: Price
    priced_on: dt.date
    quote_id: UUID | None
    reason: str
    school_urn: str
    status: FeeStatus
    teacher_id: UUID
    voided_at: dt.datetime | None


class FeePolicyOut(Model):
    """One version of the fee policy, with the days it is in force and the checksum of its whole text."""

    checksum: str
    effective_from: dt.date
    effective_to: dt.date | None
    quote_valid_days: int
    rows: list[FeeRowOutput]
    source: str
    title: str
    version: int


class FeePolicyList(Model):
    """Versions, the oldest first."""

    data: list[FeePolicyOut]


class PageFeeOut(Model):
    """PageFeeOut."""

    data: list[FeeOut]
    page: PageInfo


class QuoteOut(Model):
    """What a run costs this teacher, and why. A booking before `valid_until_at` is charged no more than this."""

    amount_pence: int | None
    at_least_pence: int | None
    at_most_pence: int | None
    basis: str | None
    cap_pence: int | None
    course_code: str
    course_run_id: UUID
    criteria: list[ExplainedCriterion]
    days: str | None
    hub_charge_pence: int | None
    id: UUID
    is_capped: bool
    mode: str
    outcome: FundingFeePoliciesRulesOutcome
    phase: str
    plus_vat: bool
    policy_version: int
    programme: str
    quoted_at: dt.datetime
    rate_per_day_pence: int | None
    reason: str
    school_urn: str
    starts_on: dt.date
    teacher_id: UUID
    valid_until_at: dt.datetime


class PageQuoteOut(Model):
    """PageQuoteOut."""

    data: list[QuoteOut]
    page: PageInfo


class QuoteRequest(Model):
    """The run to price for the calling teacher."""

    course_run_id: UUID
