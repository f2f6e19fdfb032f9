"""Delegates on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.group_delegates.models import DelegatePresence
from hubs.projects.parts import Slug

OccasionTitle = Annotated[str, Field(max_length=200)]


class DelegateIn(BaseModel):
    """One person who is sent."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID = Field(description="A lead or a participant of the group")
    presence: DelegatePresence | None = Field(default=None, description="Once it took place")


class DelegatesIn(BaseModel):
    """Everybody who is sent to one occasion: who is left out is not sent."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"activity": "workshops", "occasion": "Autumn workshop", "delegates": []}]},
    )

    activity: Slug = Field(description="One of the project's activities for delegates")
    occasion: OccasionTitle | None = Field(default=None, description="By its title, where the activity has occasions")
    delegates: list[DelegateIn] = Field(max_length=100)


class GroupDelegateOut(BaseModel):
    """Who is sent to what."""

    activity: str
    occasion: str | None
    person_id: UUID
    presence: DelegatePresence | None


class DelegatesExpected(BaseModel):
    """How many are sent to each occasion of an activity."""

    activity: str
    title: str
    occasions: list[str]
    at_most: int | None = Field(description="Null: as many as the hub likes")


class GroupDelegatesOut(BaseModel):
    """What a group sends delegates to, and whom it sends."""

    activities: list[DelegatesExpected]
    data: list[GroupDelegateOut]
