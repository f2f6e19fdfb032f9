"""The table of evidence. The bytes are in the storage, under their SHA-256."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class Evidence(Base):
    """A file with an entry. When its time is over the bytes go; the row stays and says what they were."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
        CheckConstraint("scan_status IN ('not_scanned', 'clean')", name="scan_status"),
        CheckConstraint("purged_at IS NULL OR name IS NULL", name="purged"),
        Index(
            "uq_evidence_entry_id_sha256",
            "entry_id",
            "sha256",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_evidence_sha256", "sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("log_entry.id"), index=True)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Of the bytes as stored, before they are encrypted."""
    size_bytes: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(120))
    """What its owner called it; null once it is purged."""
    left_out: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    """What was taken out of the file as it came, such as where a photograph was taken."""
    scan_status: Mapped[str] = mapped_column(String(12))
    scanned_by: Mapped[str | None] = mapped_column(String(120))
    """What the scanner called itself."""
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Taken back by its owner before it was decided on."""
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
