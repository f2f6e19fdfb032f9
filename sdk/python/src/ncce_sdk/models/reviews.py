"""Bodies and answers of reviews. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import FundingEligibilityRulesOutcome, PageInfo
from ncce_sdk.transport import Model


class Assignment(Model):
    """Who looks into it; null puts it back into the queue."""

    owner_id: UUID | None


Effect = str


ReviewStatus = str


class FundingReviewOut(Model):
    """One fact that somebody has to find out. An approved override of it, or news of it, settles the task."""

    due_on: dt.date
    fact: str
    id: UUID
    is_overdue: bool
    opened_at: dt.datetime
    owner_id: UUID | None
    question: str
    school_urn: str
    settled_at: dt.datetime | None
    status: ReviewStatus
    teacher_id: UUID | None
    waiting: list[str]


class FundingPageReviewOut(Model):
    """FundingPageReviewOut."""

    data: list[FundingReviewOut]
    page: PageInfo


class ImpactItemOut(Model):
    """One bursary, before and after."""

    amount_after_pence: int | None
    amount_before_pence: int
    bursary_id: UUID
    effect: Effect
    handled_at: dt.datetime | None
    outcome_after: FundingEligibilityRulesOutcome | None
    status_before: str


class ImpactOut(Model):
    """One change and what it did, as far as it is worked off."""

    cause: str
    decided: int
    finished_at: dt.datetime | None
    found: int
    gone: int
    id: UUID
    kept: int
    opened_at: dt.datetime
    pending: int
    unchanged: int


class OverrideDecision(Model):
    """A second person's word."""

    outcome: Literal["approved", "declined"]
    reason: str


class OverrideEnd(Model):
    """Why it holds no longer."""

    reason: str


OverrideStatus = str


class OverrideOut(Model):
    """An override."""

    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    ended_at: dt.datetime | None
    evidence: str
    expires_on: dt.date
    fact: str
    id: UUID
    reason: str
    requested_at: dt.datetime
    requested_by: UUID
    school_urn: str
    status: OverrideStatus
    teacher_id: UUID | None
    value: str


class OverrideRequest(Model):
    """What a fact is in truth, why it is said here, and where the proof is."""

    evidence: str
    expires_on: dt.date
    fact: str
    reason: str
    school_urn: str
    teacher_id: UUID | None = None
    value: bool | int | dt.date | str


class PageImpactItemOut(Model):
    """PageImpactItemOut."""

    data: list[ImpactItemOut]
    page: PageInfo


class PageImpactOut(Model):
    """PageImpactOut."""

    data: list[ImpactOut]
    page: PageInfo


class PageOverrideOut(Model):
    """PageOverrideOut."""

    data: list[OverrideOut]
    page: PageInfo
