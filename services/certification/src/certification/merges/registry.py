"""What becomes of rows in certification when two people are merged.

Reports of what somebody did move, and the ledger of both is made to say what it would if the reports had always been
there. What was issued is never rewritten.
"""

from certification.base import Base
from certification.credits.models import ActivityRecord
from certification.schemes.requirements import ActivityKind
from chassis.merged_people import PersonTables

ISSUED = (
    "Issued to the id that it names, and checkable for ever. It counts for the person who is kept, and they see it."
)
LEDGER = "Never changes: what it says of the merged id is reversed, and entered anew for the person who is kept."
BY_SOURCE = "Found by what it corrects, whoever that is told of."
SAT = "Sat under the id, and never rewritten. Attempts, failures and a pass count for the person who is kept."
OPEN_AGAIN = "Follows from credits: found anew for the person who is kept."

TABLES = PersonTables(
    Base.metadata,
    moves={
        "activity_record": ("teacher_id",),
        "enrolment": ("teacher_id",),
        "log_entry": ("teacher_id",),
        "diagnostic_response": ("teacher_id",),
        "diagnostic_sitting": ("teacher_id",),
        "assessment_adjustment": ("teacher_id",),
        "chartered_application": ("teacher_id",),
        "endorsement_request": ("teacher_id",),
        "endorsement": ("teacher_id",),
        "accreditation": ("teacher_id",),
    },
    stays={
        "teacher": "What identity says of the id.",
        "credit_entry": LEDGER,
        "component_completion": LEDGER,
        "completion_correction": BY_SOURCE,
        "contribution_correction": BY_SOURCE,
        "log_entry_reversal": BY_SOURCE,
        "re_evaluation_finding": "What was found then, of the id.",
        "pending_award": OPEN_AGAIN,
        "assessment_opening": OPEN_AGAIN,
        "award_check": "A decision of staff on an award to the id.",
        "assessment_attempt": SAT,
        "assessment_pass": SAT,
        "certificate": ISSUED,
    },
    # Each was registered once: it is nothing that somebody did twice, and stays where it is.
    only={"activity_record": ActivityRecord.__table__.c.kind != ActivityKind.REGISTRATION},
)
BUT_ENROLMENTS = tuple(name for name in TABLES.moves if name != "enrolment")
