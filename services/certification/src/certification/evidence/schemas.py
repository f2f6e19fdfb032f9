"""What the API says about evidence."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.log_entries.schemas import Duplicate


class EvidenceOut(BaseModel):
    """A file with an entry."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    entry_id: UUID
    name: str | None = Field(description="What its owner called it; null once it is purged")
    media_type: str = Field(examples=["application/pdf"])
    size_bytes: int
    sha256: str = Field(description="Of the file as it is kept")
    left_out: list[str] = Field(
        description="What came with the file and is not kept: metadata, location, trailing_data"
    )
    scan_status: Literal["not_scanned", "clean"] = Field(description="`not_scanned` where no virus scanner is set up")
    uploaded_at: datetime
    purged_at: datetime | None = Field(description="Since when the file is gone; its hash stays")


class EvidenceAdded(EvidenceOut):
    """A file that was added, with entries that have the same one."""

    duplicates: list[Duplicate]


class EvidenceList(BaseModel):
    """The files of an entry."""

    data: list[EvidenceOut]
