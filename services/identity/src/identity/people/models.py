"""People as stored. Names are personal data: they leave this database only in the person's own answers and mail."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class Phase(StrEnum):
    """The phase of education somebody teaches."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    POST_16 = "post_16"


class Role(StrEnum):
    """What a person may be trusted with. Being a teacher is not a role: it follows from having a school."""

    HUB_LEAD = "hub_lead"
    HUB_ADMINISTRATOR = "hub_administrator"
    MODERATOR = "moderator"
    ASSESSOR = "assessor"
    """Keeps the questions of an organisation's assessments and sees their figures."""
    NETWORK_LEAD = "network_lead"
    """Of the national team of a network, at the organisation that leads it: its projects, its hubs and their plans."""
    LEAD_EVALUATOR = "lead_evaluator"
    """Reads what a network's groups report, at the organisation that leads the network."""
    SCHOOL_LEAD = "school_lead"
    """Books for the teachers of the school that the person belongs to."""
    FUNDING_OFFICER = "funding_officer"
    FUNDING_APPROVER = "funding_approver"
    PAYMENT_OFFICER = "payment_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PARTNER_ADMIN = "partner_admin"


class Person(Base):
    """Somebody with an account, now or once. `phase` is null for staff who do not teach."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("phase IN ('primary', 'secondary', 'post_16')", name="phase"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    given_name: Mapped[str] = mapped_column(String(100))
    family_name: Mapped[str] = mapped_column(String(100))
    phase: Mapped[str | None] = mapped_column(String(20))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Employment(Base):
    """Where a teacher teaches, from a day to a day. One school at a time; the past is kept."""

    __tablename__ = "employment"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="dates"),
        CheckConstraint("school_urn ~ '^[0-9]{6}$'", name="school_urn"),
        Index("uq_employment_present", "person_id", unique=True, postgresql_where=text("to_on IS NULL")),
        Index("ix_employment_school_urn", "school_urn", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    school_urn: Mapped[str] = mapped_column(String(6))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """The last day, included; null while it lasts."""


class RoleGrant(Base):
    """A role somebody holds from a day to a day (both included), at one organisation or everywhere (null)."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="dates"),
        Index(
            "uq_role_grant_present",
            "person_id",
            "role",
            "organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("to_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID | None]
    """An organisation here or a hub in hubs, which is why no foreign key guards it."""
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was ended at once, whatever `to_on` says: a role granted and ended on one day is over."""
    granted_by: Mapped[UUID | None]
    """The person who granted it; null when the platform's seed did."""
