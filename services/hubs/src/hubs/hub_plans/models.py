"""Plans of hubs, revision by revision. What was handed in never changes; a change is the next revision."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

PlanStatus = Literal["draft", "submitted", "returned", "agreed"]


class HubPlan(Base):
    """A hub's plan for a network's year. `status` is that of its newest revision."""

    __tablename__ = "hub_plan"
    __table_args__ = (
        UniqueConstraint("network_slug", "project_year", "hub_id"),
        ForeignKeyConstraint(
            ["network_slug", "project_year", "hub_id"],
            ["network_hub.network_slug", "network_hub.project_year", "network_hub.hub_id"],
            name="fk_hub_plan_hub",
        ),
        CheckConstraint("agreed_revision <= revision", name="agreed_revision"),
        Index("ix_hub_plan_hub_id", "hub_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    network_slug: Mapped[str] = mapped_column(String(60))
    project_year: Mapped[str] = mapped_column(String(7))
    hub_id: Mapped[UUID]
    status: Mapped[PlanStatus] = mapped_column(one_of("status", PlanStatus))
    revision: Mapped[int]
    """The newest: what is being worked on, was handed in, or is agreed."""
    agreed_revision: Mapped[int | None]
    """What the network counts on; null until a plan has been agreed."""
    open_until_on: Mapped[date | None]
    """The last day on which the national team takes this plan in, whatever the network's window."""
    version: Mapped[int]


class HubPlanRevision(Base):
    """One state of a plan: worked on until it is handed in, then decided on once."""

    __tablename__ = "hub_plan_revision"
    __table_args__ = (
        CheckConstraint("submitted_by <> decided_by", name="two_people"),
        CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name="submitted"),
        CheckConstraint("(status IN ('agreed', 'returned')) = (decided_at IS NOT NULL)", name="decided"),
    )

    hub_plan_id: Mapped[UUID] = mapped_column(ForeignKey("hub_plan.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[PlanStatus] = mapped_column(one_of("status", PlanStatus))
    begun_by: Mapped[UUID]
    begun_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    explanation: Mapped[str | None] = mapped_column(Text)
    """What the hub says of the faults that it hands in with."""
    findings: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)
    """As they were when it was handed in."""
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)


class HubPlanLine(Base):
    """What a revision plans for one project, or for one strand of it (empty: the project has none)."""

    __tablename__ = "hub_plan_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["hub_plan_id", "revision"],
            ["hub_plan_revision.hub_plan_id", "hub_plan_revision.revision"],
            name="fk_hub_plan_line_revision",
        ),
        ForeignKeyConstraint(
            ["project_id", "number"],
            ["project_version.project_id", "project_version.number"],
            name="fk_hub_plan_line_project_version",
        ),
        CheckConstraint("groups >= 0 AND schools >= 0 AND participants >= 0 AND leads >= 0", name="numbers"),
        Index("ix_hub_plan_line_project_id", "project_id"),
    )

    hub_plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    strand: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]
    """Of the project's version that was in force when the line was written."""
    code: Mapped[str] = mapped_column(String(20))
    groups: Mapped[int]
    schools: Mapped[int | None]
    participants: Mapped[int | None]
    leads: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)
