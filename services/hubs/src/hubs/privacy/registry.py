"""What hubs holds about people, and what becomes of it. Names and addresses are not here: only identity has them."""

from sqlalchemy import ColumnElement, Table, literal

from chassis.holdings import Holding, Holdings
from hubs.base import Base

TAKEN_PART = "Places, registers and completions are what the programme reports to its funder, by number and no name."


def _nobodys(table: Table) -> ColumnElement[str]:
    """A partner's number for a learner that no partner uses: unique, as the partner's own was."""
    return literal("erased:").concat(table.c.id.cast(table.c.external_learner_id.type))


HOLDINGS = Holdings(
    Base.metadata,
    Holding("teacher", by=("id",), deletes=True),
    Holding("hub_member", deletes=True),
    Holding("booking", because=TAKEN_PART),
    Holding("completion", because=TAKEN_PART),
    Holding("completion_report", because=TAKEN_PART),
    Holding("match_decision", because="Who decided that a learner was whom stays on record; rows never change."),
    Holding(
        "partner_learner",
        by=("teacher_id", "claimed_teacher_id"),
        clears={"external_learner_id": _nobodys, "claimed_teacher_id": None, "school_urn": None},
        because="Reports hang on it. The partner's number for the person goes, and with it every way back.",
    ),
    Holding("calendar_feed", by=("person_id",), deletes=True),
    Holding("resource", because="Published under an open licence, and used by others. Only a number says whose it is."),
    Holding(
        "resource_use",
        clears={"comment": None, "comment_status": None, "comment_id": None, "comment_reason": None},
        because="Stars count in a resource's rating; the words go.",
    ),
)
