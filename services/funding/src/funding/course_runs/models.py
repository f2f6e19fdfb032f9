"""Course runs, whole, as `course_run.changed` last told them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from funding.base import Base


class CourseRun(Base):
    """One run's facts, with the number of the event that brought them; quotes record that number."""

    __tablename__ = "course_run"

    course_run_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    course_code: Mapped[str] = mapped_column(String(40))
    hub_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(20))
    phases: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    programme: Mapped[str] = mapped_column(String(40))
    days: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    hours: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    charge_pence: Mapped[int | None]
    independent_charge_pence: Mapped[int | None]
