"""Tables of dashboards as CSV: the same figures under the same names, a line a row."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from hubs.dashboards.schemas import DashboardGroup, HubDashboardGroup, ReportsDue
from hubs.spreadsheets import Cell, csv_of

PARTS = ("plan", "recruitment", "delivery", "reports", "money")


def table_of(rows: Iterable[BaseModel], heads: Iterable[str], with_money: bool) -> bytes:
    """Rows of figures: what they are of, then every figure as `delivery_schools` is named."""
    told = [dict(_flat(row.model_dump(mode="json"), tuple(heads))) for row in rows]
    return _csv(told, with_money)


def groups_table(rows: Iterable[Mapping[str, Any]], with_money: bool) -> bytes:
    """Groups, a line each."""
    told = [HubDashboardGroup.model_validate(row).model_dump(mode="json") for row in rows]
    names = [*DashboardGroup.model_fields]
    return _csv([dict(_flat(one, names)) for one in told], with_money) if told else csv_of(names, [])


def reports_table(rows: Iterable[ReportsDue]) -> bytes:
    """Reports that are open and have a day."""
    names = tuple(ReportsDue.model_fields)
    return csv_of(names, ([row.model_dump(mode="json")[name] for name in names] for row in rows))


def _flat(row: Mapping[str, Any], heads: Iterable[str]) -> Iterator[tuple[str, Cell]]:
    for name in heads:
        yield name, row[name]
    for part in PARTS:
        if isinstance(row.get(part), dict):
            yield from ((f"{part}_{name}", value) for name, value in row[part].items())


def _csv(told: list[dict[str, Cell]], with_money: bool) -> bytes:
    """Every column that any row has, so that a group without money does not hide that of others."""
    names = dict.fromkeys(name for row in told for name in row if with_money or not name.startswith("money_"))
    return csv_of(tuple(names), ([row.get(name) for name in names] for row in told))
