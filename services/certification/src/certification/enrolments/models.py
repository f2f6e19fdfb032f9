"""The table of enrolments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class Enrolment(Base):
    """A teacher works towards a scheme under one version of its rules: the one in force when the enrolment began.

    No later version changes it; only a re-evaluation that says so moves an enrolment to another.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("teacher_id", "scheme"),
        ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme_version.scheme", "scheme_version.version"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    scheme: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[int] = mapped_column(Integer)
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
