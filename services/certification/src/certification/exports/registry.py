"""What is held about a teacher, by table; and for every other table, why it is not.

Whose a row is follows from the tables themselves: it has a `teacher_id`, or a foreign key leads to a row that is the
teacher's. A new table is added to `HELD`, or to `ABOUT_NOBODY` with the reason; a test asks for one of the two.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, select

from certification.base import Base
from chassis.known_as import is_theirs

OWNER = "teacher_id"

HELD = (
    "teacher",
    "enrolment",
    "activity_record",
    "credit_entry",
    "component_completion",
    "completion_correction",
    "contribution_correction",
    "pending_award",
    "award_check",
    "log_entry",
    "log_entry_submission",
    "log_entry_event",
    "log_entry_reversal",
    "evidence",
    "diagnostic_sitting",
    "diagnostic_response",
    "assessment_adjustment",
    "assessment_attempt",
    "attempt_item",
    "attempt_launch",
    "provider_result",
    "re_marking_change",
    "assessment_pass",
    "assessment_opening",
    "accreditation",
    "certificate",
    "certificate_registration",
    "certificate_holder",
    "certificate_document",
    "certificate_review",
    "certificate_revocation",
    "issuance_entry",
    "re_evaluation_finding",
    "chartered_application",
    "chartered_statement",
    "chartered_consent",
    "chartered_submission",
    "chartered_decision",
    "endorsement_request",
    "endorsement",
)
"""In the order in which they are told."""

ABOUT_NOBODY = {
    "activity": "the catalogue",
    "assessment": "rules",
    "assessment_provider": "organisations",
    "bank_question": "questions, of which the answers are secret",
    "question": "questions, of which the answers are secret",
    "question_bank": "questions, of which the answers are secret",
    "question_retirement": "questions that are asked no more",
    "re_marking": "work of staff on everybody's marks",
    "chartered_pathway": "rules",
    "diagnostic": "questions and rules",
    "diagnostic_case": "cases of questionnaires",
    "issuance_head": "the public log of certificates",
    "issuance_node": "the public log of certificates",
    "moderation_policy": "rules; the seed of draws, with which one could foretell them",
    "pathway": "recommendations for everybody",
    "provider_organisation": "organisations",
    "questionnaire_draft": "work of staff on questionnaires",
    "re_evaluation": "work of staff on everybody's credits",
    "scheme": "rules",
    "school": "schools",
    "school_due": "schools whose award is to be looked at",
    "scheme_case": "cases of rules",
    "scheme_draft": "work of staff on rules",
    "scheme_version": "rules",
    "merged_person": "which ids are one person's; identity tells it",
    "moved_row": "keys of rows that are told here",
    "outbox": "copies, in events, of what is told here",
    "outbox_sequence": "how many events there were",
    "audit_link": "hashes of the audit trail",
    "audit_witness": "hashes of other services' audit trails",
    "audit_dispute": "hashes of audit trails that do not agree",
    "audit_clearance": "what auditors said of hashes that do not agree: their work",
    "audit_head": "hashes of this service's own audit trail",
    "erased_person": "numbers of people who were forgotten",
    "export_part": "copies, for an export of everything, of what is told here",
    "retention_run": "how many rows the rules of retention met",
    "inbox": "which events were handled",
    "dead_letter": "events that could not be handled; staff look at them one by one",
    "idempotency_key": "copies, for repeated requests, of answers that were given",
}
"""Tables of the service and of the chassis that are not exported, and why."""

OTHER_PEOPLE = frozenset(
    {
        "proposed_by",
        "decided_by",
        "claimed_by",
        "audited_by",
        "actor_id",
        "recorded_by",
        "approved_by",
        "requested_by",
        "granted_by",
        "recommended_by",
    }
)
"""Who of the staff did something is about them."""
FOR_THE_DRAW = frozenset({"sampling_draw", "sampling_rate"})
"""Whoever knew them could work out which entries nobody looks at."""
LEFT_OUT = {
    "assessment_adjustment.ended_by": "a person of the staff",
    "assessment_attempt.seed": "with it the next papers could be foretold",
    "attempt_item.marks_awarded": "mark by mark it tells which options are right; the sum is told",
}
"""Single columns that are not exported, and why."""


def rows_of(table: Table, teacher_id: UUID) -> Select[tuple[object, ...]]:
    """What a table holds about a teacher, without what is about other people."""
    shown = [column for column in table.columns if is_told(table, column.name)]
    return select(*shown).where(is_of(table, teacher_id)).order_by(*table.primary_key.columns)


def is_told(table: Table, column: str) -> bool:
    """Whether a column is exported."""
    return column not in OTHER_PEOPLE | FOR_THE_DRAW and f"{table.name}.{column}" not in LEFT_OUT


def is_of(table: Table, teacher_id: UUID) -> ColumnElement[bool]:
    """Whether a row is the teacher's. ValueError for a table that leads to nobody."""
    if OWNER in table.c:
        return is_theirs(table.c[OWNER], teacher_id)
    # What is always there first: a key that may be empty would lose rows.
    for key in sorted(table.foreign_keys, key=lambda one: (bool(one.parent.nullable), one.parent.name)):
        if leads_to_teacher(key.column.table):
            return key.parent.in_(select(key.column).where(is_of(key.column.table, teacher_id)))
    raise ValueError(f"{table.name} leads to no teacher")


def leads_to_teacher(table: Table) -> bool:
    """Whether rows of a table are somebody's."""
    return OWNER in table.c or any(
        leads_to_teacher(key.column.table) for key in table.foreign_keys if key.column.table is not table
    )


def held_tables() -> Sequence[Table]:
    """The tables that are exported."""
    return [Base.metadata.tables[name] for name in HELD]
