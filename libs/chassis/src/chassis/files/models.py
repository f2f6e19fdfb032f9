"""What a table says of a file. The bytes are in the storage, under their SHA-256."""

from datetime import datetime

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime


class StoredFile:
    """The columns that every table of files has."""

    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Of the bytes as stored, before they are encrypted."""
    size_bytes: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(120))
    """What whoever sent it called it; null once the bytes are gone."""
    left_out: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    """What was taken out of the file as it came, such as where a photograph was taken."""
    scan_status: Mapped[str] = mapped_column(String(12))
    scanned_by: Mapped[str | None] = mapped_column(String(120))
    """What the scanner called itself."""
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Taken back."""
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Its time was over: the bytes go, the row stays and says what they were."""
