"""What the API says about activities."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from certification.credits.amounts import CreditAmount
from certification.schemes.requirements import Mode
from contracts.certification import Component


class Category(StrEnum):
    """What sort of activity it is."""

    COURSE = "course"
    COMMUNITY = "community"
    DIAGNOSTIC = "diagnostic"
    ASSESSMENT = "assessment"


class Status(StrEnum):
    """Whether it is offered. What is not offered any more still counts for those who did it."""

    CURRENT = "current"
    LEGACY = "legacy"
    RETIRED = "retired"


class ActivityOut(BaseModel):
    """An activity of the catalogue."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["CP228"])
    title: str
    category: Category
    mode: Mode
    provider: str
    component: Component | None = Field(description="The component it counts in")
    self_certifiable: bool = Field(description="May be recorded in the professional development log")
    published_credits: CreditAmount = Field(description="As published; courses earn by hours whatever it says")
    counts_as: str = Field(description="Activities that share this are one activity in the real world and earn once")
    counts_each_time: bool = Field(description="Each time it is done it is another activity and earns for itself")
    programmes: list[str]
    status: Status
    replaced_by: str | None = Field(description="The activity to do instead of one that is not offered any more")


class CreditsSomewhere(BaseModel):
    """What an activity earns in one version of a scheme: a sum, or so much per hour."""

    model_config = ConfigDict(from_attributes=True)

    scheme: str
    version: int
    standing: Literal["in_force", "on_record"]
    component: Component
    credits: CreditAmount | None
    credits_per_hour: CreditAmount | None
    at_most: CreditAmount | None
    reason: str = Field(description="Where the figure comes from")


class ActivityDetail(ActivityOut):
    """An activity with what it earns in every version of every scheme that gives credits for it."""

    credits: list[CreditsSomewhere]


class ActivityRecord(ActivityOut):
    """An activity in the reference file."""

    model_config = ConfigDict(extra="forbid")

    published_credits: Decimal
    counts_each_time: bool = False
    replaced_by: str | None = None
