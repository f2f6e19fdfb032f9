"""Thresholds on the wire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day


class ThresholdIn(BaseModel):
    """The next version of a threshold."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "activity_code": "CO005",
                    "percent": "80",
                    "valid_from_on": "2027-01-04",
                    "source": "Agreed with the provider on 16 November 2026: two units were added.",
                }
            ]
        },
    )

    activity_code: str | None = Field(
        default=None, min_length=1, max_length=20, description="Left out: all activities without one of their own"
    )
    percent: Decimal = Field(gt=0, le=100, decimal_places=2)
    valid_from_on: Day = Field(description="Tomorrow at the earliest: what was decided stays decided")
    source: str = Field(min_length=10, max_length=500, description="Who decided it, when and why")


class ThresholdFilter(BaseModel):
    """Whose thresholds to list."""

    activity_code: str | None = Field(default=None, max_length=20)


class ThresholdOut(BaseModel):
    """One version."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    activity_code: str | None = Field(description="Null: all activities without one of their own")
    version: int
    percent: Decimal = Field(description="This much or more is a completion")
    valid_from_on: date
    source: str
    recorded_at: datetime
