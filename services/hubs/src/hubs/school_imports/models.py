"""Runs of the importer, the rows they refused, and the table they read an extract into."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Date, Enum, ForeignKey, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from hubs.base import Base, one_of
from hubs.schools.models import School

ImportStatus = Literal["running", "held", "approved", "refused", "superseded", "finished", "failed"]
"""Held: staged, and a second person has to approve it. Approved: to be applied. Superseded: a later one was staged."""
Severity = Literal["refused", "noted"]


class SchoolImport(Base):
    """One run over one extract: who, when, of which file, with what outcome."""

    __tablename__ = "school_import"
    __table_args__ = (CheckConstraint("imported_by_id <> decided_by", name="two_people"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    as_of_on: Mapped[date]
    """Date of the extract."""
    imported_by: Mapped[str] = mapped_column(String(80))
    status: Mapped[ImportStatus] = mapped_column(one_of("status", ImportStatus))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)
    rows_noted: Mapped[int] = mapped_column(default=0)
    schools_added: Mapped[int] = mapped_column(default=0)
    schools_changed: Mapped[int] = mapped_column(default=0)
    schools_unchanged: Mapped[int] = mapped_column(default=0)
    schools_missing: Mapped[int] = mapped_column(default=0)
    """Schools of the same source that the extract no longer lists; they are kept."""
    events_published: Mapped[int] = mapped_column(default=0)
    links_read: Mapped[int] = mapped_column(default=0)
    links_refused: Mapped[int] = mapped_column(default=0)
    changes: Mapped[dict[str, int] | None] = mapped_column(JSONB)
    """What the extract would change, counted before anything was: see `hold.py`."""
    examples: Mapped[dict[str, list[str]] | None] = mapped_column(JSONB)
    """A few URNs of a held import, by what would happen to them."""
    held_because: Mapped[str | None] = mapped_column(Text)
    imported_by_id: Mapped[UUID | None]
    """The importer as a person of the platform, if they said who they are."""
    links_file_name: Mapped[str | None] = mapped_column(String(255))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)


class SchoolImportRemark(Base):
    """What a run had to say about one line: refused, with every reason, or taken and noted."""

    __tablename__ = "school_import_remark"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("school_import.id"), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    """Physical line of the file on which the row begins; the header is line 1."""
    severity: Mapped[Severity] = mapped_column(one_of("severity", Severity), primary_key=True)
    urn: Mapped[str | None] = mapped_column(String(6))
    """Where it can be read."""
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))


NOT_FROM_AN_EXTRACT = {"offers_gcse_computer_science", "missing_since_on", "as_of_on"}
"""Columns of a school that the register's rows do not carry."""

RECORD_COLUMNS = [column.name for column in School.__table__.columns if column.name not in NOT_FROM_AN_EXTRACT]
"""What an extract says of a school, in the order in which it is copied to the database."""


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return String(30) if isinstance(kind, Enum) else kind  # the school table checks the values


def _columns() -> list[Column[Any]]:
    wanted = [School.__table__.c[name] for name in RECORD_COLUMNS]
    own: list[Column[Any]] = [Column("line", Integer, nullable=False), Column("trust_name", String(200))]
    kept = [Column(one.name, _plain(one.type), primary_key=one.primary_key, nullable=one.nullable) for one in wanted]
    return [*kept, *own]


SCHOOL_STAGING = Table("school_staging", Base.metadata, *_columns(), prefixes=["UNLOGGED"])
"""The extract being imported, one row per school; empty between runs. Unlogged: it can be read from the file again."""

LINK_STAGING = Table(
    "school_link_staging",
    Base.metadata,
    Column("urn", String(6), primary_key=True),
    Column("linked_urn", String(6), primary_key=True),
    Column("link_type", String(80), primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("established_on", Date),
    Column("line", Integer, nullable=False),
    prefixes=["UNLOGGED"],
)
