"""The sheets of `boards`, read from the dashboards of the network and of every hub."""

import asyncio
from collections import Counter
from typing import Any

from simulated_year.boards import ALL, PENCE
from simulated_year.sheets import Cells, Sheets
from simulated_year.world import PATH, SimulatedHub, World

PARTS = ("plan", "recruitment", "delivery", "reports", "money")
NOT_RECOMPUTED = ("money.questions",)
"""Whether somebody has to look at a grant depends on which news came first; `invariants` see to the others."""
OF_GROUP = ("status", "schools", "participants", "held", "marked", "present", "reports_open", "reports_late")


async def read_boards(world: World) -> Sheets:
    """Everything that dashboards say of the year."""
    of_network = await world.platform.get(world.team.lead, f"{PATH}/dashboard")
    of_hubs = await asyncio.gather(*(_of_hub(world, hub) for hub in world.hubs))
    rows = {
        ALL: of_network["total"],
        **{f"project {one['code']}": one for one in of_network["projects"]},
        **{f"region {one['region']}": one for one in of_network["regions"]},
        **{f"hub {one['hub_name']}": one for one in of_network["hubs"]},
        **{f"hub {one['hub_name']}, {row['code']}": row for one in of_hubs for row in one["projects"]},
    }
    for one in of_hubs:  # what a hub reads of itself is what the national team reads of it
        assert _cells(one["total"]) == _cells(rows[f"hub {one['hub_name']}"]), one["hub_name"]
    told = {key: _cells(row) for key, row in rows.items()}
    return {
        "dashboards": {key: cells for key, cells in told.items() if cells},
        "groups of dashboards": {row["group_id"]: _group(row) for one in of_hubs for row in one["groups"]},
        "reports due": _due(ALL, of_network) | {k: v for one in of_hubs for k, v in _due(one["hub_name"], one).items()},
        "plans": {ALL: dict(of_network["plans"])},
    }


async def _of_hub(world: World, hub: SimulatedHub) -> Any:
    return await world.platform.get(hub.lead, f"{PATH}/hubs/{hub.id}/dashboard")


def _cells(row: Any) -> Cells:
    """The figures of a row that are not nought."""
    found = {f"{part}.{name}": number for part in PARTS for name, number in row[part].items()}
    return {name: number for name, number in found.items() if number and name not in NOT_RECOMPUTED}


def _group(row: Any) -> Cells:
    money = row["money"]
    pence = {f"{name}_pence": money[f"{name}_pence"] for name in PENCE} if money else {}
    return {name: row[name] for name in OF_GROUP} | pence


def _due(whose: str, board: Any) -> dict[str, Cells]:
    rows: Counter[str] = Counter()
    for row in board["reports_due"]:
        rows[f"{whose}: {row['project_code']} on {row['due_on']}"] += row["reports"]
    return {key: {"reports": number} for key, number in rows.items()}
