"""Exports as callers see them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class ExportPartOut(BaseModel):
    """How far one service is."""

    model_config = ConfigDict(from_attributes=True)

    service: str
    made_at: datetime | None = Field(description="Null while its part is out")
    sha256: str | None = Field(description="Of the part, as it is in the archive")
    counts: dict[str, int] = Field(description="Rows by table")
    files: int


class PersonExportOut(BaseModel):
    """How far an export is."""

    id: UUID
    status: Literal["gathering", "ready", "expired"]
    requested_at: datetime
    ready_at: datetime | None
    expires_at: datetime
    archive: str = Field(description="Where the archive is; while parts are out, it says which are missing")
    parts: list[ExportPartOut]


class PlannedPart(ExportPartOut):
    """A part, and where its owner gets it."""

    name: str
    path: str


class ArchivePlan(BaseModel):
    """Of which parts the gateway makes the archive."""

    form: Literal["uk.ncce.archive-plan.v1"] = "uk.ncce.archive-plan.v1"
    file_name: str
    export_id: UUID
    person_id: UUID
    requested_at: datetime
    expires_at: datetime
    parts: list[PlannedPart]
