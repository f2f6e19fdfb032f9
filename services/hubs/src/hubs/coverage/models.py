"""The dated list of the districts that hubs cover."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.ids import new_id
from hubs.base import Base, one_of

InferredBasis = Literal["county_named_by_hub", "district_named_by_hub", "nearest_lead_school"]
CoverageBasis = Literal["county_named_by_hub", "district_named_by_hub", "nearest_lead_school", "decided"]


class HubCoverage(Base):
    """A hub serves a district from a day to a day (`valid_to` is the last, null for no end). Days of a district never
    overlap: whoever writes holds the district's row.

    `basis` says how we know: inferred from the hubs' names, which is no official map, or `decided` by an administrator.
    """

    __tablename__ = "hub_coverage_period"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="validity"),
        UniqueConstraint("district_code", "valid_from"),
        Index(
            "uq_hub_coverage_period_endless", "district_code", unique=True, postgresql_where=text("valid_to IS NULL")
        ),
        Index("ix_hub_coverage_period_hub_id", "hub_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"))
    basis: Mapped[CoverageBasis] = mapped_column(one_of("basis", CoverageBasis))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    """Null for what comes with the platform."""
    reason: Mapped[str | None] = mapped_column(Text)


UNDATED_COVERAGE = Table(
    "hub_coverage",
    Base.metadata,
    Column("district_code", String(9), ForeignKey("district.code"), primary_key=True),
    Column("hub_id", Uuid, ForeignKey("hub.id"), nullable=False),
    Column("basis", one_of("basis", InferredBasis), nullable=False),
    Index("ix_hub_coverage_hub_id", "hub_id"),
)
"""What the release before this one reads while both run. Nothing here writes it; a later release drops it."""
