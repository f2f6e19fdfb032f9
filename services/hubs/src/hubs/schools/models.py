"""The register of schools, in the columns that decide something."""

from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

SchoolPhase = Literal["nursery", "primary", "secondary", "all_through", "post_16", "not_applicable"]
SchoolStatus = Literal["open", "closed", "open_but_closing", "proposed"]
KeyStage = Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]
LinkKind = Literal["predecessor", "successor", "other"]


class School(Base):
    """A school as the register had it on `as_of_on`, the date of the extract that last changed the row.

    Null means that the register does not say. Closed schools stay, and so does one that an extract no longer lists.
    """

    __tablename__ = "school"
    __table_args__ = (
        CheckConstraint("lowest_age <= highest_age", name="ages"),
        Index("ix_school_district_code_urn", "district_code", "urn"),
        Index("ix_school_trust_code_urn", "trust_code", "urn"),
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
    status: Mapped[SchoolStatus | None] = mapped_column(one_of("status", SchoolStatus))
    ukprn: Mapped[str | None] = mapped_column(String(8))
    la_code: Mapped[str | None] = mapped_column(String(3))
    """The department's number of the local authority; with `establishment_number` it is the old school number."""
    establishment_number: Mapped[str | None] = mapped_column(String(4))
    region: Mapped[str | None] = mapped_column(String(40))
    town: Mapped[str | None] = mapped_column(String(100))
    postcode: Mapped[str | None] = mapped_column(String(8))
    lsoa_code: Mapped[str | None] = mapped_column(String(9))
    """Small statistical area: it outlives a reorganisation of districts."""
    key_stages: Mapped[list[str] | None] = mapped_column(ARRAY(String(12)))
    """From the ages taught, else from the phase; null when neither says."""
    pupils: Mapped[int | None]
    free_school_meals_percent: Mapped[Decimal | None]
    is_section_41_approved: Mapped[bool | None]
    trust_code: Mapped[str | None] = mapped_column(String(10))
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    row_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of everything an import keeps; null for a row that no import has written."""
    missing_since_on: Mapped[date | None]
    """The first extract that no longer listed the school."""


class Trust(Base):
    """A multi-academy or single-academy trust, under the register's group number."""

    __tablename__ = "trust"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class TrustMembership(Base):
    """A school belonged to a trust from one extract of the register to another; the register itself gives no dates."""

    __tablename__ = "trust_membership"
    __table_args__ = (
        Index("uq_trust_membership_school_urn", "school_urn", unique=True, postgresql_where=text("until_on IS NULL")),
        Index("ix_trust_membership_trust_code", "trust_code"),
    )

    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True)
    trust_code: Mapped[str] = mapped_column(ForeignKey("trust.code"), primary_key=True)
    since_on: Mapped[date] = mapped_column(primary_key=True)
    """Date of the first extract that said so."""
    until_on: Mapped[date | None]
    """Date of the first extract that no longer said so."""


class SchoolLink(Base):
    """The register's word that one establishment came before or after another. `linked_urn` may be one it lacks."""

    __tablename__ = "school_link"
    __table_args__ = (Index("ix_school_link_linked_urn", "linked_urn"),)

    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True)
    linked_urn: Mapped[str] = mapped_column(String(6), primary_key=True)
    link_type: Mapped[str] = mapped_column(String(80), primary_key=True)
    """As the register words it, such as `Successor - Split School`."""
    kind: Mapped[LinkKind] = mapped_column(one_of("kind", LinkKind))
    established_on: Mapped[date | None]
