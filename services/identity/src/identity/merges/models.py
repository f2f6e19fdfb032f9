"""Merges as stored: who proposed, who decided, who took it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base

IS_STANDING = "outcome IS NULL OR (outcome = 'approved' AND separated_at IS NULL)"


class PersonMerge(Base):
    """One proposal to let `merged_id` go by `kept_id`, and what became of it."""

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_ids"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("proposed_by NOT IN (kept_id, merged_id)", name="not_proposed_by_oneself"),
        CheckConstraint("decided_by NOT IN (kept_id, merged_id)", name="not_decided_by_oneself"),
        CheckConstraint("separated_by NOT IN (kept_id, merged_id)", name="not_separated_by_oneself"),
        CheckConstraint("outcome IN ('approved', 'declined')", name="outcome"),
        CheckConstraint("present_school IN ('kept', 'merged')", name="present_school"),
        CheckConstraint("separated_at IS NULL OR outcome = 'approved'", name="separated"),
        Index("uq_person_merge_standing", "merged_id", unique=True, postgresql_where=text(IS_STANDING)),
        Index("ix_person_merge_kept_id", "kept_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(500))
    present_school: Mapped[str | None] = mapped_column(String(10))
    """Whose school is the present one, where both have one and they differ."""
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    ended_employment_id: Mapped[UUID | None]
    """The kept person's employment that ended because the other's is the present one; begun again on separation."""
    told_again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When every service was told once more: by then no token of the merged account is good any more."""
    separated_by: Mapped[UUID | None]
    separated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    separation_reason: Mapped[str | None] = mapped_column(String(500))
