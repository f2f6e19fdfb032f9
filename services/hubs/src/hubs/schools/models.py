"""The register of schools, in the columns that decide something."""

from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

SchoolPhase = Literal["nursery", "primary", "secondary", "all_through", "post_16", "not_applicable"]


class School(Base):
    """A school as the register had it on `as_of_on`. Null means that the register does not say."""

    __tablename__ = "school"
    __table_args__ = (
        CheckConstraint("lowest_age <= highest_age", name="ages"),
        Index("ix_school_district_code_urn", "district_code", "urn"),
    )

    urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    phase: Mapped[SchoolPhase] = mapped_column(one_of("phase", SchoolPhase))
    establishment_type: Mapped[int]
    is_open: Mapped[bool]
    country: Mapped[str] = mapped_column(String(20))
    is_state_funded: Mapped[bool | None]
    sector: Mapped[str | None] = mapped_column(String(6))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    district_code: Mapped[str | None] = mapped_column(String(9))
    district_vintage: Mapped[str | None] = mapped_column(String(4))
    """Year of the code list `district_code` is taken from."""
    offers_gcse_computer_science: Mapped[bool | None]
    lowest_age: Mapped[int | None]
    highest_age: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(60))
    as_of_on: Mapped[date]
