"""Bodies and answers of completions. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class AssignmentIn(Model):
    """Whose one completion is."""

    external_id: str
    teacher_id: UUID


class CompletionItem(Model):
    """What the partner knows of one completion. A withdrawal needs its number only; anything else says the
    whole.
    """

    activity_code: str | None = None
    completed_on: dt.date | None = None
    external_id: str
    external_learner_id: str | None = None
    external_run_id: str | None = None
    hours: Decimal | None = None
    occurred_at: dt.datetime | None = None
    percent: Decimal | None = None
    revision: int | None = None
    school_urn: str | None = None
    teacher_id: UUID | None = None
    updated_at: dt.datetime | None = None
    withdrawn: bool | None = None


class BatchIn(Model):
    """Completions to record."""

    completions: list[CompletionItem]


class Rejection(Model):
    """A row that cannot be taken, and why."""

    code: str
    detail: str
    index: int


class FieldError(Model):
    """One wrong field."""

    code: str
    detail: str
    pointer: str


class RowOut(Model):
    """What became of a row."""

    code: str | None
    detail: str | None
    errors: list[FieldError]
    external_id: str | None
    index: int
    status: str


class BatchOut(Model):
    """What became of a batch: `received` is the sum of all other counts and the number of rejected rows."""

    below_threshold: int
    corrected: int
    duplicates: int
    not_ours: int
    queued: int
    received: int
    recorded: int
    rejected: list[Rejection]
    results: list[RowOut]
    withdrawn: int


class CandidateOut(Model):
    """Somebody the learner may be."""

    clues: list[str]
    is_linked: bool
    phase: str
    school_urn: str
    teacher_id: UUID


class WaitingOut(Model):
    """A completion that waits."""

    activity_code: str
    external_id: str
    received_at: dt.datetime


class HubsMatchesSchemasDecisionOut(Model):
    """What a person decided."""

    decided_at: dt.datetime
    outcome: str
    reason: str | None
    teacher_id: UUID | None


class MatchDetail(Model):
    """The same with what waits, oldest first and at most a hundred, and with what was decided, last first."""

    activity_codes: list[str]
    candidates: list[CandidateOut]
    claimed_teacher_id: UUID | None
    completions: list[WaitingOut]
    decisions: list[HubsMatchesSchemasDecisionOut]
    due_at: dt.datetime | None
    external_learner_id: str
    first_seen_at: dt.datetime
    id: UUID
    is_overdue: bool
    organisation_id: UUID
    school_urn: str | None
    status: str
    waiting: int
    waiting_since_at: dt.datetime | None


class MatchOut(Model):
    """A learner whose teacher is to be found, with what waits for the answer."""

    activity_codes: list[str]
    candidates: list[CandidateOut]
    claimed_teacher_id: UUID | None
    due_at: dt.datetime | None
    external_learner_id: str
    first_seen_at: dt.datetime
    id: UUID
    is_overdue: bool
    organisation_id: UUID
    school_urn: str | None
    status: str
    waiting: int
    waiting_since_at: dt.datetime | None


class OwnCompletionOut(Model):
    """A completion as its teacher sees it."""

    activity_code: str
    completed_on: dt.date
    course_run_id: UUID | None
    hours: str
    id: UUID
    mode: str
    recorded_at: dt.datetime
    reported_by_organisation_id: UUID | None
    status: str
    title: str | None


class PageMatchOut(Model):
    """PageMatchOut."""

    data: list[MatchOut]
    page: PageInfo


class PageOwnCompletionOut(Model):
    """PageOwnCompletionOut."""

    data: list[OwnCompletionOut]
    page: PageInfo


class ThresholdOut(Model):
    """One version."""

    activity_code: str | None
    id: UUID
    percent: str
    recorded_at: dt.datetime
    source: str
    valid_from_on: dt.date
    version: int


class PageThresholdOut(Model):
    """PageThresholdOut."""

    data: list[ThresholdOut]
    page: PageInfo


class QueueOut(Model):
    """One partner's part of the queue."""

    completions: int
    learners: int
    oldest_at: dt.datetime
    organisation_id: UUID
    overdue_learners: int


class QueuesOut(Model):
    """The queue in figures, by partner; partners see their own part."""

    by_organisation: list[QueueOut]
    completions: int
    learners: int
    overdue_learners: int


class ResolutionIn(Model):
    """Who the learner is: a teacher, nobody of ours, or several people who shared a number."""

    assignments: list[AssignmentIn] | None = None
    outcome: Literal["linked", "not_ours", "split"] | None = None
    reason: str | None = None
    teacher_id: UUID | None = None


class ResolutionOut(Model):
    """What the answer set free."""

    duplicates: int
    id: UUID
    outcome: str
    recorded: int
    teacher_id: UUID | None


class ReversalIn(Model):
    """Why a decision was wrong."""

    reason: str


class ReversalOut(Model):
    """What waits again."""

    id: UUID
    withdrawn: int


class ThresholdIn(Model):
    """The next version of a threshold."""

    activity_code: str | None = None
    percent: Decimal
    source: str
    valid_from_on: dt.date


class HubsCompletionsSchemasReportOut(Model):
    """A report as it stands."""

    activity_code: str | None
    changed_at: dt.datetime
    completed_on: dt.date | None
    completion_id: UUID | None
    external_id: str
    external_learner_id: str | None
    external_run_id: str | None
    hours: str | None
    occurred_at: dt.datetime | None
    percent: str | None
    received_at: dt.datetime
    revision: int
    status: str
    teacher_id: UUID | None
    threshold_percent: str | None
    threshold_version: int | None
    updated_at: dt.datetime | None


class ChassisPagingPageReportOut1(Model):
    """ChassisPagingPageReportOut1."""

    data: list[HubsCompletionsSchemasReportOut]
    page: PageInfo
