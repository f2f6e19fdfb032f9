"""Reports, the reminders of them that were sent, and the key under which an export names nobody."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of
from hubs.project_reports.rules import ReportStatus
from hubs.projects.evaluation import DutyBy, DutyKind


class ProjectReport(Base):
    """Something that a project's evaluation asks of a group's lead, a school, a participant, a hub or a team.

    Of one duty there is one report about each subject, whatever opens it. Of hubs and of the network it names no group.
    """

    __tablename__ = "project_report"
    __table_args__ = (
        UniqueConstraint("project_id", "duty", "subject"),
        ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_report_version",
        ),
        CheckConstraint(
            "(status IN ('submitted', 'returned', 'accepted')) <= (submitted_at IS NOT NULL)", name="handed"
        ),
        CheckConstraint("(status IN ('returned', 'accepted')) <= (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("(status = 'returned') <= (reason IS NOT NULL)", name="reason"),
        Index("ix_project_report_network_id", "network", "id"),
        Index("ix_project_report_hub_id_id", "hub_id", "id"),
        Index("ix_project_report_group_id", "group_id"),
        Index("ix_project_report_participant_id", "participant_id"),
        Index("ix_project_report_urn", "urn"),
        Index("ix_project_report_due_on", "due_on", postgresql_where=text("status IN ('draft', 'returned')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    project_version: Mapped[int]
    network: Mapped[str] = mapped_column(ForeignKey("network.slug"))
    project_code: Mapped[str] = mapped_column(String(20))
    project_year: Mapped[str] = mapped_column(String(7))
    hub_id: Mapped[UUID | None] = mapped_column(ForeignKey("hub.id"))
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("project_group.id"))
    urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("group_participant.id"))
    duty: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    by: Mapped[DutyBy] = mapped_column(one_of("by", DutyBy))
    kind: Mapped[DutyKind] = mapped_column(one_of("kind", DutyKind))
    due_on: Mapped[date | None]
    due_in_words: Mapped[str | None] = mapped_column(Text)
    status: Mapped[ReportStatus] = mapped_column(one_of("status", ReportStatus))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    submissions: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it was last returned, or what was said when it was accepted."""


class SentReportReminder(Base):
    """A reminder of a report, so many days before it is due. For another day it is another reminder."""

    __tablename__ = "sent_report_reminder"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("project_report.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Negative when it was sent after that day."""
    sent_at: Mapped[datetime]


class EvaluationKey(Base):
    """What pseudonyms of a network's year are made with. They are the same in every export, and lead back to nobody."""

    __tablename__ = "evaluation_key"

    network: Mapped[str] = mapped_column(ForeignKey("network.slug"), primary_key=True)
    project_year: Mapped[str] = mapped_column(String(7), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
