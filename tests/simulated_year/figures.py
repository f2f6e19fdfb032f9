"""The same sheets as the recomputation's, read from the platform by those who may see everything."""

import asyncio
from collections import Counter, defaultdict
from typing import Any

from simulated_year.paying import grants_by_group
from simulated_year.sheets import Cells, Sheets
from simulated_year.world import BUDGET, NETWORK, PATH, YEAR, World

GRANT_COLUMNS = {
    "expected": "expected_pence",
    "awarded": "awarded_pence",
    "drawn": "drawn_pence",
    "owed": "owed_pence",
    "to return": "to_return_pence",
    "to recover": "to_recover_pence",
}
STATES = ("owed", "draft", "submitted", "returned", "accepted", "overdue")


async def read_sheets(world: World) -> Sheets:
    """Everything that the platform says of the year."""
    groups = await _groups(world)
    grants = await _grants(world)
    hubs = {str(hub.id): hub for hub in world.hubs}
    return {
        "groups": {name: cells for name, (cells, _) in groups.items()},
        "grants": grants,
        "projects": _summed(groups, grants, lambda row: row["project_code"]),
        "hubs": _summed(groups, grants, lambda row: hubs[row["hub_id"]].name),
        "regions": _summed(groups, grants, lambda row: hubs[row["hub_id"]].region),
        "plan": await _plan(world),
        "applications": await _applications(world),
        "leads": await _leads(world),
        "reports": await _reports(world),
        "budget": {"all": await _budget(world)},
    }


async def _groups(world: World) -> dict[str, tuple[Cells, Any]]:
    rows = await world.platform.every(world.team.evaluator, "/v1/groups", network=NETWORK)
    names = {str(hub.id): hub.name for hub in world.hubs}
    cells = await asyncio.gather(*(_group(world, names[row["hub_id"]], row) for row in rows))
    return {row["id"]: (one, row) for row, one in zip(rows, cells, strict=True)}


async def _group(world: World, hub: str, row: Any) -> Cells:
    path, caller = f"/v1/groups/{row['id']}", world.team.evaluator
    people = await world.platform.every(caller, f"{path}/participants")
    activities = await world.platform.every(caller, f"{path}/activities")
    marks: Counter[str] = Counter()
    for one in activities:
        register = await world.platform.get(caller, f"{path}/activities/{one['id']}/register")
        marks.update(entry["mark"] for entry in register["data"] if entry["mark"])
    return {
        "hub": hub,
        "project": row["project_code"],
        "status": row["status"],
        "schools": row["schools"],
        "participants": row["participants"],
        "leads": row["leads"],
        "held": sum(one["status"] == "held" for one in activities),
        **{mark: marks[mark] for mark in ("present", "absent", "excused", "done")},
        "completed by": sum(one["outcome"] == "completed" for one in people),
        "accredited": sum(one["accreditation"] is not None for one in people),
    }


async def _grants(world: World) -> dict[str, Cells]:
    return {
        name: {
            "project": row["project_code"],
            "status": row["grant_status"] or "",
            **{column: row[field] for column, field in GRANT_COLUMNS.items()},
        }
        for name, row in (await grants_by_group(world)).items()
    }


def _summed(groups: dict[str, tuple[Cells, Any]], grants: dict[str, Cells], of: Any) -> dict[str, Cells]:
    """Totals from the platform's own rows; the recomputation's come from its own."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for name, (cells, row) in groups.items():
        if row["status"] in ("running", "completed"):
            told = {"groups": 1, "schools": int(cells["schools"]), "participants": int(cells["participants"])}
            rows[of(row)].update(told)
        if name in grants:
            columns = ("expected", "awarded", "drawn", "to return")
            rows[of(row)].update({one: int(grants[name][one]) for one in columns})
    names = ("groups", "schools", "participants", "expected", "awarded", "drawn", "to return")
    return {key: {name: row[name] for name in names} for key, row in rows.items()}


async def _plan(world: World) -> dict[str, Cells]:
    found = await world.platform.get(world.team.evaluator, f"{PATH}/plan")
    rows: dict[str, Cells] = {}
    for project in found["projects"]:
        of_regions = {f"{project['code']} in {region}": counts for region, counts in project["regions"].items()}
        for key, counts in {project["code"]: project, **of_regions}.items():
            if counts["hubs"]:
                rows[key] = {name: counts[name] for name in ("hubs", "groups", "schools", "participants")}
    return rows


async def _applications(world: World) -> dict[str, Cells]:
    rows: dict[str, Cells] = {}
    for hub in world.hubs:
        for one in await world.platform.every(hub.lead, "/v1/project-applications", hub_id=str(hub.id)):
            states = ("applied", "selected", "waiting", "declined", "withdrawn")
            row = rows.setdefault(one["project_code"], dict.fromkeys(states, 0))
            row[one["status"]] = int(row[one["status"]]) + 1
    return rows


async def _leads(world: World) -> dict[str, Cells]:
    rows = await world.platform.every(world.team.lead, "/v1/project-leads", network=NETWORK, status="accepted")
    details = await asyncio.gather(
        *(world.platform.get(world.team.lead, f"/v1/project-leads/{row['id']}") for row in rows)
    )
    return {
        one["id"]: {"project": one["project_code"], "days": f"{float(one['allocated_days']['days']):.2f}"}
        for one in details
    }


async def _reports(world: World) -> dict[str, Cells]:
    found = await world.platform.get(
        world.team.evaluator, "/v1/project-reports/overview", network=NETWORK, project_year=YEAR
    )
    return {row["project_code"]: {name: row[name] for name in STATES} for row in found["projects"]}


async def _budget(world: World) -> Cells:
    rows = (await world.platform.get(world.team.auditor, "/v1/budgets"))["data"]
    [mine] = [row for row in rows if row["budget"] == BUDGET]
    names = ("allocated", "available", "reserved", "payable", "paid")
    return {name: mine[f"{name}_pence"] for name in names}
