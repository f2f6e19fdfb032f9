"""Lists of areas in numbered editions that never change, and the succession of districts and authorities."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from funding.base import Base


class AreaList(Base):
    """One edition of a list. On a `partial` list, absence says nothing."""

    __tablename__ = "area_list"

    scheme: Mapped[str] = mapped_column(String(60), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(200))
    vintage: Mapped[str] = mapped_column(String(20))
    key_type: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    completeness: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    size: Mapped[int | None]
    """Areas on the whole list, which may come in parts; None for what was always held whole."""


class AreaCategory(Base):
    """One area on a list. `categories` holds those it may be in: one when settled, several when the source says so."""

    __tablename__ = "area_category"
    __table_args__ = (ForeignKeyConstraint(["scheme", "edition"], ["area_list.scheme", "area_list.edition"]),)

    scheme: Mapped[str] = mapped_column(String(60), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    area_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    area_name: Mapped[str] = mapped_column(String(100))
    categories: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    basis: Mapped[str] = mapped_column(Text)


class DistrictSuccession(Base):
    """A district, or an authority by the department's number, that became, or became part of, another."""

    __tablename__ = "district_succession"

    old_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    new_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    old_name: Mapped[str] = mapped_column(String(100))
    new_name: Mapped[str] = mapped_column(String(100))
    effective_from: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
