"""What a plan assumes: figures with what they rest on, in versions that follow one another."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from hubs import reference
from hubs.academic_years import AcademicYear

Assumption = Literal[
    "hubs",
    "schools_per_hub",
    "years",
    "set_up_pence",
    "centre_pence",
    "centres_per_hundred_hubs",
    "recurrent_pence",
    "alliance_schools_at_least",
    "alliance_schools_expected_from",
    "alliance_schools_expected_to",
]
NAMES: tuple[Assumption, ...] = get_args(Assumption)
ASKED = "Asked for in this calculation"


class Assumed(BaseModel):
    """A figure and why it is taken. The version it stands in names the source, unless `source` does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figure: int = Field(ge=0)
    says: str
    source: str = ""


class PlanVersion(BaseModel):
    """One version; what it leaves out is as in the version it follows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str = Field(pattern="^[0-9]{4}-[0-9]{2}$")
    title: str
    first_year: AcademicYear
    follows: str | None = None
    source: str
    assumptions: dict[Assumption, Assumed]

    def asked(self, figures: dict[Assumption, int]) -> "PlanVersion":
        """The same with other figures."""
        other = {name: Assumed(figure=one, says="What if?", source=ASKED) for name, one in figures.items()}
        return self.model_copy(update={"assumptions": {**self.assumptions, **other}})

    def figure(self, name: Assumption) -> int:
        """What is assumed."""
        return self.assumptions[name].figure


@cache
def plan_versions() -> tuple[PlanVersion, ...]:
    """The versions that come with the platform, the oldest first, each whole. ValueError when one is not."""
    text = (files(reference) / "stem_plans.json").read_text(encoding="utf-8")
    known: dict[str, PlanVersion] = {}
    for row in json.loads(text):
        one = PlanVersion.model_validate(row)
        before = known[one.follows].assumptions if one.follows else {}
        own = {name: _sourced(assumed, one.source) for name, assumed in one.assumptions.items()}
        known[one.version] = one.model_copy(update={"assumptions": {**before, **own}})
        if missing := set(NAMES) - known[one.version].assumptions.keys():
            raise ValueError(f"version {one.version} does not say {', '.join(sorted(missing))}")
    return tuple(known.values())


def _sourced(assumed: Assumed, source: str) -> Assumed:
    return assumed.model_copy(update={"source": assumed.source or source})
