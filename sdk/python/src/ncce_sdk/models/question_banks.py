"""Bodies and answers of question banks. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import Limits, PageInfo
from ncce_sdk.transport import Model


class AssessmentFacts(Model):
    """The summative assessment of a scheme."""

    organisation_id: UUID
    scheme: str
    slug: str
    title: str


Difficulty = str


Flag = str


class OptionFigures(Model):
    """How often an option was chosen."""

    chosen: int
    is_right: bool
    text: str


class QuestionFigures(Model):
    """What answers to a question came to, in marked attempts. Figures are null while there are too few of
    them.
    """

    answered: int | None
    difficulty: Difficulty
    discrimination: float | None
    facility: float | None
    flags: list[Flag]
    is_retired: bool
    median_seconds: float | None
    options: list[OptionFigures]
    question: str
    shown: int
    topic: str


class AssessmentFigures(Model):
    """Figures of an assessment and of the questions of one version of its bank."""

    assessment: str
    attempts: int
    mean_percent: float | None
    passed_share: float | None
    questions: list[QuestionFigures]
    shown_from: int
    version: int


class AssessmentOut(Model):
    """An assessment that was set up."""

    organisation_id: UUID
    scheme: str
    slug: str
    title: str


class QuestionContent(Model):
    """A question. Who is asked sees `right` and `wrong` mixed, in an order of their own."""

    difficulty: Difficulty
    marks: int | None = None
    name: str
    right: list[str]
    text: str
    topic: str
    wrong: list[str]


class Topic(Model):
    """A part of the subject and how many questions of a paper are from it."""

    questions: int
    title: str
    topic: str


class BankContent(Model):
    """One version of an assessment, as a person edits it."""

    conditions: list[str] | None = None
    limits: Limits | None = None
    provider: str | None = None
    questions: list[QuestionContent] | None = None
    source: str
    topics: list[Topic] | None = None


class BankDecision(Model):
    """A second person's word."""

    outcome: Literal["approved", "declined"]
    reason: str


class BankEdit(Model):
    """Other content for a draft."""

    conditions: list[str] | None = None
    limits: Limits | None = None
    provider: str | None = None
    questions: list[QuestionContent] | None = None
    source: str
    topics: list[Topic] | None = None


BankStatus = str


class BankOut(Model):
    """A bank with everything that it says."""

    assessment: str
    author_id: UUID | None
    content: BankContent
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    published_at: dt.datetime | None
    reason: str | None
    retired: list[str]
    revision: int
    status: BankStatus
    version: int | None


class BankRequest(Model):
    """A new version to propose."""

    assessment: str
    conditions: list[str] | None = None
    limits: Limits | None = None
    provider: str | None = None
    questions: list[QuestionContent] | None = None
    source: str
    topics: list[Topic] | None = None


class BankSummary(Model):
    """A bank without its content."""

    assessment: str
    author_id: UUID | None
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    published_at: dt.datetime | None
    reason: str | None
    revision: int
    status: BankStatus
    version: int | None


class PageBankSummary(Model):
    """PageBankSummary."""

    data: list[BankSummary]
    page: PageInfo


ReMarkingStatus = str


class ReMarkingOut(Model):
    """A re-marking and how far it has come. Whoever had passed keeps the pass, whatever the new marks say."""

    assessment: str
    attempts_changed: int
    attempts_seen: int
    decided_at: dt.datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    finished_at: dt.datetime | None
    id: UUID
    passes_given: int
    passes_kept: int
    proposed_at: dt.datetime
    proposed_by: UUID
    question: str
    reason: str
    right: list[str] | None
    status: ReMarkingStatus
    treatment: str


class PageReMarkingOut(Model):
    """PageReMarkingOut."""

    data: list[ReMarkingOut]
    page: PageInfo


class ReMarkingDecision(Model):
    """A second person's word."""

    outcome: Literal["approved", "declined"]
    reason: str


class ReMarkingRequest(Model):
    """What was wrong with a question, and how whoever answered it is to be marked instead."""

    question: str
    reason: str
    right: list[str] | None = None
    treatment: Literal["other_answer", "marks_for_all"]
    version: int | None = None


class Retirement(Model):
    """Why a question is put to nobody any more."""

    reason: str


class RetirementOut(Model):
    """A question that is put to nobody any more."""

    question: str
    reason: str
    retired_at: dt.datetime
    retired_by: UUID
