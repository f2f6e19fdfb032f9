"""What taking part in projects accredited people as."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base


class Accreditation(Base):
    """What somebody's part in one group of a project gave them, as last told; they need be no teacher of ours."""

    __tablename__ = "accreditation"
    __table_args__ = (
        CheckConstraint("revision >= 1", name="revision"),
        Index("ix_accreditation_teacher_id", "teacher_id"),
    )

    participation_id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID]
    accreditation: Mapped[str | None] = mapped_column(String(60))
    """By the slug that the project names it with; null when a correction took it back."""
    network: Mapped[str] = mapped_column(String(60))
    project_code: Mapped[str] = mapped_column(String(20))
    project_year: Mapped[str] = mapped_column(String(7))
    recorded_on: Mapped[date] = mapped_column(Date)
    revision: Mapped[int]
    """Of the participation, as hubs told it: an older one is ignored."""
