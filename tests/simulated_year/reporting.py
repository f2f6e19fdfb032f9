"""July and August: reports are written, handed in in time or late, returned, accepted, or never written."""

from collections import defaultdict
from typing import Any

from builders import a_school_lead
from chassis.principal import Principal
from simulated_year.world import NETWORK, SimulatedHub, World

NEVER, LATE, RETURNED, UNDECIDED = 0.25, 0.2, 0.12, 0.15
WORDS = "Six sessions were held, and what was planned together was taught and looked at."
LEVELS = ("none", "some", "most", "full")


async def report(world: World, hub: SimulatedHub, *, is_late: bool) -> None:
    """Reports of the hub's groups, its schools, people and leads; those that are late the second time."""
    rows = await world.platform.every(hub.lead, "/v1/project-reports", hub_id=str(hub.id), status="draft")
    kinds = _outcome_kinds(world)
    for row in rows:
        drawn = hub.chance.random()
        write = drawn < LATE / (LATE + NEVER) if is_late else drawn > LATE + NEVER
        writer = _writer(world, hub, row)
        if write and writer is not None:
            await _hand_in(world, hub, writer, row, kinds[row["project_code"], row["duty"]])


async def report_of_network(world: World) -> None:
    """What the co-ordination team and the lead evaluator owe."""
    hub = world.hubs[0]
    kinds = _outcome_kinds(world)
    for caller, by in ((world.team.lead, "co_ordination_team"), (world.team.evaluator, "lead_evaluator")):
        for row in await world.platform.every(caller, "/v1/project-reports", network=NETWORK, status="draft"):
            if row["by"] == by and hub.happens(0.7):
                await _hand_in(world, hub, caller, row, kinds[row["project_code"], row["duty"]])


def _outcome_kinds(world: World) -> dict[tuple[str, str], list[str]]:
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, project in world.projects.items():
        for duty in project["document"]["evaluation"]["duties"]:
            kinds[code, duty["slug"]] = duty.get("outcome_kinds", [])
    return kinds


def _writer(world: World, hub: SimulatedHub, row: Any) -> Principal | None:
    group = next((one for one in hub.groups if one.id == row["group_id"]), None)
    match row["by"]:
        case "hub":
            return hub.deputy
        case "school":
            return a_school_lead(row["urn"], hub.teachers[row["urn"]][0].id)
        case "participant":
            assert group is not None
            return group.people[row["participant_id"]]
        case "lead":
            assert group is not None
            return group.leads[-1] if group.leads else None
    return None


async def _hand_in(world: World, hub: SimulatedHub, writer: Principal, row: Any, kinds: list[str]) -> None:
    platform, path = world.platform, f"/v1/project-reports/{row['id']}"
    outcomes = [{"kind": kind, "level": hub.chance.choice(LEVELS), "evidence": WORDS} for kind in kinds]
    if kinds and hub.happens(0.05):
        await _save(world, writer, path, row["version"], {"summary": WORDS})
        assert await platform.refused(writer, f"{path}/submission", {}) == "report-incomplete"
    await _save(world, writer, path, row["version"], {"outcomes": outcomes, "summary": WORDS})
    await platform.post(writer, f"{path}/submission", None)
    _note(world, hub, row, "submitted")
    decider = world.team.lead if row["by"] == "lead_evaluator" else world.team.evaluator
    if hub.happens(RETURNED):
        reason = {"outcome": "returned", "reason": "The outcomes for pupils name no evidence."}
        await platform.post(decider, f"{path}/decision", reason)
        _note(world, hub, row, "returned")
        if hub.happens(0.3):
            return
        await platform.post(writer, f"{path}/submission", None)
        _note(world, hub, row, "submitted")
    if not hub.happens(UNDECIDED):
        await platform.post(decider, f"{path}/decision", {"outcome": "accepted"})
        _note(world, hub, row, "accepted")


async def _save(world: World, writer: Principal, path: str, version: int, answers: dict[str, Any]) -> None:
    """Keep a draft; when it was changed meanwhile, read it and keep it again."""
    saved = await world.platform.ask(writer, "PUT", path, answers, version=version)
    while saved.status_code == 412:
        seen = await world.platform.ask(writer, "GET", path)
        version = int(seen.headers["ETag"].strip('"'))
        saved = await world.platform.ask(writer, "PUT", path, answers, version=version)
    assert saved.status_code == 200, saved.text


def _note(world: World, hub: SimulatedHub, row: Any, status: str) -> None:
    subject = {
        "school": f"group:{row['group_id']}:school:{row['urn']}",
        "participant": f"participant:{row['participant_id']}",
        "lead": f"group:{row['group_id']}",
        "hub": f"hub:{hub.name}",
    }.get(row["by"], "network")
    world.note("report", code=row["project_code"], subject=f"{row['duty']}|{subject}", value=status)
