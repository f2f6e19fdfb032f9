"""Plans on the wire."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from hubs.academic_years import AcademicYear
from hubs.stem_plans.document import Assumption
from hubs.stem_plans.rules import Measure, Scope

Pence = Annotated[int, Field(ge=0, le=1_000_000_000)]


class WhatIf(BaseModel):
    """Figures other than those assumed; what is left out is as the version has it."""

    hubs: int | None = Field(default=None, ge=1, le=10_000)
    schools_per_hub: int | None = Field(default=None, ge=1, le=100)
    years: int | None = Field(default=None, ge=1, le=10)
    set_up_pence: Pence | None = None
    centre_pence: Pence | None = None
    centres_per_hundred_hubs: int | None = Field(default=None, ge=0, le=100)
    recurrent_pence: Pence | None = Field(default=None, description="Of a hub in each year after its first")


class StemPlanVersionOut(BaseModel):
    """A version of the plan's assumptions."""

    version: str
    title: str
    first_year: AcademicYear
    follows: str | None
    source: str


class StemPlanVersionsOut(BaseModel):
    """All versions, the oldest first."""

    data: list[StemPlanVersionOut]


class AssumptionOut(BaseModel):
    """A figure that the plan assumes."""

    name: Assumption
    figure: int
    says: str
    source: str


class PlanFigureOut(BaseModel):
    """A figure that follows."""

    scope: Scope
    region: str | None
    year: AcademicYear | None
    measure: Measure = Field(description="Pence where it says so, else a count")
    value: int
    because: str = Field(description="How it comes about")
    source: str


class PlanFindingOut(BaseModel):
    """Something to know before the plan is used."""

    code: str
    says: str


class StemPlanOut(StemPlanVersionOut):
    """A plan, worked out. Years add up to the network, and so do regions."""

    as_of_on: date | None = Field(description="Of the register that schools were counted in")
    assumptions: list[AssumptionOut]
    findings: list[PlanFindingOut]
    figures: list[PlanFigureOut]
