"""What the parts of a project's document have in common."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chassis.wire import Day

UNWRITABLE = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def _writable(value: str) -> str:
    # What a file cannot hold as it is would come back from it as something else.
    if found := UNWRITABLE.search(value):
        raise PydanticCustomError(
            "text-unwritable", "The character {character} is not for texts.", {"character": f"U+{ord(found[0]):04X}"}
        )
    return value


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000), AfterValidator(_writable)
]
"""A text in our own words."""
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_writable)
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=20)]
"""What a network calls a project: unique within the network, and the same in every year that the project runs."""
Days = Annotated[Decimal, Field(gt=0, le=200, decimal_places=2)]
Section: TypeAlias = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"]
"""A section of the template, for telling where a figure comes from."""
Phase: TypeAlias = Literal["early_years", "primary", "secondary", "post_16"]
Measure: TypeAlias = Literal["groups", "schools", "participants", "hubs"]
LeadExperience: TypeAlias = Literal["all", "new", "existing"]
"""For which leads something is meant: those who lead the project for the first time, those who led it before, all."""


class Part(BaseModel):
    """A part of a document: nothing beyond its fields, and a text is not taken for a number."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True, str_strip_whitespace=True)


class Extent(Part):
    """How many of something: limits when `is_limit`, and otherwise what is hoped for.

    `average` is what all groups of a hub together must reach per group; `expected` is what plans and grants assume.
    """

    minimum: NonNegativeInt | None = None
    maximum: NonNegativeInt | None = None
    expected: NonNegativeInt | None = None
    average: NonNegativeInt | None = None
    is_limit: bool = True
    minimum_by: Literal["start", "completion"] = Field(
        default="start", description="When a group has to have its minimum; what grows has it once it is completed."
    )
    says: Words | None = Field(default=None, description="The rule in words, for a reader of a finding.")
    section: Section | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Extent":
        known = [number for number in (self.minimum, self.expected, self.maximum) if number is not None]
        if known != sorted(known):
            raise PydanticCustomError("extent-order", "The minimum, the expected number and the maximum are in order.")
        if not known and self.average is None:
            raise PydanticCustomError(
                "extent-empty", "An extent names a minimum, a maximum, an expected or an average."
            )
        return self

    def admits(self, number: int) -> bool:
        """Whether the number lies between the minimum and the maximum."""
        return (self.minimum is None or number >= self.minimum) and (self.maximum is None or number <= self.maximum)


class Occasion(Part):
    """One dated event of the network, such as a national workshop. What has no day yet has a `when` in words."""

    title: Title
    when: Words | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    place: Title | None = None
    days: Days | None = Field(default=None, description="Length in days; half a day is 0.5.")
    for_leads: LeadExperience = "all"
    purpose: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _has_a_time(self) -> "Occasion":
        if self.starts_on is None and self.ends_on is not None:
            raise PydanticCustomError("occasion-start", "An occasion with a last day also has a first day.")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise PydanticCustomError("occasion-order", "The last day of an occasion is not before its first.")
        return self

    def last_day(self) -> date | None:
        """The day on which it is over; None while it has no day."""
        return self.ends_on or self.starts_on
