"""The change feed as followers see it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class ChangeOut(BaseModel):
    """How one thing stands since it last changed."""

    model_config = ConfigDict(from_attributes=True)

    resource: str = Field(examples=["course_run"])
    id: str
    operation: Literal["changed", "removed"] = Field(description="`removed`: it is there no more for you")
    changed_at: datetime
    data: dict[str, JsonValue] | None = Field(description="All that you may know of it; null when it was removed")


class Feed(BaseModel):
    """Where to go on."""

    next_cursor: str = Field(description="Send as `after`, now or any time later; also given when nothing is new")
    has_more: bool = Field(description="Whether there is more already")


class ChangePage(BaseModel):
    """A part of the change feed, oldest change first."""

    data: list[ChangeOut]
    page: Feed
