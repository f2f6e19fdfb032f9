"""Published eligibility rules, and which establishment types count as state-funded."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class EligibilityRule(Base):
    """One version of a rule, as canonical text. The table is append-only."""

    __tablename__ = "eligibility_rule"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    effective_from: Mapped[date]
    document: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class EstablishmentType(Base):
    """A type of the national register, with our verdict. A disputed verdict is a proposal and settles nothing."""

    __tablename__ = "establishment_type"

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(100))
    is_state_funded: Mapped[bool]
    is_disputed: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
