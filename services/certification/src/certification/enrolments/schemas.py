"""What the API says about enrolments."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class EnrolmentRequest(BaseModel):
    """A scheme to work towards."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"scheme": "gcse_subject_knowledge"}]})

    scheme: str = Field(min_length=1, max_length=60)


class EnrolmentOut(BaseModel):
    """An enrolment."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    scheme: str
    scheme_version: int = Field(description="The version of the rules that applies, whatever is published later")
    enrolled_at: datetime


class EnrolmentList(BaseModel):
    """A teacher's enrolments."""

    data: list[EnrolmentOut]
