"""The table of documents. The bytes are in the storage, under their SHA-256."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.files.models import StoredFile
from hubs.base import Base


class GroupDocument(StoredFile, Base):
    """A file that somebody gave to their group."""

    __tablename__ = "group_document"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
        CheckConstraint("scan_status IN ('not_scanned', 'clean')", name="scan_status"),
        CheckConstraint("purged_at IS NULL OR name IS NULL", name="purged"),
        Index(
            "uq_group_document_group_id_sha256",
            "group_id",
            "sha256",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_group_document_sha256", "sha256"),
        Index("ix_group_document_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    person_id: Mapped[UUID | None]
    """Who gave it; null once they are forgotten."""
    removed_by: Mapped[UUID | None]
