"""The table of evidence. The bytes are in the storage, under their SHA-256."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base
from chassis.files.models import StoredFile
from chassis.ids import new_id


class Evidence(StoredFile, Base):
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
