"""Applications, from the first interest to a place in a group."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

ApplicationStatus = Literal["interested", "applied", "waiting", "selected", "declined", "withdrawn"]
LIVE: tuple[ApplicationStatus, ...] = ("interested", "applied", "waiting", "selected")
_LIVE = "status IN ('interested', 'applied', 'waiting', 'selected')"


class ProjectApplication(Base):
    """A school, or a person, asks a hub for a place in a project. Of one project each has one live application.

    What was declared, decided and overridden is kept as it was said, and the version of the project that asked it.
    """

    __tablename__ = "project_application"
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "project_version"],
            ["project_version.project_id", "project_version.number"],
            name="fk_project_application_version",
        ),
        CheckConstraint("(status = 'selected') <= (group_id IS NOT NULL)", name="group"),
        CheckConstraint("(committed_at IS NULL) = (committed_by IS NULL)", name="commitment"),
        CheckConstraint(
            "status = 'interested' OR status IN ('declined', 'withdrawn') OR applied_at IS NOT NULL", name="applied"
        ),
        Index(
            "uq_project_application_school",
            "project_id",
            "urn",
            unique=True,
            postgresql_where=text(f"is_of_school AND {_LIVE}"),
        ),
        Index(
            "uq_project_application_person",
            "project_id",
            "person_id",
            unique=True,
            postgresql_where=text(f"NOT is_of_school AND {_LIVE}"),
        ),
        Index("ix_project_application_hub_id_id", "hub_id", "id"),
        Index("ix_project_application_urn", "urn"),
        Index("ix_project_application_person_id", "person_id"),
        Index(
            "ix_project_application_waiting",
            "project_id",
            "hub_id",
            text("priority DESC"),
            "applied_at",
            "id",
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    project_version: Mapped[int]
    network: Mapped[str] = mapped_column(ForeignKey("network.slug"))
    project_code: Mapped[str] = mapped_column(String(20))
    project_year: Mapped[str] = mapped_column(String(7))
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    is_of_school: Mapped[bool]
    """Whether the school applies, or else the person."""
    urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    person_id: Mapped[UUID]
    """Who applies, or whom to ask about the school's application."""
    status: Mapped[ApplicationStatus] = mapped_column(one_of("status", ApplicationStatus))
    declarations: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    overrides: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    decision: Mapped[dict[str, Any]] = mapped_column(JSONB)
    priority: Mapped[int] = mapped_column(default=0)
    """1 for who took part in a project that gives priority in this one."""
    committed_by: Mapped[UUID | None]
    """Who speaks for the school and made its statement of commitment."""
    committed_at: Mapped[datetime | None]
    caused_by: Mapped[UUID | None] = mapped_column(ForeignKey("project_application.id"))
    """The application to another project that brought this one with it."""
    consequences: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """What applying brought with it, in words."""
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("project_group.id"))
    made_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
