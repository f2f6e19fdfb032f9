"""Around the groups: discussions that earn credit, delegates to national occasions; November 2019."""

from typing import Any

from chassis.principal import Principal
from simulated_year.delivering import running
from simulated_year.world import NETWORK, SimulatedGroup, SimulatedHub, World

ACTIVITY = "contribute-to-online-discussion"
CREDITED: dict[str, dict[str, Any]] = {
    "19-05": {"accepted_by": "posts", "posts": 2, "within_weeks": 4, "says": "Two posts within four weeks."},
    "19-11": {"accepted_by": "confirmation", "says": "A post that helps others on is confirmed."},
}
"""The source credits no discussions: the national team of a simulated year begins to, by two people and a file."""
SENDS, MOST, WORKSHOPS = "19-07", 5, "workshops"
WRITERS = 4
CONFIRMED, ABUSIVE, RESTORED, CHANGED = 0.7, 0.25, 0.5, 0.3
REASON = {"reason": "It was said of a colleague and not of the work."}


async def credit_discussions(world: World) -> None:
    """The team changes the projects' documents; nobody approves what they proposed themselves."""
    for code, rule in CREDITED.items():
        if code not in world.projects:
            continue
        path = f"/v1/projects/{world.project_id(code)}"
        document = await world.platform.get(world.team.lead, f"{path}/file", format="json")
        document["community_credit"] = rule | {"activity": ACTIVITY}
        asked = {"network": NETWORK, "reason": "Discussions are part of the work."}
        made = await world.platform.ask(world.team.lead, "POST", "/v1/network-proposals", document, **asked)
        assert made.status_code == 201, made.text
        decision = f"/v1/network-proposals/{made.json()['id']}/decision"
        approved = {"outcome": "approved", "reason": "Compared with what was agreed."}
        refused = await world.platform.refused(world.team.lead, decision, approved)
        assert refused == "second-network-lead-needed"
        await world.platform.post(world.team.second, decision, approved)


async def take_part(world: World, hub: SimulatedHub) -> None:
    """Everything that this is about, for the groups of a hub that run."""
    for group in running(hub):
        if group.code in CREDITED:
            await _discuss(world, hub, group)
        if group.code == SENDS:
            await _send(world, hub, group)


async def _discuss(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    path = f"/v1/group-spaces/{group.id}"
    opening = {"title": "What has worked", "text": "What did you try after our session?"}
    topic = await world.platform.post(hub.lead, f"{path}/topics", opening)
    world.note("topic", group, hub, subject=topic["id"])
    posts: dict[str, list[str]] = {}
    for person in list(group.people.values())[:WRITERS]:
        for _ in range(hub.chance.randint(1, 2)):
            body = {"text": "Cards in place of numbers; the slowest table was the first to see it."}
            post = await world.platform.post(person, f"{path}/topics/{topic['id']}/posts", body)
            world.note("posted", group, hub, subject=person.id, value=post["id"])
            posts.setdefault(str(person.id), []).append(post["id"])
    for person_id, written in posts.items():
        await _credit(world, hub, group, person_id, written)


async def _credit(world: World, hub: SimulatedHub, group: SimulatedGroup, person_id: str, posts: list[str]) -> None:
    """One of somebody's posts is confirmed; one turns out to be abuse, or not to be; another one is confirmed then."""
    is_by_hand = CREDITED[group.code]["accepted_by"] == "confirmation"
    if is_by_hand and hub.happens(CONFIRMED):
        await _confirm(world, hub, group, person_id, posts[0])
    if not hub.happens(ABUSIVE):
        return
    await _moderate(world, hub, group, posts[0], "hide", is_abusive=True)
    if hub.happens(RESTORED):
        await _moderate(world, hub, group, posts[0], "restore")
    elif is_by_hand and len(posts) > 1:
        await _confirm(world, hub, group, person_id, posts[1])


async def _confirm(world: World, hub: SimulatedHub, group: SimulatedGroup, person_id: str, post: str) -> None:
    path = f"/v1/group-spaces/{group.id}/posts/{post}/contribution"
    for _ in range(2):  # a repeat changes nothing
        await world.platform.post(hub.lead, path, None)
    world.note("confirmed", group, hub, subject=person_id, value=post)


async def _moderate(
    world: World, hub: SimulatedHub, group: SimulatedGroup, post: str, action: str, **more: object
) -> None:
    body = REASON | {"action": action, **more}
    await world.platform.post(hub.deputy, f"/v1/group-spaces/{group.id}/posts/{post}/moderation", body)
    world.note("post hidden" if action == "hide" else "post restored", group, hub, value=post)


async def _send(world: World, hub: SimulatedHub, group: SimulatedGroup) -> None:
    """To each workshop five delegates at most; some change before it, and somebody says who was there."""
    people = list(dict.fromkeys(str(one.id) for one in (*group.leads, *group.people.values())))
    expected = (await world.platform.get(hub.lead, f"{group.path}/delegates"))["activities"]
    [occasions] = [one["occasions"] for one in expected if one["activity"] == WORKSHOPS]
    for occasion in occasions:
        if len(people) > MOST:
            full = await _name(world, hub.lead, group, occasion, dict.fromkeys(people[: MOST + 1]))
            assert (full.status_code, full.json()["code"]) == (409, "group-full"), full.text
        sent = hub.chance.sample(people, min(MOST, len(people)))
        if hub.happens(CHANGED):
            await _name(world, hub.lead, group, occasion, dict.fromkeys(sent))
            sent = sent[1:]
        marks: dict[str, str | None] = {one: hub.chance.choice(("present", "present", "absent", None)) for one in sent}
        named = await _name(world, hub.deputy, group, occasion, marks)
        assert named.status_code == 200, named.text
        for one, mark in marks.items():
            world.note("delegate", group, hub, subject=one, value=f"{occasion}|{mark or ''}")


async def _name(
    world: World, caller: Principal, group: SimulatedGroup, occasion: str, marks: dict[str, str | None]
) -> Any:
    delegates = [{"person_id": one, "presence": mark} for one, mark in marks.items()]
    body = {"activity": WORKSHOPS, "occasion": occasion, "delegates": delegates}
    return await world.platform.ask(caller, "PUT", f"{group.path}/delegates", body)
