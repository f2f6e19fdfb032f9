"""Working a version of the plan out."""

from dataclasses import asdict

from sqlalchemy.ext.asyncio import AsyncConnection

from hubs.spreadsheets import csv_of
from hubs.stem_plans import queries, rules
from hubs.stem_plans.document import NAMES, PlanVersion, plan_versions
from hubs.stem_plans.errors import StemPlanNotFound
from hubs.stem_plans.schemas import WhatIf

HEADER = ("scope", "region", "year", "measure", "value", "because", "source")


def version_of(name: str, asked: WhatIf) -> PlanVersion:
    """A version with the figures that are asked for; StemPlanNotFound."""
    found = next((one for one in plan_versions() if one.version == name), None)
    if found is None:
        raise StemPlanNotFound(f"There is no version {name}.")
    figures = asked.model_dump(exclude_none=True)
    return found.asked({name: figures[name] for name in NAMES if name in figures})


async def work_out(reader: AsyncConnection, name: str, asked: WhatIf) -> dict[str, object]:
    """Everything that a version says and that follows from it."""
    plan = version_of(name, asked)
    known = await queries.by_region(reader)
    return {
        **plan.model_dump(exclude={"assumptions"}),
        "as_of_on": await queries.counted_as_of(reader),
        "assumptions": [{"name": one, **plan.assumptions[one].model_dump()} for one in NAMES],
        "findings": [asdict(one) for one in rules.findings(plan, known)],
        "figures": [asdict(one) for one in rules.calculate(plan, known)],
    }


async def as_csv(reader: AsyncConnection, name: str, asked: WhatIf) -> bytes:
    """The assumptions, then the figures, a line each."""
    plan = version_of(name, asked)
    assumed = [("assumption", None, None, one, *_line(plan, one)) for one in NAMES]
    figures = rules.calculate(plan, await queries.by_region(reader))
    told = [(one.scope, one.region, one.year, one.measure, one.value, one.because, one.source) for one in figures]
    return csv_of(HEADER, [*assumed, *told])


def _line(plan: PlanVersion, name: str) -> tuple[int, str, str]:
    one = next(assumed for key, assumed in plan.assumptions.items() if key == name)
    return one.figure, one.says, one.source
