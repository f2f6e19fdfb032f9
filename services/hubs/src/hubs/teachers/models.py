"""The read model of teachers."""

from uuid import UUID

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from contracts.identity import Phase
from hubs.base import Base, one_of


class Teacher(Base):
    """A registered teacher as of event number `sequence` of that teacher; older news is ignored."""

    __tablename__ = "teacher"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    school_urn: Mapped[str] = mapped_column(String(6), index=True)
    phase: Mapped[Phase] = mapped_column(one_of("phase", Phase))
    sequence: Mapped[int] = mapped_column(BigInteger)
