"""Versions of schools. Rows are only added."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of
from hubs.schools.models import School

VersionCause = Literal["import", "seed", "verdict", "before_history"]
"""An extract; the demonstration's schools; a type decided anew; what was held when history began."""

NOT_THE_REGISTERS = {"row_hash", "offers_gcse_computer_science", "as_of_on"}
FACTS = tuple(column.name for column in School.__table__.columns if column.name not in NOT_THE_REGISTERS)
"""What a version holds of a school."""


class SchoolVersion(Base):
    """A school as it stood from `as_of_on` until the next version; of two of one day the later recorded counts.

    `as_of_on` is the day that an extract speaks of, `recorded_at` when we were told: an extract that comes late is
    filed under its own day.
    """

    __tablename__ = "school_version"
    __table_args__ = (Index("ix_school_version_urn_as_of_on_id", "urn", "as_of_on", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    as_of_on: Mapped[date]
    recorded_at: Mapped[datetime]
    cause: Mapped[VersionCause] = mapped_column(one_of("cause", VersionCause))
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("school_import.id"))
    facts: Mapped[dict[str, object]] = mapped_column(JSONB)
