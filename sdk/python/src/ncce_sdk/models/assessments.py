"""Bodies and answers of assessments. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import GateStatus, Limits, PageInfo
from ncce_sdk.transport import Model


class AdjustmentOut(Model):
    """Extra time that was granted."""

    assessment: str
    ended_at: dt.datetime | None
    ended_by: UUID | None
    extra_time_percent: int
    granted_at: dt.datetime
    granted_by: UUID
    id: UUID
    reason: str
    teacher_id: UUID


class AdjustmentRequest(Model):
    """Extra time to grant."""

    extra_time_percent: int
    reason: str
    teacher_id: UUID


class Answer(Model):
    """What was chosen for one question."""

    options: list[str]
    question: int
    seconds_spent: int | None = None


class TopicOnPaper(Model):
    """A part of the subject."""

    questions: int
    title: str
    topic: str


class AssessmentSummary(Model):
    """An assessment that can be sat."""

    conditions: list[str]
    limits: Limits
    provider: str | None
    scheme: str
    slug: str
    title: str
    topics: list[TopicOnPaper]
    version: int


class GateOut(Model):
    """Whether you may begin an attempt now, and why not."""

    attempts: int
    extra_time_percent: int
    failures: int
    opens_at: dt.datetime | None
    pass_percent: str | None
    reasons: list[str]
    status: GateStatus


class AssessmentDetail(Model):
    """An assessment and where you stand with it."""

    assessment: AssessmentSummary
    gate: GateOut


class AssessmentList(Model):
    """All assessments that can be sat."""

    data: list[AssessmentSummary]


AttemptStatus = str


class TopicResult(Model):
    """How a part of the subject went."""

    marks_awarded: int
    marks_possible: int
    title: str
    topic: str


CertificationAssessmentsRulesOutcome = str


class OptionOut(Model):
    """An option as it is shown."""

    option: str
    text: str


class CertificationAssessmentsSchemasQuestionOut(Model):
    """A question on your paper, and what you have answered so far."""

    answer: list[str]
    choose: int
    marks: int
    options: list[OptionOut]
    question: int
    text: str
    topic: str


class AttemptOut(Model):
    """An attempt with its paper while it is in progress, and with how each topic went once it is marked. Which
    answers are right is never told, before or after: the questions are put again.
    """

    assessment: str
    deadline_at: dt.datetime
    ended_at: dt.datetime | None
    ended_by: str | None
    expires_at: dt.datetime
    extra_time_percent: int
    id: UUID
    marks_awarded: int | None
    marks_possible: int | None
    now_at: dt.datetime
    number: int
    outcome: CertificationAssessmentsRulesOutcome | None
    pass_percent: str
    percent: str | None
    provider: str | None
    questions: list[CertificationAssessmentsSchemasQuestionOut]
    saved_at: dt.datetime | None
    saved_number: int
    started_at: dt.datetime
    status: AttemptStatus
    topics: list[TopicResult]


class AttemptRequest(Model):
    """That the conditions are accepted."""

    accepts_conditions: Literal[True]


class AttemptSummary(Model):
    """An attempt."""

    assessment: str
    deadline_at: dt.datetime
    ended_at: dt.datetime | None
    ended_by: str | None
    expires_at: dt.datetime
    extra_time_percent: int
    id: UUID
    marks_awarded: int | None
    marks_possible: int | None
    number: int
    outcome: CertificationAssessmentsRulesOutcome | None
    pass_percent: str
    percent: str | None
    provider: str | None
    saved_at: dt.datetime | None
    saved_number: int
    started_at: dt.datetime
    status: AttemptStatus


class CertificationAnswers(Model):
    """All answers so far. They replace those saved before; a question left out is not answered."""

    answers: list[Answer]
    save_number: int


class PageAdjustmentOut(Model):
    """PageAdjustmentOut."""

    data: list[AdjustmentOut]
    page: PageInfo


class PageAttemptSummary(Model):
    """PageAttemptSummary."""

    data: list[AttemptSummary]
    page: PageInfo


class SavedOut(Model):
    """What is kept."""

    deadline_at: dt.datetime
    saved_at: dt.datetime | None
    saved_number: int


class Submission(Model):
    """Handing in, with all answers or with those that were saved."""

    answers: list[Answer] | None = None
