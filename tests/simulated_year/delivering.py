"""October to July: groups start, meet, change, are called off or completed; registers are corrected."""

from typing import Any

from chassis import clock
from chassis.principal import Principal
from simulated_year.recruiting import move_up
from simulated_year.shapes import SHAPES
from simulated_year.world import SimulatedGroup, SimulatedHub, World

CALLED_OFF, LEAVES, SCHOOL_LEAVES, CORRECTED, REOPENED = 0.03, 0.1, 0.08, 0.12, 0.08
MARKS = ("present",) * 8 + ("absent", "excused")
NOT_READY = "group-not-ready"


def running(hub: SimulatedHub) -> list[SimulatedGroup]:
    """Groups that run now."""
    return [one for one in hub.groups if one.status == "running"]


async def start(world: World, hub: SimulatedHub) -> None:
    """Groups that have what their project asks for start; the others are called off."""
    for group in hub.groups:
        body = {"to": "running", "on": str(clock.today())}
        reply = await world.platform.ask(hub.lead, "POST", f"{group.path}/steps", body)
        is_empty = not group.people
        if reply.status_code == 409 or is_empty:
            assert is_empty or reply.json()["code"] == NOT_READY, reply.text
            if reply.is_success:
                world.note("started", group, hub, on=body["on"])
            await call_off(world, hub, group)
            continue
        assert reply.status_code == 200, reply.text
        group.status = "running"
        world.note("started", group, hub, on=body["on"])


async def call_off(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    """A group is called off, which needs a reason."""
    body = {"to": "cancelled", "on": str(clock.today())}
    assert await world.platform.refused(hub.lead, f"{group.path}/steps", body) == "group-step-wrong"
    await world.platform.post(hub.lead, f"{group.path}/steps", body | {"reason": "Too few schools are left."})
    group.status = "cancelled"
    world.note("called off", group, hub, on=body["on"])


async def meet(world: World, hub: SimulatedHub, number: int) -> None:
    """Each group holds a session; some things change between one and the next."""
    for group in running(hub):
        if number > 1 and hub.happens(CALLED_OFF):
            await call_off(world, hub, group)
            continue
        if number > 1:
            await _change(world, hub, group)
        runner = group.leads[0] if group.leads and hub.happens(0.5) else hub.deputy
        kind, slug = SHAPES[group.code].session
        await _hold(world, hub, group, runner, kind, slug, number)
        if number == 2 and SHAPES[group.code].task:
            await _hold(world, hub, group, runner, "gap_task", SHAPES[group.code].task, number)
        if number == 2 and SHAPES[group.code].visit:
            await _visit(world, hub, group, runner)


async def _hold(
    world: World, hub: SimulatedHub, group: SimulatedGroup, runner: Principal, kind: str, slug: str, number: int
) -> None:
    today = str(clock.today())
    wanted: dict[str, object] = {"kind": kind, "slug": slug, "title": f"{slug} {number}", "starts_on": today}
    wanted |= {} if kind == "gap_task" else {"minutes": 180, "place": "Library of the lead school"}
    planned = await world.platform.post(runner, f"{group.path}/activities", wanted)
    group.activities.append(planned["id"])
    marks = ("done", "done", "not_done") if kind == "gap_task" else MARKS
    entries = [{"participant_id": one, "mark": hub.chance.choice(marks)} for one in group.people]
    await _mark(world, hub, group, runner, planned["id"], entries)
    if kind != "gap_task" and hub.happens(CORRECTED):
        corrected = [{"participant_id": hub.chance.choice(list(group.people)), "mark": hub.chance.choice(MARKS)}]
        await _mark(world, hub, group, hub.lead, planned["id"], corrected)


async def _mark(
    world: World, hub: SimulatedHub, group: SimulatedGroup, runner: Principal, activity: str, entries: list[Any]
) -> None:
    path = f"{group.path}/activities/{activity}/register"
    marked = await world.platform.ask(runner, "PUT", path, {"entries": entries})
    assert marked.status_code == 200, marked.text
    for one in entries:
        world.note("mark", group, hub, subject=one["participant_id"], value=f"{activity}|{one['mark']}")


async def _visit(world: World, hub: SimulatedHub, group: SimulatedGroup, runner: Principal) -> None:
    """One of the schools is visited; visits have no register."""
    urn = hub.chance.choice(sorted(group.schools))
    wanted = {"kind": "visit", "slug": SHAPES[group.code].visit, "title": "Visit", "starts_on": str(clock.today())}
    planned = await world.platform.post(runner, f"{group.path}/activities", wanted | {"urn": urn})
    path = f"{group.path}/activities/{planned['id']}"
    while True:
        seen = await world.platform.ask(runner, "GET", path)
        version = seen.headers["ETag"].strip('"')
        held = await world.platform.ask(runner, "PATCH", path, {"status": "held"}, version=version)
        if held.status_code != 412:
            break
    assert held.status_code == 200, held.text
    world.note("activity", group, hub, subject=planned["id"], value="visit")


async def _change(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    """Somebody leaves, a school leaves and makes room for one that waits, somebody joins."""
    if group.schools and len(group.schools) > 1 and hub.happens(SCHOOL_LEAVES):
        await _school_leaves(world, hub, group, hub.chance.choice(sorted(group.schools)))
        if group.waiting:
            await move_up(world, hub, group)
    elif not group.schools and len(group.people) > 1 and hub.happens(LEAVES):
        await _person_leaves(world, hub, group, hub.chance.choice(list(group.people)))


async def _school_leaves(world: World, hub: SimulatedHub, group: SimulatedGroup, urn: str) -> None:
    """Its people leave first."""
    path = f"{group.path}/schools/{group.schools[urn]}/departure"
    people = [one for one, school in group.from_school.items() if school == urn]
    if people:
        assert await world.platform.refused(hub.lead, path, _reason()) == "group-still-needs"
    for one in people:
        await _person_leaves(world, hub, group, one)
    await world.platform.post(hub.lead, path, _reason())
    del group.schools[urn]
    world.note("school out", group, hub, subject=urn)


async def _person_leaves(world: World, hub: SimulatedHub, group: SimulatedGroup, participant: str) -> None:
    await world.platform.post(hub.lead, f"{group.path}/participants/{participant}/departure", _reason())
    del group.people[participant], group.from_school[participant]
    world.note("person out", group, hub, subject=participant)


def _reason() -> dict[str, str]:
    return {"reason": "Moved to another school."}


async def complete(world: World, hub: SimulatedHub) -> None:
    """Groups that still run have completed their project."""
    for group in running(hub):
        body = {"to": "completed", "on": str(clock.today())}
        if group.code == "19-07":
            body |= await _explained(world, hub, group, body)
        await world.platform.post(hub.lead, f"{group.path}/steps", body)
        group.status = "completed"
        world.note("completed", group, hub, on=body["on"])
        if group.activities and hub.happens(REOPENED):
            await _correct(world, hub, group, body)


async def _explained(world: World, hub: SimulatedHub, group: SimulatedGroup, body: dict[str, str]) -> dict[str, str]:
    """Communities of a simulated year have fewer than thirty people: the hub has to say why."""
    assert await world.platform.refused(hub.lead, f"{group.path}/steps", body) == NOT_READY
    return {"reason": "The community is to grow to thirty in its third year."}


async def _correct(world: World, hub: SimulatedHub, group: SimulatedGroup, completed: dict[str, str]) -> None:
    """A register turns out to be wrong after the end: the group is opened again, corrected, completed again."""
    again = {"to": "running", "on": completed["on"], "reason": "The last register was somebody else's."}
    await world.platform.post(hub.lead, f"{group.path}/steps", again)
    world.note("reopened", group, hub)
    entries = [{"participant_id": one, "mark": "present"} for one in group.people]
    await _mark(world, hub, group, hub.lead, group.activities[0], entries)
    await world.platform.post(hub.lead, f"{group.path}/steps", completed)
    world.note("completed", group, hub, on=completed["on"])


async def refuse_late_applicants(world: World, hub: SimulatedHub) -> None:
    """Recruitment to the groups after 16 ended on 31 October."""
    teacher = hub.teachers[hub.schools["post_16"][0]][2]
    for code in ("19-21", "19-22", "19-23"):
        if code in world.projects:
            body = {"project_id": world.project_id(code), "hub_id": str(hub.id)}
            refused = await world.platform.refused(teacher, "/v1/project-applications", body)
            assert refused in ("recruitment-closed", "already-applied-to-project"), refused
