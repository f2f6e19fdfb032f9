"""Lists of areas or schools in numbered versions. A version never changes; only whether it counts is decided, once."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from contracts.hubs import AreaKeyType, Completeness
from hubs.base import Base, one_of

ListStatus = Literal["proposed", "approved", "refused"]


class AreaList(Base):
    """One version of a scheme. `imported_by` and `decided_by` are null for what comes with the platform."""

    __tablename__ = "area_list"
    __table_args__ = (
        UniqueConstraint("scheme", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("valid_to >= valid_from", name="validity"),
        CheckConstraint("imported_by <> decided_by", name="two_people"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    key_type: Mapped[AreaKeyType] = mapped_column(one_of("key_type", AreaKeyType))
    vintage: Mapped[str] = mapped_column(String(4))
    """Year whose codes the list uses, as they stood at its end."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day, itself included."""
    completeness: Mapped[Completeness] = mapped_column(one_of("completeness", Completeness))
    source: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    status: Mapped[ListStatus] = mapped_column(one_of("status", ListStatus))
    imported_by: Mapped[UUID | None]
    imported_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)


class AreaListEntry(Base):
    """One area of a list. `categories`: one when settled, several when the source says so, none on a plain list."""

    __tablename__ = "area_list_entry"

    list_id: Mapped[UUID] = mapped_column(ForeignKey("area_list.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    area_name: Mapped[str] = mapped_column(String(100))
    categories: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    basis: Mapped[str] = mapped_column(Text)
