"""Invitations, and proposals of the strongest roles, as stored. A role that is held is a `role_grant` (people)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class Invitation(Base):
    """A role offered to whoever reads mail at an address. Open until accepted, withdrawn or expired."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("(accepted_at IS NULL) = (person_id IS NULL)", name="accepted"),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        Index("ix_invitation_organisation_id", "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the token; the token itself is only in the mail."""
    organisation_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(40))
    until_on: Mapped[date | None]
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    invited_by: Mapped[UUID]
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who accepted."""


class RoleProposal(Base):
    """One administrator wants somebody to have one of the strongest roles; another one decides."""

    __tablename__ = "role_proposal"
    __table_args__ = (
        CheckConstraint("outcome IN ('approved', 'declined')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (decided_by IS NULL)", name="decided"),
        CheckConstraint("decided_by NOT IN (proposed_by, person_id)", name="two_people"),
        Index("uq_role_proposal_open", "person_id", "role", unique=True, postgresql_where=text("outcome IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(40))
    until_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(300))
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
