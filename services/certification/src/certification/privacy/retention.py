"""What certification holds about people, why, and until when."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Table

from certification.base import Base
from certification.exports.registry import ABOUT_NOBODY
from chassis.holdings import ERASED
from chassis.retention import Line, Retention, stays

DAY = timedelta(days=1)
AWARD = "Others were shown the certificate and can check it; it must be possible to say what it was earned by"
FOR_LIFE = "The award is kept for the teacher's career; the name and words go when the person asks to be forgotten"
FORGOTTEN = "The person asks to be forgotten"
DECIDED = "So that a decision can be questioned and explained"


def _written(table: Table) -> ColumnElement[bool]:
    """Rows that were never empty: an erased word in place of none would say that there was one."""
    return table.c.reason.is_not(None)


RETENTION = Retention(
    Base.metadata,
    Line("diagnostic_sitting", "Questionnaires that were begun and not handed in", "To go on where one stopped",
         "public_task", "A year after they were last saved", since="saved_at", keep=365 * DAY,
         only=lambda table: table.c.finished_at.is_(None), rule="diagnostic-sitting-unfinished"),
    Line("award_check", "Words about why an award was looked at", DECIDED, "public_task",
         "3 years after it was closed: the words go", since="closed_at", keep=1096 * DAY, clears={"reason": ERASED},
         only=_written),
    Line("assessment_adjustment", "What somebody needs to sit an exam, in words: data about health",
         "So that the exam is fair", "consent", "A year after it ended: the words go", since="ended_at", keep=365 * DAY,
         clears={"reason": ERASED}),
    Line("provider_result", "What a provider of exams reported, as it came", DECIDED, "public_task",
         "2 years after it arrived: the words go, the result stays", since="received_at", keep=730 * DAY,
         clears={"body": None}),
    *stays("What was learned, sat, earned and awarded, by number", AWARD, "public_task", FOR_LIFE,
           "teacher", "enrolment", "activity_record", "credit_entry", "component_completion", "completion_correction",
           "contribution_correction", "pending_award", "re_evaluation_finding", "assessment_attempt", "attempt_item",
           "assessment_pass", "assessment_opening", "accreditation", "certificate", "log_entry_reversal"),
    *stays("The professional development log, in the teacher's own words", AWARD, "public_task", FOR_LIFE,
           "log_entry", "log_entry_submission", "log_entry_event"),
    *stays("Files that a teacher added to the log", DECIDED, "public_task",
           "The bytes go with the time that moderation needs (settings), the record of them stays", "evidence"),
    *stays("The name on a certificate", "The teacher wants it shown", "consent", "They take it back, or: " + FORGOTTEN,
           "certificate_holder"),
    *stays("Answers to questionnaires", "Paths through the programme, and statistics without a person", "public_task",
           FORGOTTEN + ": then nothing but counts", "diagnostic_sitting", "diagnostic_response"),
    *stays("Applications for chartered status, endorsements and consents", AWARD, "consent", FOR_LIFE,
           "chartered_application", "chartered_statement", "chartered_consent", "chartered_submission",
           "chartered_decision", "endorsement_request", "endorsement"),
    *stays("Decisions of staff about an award, with their reasons", DECIDED, "public_task", FOR_LIFE,
           "certificate_review", "certificate_revocation", "provider_result"),
    about_nobody={**ABOUT_NOBODY, "issuance_entry": "the public log of certificates, which names them by a hash"},
)  # fmt: skip
