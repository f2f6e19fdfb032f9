"""What hubs holds about people, by number and no name; why, and until when."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Table

from chassis.retention import Line, Retention, stays
from hubs.base import Base

DAY = timedelta(days=1)
REPORTED = "The programme reports places, registers and completions to its funder, who may audit them"
SIX_YEARS = "6 years after the programme's last payment, with the ledger that rests on them"
FORGOTTEN = "The person asks to be forgotten"
STAFF = "Words of staff about a decision of theirs; they are not about the person"


def _unlinked(table: Table) -> ColumnElement[bool]:
    return table.c.teacher_id.is_(None) & table.c.claimed_teacher_id.is_not(None)


NO_LONGER_KEPT = "(no longer kept)"


def _has_words(table: Table) -> ColumnElement[bool]:
    return table.c.text.not_in((NO_LONGER_KEPT, "(erased)"))


RETENTION = Retention(
    Base.metadata,
    Line("partner_learner", "Whom a partner said that a learner is, where nobody confirmed it",
         "To credit completions that partners report", "public_task",
         "2 years after the partner first named the learner", since="first_seen_at", keep=730 * DAY,
         clears={"claimed_teacher_id": None}, only=_unlinked, rule="partner-learner-unconfirmed"),
    Line("resource_use", "Words that somebody wrote about a resource", "So that authors and others learn from it",
         "consent", "5 years after they were written: the stars stay, without words", since="rated_at", keep=1826 * DAY,
         clears={"comment": None, "comment_status": None, "comment_id": None, "comment_reason": None}),
    Line("space_post", "What people write in the space of their group", "So that a group can work together",
         "public_task", "3 years after it was written: then its words go, and that something was there stays",
         since="posted_at", keep=1096 * DAY, clears={"text": NO_LONGER_KEPT}, only=_has_words),
    Line("space_wording", "How a post was worded before it was edited", "So that moderators can look into a report",
         "legitimate_interests", "1 year after the edit", since="replaced_at", keep=365 * DAY),
    Line("space_report", "That somebody reported a post, and what was decided", "Keeping spaces safe",
         "legitimate_interests", "2 years after the decision", since="decided_at", keep=730 * DAY),
    *stays("Documents that people gave to their group", "So that a group can work together", "public_task",
           "Somebody removes it, or 3 years after the group's end: the file goes, its hash and that it was there stay",
           "group_document"),
    *stays("Topics of a group's space: who began them, and their titles", "So that a group can work together",
           "public_task", FORGOTTEN, "space_topic"),
    *stays("How far somebody has read, and when they were last sent what is new", "Unread counts and digests",
           "legitimate_interests", FORGOTTEN, "space_reading", "space_digest"),
    *stays("Contributions to a discussion that were accepted", "Credit for what people give to the community",
           "public_task", SIX_YEARS, "space_contribution"),
    *stays("Who a teacher is, by number and school", "Booking and crediting completions", "public_task", FORGOTTEN,
           "teacher", "hub_member"),
    *stays("Places on courses, attendance and completions", REPORTED, "public_task", SIX_YEARS,
           "booking", "completion", "completion_correction", "completion_report", "register_decision"),
    *stays("Who applied to, led and took part in projects of a network", REPORTED, "public_task", SIX_YEARS,
           "project_application", "project_lead", "group_lead", "group_participant", "group_delegate"),
    *stays("Reports of groups, and that somebody was reminded of one", REPORTED, "public_task",
           SIX_YEARS + "; what a participant wrote goes when they ask to be forgotten",
           "project_report", "sent_report_reminder"),
    *stays("Numbers that partners give to learners, and who they are", REPORTED, "public_task", SIX_YEARS,
           "partner_learner", "match_decision"),
    *stays("A secret address at which somebody's own calendar is", "They asked for it", "consent",
           "They withdraw it, or: " + FORGOTTEN, "calendar_feed"),
    *stays("Teaching resources and who made them", "Published under an open licence", "consent",
           "The author takes it back; then a number stays", "resource", "resource_version", "resource_use"),
    *stays("Names of hubs' and centres' offices, and how they are reached", "Teachers write to them", "public_task",
           "The hub changes them", "hub", "centre"),
    about_nobody=dict.fromkeys(
        ("area_list", "completion_rule", "school_import", "state_funded_verdict", "hub_coverage_period",
         "hub_transition", "gcse_offer_attestation", "school_succession", "damage_report", "loan",
         "network_proposal", "network_hub_target",
         "group_school", "group_organisation", "project_group", "hub_plan_revision"),
        STAFF,
    ) | {
        "curriculum_aim": "what is taught",
        "enrichment_interest": "roles at schools, without a name",
        "enrichment_offer": "offers of organisations",
        "hub_plan_line": "what a hub plans, and why, in numbers",
        "course_run": "why a course was cancelled, for everybody",
    },
)  # fmt: skip
