"""What the API says about adjustments."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.question_banks.schemas import MOST_EXTRA_PERCENT, Reason


class AdjustmentRequest(BaseModel):
    """Extra time to grant."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "teacher_id": "01920000-0000-7000-8000-000000000001",
                    "extra_time_percent": 25,
                    "reason": "Reads with a screen reader; agreed with the assessment board.",
                }
            ]
        },
    )

    teacher_id: UUID
    extra_time_percent: int = Field(ge=1, le=MOST_EXTRA_PERCENT)
    reason: Reason = Field(description="As much as a colleague needs to understand it, and no diagnosis")


class AdjustmentOut(BaseModel):
    """Extra time that was granted."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    teacher_id: UUID
    assessment: str
    extra_time_percent: int
    reason: str
    granted_by: UUID
    granted_at: datetime
    ended_by: UUID | None
    ended_at: datetime | None
