"""Who is sent to what."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

DelegatePresence = Literal["present", "absent"]


class GroupDelegate(Base):
    """A lead or a participant of a group who is sent to an activity of the network, or to one of its occasions."""

    __tablename__ = "group_delegate"
    __table_args__ = (Index("ix_group_delegate_person_id", "person_id"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"), primary_key=True)
    activity: Mapped[str] = mapped_column(String(60), primary_key=True)
    """The document's activity by its slug."""
    occasion: Mapped[str] = mapped_column(String(200), primary_key=True)
    """By its title; empty for an activity without occasions."""
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    presence: Mapped[DelegatePresence | None] = mapped_column(one_of("presence", DelegatePresence))
    named_at: Mapped[datetime]
    named_by: Mapped[UUID]
