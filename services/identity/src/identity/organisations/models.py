"""Organisations as stored."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from identity.base import Base


class OrganisationKind(StrEnum):
    """What an organisation is to the programme."""

    FUNDER = "funder"
    NATIONAL_CENTRE = "national_centre"
    PARTNER = "partner"


class Organisation(Base):
    """A party to the programme. Its id follows from its slug, so that every installation agrees on it."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind IN ('funder', 'national_centre', 'partner')", name="kind"),
        CheckConstraint("requests_per_minute > 0", name="requests_per_minute"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    responsibilities: Mapped[list[str]] = mapped_column(JSONB)
    source_ref: Mapped[str] = mapped_column(String(200))
    requests_per_minute: Mapped[int | None]
    """What all its keys and clients may ask together; null for no limit beyond each one's own."""
