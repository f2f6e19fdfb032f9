"""The tables of moderation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Integer, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime


class ModerationPolicy(Base):
    """How entries are moderated, from a day on. One person proposes a version, another approves it."""

    __tablename__ = "moderation_policy"
    __table_args__ = (
        CheckConstraint("approved_by <> proposed_by", name="two_persons"),
        CheckConstraint("length(seed) = 64", name="seed"),
    )

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    rules: Mapped[dict[str, object]] = mapped_column(JSONB)
    seed: Mapped[str] = mapped_column(String(64))
    """Random, hexadecimal: what its draws are made from. Whoever knows it can repeat them all."""
    effective_from_on: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[UUID | None]
    """Null for what came with the platform."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.clock_timestamp())
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProviderOrganisation(Base):
    """The organisation whose moderators see entries of a provider's activities."""

    __tablename__ = "provider_organisation"

    provider: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(index=True)
