"""Organisations and the groups they are in."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base


class GroupOrganisation(Base):
    """An organisation was in a group from a day to a day. Of one project it is in one group at a time."""

    __tablename__ = "group_organisation"
    __table_args__ = (
        CheckConstraint("left_on >= joined_on", name="dates"),
        Index(
            "uq_group_organisation_project",
            "project_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("left_on IS NULL"),
        ),
        Index("ix_group_organisation_group_id", "group_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    organisation_id: Mapped[UUID]
    """Of identity's organisations."""
    name: Mapped[str] = mapped_column(String(200))
    """As the hub wrote it when it joined."""
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    recorded_by: Mapped[UUID]
