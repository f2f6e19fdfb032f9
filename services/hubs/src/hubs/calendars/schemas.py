"""Links to calendars on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class CalendarFeedOut(BaseModel):
    """A link to the caller's calendar, without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    created_at: datetime
    rotated_at: datetime | None = Field(description="When the secret was last exchanged; null: never")


class NewCalendarFeed(CalendarFeedOut):
    """A link, shown this once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11",
                    "created_at": "2026-11-22T09:30:00Z",
                    "rotated_at": None,
                    "url": "https://ncce.example.org/v1/calendars/….ics",
                }
            ]
        }
    )

    url: str = Field(description="Whoever has it can read the calendar: give it to your calendar program alone")


class CalendarFeedsOut(BaseModel):
    """The caller's links, oldest first."""

    data: list[CalendarFeedOut]
