"""`/v1/hubs`: the list, one hub, and joining."""

import asyncio

from builders import a_teacher, anonymous, partner, staff
from chassis.ids import new_id
from contracts.hubs import HubJoined
from harness import ServiceHarness
from hubs.seeds import hub_id
from hubs_network import Network, a_hub


async def test_anybody_lists_hubs_by_region_and_kind(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    found = await client.get("/v1/hubs", params={"region": "North West", "kind": "computing_hub"})
    assert [hub["slug"] for hub in found.json()["data"]] == [
        "cheshire",
        "greater-manchester",
        "lancashire",
        "warrington-and-merseyside",
    ]
    assert found.headers["Cache-Control"] == "public, max-age=300"


async def test_pages_of_hubs_join_without_gap_or_repeat(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    slugs: list[str] = []
    page: dict[str, str] = {"limit": "10"}
    while True:
        body = (await client.get("/v1/hubs", params=page)).json()
        slugs += [hub["slug"] for hub in body["data"]]
        if not body["page"]["has_more"]:
            break
        page["cursor"] = body["page"]["next_cursor"]
    assert len(slugs) == len(set(slugs)) == 37 + 1


async def test_an_unknown_filter_is_refused_and_named(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    for path in ("/v1/hubs", "/v1/schools", "/v1/courses", "/v1/course-runs"):
        refused = await client.get(path, params={"sort": "name"})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "sort")


async def test_a_hub_is_found_by_its_id(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    found = (await client.get(f"/v1/hubs/{hub_id('greater-manchester')}")).json()
    assert (found["lead_school"], found["email"]) == ("Tameside College", "greater-manchester@hubs.example.org")
    missing = await client.get(f"/v1/hubs/{new_id()}")
    assert (missing.status_code, missing.json()["code"]) == (404, "hub-not-found")


async def test_joining_twice_gives_one_membership_and_one_event(network: Network) -> None:
    teacher = a_teacher()
    client = await network.service.client(teacher)
    first = await client.post(f"/v1/hubs/{network.hub_id}/members")
    again = await client.post(f"/v1/hubs/{network.hub_id}/members")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    [joined] = await network.service.published(HubJoined)
    assert (joined.teacher_id, joined.hub_id) == (teacher.id, network.hub_id)


async def test_joining_many_times_at_once_gives_one_membership(network: Network) -> None:
    client = await network.service.client(a_teacher())
    answers = await asyncio.gather(*(client.post(f"/v1/hubs/{network.hub_id}/members") for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert len(await network.service.published(HubJoined)) == 1


async def test_a_closed_or_unknown_hub_takes_no_members(network: Network) -> None:
    closed = new_id()
    async with network.service.session() as session:
        session.add(a_hub(closed, "closed", is_open=False))
    client = await network.service.client(a_teacher())
    assert (await client.post(f"/v1/hubs/{closed}/members")).json()["code"] == "hub-closed"
    assert (await client.post(f"/v1/hubs/{new_id()}/members")).json()["code"] == "hub-not-found"


async def test_only_teachers_join(network: Network) -> None:
    path = f"/v1/hubs/{network.hub_id}/members"
    for caller, status in ((anonymous(), 401), (partner("completions:write"), 403), (staff("moderator"), 403)):
        assert (await (await network.service.client(caller)).post(path)).status_code == status
    assert (await (await network.service.client(None)).post(path)).status_code == 401
