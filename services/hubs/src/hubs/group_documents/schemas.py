"""What the API says about documents of groups."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class GroupDocumentOut(BaseModel):
    """A document of a group."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    group_id: UUID
    person_id: UUID | None = Field(description="Who gave it; null once they are forgotten")
    name: str | None = Field(description="What they called it; null once the file is gone")
    media_type: str = Field(examples=["application/pdf"])
    size_bytes: int
    sha256: str = Field(description="Of the file as it is kept")
    left_out: list[str] = Field(
        description="What came with the file and is not kept: metadata, location, trailing_data"
    )
    scan_status: Literal["not_scanned", "clean"] = Field(description="`not_scanned` where no virus scanner is set up")
    uploaded_at: datetime
    purged_at: datetime | None = Field(description="Since when the file is gone; its hash stays")


class GroupDocumentList(BaseModel):
    """The documents of a group."""

    data: list[GroupDocumentOut]
