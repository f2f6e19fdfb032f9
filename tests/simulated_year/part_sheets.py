"""Sheets of discussions, delegates and organisations: from the journal alone, and as the platform says them."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from simulated_year.records import Line
from simulated_year.sheets import Cells, Sheets
from simulated_year.taking_part import CREDITED, SENDS
from simulated_year.world import SimulatedGroup, SimulatedHub, World

POSTS_ENOUGH = {"19-05": 2}
"""Where so many posts of somebody are a contribution; elsewhere one is confirmed."""
OF_ORGANISATIONS = "19-25"
KINDS = frozenset({"topic", "posted", "confirmed", "post hidden", "post restored", "delegate", "organisation in"})
"""Lines of the journal that these sheets alone are of."""


def sheets_of_parts(lines: Iterable[Line]) -> Sheets:
    """Every total, line by line."""
    by_group: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_group[line.group].append(line)
    kinds = {name: {line.kind for line in own} for name, own in by_group.items()}
    return {
        "spaces": {name: _space(own) for name, own in by_group.items() if "topic" in kinds[name]},
        "delegates": {name: _delegates(own) for name, own in by_group.items() if "delegate" in kinds[name]},
        "organisations": {
            name: _organisations(own) for name, own in by_group.items() if "organisation in" in kinds[name]
        },
    }


def _space(lines: list[Line]) -> Cells:
    """A contribution counts while what it rests on is no abuse; another post takes the place of one that was."""
    hidden: set[str] = set()
    posts: dict[str, list[str]] = defaultdict(list)
    rests_on: dict[str, str] = {}
    for line in lines:
        match line.kind:
            case "posted":
                posts[line.subject].append(line.value)
            case "post hidden":
                hidden.add(line.value)
            case "post restored":
                hidden.discard(line.value)
            case "confirmed" if rests_on.get(line.subject) in (None, *hidden):
                rests_on[line.subject] = line.value
    counting = sum(post not in hidden for post in rests_on.values())
    accepted = len(rests_on)
    if enough := POSTS_ENOUGH.get(lines[0].code):
        accepted = sum(len(own) >= enough for own in posts.values())
        counting = sum(len(set(own) - hidden) >= enough for own in posts.values())
    topics = sum(line.kind == "topic" for line in lines)
    written = topics + sum(len(own) for own in posts.values())
    return {"topics": topics, "posts": written, "hidden": len(hidden), "accepted": accepted, "counting": counting}


def _delegates(lines: list[Line]) -> Cells:
    marks = Counter(line.value.rpartition("|")[2] for line in lines if line.kind == "delegate")
    return {"sent": marks.total(), "present": marks["present"], "absent": marks["absent"]}


def _organisations(lines: list[Line]) -> Cells:
    counts = Counter(line.kind for line in lines)
    return {"organisations": counts["organisation in"], "people": counts["person in"] - counts["person out"]}


async def read_parts(world: World) -> Sheets:
    """The same from the platform."""
    found: Sheets = {"spaces": {}, "delegates": {}, "organisations": {}}
    for hub in world.hubs:
        for group in hub.groups:
            for name, cells in (await _parts(world, hub, group)).items():
                found[name][group.id] = cells
    return found


async def _parts(world: World, hub: SimulatedHub, group: SimulatedGroup) -> dict[str, Cells]:
    rows = world.platform.every
    topics = await rows(hub.lead, f"/v1/group-spaces/{group.id}/topics") if group.code in CREDITED else []
    found: dict[str, Cells] = {}
    if topics:
        path = f"/v1/group-spaces/{group.id}"
        posts = [post for one in topics for post in await rows(hub.lead, f"{path}/topics/{one['id']}/posts")]
        accepted = await rows(hub.lead, f"{path}/contributions")
        found["spaces"] = {
            "topics": len(topics),
            "posts": len(posts),
            "hidden": sum(one["status"] == "hidden" for one in posts),
            "accepted": len(accepted),
            "counting": sum(one["counts"] for one in accepted),
        }
    if group.code == SENDS:
        marks = [one["presence"] for one in (await world.platform.get(hub.lead, f"{group.path}/delegates"))["data"]]
        if marks:
            present, absent = marks.count("present"), marks.count("absent")
            found["delegates"] = {"sent": len(marks), "present": present, "absent": absent}
    if group.code == OF_ORGANISATIONS:
        inside = (await world.platform.get(world.team.evaluator, f"{group.path}/organisations"))["data"]
        people = sum(one["participants"] for one in inside)
        found["organisations"] = {"organisations": len(inside), "people": people}
    return found
