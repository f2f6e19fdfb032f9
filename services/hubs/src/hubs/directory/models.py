"""Hubs, the districts they cover, and the teachers who signed up to them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

HubKind = Literal["computing_hub", "satellite"]
CoverageBasis = Literal["county_named_by_hub", "district_named_by_hub", "nearest_lead_school"]


class Hub(Base):
    """A lead school's hub. A satellite is a base of another hub: it runs courses and covers no district itself."""

    __tablename__ = "hub"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[HubKind] = mapped_column(one_of("kind", HubKind))
    region: Mapped[str] = mapped_column(String(40))
    lead_school: Mapped[str | None] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(8))
    latitude: Mapped[float]
    longitude: Mapped[float]
    district_code: Mapped[str] = mapped_column(String(9))
    email: Mapped[str] = mapped_column(String(120))
    is_open: Mapped[bool]


class HubCoverage(Base):
    """The hub that serves a district, and how we know: inferred from the hubs' names, not an official map."""

    __tablename__ = "hub_coverage"
    __table_args__ = (Index("ix_hub_coverage_hub_id", "hub_id"),)

    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    basis: Mapped[CoverageBasis] = mapped_column(one_of("basis", CoverageBasis))


class HubMember(Base):
    """A teacher's membership of a hub, once per hub whatever the number of requests."""

    __tablename__ = "hub_member"
    __table_args__ = (UniqueConstraint("hub_id", "teacher_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    teacher_id: Mapped[UUID]
    joined_at: Mapped[datetime]
