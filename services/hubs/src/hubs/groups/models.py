"""Groups, their schools, people and leads, what they do together, and the counts that limits are held against."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.academic_years import AcademicYear
from hubs.base import Base, one_of

GroupStatus = Literal["forming", "running", "completed", "cancelled"]
LeadExperience = Literal["new", "existing"]
ActivityKind = Literal[
    "session", "residential", "visit", "gap_task", "webinar", "workshop", "meeting", "online", "conference"
]
ActivityStatus = Literal["planned", "held", "cancelled"]
Mark = Literal["present", "absent", "excused", "done", "not_done"]
"""The first three of what people come to, the last two of tasks between."""
Outcome = Literal["completed", "incomplete"]


def within(count: str, most: str) -> CheckConstraint:
    """A count that never passes its limit; without a limit it is only never negative."""
    return CheckConstraint(f"{count} >= 0 AND {count} <= coalesce({most}, {count})", name=count)


class ProjectGroup(Base):
    """A group of one version of a project at a hub. Its counts are kept under its row, and never pass its limits.

    Limits and codes are copied from the version's document, which does not change once a group uses it.
    """

    __tablename__ = "project_group"
    __table_args__ = (
        within("schools", "schools_at_most"),
        within("participants", "participants_at_most"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("(status IN ('running', 'completed')) <= (began_on IS NOT NULL)", name="began"),
        CheckConstraint("(status IN ('completed', 'cancelled')) = (ended_on IS NOT NULL)", name="ended"),
        ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_group_version",
        ),
        Index("ix_project_group_hub_id_id", "hub_id", "id"),
        Index("ix_project_group_network_id", "network", "id"),
        Index("ix_project_group_project_id_hub_id", "project_id", "hub_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    project_version: Mapped[int]
    """The version under which it was formed: what it asks holds for the group's whole life."""
    network: Mapped[str] = mapped_column(ForeignKey("network.slug"))
    project_code: Mapped[str] = mapped_column(String(20))
    project_year: Mapped[AcademicYear] = mapped_column(String(7))
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    title: Mapped[str] = mapped_column(String(200))
    strand: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[GroupStatus] = mapped_column(one_of("status", GroupStatus))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """As planned."""
    schools: Mapped[int] = mapped_column(default=0)
    schools_at_most: Mapped[int | None]
    participants: Mapped[int] = mapped_column(default=0)
    participants_at_most: Mapped[int | None]
    participants_per_school_at_most: Mapped[int | None]
    inputs: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    """What the hub tells of the group for its grant card."""
    version: Mapped[int] = mapped_column(default=1)
    formed_at: Mapped[datetime]
    formed_by: Mapped[UUID]
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """When it was completed or called off."""
    reason: Mapped[str | None] = mapped_column(Text)


class ProjectTally(Base):
    """How much of a project runs, at one hub or in the whole network; kept where the document sets a limit.

    Whoever changes it holds the group's row first, then the hub's tally, then the network's.
    """

    __tablename__ = "project_tally"
    __table_args__ = (
        within("groups", "groups_at_most"),
        within("schools", "schools_at_most"),
        within("participants", "participants_at_most"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(98), primary_key=True)
    """`network` or a hub's id; of a strand with its slug behind a colon."""
    groups: Mapped[int] = mapped_column(default=0)
    groups_at_most: Mapped[int | None]
    schools: Mapped[int] = mapped_column(default=0)
    schools_at_most: Mapped[int | None]
    participants: Mapped[int] = mapped_column(default=0)
    participants_at_most: Mapped[int | None]


class GroupSchool(Base):
    """A school was in a group from a day to a day, the last included. Of one project it is in one group at a time."""

    __tablename__ = "group_school"
    __table_args__ = (
        CheckConstraint("left_on >= joined_on", name="dates"),
        Index("uq_group_school_live", "group_id", "urn", unique=True, postgresql_where=text("left_on IS NULL")),
        Index(
            "uq_group_school_project",
            "project_id",
            "urn",
            unique=True,
            postgresql_where=text("left_on IS NULL AND is_sole"),
        ),
        Index("ix_group_school_urn", "urn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    is_sole: Mapped[bool]
    """Whether the project counts schools, so that one is in a single group of it; of people several may come."""
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    """Why it left."""
    recorded_by: Mapped[UUID]


class GroupParticipant(Base):
    """A person was in a group from a day to a day, for a school or not. Of one project in one group at a time."""

    __tablename__ = "group_participant"
    __table_args__ = (
        CheckConstraint("left_on >= joined_on", name="dates"),
        Index(
            "uq_group_participant_project",
            "project_id",
            "person_id",
            unique=True,
            postgresql_where=text("left_on IS NULL"),
        ),
        Index("ix_group_participant_group_id_id", "group_id", "id"),
        Index("ix_group_participant_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    person_id: Mapped[UUID]
    urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    organisation_id: Mapped[UUID | None]
    """The organisation that they come for, where the project counts organisations."""
    role: Mapped[str | None] = mapped_column(String(60))
    """One of the document's roles of participants."""
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    outcome: Mapped[Outcome | None] = mapped_column(one_of("outcome", Outcome))
    """Set when the group is completed, and again when that is corrected."""
    outcome_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it was told."""
    accreditation: Mapped[str | None] = mapped_column(String(60))
    """What completing it gave, by the document's slug."""
    recorded_by: Mapped[UUID]


class GroupLead(Base):
    """A person led a group from a day to a day."""

    __tablename__ = "group_lead"
    __table_args__ = (
        CheckConstraint("until_on >= since_on", name="dates"),
        Index("uq_group_lead_live", "group_id", "person_id", unique=True, postgresql_where=text("until_on IS NULL")),
        Index("ix_group_lead_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("project_lead.id"))
    person_id: Mapped[UUID]
    experience: Mapped[LeadExperience] = mapped_column(one_of("experience", LeadExperience))
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_by: Mapped[UUID]


class GroupActivity(Base):
    """Something that a group does on a day: a session, a visit to one of its schools, a task between sessions."""

    __tablename__ = "group_activity"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_group_activity_group_id_starts_on", "group_id", "starts_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    kind: Mapped[ActivityKind] = mapped_column(one_of("kind", ActivityKind))
    slug: Mapped[str | None] = mapped_column(String(60))
    """The document's activity of which this is one; null for what the group adds."""
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """Of a task: the day by which it is done."""
    minutes: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(String(200))
    urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    """The school that is visited, or that is the host."""
    status: Mapped[ActivityStatus] = mapped_column(one_of("status", ActivityStatus))
    notes: Mapped[str | None] = mapped_column(Text)
    """What came of it, for the group and its hub."""
    people_marked: Mapped[int] = mapped_column(default=0, server_default="0")
    """As present or absent. Kept by a trigger on the marks, whoever writes them; dashboards sum tens of thousands."""
    people_present: Mapped[int] = mapped_column(default=0, server_default="0")
    version: Mapped[int] = mapped_column(default=1)
    planned_at: Mapped[datetime]
    planned_by: Mapped[UUID]


class GroupMark(Base):
    """Whether a participant was at something, or has done a task."""

    __tablename__ = "group_mark"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR (minutes > 0 AND mark = 'present')", name="minutes"),
        Index("ix_group_mark_participant_id", "participant_id"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("group_activity.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("group_participant.id"), primary_key=True)
    mark: Mapped[Mark] = mapped_column(one_of("mark", Mark))
    minutes: Mapped[int | None]
    marked_at: Mapped[datetime]
    marked_by: Mapped[UUID]
