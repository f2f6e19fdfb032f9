"""The sheets of the year's report, from the recomputation. `figures` reads the same sheets from the platform."""

from collections import Counter, defaultdict
from collections.abc import Callable

from simulated_year.spreadsheet import LIVE, Group, Year

Cells = dict[str, int | str]
Sheets = dict[str, dict[str, Cells]]
"""Each sheet's rows by their first column, each row's cells by the name of their column."""


def sheets_of(year: Year) -> Sheets:
    """Every total there is."""
    return {
        "groups": {name: _group(year, one) for name, one in year.groups.items()},
        "grants": {name: grant_of(one) for name, one in year.groups.items() if is_told(one)},
        "projects": _summed(year, lambda one: one.code),
        "hubs": _summed(year, lambda one: one.hub),
        "regions": _summed(year, lambda one: year.regions[one.hub]),
        "plan": _plan(year),
        "applications": _applications(year),
        "leads": _leads(year),
        "reports": _reports(year),
        "budget": {"all": _budget(year)},
    }


def _group(year: Year, group: Group) -> Cells:
    """A group's size and attendance, and what it was to its people."""
    marks = Counter(group.marks.values())
    came = {person for (_, person), mark in group.marks.items() if mark == "present"}
    missed = {person for (_, person), mark in group.marks.items() if mark == "absent"} - came
    done = [one for one in group.people if one not in missed] if group.status == "completed" else []
    return {
        "hub": group.hub,
        "project": group.code,
        "status": group.status,
        "schools": len(group.schools),
        "participants": len(group.people),
        "leads": 0 if group.status in ("completed", "cancelled") else len(group.leads),
        "held": len(group.held),
        "present": marks["present"],
        "absent": marks["absent"],
        "excused": marks["excused"],
        "done": marks["done"],
        "completed by": len(done),
        "accredited": sum(_is_accredited(year, group, one) for one in done),
    }


def _is_accredited(year: Year, group: Group, person: str) -> bool:
    """Completing 19-05 accredits once its document is accepted (A, G)."""
    report = year.reports.get((group.code, "accreditation-document", f"participant:{person}"))
    return report is not None and report.status == "accepted"


def is_told(group: Group) -> bool:
    """Funding hears of groups that started."""
    return bool(group.began_on)


def grant_of(group: Group) -> Cells:
    """What its card comes to, and what became of it; in pence."""
    money = group.money
    is_awarded = money.status in (*LIVE, "completed", "terminated")
    awarded = money.own - money.lapsed if is_awarded else 0
    expected = 0 if group.status == "cancelled" else group.pence or 0
    return {
        "project": group.code,
        "status": money.status,
        "expected": expected,
        "awarded": awarded,
        "drawn": money.net,
        "owed": awarded - money.net if money.status in LIVE else 0,
        "to return": money.due_back - money.returned,
        "to recover": max(money.net - money.spent, 0) if money.recovery == "proposed" else 0,
    }


def _summed(year: Year, of: Callable[[Group], str]) -> dict[str, Cells]:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for group in year.groups.values():
        if group.status in ("running", "completed"):
            rows[of(group)] += Counter(groups=1, schools=len(group.schools), participants=len(group.people))
        if is_told(group):
            grant = grant_of(group)
            rows[of(group)].update({name: int(grant[name]) for name in ("expected", "awarded", "drawn", "to return")})
    names = ("groups", "schools", "participants", "expected", "awarded", "drawn", "to return")
    return {key: {name: row[name] for name in names} for key, row in rows.items()}


def _plan(year: Year) -> dict[str, Cells]:
    rows: dict[str, Cells] = {}
    hubs: dict[str, set[str]] = defaultdict(set)
    for hub, lines in year.agreed.items():
        for (code, _), (groups, schools, people, _) in lines.items():
            for key in (code, f"{code} in {year.regions[hub]}"):
                row = rows.setdefault(key, {"hubs": 0, "groups": 0, "schools": 0, "participants": 0})
                for name, number in (("groups", groups), ("schools", schools), ("participants", people)):
                    row[name] = int(row[name]) + number
                hubs[key].add(hub)
                row["hubs"] = len(hubs[key])
    return rows


def _applications(year: Year) -> dict[str, Cells]:
    counts: Counter[tuple[str, str]] = Counter()
    for (code, _), by_state in year.applications_by_hub().items():
        counts.update({(code, status): number for status, number in by_state.items()})
    states = ("applied", "selected", "waiting", "declined", "withdrawn")
    return {code: {one: counts[code, one] for one in states} for code in {code for code, _ in counts}}


def _leads(year: Year) -> dict[str, Cells]:
    return {lead: {"project": code, "days": year.lead_days(lead)} for lead, (code, _) in year.leads.items()}


def _reports(year: Year) -> dict[str, Cells]:
    rows: dict[str, Cells] = {}
    states = ("owed", "draft", "submitted", "returned", "accepted", "overdue")
    for (code, _, _), report in year.reports.items():
        row = rows.setdefault(code, dict.fromkeys(states, 0))
        is_late = report.status in ("draft", "returned") and bool(report.due_on) and report.due_on < year.today
        for name in ("owed", report.status, *(["overdue"] if is_late else [])):
            row[name] = int(row[name]) + 1
    return rows


def _budget(year: Year) -> Cells:
    money = [group.money for group in year.groups.values()]
    reserved = sum(one.own - one.lapsed - one.net for one in money if one.status in LIVE)
    payable = sum(one.drawn for one in money) - year.paid
    paid = year.paid - year.returned
    return {
        "allocated": year.allocated,
        "available": year.allocated - reserved - payable - paid,
        "reserved": reserved,
        "payable": payable,
        "paid": paid,
    }


def differences(computed: Sheets, read: Sheets) -> list[tuple[str, str, str, object, object]]:
    """Every cell that is not the same: sheet, row, column, as recomputed, as the platform says."""
    found = []
    for sheet in computed.keys() | read.keys():
        ours, theirs = computed.get(sheet, {}), read.get(sheet, {})
        for row in ours.keys() | theirs.keys():
            mine, other = ours.get(row, {}), theirs.get(row, {})
            columns = sorted(mine.keys() | other.keys())
            found += [
                (sheet, row, one, mine.get(one), other.get(one)) for one in columns if mine.get(one) != other.get(one)
            ]
    return sorted(found, key=str)
