"""Successions of schools that the register does not settle."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

SuccessionKind = Literal["split", "merger"]
SuccessionStatus = Literal["open", "decided", "settled"]


class SchoolSuccession(Base):
    """A split (several schools follow a closed one) or a merger (one school follows several), and who carries on.

    Of a split `urn` is the closed school and the candidates are those after it; of a merger `urn` is the school after
    and the candidates are those before. `settled`: the register's links no longer leave it open.
    """

    __tablename__ = "school_succession"
    __table_args__ = (UniqueConstraint("urn", "kind"), Index("ix_school_succession_status_id", "status", "id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    kind: Mapped[SuccessionKind] = mapped_column(one_of("kind", SuccessionKind))
    candidates: Mapped[list[str]] = mapped_column(ARRAY(String(6)))
    """By URN."""
    established_on: Mapped[date | None]
    """The latest day that the links give."""
    status: Mapped[SuccessionStatus] = mapped_column(one_of("status", SuccessionStatus))
    found_at: Mapped[datetime]
    chosen: Mapped[list[str] | None] = mapped_column(ARRAY(String(6)))
    """Candidates that carry on; empty when a person decided that none does, null before."""
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
