"""Bodies and answers of diagnostics. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ncce_sdk.models.shared import DraftStatus, PageInfo
from ncce_sdk.transport import Model


class AnswerGiven(Model):
    """The answer chosen for one question."""

    answer: int
    question: int


class AnswerIs(Model):
    """A question was answered by one of these. One that was not asked was not."""

    answers: list[int]
    asks: Literal["answer"]
    question: int


class AnswerOut(Model):
    """One answer somebody can choose."""

    answer: int
    next_question: int | None
    text: str


class AnswerText(Model):
    """One answer somebody can choose."""

    answer: int
    leads_to: str | None = None
    scores: dict[str, Any] | None = None
    text: str


class AnswersExpectation(Model):
    """What has to come of a case; what is not said does not matter."""

    asked: list[int] | None = None
    bands: dict[str, str | None] | None = None
    pathway: str


class AnswersCase(Model):
    """One case."""

    answers: dict[str, int]
    expect: AnswersExpectation
    name: str


class AnswersCounted(Model):
    """So many of the answers that were given are among these."""

    answers: list[int]
    asks: Literal["count"]
    at_least: int | None = None
    at_most: int | None = None
    called: str


class AnswersSaved(Model):
    """Answers to keep, in the order in which the questions are asked. One to a question answered before
    replaces it.
    """

    answers: list[AnswerGiven]


class Band(Model):
    """Scores from and to, both included."""

    band: str
    score_from: int
    score_to: int
    title: str


class BandIs(Model):
    """The score of a dimension is in one of these bands. What was not asked about is in none."""

    asks: Literal["band"]
    bands: list[str]
    dimension: str


class CertificationQuestion(Model):
    """One question, numbered from 1."""

    answers: list[AnswerText]
    leads_to: str | None = None
    number: int
    section: str | None = None
    text: str
    topic: str


class DiagnosticSummary(Model):
    """A questionnaire that can be taken."""

    schemes: list[str]
    slug: str
    title: str
    version: int


class DiagnosticList(Model):
    """The diagnostics in force."""

    data: list[DiagnosticSummary]


class EarlyExit(Model):
    """The answer that ends the questionnaire at once, and where it leads."""

    answer: int
    pathway: str
    question: int


class CertificationDiagnosticsSchemasQuestionOut(Model):
    """One question. The first asked is number 1."""

    answers: list[AnswerOut]
    number: int
    section: str | None
    text: str
    topic: str


class DiagnosticOut(Model):
    """A questionnaire with its questions."""

    early_exit: EarlyExit | None
    questions: list[CertificationDiagnosticsSchemasQuestionOut]
    schemes: list[str]
    slug: str
    source: str
    title: str
    version: int


class DimensionOut(Model):
    """The score in one dimension, and its band. Both are null where nothing was asked about it."""

    band: str | None
    band_title: str | None
    dimension: str
    score: int | None
    title: str


class PathwayOut(Model):
    """A recommended set of activities, by catalogue code."""

    community: list[str]
    courses: list[str]
    slug: str
    title: str


class DiagnosticResultOut(Model):
    """The result of an attempt."""

    answers: list[AnswerGiven]
    diagnostic: str
    dimensions: list[DimensionOut]
    id: UUID
    pathway: PathwayOut
    reason: str
    score: int
    submitted_at: dt.datetime
    version: int


class DiagnosticSubmission(Model):
    """Answers to a questionnaire."""

    answers: list[AnswerGiven]


class Dimension(Model):
    """One thing that answers are scored in."""

    bands: list[Band]
    dimension: str
    title: str


class PageDiagnosticResultOut(Model):
    """PageDiagnosticResultOut."""

    data: list[DiagnosticResultOut]
    page: PageInfo


class RecommendationOutput(Model):
    """An outcome for whoever meets every condition."""

    pathway: str
    reason: str | None = None
    when: list[BandIs | AnswerIs | AnswersCounted]


class CertificationDiagnosticsRulesOutcome(Model):
    """A pathway, and why."""

    pathway: str
    reason: str | None = None


class QuestionnaireOutput(Model):
    """A whole questionnaire. The first recommendation whose conditions are met counts; when none is,
    `otherwise`.
    """

    dimensions: list[Dimension]
    otherwise: CertificationDiagnosticsRulesOutcome
    questions: list[CertificationQuestion]
    recommendations: list[RecommendationOutput] | None = None
    schemes: list[str] | None = None


class QuestionnaireDraftOut(Model):
    """A draft of a questionnaire."""

    activity: str
    author_id: UUID
    cases: list[AnswersCase]
    counts_as: str | None
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: UUID | None
    definition: QuestionnaireOutput
    effective_from: dt.date
    effective_to: dt.date | None
    id: UUID
    published_at: dt.datetime | None
    published_version: int | None
    reason: str | None
    revision: int
    slug: str
    source: str
    status: DraftStatus
    tested_at: dt.datetime | None
    title: str


class PageQuestionnaireDraftOut(Model):
    """PageQuestionnaireDraftOut."""

    data: list[QuestionnaireDraftOut]
    page: PageInfo


class SittingOut(Model):
    """Answers on their way."""

    answers: list[AnswerGiven]
    began_at: dt.datetime
    diagnostic: str
    finished_at: dt.datetime | None
    id: UUID
    next_question: int | None
    response_id: UUID | None
    revision: int
    saved_at: dt.datetime
    version: int


class PageSittingOut(Model):
    """PageSittingOut."""

    data: list[SittingOut]
    page: PageInfo


class CertificationDiagnosticsRulesRecommendation(Model):
    """An outcome for whoever meets every condition."""

    pathway: str
    reason: str | None = None
    when: list[BandIs | AnswerIs | AnswersCounted]


class QuestionnaireInput(Model):
    """A whole questionnaire. The first recommendation whose conditions are met counts; when none is,
    `otherwise`.
    """

    dimensions: list[Dimension]
    otherwise: CertificationDiagnosticsRulesOutcome
    questions: list[CertificationQuestion]
    recommendations: list[CertificationDiagnosticsRulesRecommendation] | None = None
    schemes: list[str] | None = None


class QuestionnaireContent(Model):
    """A questionnaire, from when on it can be taken, where it comes from, and cases that it has to pass."""

    activity: str
    cases: list[AnswersCase] | None = None
    counts_as: str | None = None
    definition: QuestionnaireInput
    effective_from: dt.date
    effective_to: dt.date | None = None
    source: str
    title: str


class QuestionnaireRequest(Model):
    """A proposal for a diagnostic, new or not."""

    activity: str
    cases: list[AnswersCase] | None = None
    counts_as: str | None = None
    definition: QuestionnaireInput
    effective_from: dt.date
    effective_to: dt.date | None = None
    slug: str
    source: str
    title: str


class SavedSittingOut(Model):
    """Answers on their way, and what another answer took off it."""

    answers: list[AnswerGiven]
    began_at: dt.datetime
    diagnostic: str
    dropped: list[int]
    finished_at: dt.datetime | None
    id: UUID
    next_question: int | None
    response_id: UUID | None
    revision: int
    saved_at: dt.datetime
    version: int


class SittingRequest(Model):
    """Which questionnaire to sit."""

    diagnostic: str
