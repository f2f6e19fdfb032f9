"""What hubs holds about people, and what becomes of it. Names and addresses are not here: only identity has them."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, Table, case, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.holdings import Holding, Holdings
from hubs.base import Base

TAKEN_PART = "Places, registers and completions are what the programme reports to its funder, by number and no name."

APPLIED = "What a school said of itself, and why it was taken or not, is what its place and the hub's grant rest on."

NOT_TOLD = {"outcome": "needs_review", "words": "(erased)", "reasons": [], "rests_on_declarations": False}
"""A decision of which nothing is left."""


def _nobodys(table: Table) -> ColumnElement[str]:
    """A partner's number for a learner that no partner uses: unique, as the partner's own was."""
    return literal("erased:").concat(table.c.id.cast(table.c.external_learner_id.type))


def _erased_reason(name: str) -> Callable[[Table], ColumnElement[str]]:
    """A reason that was given is still said to have been given."""
    return lambda table: case((table.c[name].is_(None), None), else_="erased")


def _array_of(each: Select[tuple[object]]) -> ColumnElement[object]:
    return func.to_jsonb(func.array(each.scalar_subquery()), type_=JSONB)


def _without_evidence(table: Table) -> ColumnElement[object]:
    """What was declared, without the words that were to prove it."""
    each = func.jsonb_array_elements(table.c.declarations, type_=JSONB).column_valued("each")
    return _array_of(select(each.op("-", return_type=JSONB)("evidence")))


def _of_school_alone(name: str, erased: object) -> Callable[[Table], ColumnElement[object]]:
    """What was said of a school stays; what was said of the person who applied goes."""
    return lambda table: case((table.c.is_of_school, table.c[name]), else_=literal(erased, table.c[name].type))


def _decision_of_school(table: Table) -> ColumnElement[object]:
    """What was decided about a school test by test, without the words: they quote what its people wrote."""
    reasons = table.c.decision["reasons"]
    each = func.jsonb_array_elements(reasons, type_=JSONB).column_valued("each")
    kept = _array_of(select(each.op("||", return_type=JSONB)(literal({"words": "(erased)"}, JSONB))))
    worded = func.jsonb_build_object("words", "(erased)", "reasons", kept, type_=JSONB)
    told = table.c.decision.op("||", return_type=JSONB)(worded)
    return case((table.c.is_of_school, told), else_=literal(NOT_TOLD, JSONB))


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
    Holding("group_participant", by=("person_id",), because=TAKEN_PART),
    Holding("group_lead", by=("person_id",), because=TAKEN_PART),
    Holding(
        "project_report",
        through=("participant_id", "group_participant"),
        clears={"answers": {}, "reason": _erased_reason("reason")},
        because="That a report was owed and handed in. What it says goes, and so does what was said of it.",
    ),
    Holding("sent_report_reminder", by=("person_id",), deletes=True),
    Holding("group_mark", through=("participant_id", "group_participant"), because=TAKEN_PART),
    Holding(
        "project_lead",
        by=("person_id",),
        clears={"declarations": [], "overrides": [], "decision": NOT_TOLD},
        because="Who led which groups is what grants were paid for. What was said of the person goes.",
    ),
    Holding(
        "project_application",
        by=("person_id",),
        clears={
            "declarations": _without_evidence,
            "overrides": _of_school_alone("overrides", []),
            "decision": _decision_of_school,
            "reason": _of_school_alone("reason", None),
        },
        because=APPLIED,
    ),
    Holding("group_delegate", by=("person_id",), because=TAKEN_PART),
    Holding(
        "group_document",
        by=("person_id",),
        clears={"person_id": None},
        because="The group works with it, as with a printed page: nobody is named any more as who gave it.",
    ),
    Holding(
        "space_topic",
        by=("person_id",),
        clears={"title": "(erased)", "person_id": None},
        because="Others answered. Nobody is named any more as who began it, and its title goes.",
    ),
    Holding(
        "space_post",
        by=("person_id",),
        clears={"text": "(erased)", "hidden_reason": _erased_reason("hidden_reason"), "person_id": None},
        because="That something was written there, so that answers keep their place. Its words and its author go.",
        untold=frozenset({"words"}),
    ),
    Holding("space_wording", through=("post_id", "space_post"), deletes=True),
    Holding(
        "space_report",
        by=("person_id",),
        clears={"note": None, "person_id": None},
        because="That a post was reported and what was decided. Who reported it, and their words, go.",
    ),
    Holding("space_reading", by=("person_id",), deletes=True),
    Holding("space_digest", by=("person_id",), deletes=True),
    Holding(
        "space_contribution", by=("person_id",), because="Credit that was given rests on it, by number and no name."
    ),
    Holding("calendar_feed", by=("person_id",), deletes=True),
    Holding("resource", because="Published under an open licence, and used by others. Only a number says whose it is."),
    Holding(
        "resource_use",
        clears={"comment": None, "comment_status": None, "comment_id": None, "comment_reason": None},
        because="Stars count in a resource's rating; the words go.",
    ),
)
