"""What is said of imports."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.school_imports.models import ImportStatus, Severity


class SchoolImportOut(BaseModel):
    """One run over one extract of the register."""

    id: UUID
    file_name: str
    file_sha256: str
    as_of_on: date = Field(description="Date of the extract")
    imported_by: str
    status: ImportStatus
    started_at: datetime
    finished_at: datetime | None
    rows_read: int
    rows_refused: int
    rows_noted: int = Field(description="Taken, with a remark")
    schools_added: int
    schools_changed: int
    schools_unchanged: int
    schools_missing: int = Field(description="Known, and not listed in this extract; they are kept")
    events_published: int = Field(description="`school.changed`: schools of which a deciding fact is new or differs")
    links_read: int
    links_refused: int
    changes: dict[str, int] | None = Field(
        description="What it would change, counted before anything was: schools known, added, changed, of these with "
        "a deciding fact, closing, and missing"
    )
    examples: dict[str, list[str]] | None = Field(description="Some URNs that would close or go missing")
    held_because: str | None = Field(description="Why a second person has to approve it")
    decided_at: datetime | None
    reason: str | None = Field(description="The second person's")


class RemarkOut(BaseModel):
    """What a run had to say about a line of the file."""

    file_name: str
    line: int = Field(description="The header is line 1")
    severity: Severity
    urn: str | None
    reasons: list[str] = Field(examples=[["StatutoryLowAge: 16 is more than StatutoryHighAge 11"]])


class ImportDecisionIn(BaseModel):
    """The second person's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"outcome": "approved", "reason": "The authority was reorganised on that day; checked ten."}]
        },
    )

    outcome: Literal["approved", "refused"]
    reason: str = Field(min_length=5, max_length=1000)
