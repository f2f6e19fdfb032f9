"""September: groups are formed, leads found, schools and people recruited by each project's own criteria."""

from typing import Any

from chassis.ids import new_id
from chassis.principal import Principal
from simulated_year.shapes import SHAPES, Shape
from simulated_year.world import SimulatedGroup, SimulatedHub, World

UNFIT, WITHDRAWN, TOO_MANY, TOO_FEW, LEAD_REFUSED, TWICE = 0.08, 0.05, 0.3, 0.04, 0.12, 0.05
EVIDENCE = "Told to the hub's lead in a talk at the school, and seen on a visit."
BY_NATIONAL_TEAM = ("19-01", "19-02", "19-05", "19-06")
OF_ORGANISATIONS = "19-25"
FULL = ("group-full", "project-limit-reached")
HEADS_STATEMENT = {"accepts": True}


def declarations(rule: Any, *, failing: str = "") -> list[dict[str, Any]]:
    """What somebody declares who meets every criterion of a rule, but for one."""
    if rule is None:
        return []
    for name in ("all_of", "any_of", "of", "desirable"):
        if name in rule:
            return [line for part in rule[name] for line in declarations(part, failing=failing)]
    if not (rule.get("question") or rule.get("may_be_declared")):
        return []
    answer = bool(rule.get("expected", True)) if rule.get("question") else True
    if rule["criterion"] == failing:
        answer = not answer
    return [{"criterion": rule["criterion"], "answer": answer, "evidence": EVIDENCE}]


async def recruit(world: World, hub: SimulatedHub) -> None:
    """Everything that the hub planned is recruited for, in the order of codes."""
    for code, strand in hub.planned.items():
        if code == "19-02":
            await _exchange(world, hub)
            continue
        group = await _form(world, hub, code, strand)
        if group is None:
            continue
        await _find_leads(world, hub, group)
        shape = SHAPES[code]
        if code == OF_ORGANISATIONS:
            await _nominate(world, hub, group, _some_teachers(hub, shape, shape.people[1]))
        elif shape.schools[1]:
            await _recruit_schools(world, hub, group, shape)
        else:
            wanted = hub.chance.randint(*shape.people)
            await _recruit_people(world, hub, group, _some_teachers(hub, shape, wanted))
    await _place_others(world, hub)


async def _exchange(world: World, hub: SimulatedHub) -> None:
    """Two primary specialists and a secondary one, from a school that hosts as long as twelve hubs are not found."""
    primary = await _form(world, hub, "19-02", "primary")
    assert primary is not None
    await _recruit_people(world, hub, primary, _some_teachers(hub, SHAPES["19-01"], 2))
    secondary = await _form(world, hub, "19-02", "secondary-hosting")
    secondary = secondary or await _form(world, hub, "19-02", "secondary-non-hosting")
    assert secondary is not None
    await _recruit_people(world, hub, secondary, _some_teachers(hub, SHAPES["19-03"], 1))


async def _form(world: World, hub: SimulatedHub, code: str, strand: str | None) -> SimulatedGroup | None:
    """A group, unless the network has as many as it may."""
    told = dict(SHAPES[code].told)
    wanted = {
        "project_id": world.project_id(code),
        "hub_id": str(hub.id),
        "title": f"{code} of {hub.name}",
        "strand": strand,
        "starts_on": "2019-10-07",
        "ends_on": "2020-07-10",
        "inputs": told,
    }
    reply = await world.platform.ask(hub.lead, "POST", "/v1/groups", wanted)
    if reply.status_code == 409:
        assert reply.json()["code"] == "project-limit-reached", reply.text
        return None
    assert reply.status_code == 201, reply.text
    group = SimulatedGroup(reply.json()["id"], code, strand)
    hub.groups.append(group)
    value = ";".join(f"{name}={one}" for name, one in told.items())
    world.note("formed", group, hub, subject=strand or "", value=value)
    return group


async def _find_leads(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    shape = SHAPES[group.code]
    pool = [one for urn in hub.schools[shape.phases[0]] for one in hub.teachers[urn][1:]]
    people = hub.chance.sample(pool, shape.leads + 1)
    if shape.lead_fails and hub.happens(LEAD_REFUSED):
        await _refuse_lead(world, hub, group, people.pop())
    for person in people[: shape.leads]:
        await _accept_lead(world, hub, group, person)


def _decider(world: World, hub: SimulatedHub, code: str) -> Principal:
    return world.team.lead if code in BY_NATIONAL_TEAM else hub.lead


async def _propose(world: World, hub: SimulatedHub, code: str, person: Principal, failing: str = "") -> Any:
    requirements = world.projects[code]["document"]["leads"].get("requirements")
    wanted = {
        "project_id": world.project_id(code),
        "hub_id": str(hub.id),
        "person_id": str(person.id),
        "experience": hub.chance.choice(("new", "existing")),
        "declarations": declarations(requirements, failing=failing),
    }
    return await world.platform.post(hub.deputy, "/v1/project-leads", wanted)


async def _refuse_lead(world: World, hub: SimulatedHub, group: SimulatedGroup, person: Principal) -> None:
    """Somebody who does not meet a requirement cannot be accepted, and is declined."""
    proposed = await _propose(world, hub, group.code, person, SHAPES[group.code].lead_fails)
    path, decider = f"/v1/project-leads/{proposed['id']}/decision", _decider(world, hub, group.code)
    reason = "Talked it through with the candidate."
    accepted = {"outcome": "accepted", "reason": reason}
    if proposed["decision"]["outcome"] != "eligible":
        assert await world.platform.refused(decider, path, accepted) == "lead-not-eligible"
    await world.platform.post(decider, path, {"outcome": "declined", "reason": reason})
    world.note("lead refused", group, hub, subject=proposed["id"])


async def _accept_lead(world: World, hub: SimulatedHub, group: SimulatedGroup, person: Principal) -> None:
    proposed = await _propose(world, hub, group.code, person)
    # Being accredited is not for the candidate to say: the national team has seen the register.
    open_ones = [one["criterion"] for one in proposed["decision"]["reasons"] if one["is_met"] is None]
    overrides = [{"criterion": one, "is_met": True, "reason": "Seen in the register of leads."} for one in open_ones]
    body = {"outcome": "accepted", "reason": "Seen leading twice.", "overrides": overrides}
    path = f"/v1/project-leads/{proposed['id']}/decision"
    await world.platform.post(_decider(world, hub, group.code), path, body)
    world.note("lead", group, hub, subject=proposed["id"], value=proposed["experience"])
    await world.platform.post(hub.lead, f"{group.path}/leads", {"lead_id": proposed["id"]})
    world.note("lead on", group, hub, subject=proposed["id"], value=proposed["experience"])
    group.leads.append(person)


async def _recruit_schools(world: World, hub: SimulatedHub, group: SimulatedGroup, shape: Shape) -> None:
    wanted = hub.chance.randint(*shape.schools)
    if group.code == "19-11" and hub.happens(TOO_FEW):
        wanted = shape.schools[0] - 1
    urns = _some_schools(hub, group.code, shape, wanted + 1)
    for urn in urns[:wanted]:
        if await _take_school(world, hub, group, urn):
            for person in hub.teachers[urn][: shape.each]:
                await join_person(world, hub, group, person, urn)
    if group.code in ("19-09", "19-11", "19-15") and wanted == shape.schools[1] and hub.happens(TOO_MANY):
        await _wait(world, hub, group, urns[-1])
    await _number_schools(world, hub, group)


def _some_schools(hub: SimulatedHub, code: str, shape: Shape, wanted: int) -> list[str]:
    """Schools that were in the one project before are not in its successor: each has its own part of the hub's."""
    own = {"19-09": slice(0, 8), "19-10": slice(17, 20), "19-11": slice(8, 17)}
    pool = hub.schools[shape.phases[0]]
    if code in own:
        return pool[own[code]][:wanted]
    return hub.chance.sample(pool, wanted)


def _some_teachers(hub: SimulatedHub, shape: Shape, wanted: int) -> list[Principal]:
    """So many, of every phase that takes part."""
    found: list[Principal] = []
    for number in range(wanted):
        pool = [one for urn in hub.schools[shape.phases[number % len(shape.phases)]] for one in hub.teachers[urn]]
        found.append(hub.chance.choice([one for one in pool if one not in found]))
    return found


async def _take_school(world: World, hub: SimulatedHub, group: SimulatedGroup, urn: str) -> bool:
    """A school applies; the hub takes it, unless it is not eligible or thinks better of it."""
    application = await _apply(world, hub, group, hub.teachers[urn][1], urn)
    if application is None:
        return False
    path = f"/v1/project-applications/{application}"
    if await _select(world, hub, group, path, urn) is None:
        return False
    world.note("school in", group, hub, subject=urn)
    return True


async def _number_schools(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    rows = (await world.platform.get(hub.lead, f"{group.path}/schools"))["data"]
    group.schools = {one["urn"]: one["id"] for one in rows if one["left_on"] is None}


async def _recruit_people(world: World, hub: SimulatedHub, group: SimulatedGroup, people: list[Principal]) -> None:
    selected = {}
    for person in people:
        application = await _apply(world, hub, group, person, str(person.id))
        path = f"/v1/project-applications/{application}"
        if application is not None and await _select(world, hub, group, path, str(person.id)) is not None:
            selected[str(person.id)] = person
    for row in await world.platform.every(hub.lead, f"{group.path}/participants"):
        _joined(world, hub, group, row["id"], selected.pop(row["person_id"]))
    assert not selected


async def _nominate(world: World, hub: SimulatedHub, group: SimulatedGroup, people: list[Principal]) -> None:
    """The hub takes a provider of teacher training in, and its people for it."""
    provider = {"organisation_id": str(new_id()), "name": f"Provider near {hub.name}"}
    body = {"person_id": str(people[0].id), "organisation_id": provider["organisation_id"]}
    assert await world.platform.refused(hub.lead, f"{group.path}/participants", body) == "group-person-unknown"
    await world.platform.post(hub.lead, f"{group.path}/organisations", provider)
    world.note("organisation in", group, hub, subject=provider["organisation_id"])
    joined = await world.platform.post(hub.lead, f"{group.path}/participants", body)
    _joined(world, hub, group, joined["id"], people[0])
    for person in people[1:]:
        await _apply_for_provider(world, hub, group, person, provider["organisation_id"])


async def _apply_for_provider(
    world: World, hub: SimulatedHub, group: SimulatedGroup, person: Principal, organisation_id: str
) -> None:
    """Somebody applies, and gets a place once it is said for which organisation of the group."""
    application = await _apply(world, hub, group, person, str(person.id))
    if application is None:
        return
    path, place = f"/v1/project-applications/{application}/selection", {"outcome": "selected", "group_id": group.id}
    assert await world.platform.refused(hub.lead, path, place) == "group-person-unknown"
    await world.platform.post(hub.lead, path, place | {"organisation_id": organisation_id})
    world.note("application", group, hub, subject=str(person.id), value="selected")
    for row in await world.platform.every(hub.lead, f"{group.path}/participants"):
        if row["person_id"] == str(person.id):
            _joined(world, hub, group, row["id"], person)


async def _apply(world: World, hub: SimulatedHub, group: SimulatedGroup, who: Principal, subject: str) -> str | None:
    """An application that waits to be decided; None when it was given up or declined."""
    shape, code = SHAPES[group.code], group.code
    failing = shape.fails if hub.happens(UNFIT) else ""
    criteria = world.projects[code]["document"]["participants"].get("criteria")
    body = {
        "project_id": world.project_id(code),
        "hub_id": str(hub.id),
        "interest_only": shape.commits,
        "declarations": declarations(criteria, failing=failing),
    }
    made = await world.platform.post(who, "/v1/project-applications", body)
    path = f"/v1/project-applications/{made['id']}"
    if shape.commits:
        await _commit(world, hub, who, path)
    world.note("application", group, hub, subject=subject, value="applied")
    if hub.happens(TWICE):
        assert await world.platform.refused(who, "/v1/project-applications", body) == "already-applied-to-project"
    if failing:
        refused = await world.platform.refused(
            hub.lead, f"{path}/selection", {"outcome": "selected", "group_id": group.id}
        )
        assert refused == "application-not-eligible", (code, failing)
        await _settle(world, hub, group, path, subject, "declined")
        return None
    if hub.happens(WITHDRAWN):
        await world.platform.post(who, f"{path}/withdrawal", {"reason": "Not this year after all."})
        world.note("application", group, hub, subject=subject, value="withdrawn")
        return None
    return str(made["id"])


async def _commit(world: World, hub: SimulatedHub, who: Principal, path: str) -> None:
    """The head states that the school is committed; without it the application is not taken."""
    if hub.happens(TWICE):
        assert await world.platform.refused(who, f"{path}/submission", {}) == "commitment-missing"
    await world.platform.post(hub.head(who.attributes["school_urn"]), f"{path}/commitment", HEADS_STATEMENT)
    await world.platform.post(who, f"{path}/submission", {})


async def _select(world: World, hub: SimulatedHub, group: SimulatedGroup, path: str, subject: str) -> str | None:
    """A place in the group; when there is none, a place on the waiting register."""
    reply = await world.platform.ask(
        hub.lead, "POST", f"{path}/selection", {"outcome": "selected", "group_id": group.id}
    )
    if reply.status_code == 409:
        assert reply.json()["code"] in FULL, reply.text
        await _settle(world, hub, group, path, subject, "waiting")
        return None
    assert reply.status_code == 200, reply.text
    world.note("application", group, hub, subject=subject, value="selected")
    return path


async def _settle(
    world: World, hub: SimulatedHub, group: SimulatedGroup, path: str, subject: str, outcome: str
) -> None:
    body = {"outcome": outcome, "reason": "Talked it over with the applicant."}
    await world.platform.post(hub.lead, f"{path}/selection", body)
    world.note("application", group, hub, subject=subject, value=outcome)


async def _wait(world: World, hub: SimulatedHub, group: SimulatedGroup, urn: str) -> None:
    """One school more than the group takes applies, and waits."""
    application = await _apply(world, hub, group, hub.teachers[urn][1], urn)
    if application is not None and not await _select_if_room(world, hub, group, application, urn):
        group.waiting.append(f"{application}:{urn}")


async def _select_if_room(world: World, hub: SimulatedHub, group: SimulatedGroup, application: str, urn: str) -> bool:
    if await _select(world, hub, group, f"/v1/project-applications/{application}", urn) is None:
        return False
    world.note("school in", group, hub, subject=urn)
    return True


async def move_up(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    """Who waits first gets the place that has become free."""
    application, _, urn = group.waiting.pop(0).partition(":")
    if await _select_if_room(world, hub, group, application, urn):
        for person in hub.teachers[urn][: SHAPES[group.code].each]:
            await join_person(world, hub, group, person, urn)
    await _number_schools(world, hub, group)


async def join_person(world: World, hub: SimulatedHub, group: SimulatedGroup, person: Principal, urn: str) -> None:
    """A school's teacher joins a group that the school is in."""
    body = {"person_id": str(person.id), "urn": urn, "role": SHAPES[group.code].role or None}
    joined = await world.platform.post(hub.lead, f"{group.path}/participants", body)
    _joined(world, hub, group, joined["id"], person)


def _joined(world: World, hub: SimulatedHub, group: SimulatedGroup, participant: str, person: Principal) -> None:
    group.people[participant] = person
    group.from_school[participant] = person.attributes["school_urn"]
    world.note("person in", group, hub, subject=participant, value=person.attributes["school_urn"])


async def _place_others(world: World, hub: SimulatedHub) -> None:
    """Who came to a project with another one (19-09 with 19-14, 19-05 with 19-03) waits for next year's."""
    rows = await world.platform.every(hub.lead, "/v1/project-applications", hub_id=str(hub.id), status="applied")
    for row in rows:
        assert row["caused_by"], row
        body = {"outcome": "waiting", "reason": "This year's groups are full."}
        await world.platform.post(hub.lead, f"/v1/project-applications/{row['id']}/selection", body)
        subject = row["urn"] if row["project_code"] == "19-09" else row["person_id"]
        world.note("application", hub=hub, code=row["project_code"], subject=subject, value="waiting")
