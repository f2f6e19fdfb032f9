"""What a rule says of a plan, and what a plan says of a project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hubs.networks.document import NetworkDocument
from hubs.projects.document import ProjectDocument
from hubs.projects.parts import Measure

Severity = Literal["fault", "remark"]


class Finding(BaseModel):
    """One thing about a plan that a rule of the network's documents speaks of."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(description="Which rule", examples=["required-missing"])
    severity: Severity = Field(description="A fault is against a rule; a remark is against a recommendation or a hope")
    project: str | None = Field(default=None, description="The project's code")
    strand: str | None = None
    planned: int | None = None
    wanted: int | None = None
    says: str
    source: str = Field(description="Where the rule stands")


@dataclass(frozen=True)
class Line:
    """What one hub plans for a project, or for one strand of it. None: not said."""

    code: str
    strand: str | None
    groups: int
    schools: int | None = None
    participants: int | None = None
    leads: int | None = None


@dataclass(frozen=True)
class Target:
    """What was agreed with the hub."""

    code: str
    measure: Measure
    at_least: int
    reason: str


@dataclass(frozen=True)
class Ground:
    """What a plan is held against."""

    network: NetworkDocument
    projects: Mapping[str, ProjectDocument]
    facts: Mapping[str, int] = field(default_factory=dict)
    targets: Sequence[Target] = ()
    is_first: bool = True
    """Whether the hub has had no plan agreed in this year."""


def total(lines: Iterable[Line], measure: Measure) -> int | None:
    """The sum over lines; None when none of them says."""
    if measure == "hubs":
        return None
    told = [number for number in (getattr(one, measure) for one in lines) if number is not None]
    return sum(told) if told else None


def severity_of(is_limit: bool) -> Severity:
    """Beyond a limit is a fault."""
    return "fault" if is_limit else "remark"
