"""What a search for runs may ask, and what it counts."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from chassis.wire import Day
from contracts.hubs import DeliveryMode
from hubs.courses.models import KeyStage, Programme

Region = Literal[
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
]
"""The nine regions of England, as reference/regions.csv names them."""
Subject = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class CourseRunFilter(BaseModel):
    """Which runs to list. With `near` they come nearest first, those without a venue last; else by date.

    Filters of different names hold together; values of one name stand for any of them.
    """

    q: str | None = Field(
        default=None,
        min_length=2,
        max_length=80,
        description="Words of the title, subject, venue, town or hub: all must occur. When nothing has them, titles "
        "spelt alike are found",
        examples=["scratch manchester"],
    )
    course: str | None = Field(default=None, max_length=20)
    programme: Programme | None = None
    mode: list[DeliveryMode] = Field(default=[], max_length=3)
    key_stage: list[KeyStage] = Field(default=[], max_length=6)
    subject: list[Subject] = Field(default=[], max_length=20, examples=[["Programming"]])
    region: list[Region] = Field(default=[], max_length=9, description="Of the hub that gives the run")
    hub_id: list[UUID] = Field(default=[], max_length=50)
    near: str | None = Field(default=None, max_length=20, description="A postcode, sector or outcode in England")
    within_km: float | None = Field(default=None, gt=0, le=1000, description="Only runs with a venue this near")
    starts_from: Day | None = Field(default=None, description="Today when left out")
    starts_to: Day | None = None
    with_places: bool = Field(default=False, description="Only runs that take bookings and have a place left now")


class FacetValue(BaseModel):
    """One value a filter can have, and how many runs it would find."""

    value: str
    label: str
    count: int


class Facets(BaseModel):
    """For each filter the values that find anything, the most frequent first."""

    mode: list[FacetValue] = []
    key_stage: list[FacetValue] = []
    subject: list[FacetValue] = []
    programme: list[FacetValue] = []
    region: list[FacetValue] = []
    hub_id: list[FacetValue] = []


class RunCounts(BaseModel):
    """How many runs a search finds, and what each further choice would find.

    A facet counts as if its own filter were not set, so that a second value of it can be chosen.
    """

    total: int = Field(description="Runs found by the whole search")
    with_places: int = Field(description="Of these, runs with a place left now")
    beyond: int = Field(description="Runs left out only because their venue is farther than `within_km`")
    without_venue: int = Field(description="Runs left out by `within_km` only because they have no venue: online ones")
    facets: Facets
