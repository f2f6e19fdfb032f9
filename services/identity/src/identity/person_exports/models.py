"""Exports as stored: who asked when, and whose part is there. What is told lies with the services that hold it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from chassis.ids import new_id
from identity.base import Base


class PersonExport(Base):
    """Somebody's wish to be told everything."""

    __tablename__ = "person_export"
    __table_args__ = (
        CheckConstraint("status IN ('gathering', 'ready')", name="status"),
        Index("uq_person_export_gathering", "person_id", unique=True, postgresql_where=text("status = 'gathering'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonExportPart(Base):
    """One service's part."""

    __tablename__ = "person_export_part"

    export_id: Mapped[UUID] = mapped_column(ForeignKey("person_export.id", ondelete="CASCADE"), primary_key=True)
    service: Mapped[str] = mapped_column(String(20), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64))
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"), default=dict)
    files: Mapped[int] = mapped_column(default=0, server_default=text("0"))
