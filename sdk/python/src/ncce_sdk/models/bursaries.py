"""Bodies and answers of bursaries. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import (
    AmountLine,
    CriterionResult,
    FundingEligibilityRulesOutcome,
    MilestoneOutput,
    PageInfo,
)
from ncce_sdk.transport import Model


class ApprovalDecisions(Model):
    """The same for several bursaries: all of them, or none."""

    bursary_ids: list[UUID]
    outcome: Literal["approved", "declined"]
    reason: str


class BursaryApplication(Model):
    """A teacher applies for the bursary of their own booking."""

    booking_id: UUID


BursaryStatus = str


class BursaryOut(Model):
    """A bursary, with the whole of the decision that holds."""

    amount_pence: int
    applied_at: dt.datetime
    applied_on: dt.date
    booking_id: UUID
    budget: str
    course_code: str
    criteria: list[CriterionResult]
    days: str
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    earn_by_on: dt.date | None
    fee_pence: int | None
    group_id: UUID | None
    id: UUID
    milestones: list[MilestoneOutput] | None = None
    outcome: FundingEligibilityRulesOutcome
    part: str | None
    policy: str
    policy_version: int
    reason: str
    school_urn: str
    second_approval_above_pence: int | None
    second_approved_at: dt.datetime | None
    second_approved_by: UUID | None
    status: BursaryStatus
    teacher_id: UUID
    trace: list[AmountLine]
    valid_until: dt.date | None = None


class BursaryPreview(Model):
    """What an application would be told today. Nothing is stored or held."""

    amount_pence: int
    booking_id: UUID
    criteria: list[CriterionResult]
    fee_pence: int | None
    milestones: list[MilestoneOutput] | None = None
    outcome: FundingEligibilityRulesOutcome
    policy: str
    policy_version: int
    reason: str
    trace: list[AmountLine]
    valid_until: dt.date | None = None


class Course(Model):
    """What a decision needs to know of the booked course."""

    course_code: str
    days: str
    mode: str
    phase: str
    programme: str
    starts_on: dt.date


class Decided(Model):
    """How one of them stands now."""

    amount_pence: int
    id: UUID
    status: BursaryStatus


class DecidedList(Model):
    """In the order in which they were named."""

    data: list[Decided]


class FundingDecision(Model):
    """What the policy says, and how it came to it. `fee_pence` is None while more than one fee is possible."""

    amount_pence: int
    criteria: list[CriterionResult]
    fee_pence: int | None
    milestones: list[MilestoneOutput] | None = None
    outcome: FundingEligibilityRulesOutcome
    policy: str
    reason: str
    row: str | None
    trace: list[AmountLine]
    valid_until: dt.date | None = None
    version: int


class Fact(Model):
    """What is known of one fact: the values it may have. None is known when empty; one when settled."""

    as_of: dt.date | None = None
    is_whole: bool | None = None
    members: "list[Fact] | None" = None
    possible: list[bool | int | str] | None = None
    source: str
    until: dt.date | None = None


class Inputs(Model):
    """Everything a decision was made from."""

    applied_on: dt.date
    checksum: str
    course: Course
    facts: dict[str, Fact]
    milestone: str | None = None
    policy: str
    quotas_taken: dict[str, bool]
    school_urn: str
    teacher_id: UUID | None = None
    version: int


class FundingDecisionOut(Model):
    """One decision as it was made: every input with source and day, and the whole result."""

    cause: str | None
    checksum: str
    decided_at: dt.datetime
    inputs: Inputs
    ordinal: int
    outcome: FundingEligibilityRulesOutcome
    result: FundingDecision
    supersedes: int | None
    valid_until_on: dt.date | None


class DecisionList(Model):
    """Every decision on a bursary, the oldest first; the last one holds."""

    data: list[FundingDecisionOut]


class MoveOut(Model):
    """One step in a bursary's life."""

    actor_id: UUID | None
    cause: str | None
    from_status: BursaryStatus | None
    moved_at: dt.datetime
    reason: str | None
    to_status: BursaryStatus


class FundingHistory(Model):
    """Every step, the oldest first."""

    data: list[MoveOut]


class FundingReplay(Model):
    """A recorded decision, made again from its own inputs by its own policy version."""

    bursary_id: UUID
    is_same: bool
    ordinal: int
    recorded_checksum: str
    replayed_checksum: str
    result: FundingDecision


class PageBursaryOut(Model):
    """PageBursaryOut."""

    data: list[BursaryOut]
    page: PageInfo


class FundingBursariesSchemasWithdrawal(Model):
    """Giving up what was applied for, and why."""

    reason: str
