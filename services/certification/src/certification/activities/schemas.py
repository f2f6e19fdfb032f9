"""What the API says about activities."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from certification.credits.amounts import CreditAmount
from contracts.certification import Component


class Category(StrEnum):
    """What sort of activity it is."""

    COURSE = "course"
    COMMUNITY = "community"
    DIAGNOSTIC = "diagnostic"
    ASSESSMENT = "assessment"


class ActivityOut(BaseModel):
    """An activity of the catalogue."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["CP228"])
    title: str
    category: Category
    mode: Literal["face_to_face", "live_remote", "online", "community", "diagnostic", "assessment"]
    provider: str
    component: Component | None = Field(description="The component it counts in")
    self_certifiable: bool = Field(description="May be recorded in the professional development log")
    published_credits: CreditAmount = Field(description="As published; courses earn by hours whatever it says")
    counts_as: str = Field(description="Activities that share this are one activity in the real world and earn once")
    counts_each_time: bool = Field(description="Each time it is done it is another activity and earns for itself")
    programmes: list[str]
    status: Literal["current", "legacy", "retired"]


class ActivityRecord(ActivityOut):
    """An activity in the reference file."""

    model_config = ConfigDict(extra="forbid")

    published_credits: Decimal
    counts_each_time: bool = False
