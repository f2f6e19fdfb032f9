"""What becomes of what certification holds when somebody asks to be forgotten. `exports.registry` says what is told.

An award stays with its signature and its place in the public log, without the name: whoever was shown the certificate
can still check it, and nobody can find out whose it is.
"""

from collections.abc import Callable

from sqlalchemy import Table, case, func

from certification.base import Base
from chassis.holdings import ERASED, Holding, Holdings

AWARD = "An award and what it was earned by, under a number: certificates that were shown to others stay checkable."
DECISION = "A decision of staff stays; its words about the person go."


def _words(column: str) -> Callable[[Table], object]:
    """Nothing where nothing was written, and the sign that something was erased where something was."""
    return lambda table: case((table.c[column].is_(None), None), else_=ERASED)


OF_ENTRY = ("entry_id", "log_entry")
OF_CERTIFICATE = ("certificate_id", "certificate")
OF_APPLICATION = ("application_id", "chartered_application")

HOLDINGS = Holdings(
    Base.metadata,
    Holding("teacher", clears={"school_urn": None}, because=AWARD),
    Holding("enrolment", because=AWARD),
    Holding("activity_record", because=AWARD),
    Holding("credit_entry", because=AWARD),
    Holding("component_completion", because=AWARD),
    Holding("completion_correction", because=AWARD),
    Holding("contribution_correction", because=AWARD),
    Holding("pending_award", because=AWARD),
    Holding("accreditation", because=AWARD),
    Holding("re_evaluation_finding", because=AWARD),
    Holding("award_check", clears={"reason": _words("reason")}, because=DECISION),
    Holding("log_entry", clears={"description": ERASED, "reason": _words("reason"), "school_urn": None}, because=AWARD),
    Holding(
        "log_entry_submission",
        through=OF_ENTRY,
        clears={"description": ERASED, "reason": _words("reason")},
        because=AWARD,
    ),
    Holding("log_entry_reversal", because=AWARD),
    Holding(
        "evidence",
        through=OF_ENTRY,
        clears={"name": None, "purged_at": lambda table: func.coalesce(table.c.purged_at, func.clock_timestamp())},
        because="That there was a file of this size. Its bytes go with the next sweep.",
    ),
    Holding("diagnostic_sitting", deletes=True),
    Holding("diagnostic_response", because="Numbers of answers without a word of anybody's; they count in statistics."),
    Holding("assessment_adjustment", clears={"reason": ERASED}, because=DECISION),
    Holding("assessment_attempt", because="An exam that was sat, under a number."),
    Holding(
        "provider_result",
        through=("attempt_id", "assessment_attempt"),
        clears={"body": None},
        because="That a provider reported; what it wrote goes.",
    ),
    Holding("assessment_pass", because=AWARD),
    Holding("assessment_opening", because=AWARD),
    Holding("certificate", because=AWARD),
    Holding("certificate_holder", through=OF_CERTIFICATE, deletes=True),
    Holding("certificate_review", through=OF_CERTIFICATE, clears={"reason": _words("reason")}, because=DECISION),
    Holding("certificate_revocation", through=OF_CERTIFICATE, clears={"reason": ERASED}, because=DECISION),
    Holding("chartered_application", clears={"withdrawal_reason": _words("withdrawal_reason")}, because=AWARD),
    Holding("chartered_statement", through=OF_APPLICATION, clears={"text": ERASED}, because=AWARD),
    Holding("chartered_consent", through=OF_APPLICATION, because="That the person consented, to a text of ours."),
    Holding(
        "chartered_submission",
        through=OF_APPLICATION,
        clears={"bundle": None},
        because="That it was sent, and its hash. The deciding body holds what it was sent, and is told by the person.",
    ),
    Holding("endorsement_request", clears={"note": ERASED}, because=AWARD),
    Holding(
        "endorsement",
        clears={"statement": ERASED, "withdrawal_reason": _words("withdrawal_reason")},
        because=AWARD,
    ),
)
