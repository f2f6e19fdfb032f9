"""The log of seals, and the heads that chain it. Both tables are append-only."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class SealEntry(Base):
    """One write of one row of a sealed table, in the order of the writes of that row."""

    __tablename__ = "seal_entry"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    owner: Mapped[str] = mapped_column(String(63))
    """The table."""
    key: Mapped[str] = mapped_column(Text)
    """The row's primary key."""
    written: Mapped[str | None] = mapped_column(Text)
    """The row's seal; None when the row was taken away."""


class SealHead(Base):
    """A digest over a stretch of the log and the head before: whoever noted one can tell what changed."""

    __tablename__ = "seal_head"
    __table_args__ = (CheckConstraint("number >= 1 AND entries >= 1", name="numbers"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    upto_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The last entry of the stretch; it begins behind the head before."""
    entries: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
