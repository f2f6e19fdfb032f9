"""Facts about schools, whole, as `school.changed` last told them."""

from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class School(Base):
    """One school's facts, with the number of the event that brought them; decisions record that number."""

    __tablename__ = "school"

    urn: Mapped[str] = mapped_column(String(20), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(200))
    phase: Mapped[str] = mapped_column(String(20))
    establishment_type: Mapped[int]
    is_open: Mapped[bool]
    is_in_england: Mapped[bool]
    is_state_funded: Mapped[bool | None]
    district_code: Mapped[str | None] = mapped_column(String(20))
    district_vintage: Mapped[str | None] = mapped_column(String(40))
    offers_gcse_computer_science: Mapped[bool | None]
    lowest_age: Mapped[int | None]
    highest_age: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200))
    as_of_on: Mapped[date]
    local_authority_code: Mapped[str | None] = mapped_column(String(20))
    trust_codes: Mapped[list[str] | None] = mapped_column(ARRAY(String(20)))
    """None: not known; empty: in no trust."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
