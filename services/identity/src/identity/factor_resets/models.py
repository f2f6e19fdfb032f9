"""Resets as stored: the trail of who asked for one and who decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class FactorReset(Base):
    """One request to remove all second factors of somebody; at most one is open for a person."""

    __tablename__ = "factor_reset"
    __table_args__ = (
        CheckConstraint("decided_by <> requested_by", name="two_people"),
        CheckConstraint("person_id NOT IN (requested_by, decided_by)", name="not_one_s_own"),
        Index("uq_factor_reset_open", "person_id", unique=True, postgresql_where=text("decided_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
