"""What becomes of rows in hubs when two people are merged. Who did something (`…_by`) stays: it was that account."""

from chassis.merged_people import PersonTables
from hubs.base import Base

TABLES = PersonTables(
    Base.metadata,
    moves={
        "booking": ("teacher_id",),
        "hub_member": ("teacher_id",),
        "completion": ("teacher_id",),
        "completion_report": ("teacher_id",),
        "partner_learner": ("teacher_id", "claimed_teacher_id"),
        "calendar_feed": ("person_id",),
        "resource": ("teacher_id",),
        "resource_use": ("teacher_id",),
        "group_participant": ("person_id",),
        "group_lead": ("person_id",),
        "group_delegate": ("person_id",),
        "project_lead": ("person_id",),
        "project_application": ("person_id",),
        "sent_report_reminder": ("person_id",),
        "group_document": ("person_id",),
        "space_topic": ("person_id",),
        "space_post": ("person_id",),
        "space_report": ("person_id",),
        "space_reading": ("person_id",),
        "space_digest": ("person_id",),
        "space_contribution": ("person_id",),
    },
    stays={
        "teacher": "What identity says of the id; bookings and completions keep the school that they were made for.",
        "match_decision": "What was decided then, in the words of then; rows never change.",
    },
)
