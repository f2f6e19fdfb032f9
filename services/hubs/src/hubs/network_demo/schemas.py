"""What is invented of a network's year, as the file has it."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from hubs.hub_plans.schemas import PlanLineIn


class DemoGroup(BaseModel):
    """A group at one of the network's hubs, the first of which is the demonstration's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hub: int
    code: str
    schools: int
    per_school: int
    sessions: int
    becomes: Literal["forming", "running", "completed", "cancelled"]


class DemoYear(BaseModel):
    """A network's year: what each hub plans, and some groups."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str
    project_year: str
    joined_on: date
    lines: tuple[PlanLineIn, ...]
    groups: tuple[DemoGroup, ...]


class DemoNetworks(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    networks: tuple[DemoYear, ...]
