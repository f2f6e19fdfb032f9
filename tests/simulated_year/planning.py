"""June and July: hubs join the network and plan; some plans come back, some are written twice."""

from typing import Any

from simulated_year.shapes import EARLY_YEARS, LEVEL_3_CHOICE, SHAPES, Shape
from simulated_year.world import NETWORK, PATH, YEAR, SimulatedHub, World

RETURNED, STALE = 0.2, 0.1
EXCHANGE = ("primary", "secondary-hosting", "secondary-non-hosting")
EXPLANATION = {"explanation": "Some schools have not answered yet."}


async def plan(world: World, hub: SimulatedHub, codes: list[str]) -> None:
    """A hub joins the network, plans, hands the plan in, and has it agreed."""
    platform, team = world.platform, world.team
    facts = {"primary-development-schools-2018-19": 3, "secondary-development-groups-2018-19": 1}
    part = {"joined_on": "2019-06-01", "facts": facts}
    joined = await platform.ask(team.lead, "PUT", f"{PATH}/hubs/{hub.id}", part, version=0)
    assert joined.status_code in (200, 412), joined.text  # 412: it was joined when a process was killed
    world.note("hub", hub=hub, value=hub.region)
    begun = {"network": NETWORK, "project_year": YEAR, "hub_id": str(hub.id)}
    hub.plan_id = (await platform.post(hub.lead, "/v1/hub-plans", begun))["id"]
    hub.planned = _drawn(hub, codes)
    await _write(world, hub)
    await _submit(world, hub)
    if hub.happens(RETURNED):
        await _decide(world, hub, "returned")
        optional = [code for code in hub.planned if SHAPES[code].chance < 1 and code not in EARLY_YEARS]
        for code in optional[:1]:
            del hub.planned[code]
        await _write(world, hub)
        await _submit(world, hub)
    await _decide(world, hub, "agreed")
    world.note("plan agreed", hub=hub)


def _drawn(hub: SimulatedHub, codes: list[str]) -> dict[str, str | None]:
    """Which projects the hub runs, and which strand of them."""
    wanted = [code for code in codes if hub.happens(SHAPES[code].chance)]
    offers = [code for code in EARLY_YEARS if code in codes]
    if offers and not set(offers) & set(wanted):
        wanted.append(hub.chance.choice(offers))
    if set(LEVEL_3_CHOICE) <= set(wanted):
        wanted.remove(hub.chance.choice(LEVEL_3_CHOICE))
    return {code: hub.chance.choice(SHAPES[code].strands) if SHAPES[code].strands else None for code in sorted(wanted)}


def lines_of(hub: SimulatedHub) -> list[dict[str, Any]]:
    """What the hub plans, line by line."""
    found = []
    for code, strand in hub.planned.items():
        shape = SHAPES[code]
        # Of the exchange two primary specialists of each hub, and one of its secondary ones.
        strands = EXCHANGE[:2] if code == "19-02" else (strand,)
        for one in strands:
            people = _people(shape) if code != "19-02" else (2 if one == "primary" else 1)
            line = {
                "code": code,
                "groups": 1,
                "schools": shape.schools[1],
                "participants": people,
                "leads": shape.leads,
            }
            found.append(line | ({"strand": one} if one else {}))
    return found


def _people(shape: Shape) -> int:
    return shape.people[1] or shape.schools[1] * shape.each


async def _write(world: World, hub: SimulatedHub) -> None:
    """Write the whole plan, beginning again when somebody else did meanwhile."""
    lines, path = lines_of(hub), f"/v1/hub-plans/{hub.plan_id}"
    if hub.happens(STALE):
        stale = await world.platform.ask(hub.deputy, "PUT", path, {"lines": lines}, version=999)
        assert stale.status_code == 412, stale.text
    while True:
        seen = await world.platform.ask(hub.lead, "GET", path)
        version = seen.headers["ETag"].strip('"')
        written = await world.platform.ask(hub.lead, "PUT", path, {"lines": lines}, version=version)
        if written.status_code != 412:
            break
    assert written.status_code == 200, written.text
    world.note("plan rewritten", hub=hub)
    for line in lines:
        value = f"{line['groups']}/{line['schools']}/{line['participants']}/{line['leads']}"
        world.note("planned", hub=hub, code=line["code"], subject=line.get("strand") or "", value=value)


async def _submit(world: World, hub: SimulatedHub) -> None:
    path = f"/v1/hub-plans/{hub.plan_id}"
    found = await world.platform.get(hub.lead, path)
    if found["faults_count"]:
        assert await world.platform.refused(hub.lead, f"{path}/submission", {}) == "hub-plan-unexplained"
    await world.platform.post(hub.lead, f"{path}/submission", EXPLANATION)


async def _decide(world: World, hub: SimulatedHub, outcome: str) -> None:
    body = {"outcome": outcome, "reason": "Held against the region's needs."}
    await world.platform.post(world.team.second, f"/v1/hub-plans/{hub.plan_id}/decision", body)
