"""What is said of imports."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

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


class RemarkOut(BaseModel):
    """What a run had to say about a line of the file."""

    file_name: str
    line: int = Field(description="The header is line 1")
    severity: Severity
    urn: str | None
    reasons: list[str] = Field(examples=[["StatutoryLowAge: 16 is more than StatutoryHighAge 11"]])
