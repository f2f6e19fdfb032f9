"""Makes the funder's report, in one snapshot of what the ledger says."""

import csv
import importlib.resources
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.clock import ENGLAND
from funding.reports.queries import COUNTED, MONEY, SPENT
from funding.reports.schemas import FunderReport, Money, Spending, Stage, Target
from funding.spreadsheets import csv_of

_FILES = importlib.resources.files("funding") / "reference"
PHASES = {"primary": "Primary", "secondary": "Secondary", "post_16": "Post-16"}
ELSEWHERE = "Not of a school"
"""Where a payment has no school, and so no region, phase or category."""


@cache
def _regions() -> dict[str, str]:
    lines = (_FILES / "district_regions.csv").read_text(encoding="utf-8").splitlines()
    return {row["district_code"]: row["region"] for row in csv.DictReader(lines)}


async def report(reader: AsyncConnection, from_on: date | None, to_on: date | None) -> FunderReport:
    """Everything spent between two days of England, both included, and where the money stands now."""
    rows = (await reader.execute(text(SPENT), {"since": _midnight(from_on), "before": _midnight(to_on, 1)})).all()
    return FunderReport(
        made_at=clock.now(),
        from_on=from_on,
        to_on=to_on,
        spent_pence=sum(_spent(row) for row in rows),
        by_lot=_by(rows, lambda row: "No lot" if row.lot is None else f"Lot {row.lot}"),
        by_region=_by(rows, _region),
        by_phase=_by(rows, lambda row: PHASES.get(row.phase, ELSEWHERE)),
        by_category=_by(rows, _category),
        by_budget=_by(rows, lambda row: row.budget),
        money=[_money(row) for row in await reader.execute(text(MONEY))],
        targets=await targets(reader),
    )


def _midnight(day: date | None, later: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=later), time.min, ENGLAND)


def _spent(row: Row[Any]) -> int:
    pence: int = row.bursaries_pence + row.grants_pence - row.came_back_pence
    return pence


def _by(rows: Iterable[Row[Any]], name_of: Callable[[Row[Any]], str]) -> list[Spending]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        found = (row.bursaries_pence, row.grants_pence, row.came_back_pence)
        name = name_of(row)
        sums[name] = [held + more for held, more in zip(sums[name], found, strict=True)]
    return [
        Spending(name=name, bursaries_pence=b, grants_pence=g, came_back_pence=c, spent_pence=b + g - c)
        for name, (b, g, c) in sorted(sums.items())
    ]


def _region(row: Row[Any]) -> str:
    if row.phase is None:
        return ELSEWHERE
    return _regions().get(row.district_code or "", "Region not known")


def _category(row: Row[Any]) -> str:
    if row.phase is None:
        return ELSEWHERE
    possible = json.loads(row.categories) if row.categories else []
    return f"Category {possible[0]}" if len(possible) == 1 else "Category not settled"


def _money(row: Row[Any]) -> Money:
    expected = row.paid_pence + row.payable_pence + row.reserved_pence
    forecast = expected if row.forecast_pence is None else row.forecast_pence
    told = dict(row._mapping) | {"forecast_pence": forecast, "is_forecast": row.forecast_pence is not None}
    return Money.model_validate(told)


async def targets(reader: AsyncConnection) -> list[Target]:
    """What was to be reached, as its sources say, and what was by now."""
    wanted = json.loads((_FILES / "report_targets.json").read_text(encoding="utf-8"))
    return [await _target(reader, **one) for one in wanted]


async def _target(
    reader: AsyncConnection, counted: str, wanted: int, stages: list[dict[str, str]], **told: Any
) -> Target:
    reached = await _count(reader, counted)
    passed = [
        Stage(stage=one["stage"], title=one["title"], reached=await _count(reader, one["counted"])) for one in stages
    ]
    return Target(**told, wanted=wanted, reached=reached, remaining=max(wanted - reached, 0), stages=passed)


async def _count(reader: AsyncConnection, counted: str) -> int:
    found: int = (await reader.execute(text(COUNTED[counted]))).scalar_one()
    return found


def as_csv(made: FunderReport) -> bytes:
    """Every breakdown, a line for each of its parts."""
    names = ("lot", "region", "phase", "category", "budget")
    lines = [
        (name, one.name, one.bursaries_pence, one.grants_pence, one.came_back_pence, one.spent_pence)
        for name in names
        for one in getattr(made, f"by_{name}")
    ]
    return csv_of(("by", "name", "bursaries_pence", "grants_pence", "came_back_pence", "spent_pence"), lines)
