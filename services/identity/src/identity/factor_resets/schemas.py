"""Resets as administrators send and read them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from identity.accounts.schemas import Email

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500)]


class NewReset(BaseModel):
    """Whose factors are lost, and how it is known that it is them who say so."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"email": "sam.teacher@demo.example.org", "reason": "Lost the phone; recognised in a video call."}
            ]
        },
    )

    email: Email
    reason: Reason


class ResetDecision(BaseModel):
    """What another administrator decides."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "approved"}]})

    outcome: Literal["approved", "refused"]


class ResetOut(BaseModel):
    """A reset that was asked for."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    reason: str
    requested_by: UUID
    requested_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    outcome: Literal["approved", "refused"] | None
