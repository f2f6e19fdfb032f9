"""What the API says about drafts of every kind."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class DraftStatus(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    TESTED = "tested"
    APPROVED = "approved"
    DECLINED = "declined"
    PUBLISHED = "published"


class DraftState(BaseModel):
    """Whose a draft is and how far it is."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    revision: int = Field(description="Counts every change; the entity tag")
    status: DraftStatus
    effective_from: date
    effective_to: date | None
    source: str
    author_id: UUID
    created_at: datetime
    tested_at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    published_at: datetime | None
    published_version: int | None


class CaseResult(BaseModel):
    """Whether a case came out as it has to."""

    name: str
    is_passed: bool
    differences: list[str]


class TrialReport(BaseModel):
    """What a test found. The draft is tested when every case passed and there is nothing to complain of."""

    status: DraftStatus
    complaints: list[str] = Field(description="What is wrong whatever anybody does")
    cases: list[CaseResult]

    @classmethod
    def of(cls, complaints: list[str], cases: Iterable[tuple[str, list[str]]]) -> "TrialReport":
        """A report from what is wrong, and from the differences in each case."""
        results = [CaseResult(name=name, is_passed=not told, differences=told) for name, told in cases]
        return cls(status=DraftStatus.DRAFT, complaints=complaints, cases=results)

    @property
    def failures(self) -> list[str]:
        """What keeps a draft from being tested; none when all is well."""
        return [*self.complaints, *(one.name for one in self.cases if not one.is_passed)]


class DraftDecision(BaseModel):
    """A second person's word."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "approved", "reason": "As the board decided."}]}
    )

    outcome: Literal["approved", "declined"]
    reason: str = Field(min_length=3, max_length=1000)
