"""Networks on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from hubs.networks.document import NetworkDocument
from hubs.projects.downloads import Format
from hubs.projects.parts import Code, Measure, Slug, Words

MOST = 1_000_000


class NetworkOut(BaseModel):
    """A network of hubs under one national team."""

    slug: str
    title: str
    subject: str
    national_team: str
    national_team_id: UUID = Field(description="An organisation")
    years: list[str] = Field(description="Project years that it has documents for")


class NetworkYearOut(BaseModel):
    """What holds in a network in one year."""

    slug: str
    national_team_id: UUID
    number: int = Field(description="Of the document's version in force")
    in_force_at: datetime
    document: NetworkDocument


class FormatChosen(BaseModel):
    """How a file is written."""

    model_config = ConfigDict(extra="forbid")

    format: Format = "yaml"


class NetworkHubOut(BaseModel):
    """A hub that takes part."""

    hub_id: UUID
    slug: str
    name: str
    region: str
    joined_on: date
    left_on: date | None


class TargetOut(BaseModel):
    """What was agreed with a hub for a project."""

    code: str
    measure: Measure
    at_least: int
    reason: str


class NetworkHubDetail(NetworkHubOut):
    """The same with what is known of it and was agreed with it. The ETag is what a change needs."""

    facts: dict[str, int] = Field(description="Answers to the network's `hub_facts`; yes is 1, no is 0")
    targets: list[TargetOut]


class TargetIn(BaseModel):
    """What a hub is to reach in one project."""

    model_config = ConfigDict(extra="forbid")

    code: Code
    measure: Measure
    at_least: int = Field(ge=1, le=MOST)
    reason: Words = Field(description="Such as when and with whom it was agreed")


class NetworkHubIn(BaseModel):
    """A hub's part in a network: the whole of it. Facts and targets left out are no longer known."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"joined_on": "2026-09-01", "facts": {}, "targets": []}]},
    )

    joined_on: Day
    left_on: Day | None = Field(default=None, description="The last day of taking part")
    facts: dict[Slug, int] = Field(default={}, max_length=100)
    targets: list[TargetIn] = Field(default=[], max_length=200)
