"""The read model of schools, and the schools to look at again."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime


class School(Base):
    """What a school is called, by the register."""

    __tablename__ = "school"

    urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    sequence: Mapped[int] = mapped_column(BigInteger)
    """Of the event that told it; an older one is ignored."""


class SchoolDue(Base):
    """A school at which something was done since its award was last looked at. The row goes when it is."""

    __tablename__ = "school_due"

    urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
