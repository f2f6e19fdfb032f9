"""Leads of projects, and at which of the network's occasions they were."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

LeadStatus = Literal["proposed", "accepted", "declined", "ended"]
Experience = Literal["new", "existing"]
Presence = Literal["present", "absent", "excused"]


class ProjectLead(Base):
    """A person is to lead, or leads, groups of a project at a hub. What was decided of them is kept as it was said."""

    __tablename__ = "project_lead"
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_lead_version",
        ),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided"),
        Index(
            "uq_project_lead_live",
            "project_id",
            "hub_id",
            "person_id",
            unique=True,
            postgresql_where=text("status IN ('proposed', 'accepted')"),
        ),
        Index("ix_project_lead_hub_id_id", "hub_id", "id"),
        Index("ix_project_lead_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    project_version: Mapped[int]
    network: Mapped[str] = mapped_column(ForeignKey("network.slug"))
    project_code: Mapped[str] = mapped_column(String(20))
    project_year: Mapped[str] = mapped_column(String(7))
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    person_id: Mapped[UUID]
    experience: Mapped[Experience] = mapped_column(one_of("experience", Experience))
    status: Mapped[LeadStatus] = mapped_column(one_of("status", LeadStatus))
    declarations: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    overrides: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    decision: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What became of the project's requirements, test by test and in words."""
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)


class LeadAttendance(Base):
    """Whether a lead was at an occasion of the network, by the activity's slug and the occasion's title."""

    __tablename__ = "project_lead_attendance"

    lead_id: Mapped[UUID] = mapped_column(ForeignKey("project_lead.id"), primary_key=True)
    activity: Mapped[str] = mapped_column(String(60), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(200), primary_key=True)
    presence: Mapped[Presence] = mapped_column(one_of("presence", Presence))
    marked_at: Mapped[datetime]
    marked_by: Mapped[UUID]
