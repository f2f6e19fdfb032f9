"""The read model of teachers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime


class Teacher(Base):
    """Somebody with a professional development log.

    The row exists as soon as anything is heard of the teacher, which may be before the registration is, because events
    arrive in any order. It is also the lock under which everything about one teacher is decided.
    """

    __tablename__ = "teacher"

    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)
    phase: Mapped[str | None] = mapped_column(String(20))
    """None until the registration arrives."""
    registered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    school_urn: Mapped[str | None] = mapped_column(String(6), index=True)
    """None until the registration arrives."""
    school_sequence: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """Of the event that told the school; an older one is ignored."""
