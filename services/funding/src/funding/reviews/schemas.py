"""Review tasks on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.reviews.models import ReviewStatus


class ReviewOut(BaseModel):
    """One fact that somebody has to find out. An approved override of it, or news of it, settles the task."""

    id: UUID
    school_urn: str
    teacher_id: UUID | None = Field(description="Of facts about a teacher")
    fact: str = Field(examples=["area.category"], description="`policy.row`: no published row covers the case")
    question: str = Field(examples=["The school's district is in category 5 or 6"])
    status: ReviewStatus
    opened_at: datetime
    due_on: date
    is_overdue: bool
    owner_id: UUID | None
    settled_at: datetime | None
    waiting: list[str] = Field(description="What waits for it", examples=[["bursary:0193b5d0-…", "fee:0193b5d0-…"]])


class Assignment(BaseModel):
    """Who looks into it; null puts it back into the queue."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"owner_id": "01920000-0000-7000-8000-000000000001"}]}
    )

    owner_id: UUID | None
