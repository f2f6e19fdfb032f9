"""Teacher reference numbers as callers send and see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from identity.teacher_numbers.models import Standing

Trn = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{7}$"),
    Field(description="Seven digits; leading zeros count", examples=["0123456"]),
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class OwnTrn(BaseModel):
    """The number that somebody says is theirs."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra={"examples": [{"trn": "0123456"}]}
    )

    trn: Trn


class ConfirmedTrn(BaseModel):
    """A number as staff found it, and by what."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [{"trn": "0123456", "standing": "verified", "reason": "Register and passport, ticket 4711."}]
        },
    )

    trn: Trn
    standing: Literal["matched", "verified"]
    reason: Reason


class TeacherNumberOut(BaseModel):
    """A number and how sure the platform is of it."""

    model_config = ConfigDict(from_attributes=True)

    trn: Trn
    standing: Standing
    stated_at: datetime = Field(description="When it was declared, matched or verified last")
