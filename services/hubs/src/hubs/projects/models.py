"""Projects by year, and the numbered versions of their documents."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of
from hubs.projects.document import ParticipationKind, ProjectKind


class Project(Base):
    """A network's project in one year. What is filtered by is repeated here from the version in force."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("network_slug", "project_year", "code"),
        CheckConstraint("number >= 1", name="number"),
        Index("ix_project_card", "card"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    network_slug: Mapped[str] = mapped_column(ForeignKey("network.slug"))
    project_year: Mapped[str] = mapped_column(String(7))
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ProjectKind] = mapped_column(one_of("kind", ProjectKind))
    participation: Mapped[ParticipationKind] = mapped_column(one_of("participation", ParticipationKind))
    phases: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    card: Mapped[str | None] = mapped_column(String(60))
    """The grant card of funding's."""
    number: Mapped[int]
    """Of the version in force."""


class ProjectVersion(Base):
    """A project's document as it stood. Rows never change: plans and groups go on meaning the one they began with."""

    __tablename__ = "project_version"

    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    checksum: Mapped[str] = mapped_column(String(64))
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("network_proposal.id"))
    """Null for what came with the platform."""
    in_force_at: Mapped[datetime]
