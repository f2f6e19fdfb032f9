"""Permissions to download a run's file: one comes with the release, each further one takes two people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class FileFormat(StrEnum):
    """In which form the payments of a run leave."""

    BACS = "bacs"
    """BACS Standard 18, for software that submits to BACS."""
    CSV = "csv"
    """The same payments for a bureau or for the bank's own page."""


class PaymentFile(Base):
    """One permission to download one file once. The file itself is not kept: it is made again, and has this hash."""

    __tablename__ = "payment_file"
    __table_args__ = (
        CheckConstraint("format IN ('bacs', 'csv')", name="format"),
        CheckConstraint("ordinal = 1 OR (requested_by IS NOT NULL AND reason IS NOT NULL)", name="requested"),
        CheckConstraint("approved_by <> requested_by", name="second_person"),
        CheckConstraint("downloaded_at IS NULL OR ordinal = 1 OR approved_by IS NOT NULL", name="permitted"),
        CheckConstraint("(downloaded_at IS NULL) = (downloaded_by IS NULL)", name="downloaded"),
        Index(
            "uq_payment_file_open",
            "payment_run_id",
            "format",
            unique=True,
            postgresql_where=text("downloaded_at IS NULL"),
        ),
    )

    payment_run_id: Mapped[UUID] = mapped_column(ForeignKey("payment_run.id"), primary_key=True)
    format: Mapped[str] = mapped_column(String(10), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    requested_by: Mapped[UUID | None]
    requested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    downloaded_by: Mapped[UUID | None]
    downloaded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
