"""What dashboards have to say, from the recomputation. `board_figures` reads the same sheets from the platform.

Each row stands for the whole year, a project, a region, a hub, or a project at a hub; each cell for one figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from simulated_year.sheets import Cells, Sheets, grant_of, is_told
from simulated_year.spreadsheet import Group, Report, Year

ALL = "all"
SOON_DAYS = 14
TASK_MARKS = ("done", "not_done")
IN_MARKS = ("present", "absent")
ACTIVE = ("running", "completed")
STATES = ("interested", "applied", "waiting", "selected", "declined", "withdrawn")
PENCE = {"expected": "expected", "awarded": "awarded", "drawn": "drawn", "owed": "owed", "to_return": "to return"}


@dataclass
class Tally:
    """One row while it is being added up."""

    cells: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    schools: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    hubs: set[str] = field(default_factory=set)

    def finished(self) -> Cells:
        """Its cells that are not nought."""
        of_sets = {
            "plan.hubs": len(self.hubs),
            "delivery.schools_reached": len(self.schools),
            "delivery.leads": len(self.leads),
        }
        return {name: number for name, number in (self.cells | of_sets).items() if number}


class Boards:
    """Every row of every dashboard."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self._rows: dict[str, Tally] = defaultdict(Tally)
        self._plans()
        self._applications()
        for group in year.groups.values():
            self._group(group)
        self._reports()

    def rows(self) -> dict[str, Cells]:
        """Those that have any figure."""
        found = {key: one.finished() for key, one in self._rows.items()}
        return {key: cells for key, cells in found.items() if cells}

    def _of(self, code: str, hub: str) -> Iterator[Tally]:
        """The rows to which something counts; without a hub it is the network's own."""
        keys = [ALL, f"project {code}"]
        if hub:
            keys += [f"region {self._year.regions[hub]}", f"hub {hub}", f"hub {hub}, {code}"]
        return (self._rows[key] for key in keys)

    def _add(self, code: str, hub: str, part: str, numbers: dict[str, int]) -> None:
        for row in self._of(code, hub):
            for name, number in numbers.items():
                row.cells[f"{part}.{name}"] += number

    def _plans(self) -> None:
        for hub, lines in self._year.agreed.items():
            for (code, _), planned in lines.items():
                names = ("groups", "schools", "participants", "leads")
                self._add(code, hub, "plan", dict(zip(names, planned, strict=True)))
                for row in self._of(code, hub) if planned[0] else ():
                    row.hubs.add(hub)

    def _applications(self) -> None:
        for (code, hub), states in self._year.applications_by_hub().items():
            self._add(code, hub, "recruitment", dict(states))

    def _group(self, group: Group) -> None:
        told: dict[str, int] = {group.status: 1}
        if group.status in ACTIVE:
            told |= {"schools": len(group.schools), "participants": len(group.people)} | attendance(group)
            for row in self._of(group.code, group.hub):
                row.schools |= group.schools
                row.leads |= set(group.leads) if group.status == "running" else set()
        self._add(group.code, group.hub, "delivery", told)
        if is_told(group):
            self._add(group.code, group.hub, "money", {"groups": 1} | money(group))

    def _reports(self) -> None:
        for (code, _, subject), report in self._year.reports.items():
            self._add(code, self._year.hub_of(subject), "reports", stands(report, self._year.today))


def attendance(group: Group) -> dict[str, int]:
    """What took place, who was marked, who was there; tasks are nothing that takes place."""
    tasks = {activity for (activity, _), mark in group.marks.items() if mark in TASK_MARKS}
    marks = list(group.marks.values())
    counted = {"marked": sum(one in IN_MARKS for one in marks), "present": marks.count("present")}
    return {"held": len(group.held - tasks)} | counted


def money(group: Group) -> dict[str, int]:
    """A group's grant by the names that dashboards have for it."""
    grant = grant_of(group)
    return {f"{name}_pence": int(grant[column]) for name, column in PENCE.items()}


def stands(report: Report, today: str) -> dict[str, int]:
    """Where a report stands; what is open may be due soon, or late."""
    if report.status not in ("draft", "returned"):
        return {report.status: 1}
    soon = str(date.fromisoformat(today) + timedelta(days=SOON_DAYS))
    is_due = bool(report.due_on)
    is_late = is_due and report.due_on < today
    return {"open": 1, "late": int(is_late), "due_soon": int(is_due and today <= report.due_on <= soon)}


def boards_of(year: Year) -> Sheets:
    """The sheets of dashboards."""
    return {
        "dashboards": Boards(year).rows(),
        "groups of dashboards": _groups(year),
        "reports due": _due(year),
        "plans": {ALL: {"agreed": len(year.agreed)}},
    }


def _groups(year: Year) -> dict[str, Cells]:
    reports: dict[str, list[dict[str, int]]] = defaultdict(list)
    for (_, _, subject), one in year.reports.items():
        reports[year.group_of(subject)].append(stands(one, year.today))
    return {name: _group(one, reports[name]) for name, one in year.groups.items()}


def _group(group: Group, reports: list[dict[str, int]]) -> Cells:
    told: Cells = {"status": group.status, "schools": len(group.schools), "participants": len(group.people)}
    owed = {f"reports_{name}": _sum(reports, name) for name in ("open", "late")}
    return {**told, **attendance(group), **owed, **(money(group) if is_told(group) else {})}


def _sum(rows: Iterable[dict[str, int]], name: str) -> int:
    return sum(row.get(name, 0) for row in rows)


def _due(year: Year) -> dict[str, Cells]:
    """Open reports that have a day, by project and day: of the network, and of each hub."""
    rows: dict[str, Cells] = {}
    for (code, _, subject), report in year.reports.items():
        if report.status not in ("draft", "returned") or not report.due_on:
            continue
        hub = year.hub_of(subject)
        for whose in (ALL, hub) if hub else (ALL,):
            row = rows.setdefault(f"{whose}: {code} on {report.due_on}", {"reports": 0})
            row["reports"] = int(row["reports"]) + 1
    return rows
