"""Counting a search by what else could be chosen: each facet as if its own filter were not set, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import CTE, ColumnElement, FromClause, Select, String, and_, cast, false, func, literal, null, select
from sqlalchemy import union_all as all_of
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from hubs.base import AnyRow


class Choice(BaseModel):
    """One value a filter can have, and how many a search with it would find."""

    value: str
    count: int


@dataclass(frozen=True)
class Facet:
    """What is counted by one filter. `chosen` holds for what the filter lets through; true when it is not set."""

    name: str
    values: ColumnElement[Any] | InstrumentedAttribute[Any]
    chosen: ColumnElement[bool]
    is_list: bool = False
    """Whether each thing found has several values."""


@dataclass(frozen=True)
class Counts:
    """How many are found, and by facet what each value would find, the most frequent first."""

    total: int
    choices: dict[str, list[Choice]]


async def count(
    reader: AsyncConnection, source: FromClause, always: Sequence[ColumnElement[bool]], facets: Sequence[Facet]
) -> Counts:
    """Count what `always` lets through of the source."""
    found = (
        select(
            *(facet.values.label(facet.name) for facet in facets),
            *(func.coalesce(facet.chosen, false()).label(f"is_{facet.name}") for facet in facets),
        )
        .select_from(source)
        .where(*always)
        .cte("found")
    )
    everything = and_(*(found.c[f"is_{facet.name}"] for facet in facets))
    total = select(
        cast(null(), String).label("facet"), cast(null(), String).label("value"), func.count().label("found")
    )
    total = total.select_from(found).where(everything)
    rows = (await reader.execute(all_of(total, *(_by(found, facet, facets) for facet in facets)))).all()
    return _counted(rows, facets)


def _by(found: CTE, facet: Facet, facets: Sequence[Facet]) -> Select[str, str, int]:
    column = found.c[facet.name]
    value = func.unnest(column) if facet.is_list else column
    others = [found.c[f"is_{other.name}"] for other in facets if other.name != facet.name]
    values = select(cast(value, String).label("value")).select_from(found).where(*others).subquery()
    return (
        select(literal(facet.name).label("facet"), values.c.value, func.count().label("found"))
        .where(values.c.value.is_not(None))
        .group_by(values.c.value)
    )


def _counted(rows: Sequence[AnyRow], facets: Sequence[Facet]) -> Counts:
    choices: dict[str, list[Choice]] = {facet.name: [] for facet in facets}
    total = 0
    for row in sorted(rows, key=lambda row: (-row.found, row.value or "")):
        if row.facet is None:
            total = row.found
        else:
            choices[row.facet].append(Choice(value=row.value, count=row.found))
    return Counts(total, choices)
