"""The bank's files on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.bank_files.models import FileFormat


class FileOut(BaseModel):
    """A permission to download a file once, and whether it was used. A further one takes two people."""

    model_config = ConfigDict(from_attributes=True)

    format: FileFormat
    ordinal: int
    sha256: str = Field(description="Of the file's bytes")
    requested_by: UUID | None
    requested_at: datetime | None
    reason: str | None
    approved_by: UUID | None
    approved_at: datetime | None
    downloaded_by: UUID | None
    downloaded_at: datetime | None


class FileList(BaseModel):
    """The files of a run: their totals, and every download."""

    payments: int
    amount_pence: int
    data: list[FileOut]


class ReissueRequest(BaseModel):
    """Why the file is needed again."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "The connection broke during the download."}]}
    )

    reason: str = Field(min_length=1, max_length=1000)


class ReissueDecision(BaseModel):
    """What a second person says of another download."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "The bank has nothing of this run."}]},
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=1, max_length=1000)
