"""Published policy versions. The table is append-only: a change is another version."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class PolicyVersion(Base):
    """One version of a policy, as canonical text with its checksum."""

    __tablename__ = "policy_version"
    __table_args__ = (UniqueConstraint("policy", "effective_from"), CheckConstraint("version >= 1", name="version"))

    policy: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    effective_from: Mapped[date]
    budget: Mapped[str] = mapped_column(String(60))
    document: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
