"""The sandbox's clock, and what is asked of it."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chassis.wire import Moment


class ClockMovement(BaseModel):
    """By how much, or to when: one of them."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"advance_seconds": 1209600}]})

    advance_seconds: int | None = Field(default=None, ge=1, le=130_000_000, description="86400 is a day")
    set_to: Moment | None = Field(default=None, description="Later than the sandbox's time is now")

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.advance_seconds is None) == (self.set_to is None):
            raise ValueError("say advance_seconds or set_to")
        return self


class ClockOut(BaseModel):
    """What time it is in the sandbox."""

    now_at: datetime
    ahead_seconds: int = Field(description="Of the real time")


class SandboxReset(BaseModel):
    """A reset that has begun; it is done within seconds."""

    organisation_id: UUID
    requested_at: datetime
