"""Bodies and answers of moderation. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import CertificationLogEntriesSchemasStatus, Duplicate, PageInfo, ReasonCode
from ncce_sdk.transport import Model


class AuditDecision(Model):
    """What a second look at an accepted entry found."""

    outcome: Literal["confirmed", "rejected"]
    reason: str | None = None
    reason_code: ReasonCode | None = None


class Decision(Model):
    """A moderator's decision. A returned entry needs a reason, from which its author can do better."""

    outcome: Literal["accepted", "returned"]
    reason: str | None = None
    reason_code: ReasonCode | None = None


class QueueItem(Model):
    """An entry as it waits for a moderator."""

    activity: str
    audit_status: str | None
    claimed_until: dt.datetime | None
    decided_at: dt.datetime | None
    description: str
    due_at: dt.datetime | None = None
    duplicates: list[Duplicate] | None = None
    evidence_count: int | None = None
    hours: str | None = None
    id: UUID
    is_mine: bool
    is_overdue: bool
    is_sampled: bool | None = None
    occurred_on: dt.date
    reason: str | None
    reason_code: ReasonCode | None = None
    status: CertificationLogEntriesSchemasStatus
    submission: int | None = None
    submitted_at: dt.datetime
    teacher_id: UUID
    version: int | None = None


class PageQueueItem(Model):
    """PageQueueItem."""

    data: list[QueueItem]
    page: PageInfo


class PolicyRulesOutput(Model):
    """What a version of the policy says."""

    abandoned_kept_days: int
    activities: dict[str, str] | None = None
    audited: str
    claim_minutes: int
    evidence_kept_days: int
    first_entries: str
    later_entries: str
    refuses_same_school: bool
    service_level_working_days: int


class PolicyOut(Model):
    """A version of the policy, with the seed from which its draws can be repeated."""

    approved_at: dt.datetime | None
    approved_by: UUID | None
    effective_from_on: dt.date
    proposed_at: dt.datetime
    proposed_by: UUID | None
    rules: PolicyRulesOutput
    seed: str
    source: str
    version: int


class PolicyList(Model):
    """Every version there is."""

    data: list[PolicyOut]


class PolicyRulesInput(Model):
    """What a version of the policy says."""

    abandoned_kept_days: int
    activities: dict[str, Decimal] | None = None
    audited: Decimal
    claim_minutes: int
    evidence_kept_days: int
    first_entries: Decimal
    later_entries: Decimal
    refuses_same_school: bool
    service_level_working_days: int


class PolicyProposal(Model):
    """A version of the policy for a second administrator to approve."""

    effective_from_on: dt.date
    rules: PolicyRulesInput
    source: str


class Summary(Model):
    """The queue in numbers, as far as the caller may see it."""

    audits_waiting: int
    counts: dict[str, int]
    decided_30_days: int
    decided_in_time_percent: str | None
    oldest_due_at: dt.datetime | None
    overdue: int
    service_level_working_days: int
