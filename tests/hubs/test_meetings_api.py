"""Meetings of a hub's schools: planned, changed, held by recording which schools came, and seen by whom."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from builders import a_fresh_key, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs_network import Network
from worlds import StartService

TODAY = clock.today()
PLANNED = {"title": "Sharing the sensor sets", "meets_on": str(TODAY), "from_time": "16:00", "until_time": "17:30"}


@pytest.fixture
async def hubs(start_service: StartService) -> ServiceHarness:
    """The service with the districts and the synthetic schools."""
    return await start_service(SERVICE, loaded=["areas", "schools"])


@pytest.fixture
async def seeded(network: Network) -> Network:
    """The small network among them."""
    return network


async def plan(network: Network, by: Principal | None = None, **facts: Any) -> httpx.Response:
    client = await network.service.client(by or network.lead(), **a_fresh_key())
    return await client.post(f"/v1/hubs/{network.hub_id}/meetings", json=PLANNED | facts)


async def change(network: Network, meeting: str, version: int, **facts: Any) -> httpx.Response:
    client = await network.service.client(network.lead(), **{"If-Match": f'"{version}"'})
    return await client.patch(f"/v1/hubs/{network.hub_id}/meetings/{meeting}", json=facts)


async def record(network: Network, meeting: str, *urns: str) -> httpx.Response:
    client = await network.service.client(network.lead())
    return await client.put(f"/v1/hubs/{network.hub_id}/meetings/{meeting}/schools", json={"urns": list(urns)})


async def test_schools_that_came_are_recorded_members_and_guests(seeded: Network) -> None:
    lead = await seeded.service.client(seeded.lead())
    await lead.put(f"/v1/hubs/{seeded.hub_id}/schools/900001", json={"joined_on": "2024-09-01"})
    left = {"joined_on": "2024-09-01", "left_on": str(TODAY - timedelta(days=1))}
    await lead.put(f"/v1/hubs/{seeded.hub_id}/schools/900002", json=left)
    planned = (await plan(seeded)).json()
    assert (planned["status"], planned["schools_attended"], planned["from_time"]) == ("planned", 0, "16:00")
    held = (await record(seeded, planned["id"], "900002", "900001", "900001")).json()
    assert (held["status"], held["schools_attended"]) == ("held", 2)
    came = sorted((one["urn"], one["is_member"]) for one in held["schools"])
    assert came == [("900001", True), ("900002", False)]
    corrected = (await record(seeded, planned["id"], "900001")).json()
    assert (corrected["schools_attended"], corrected["status"]) == (1, "held")


async def test_anybody_sees_when_schools_meet_and_the_staff_who_came(seeded: Network) -> None:
    planned = (await plan(seeded, minutes_link="https://hub.example.org/minutes")).json()
    await record(seeded, planned["id"], "900001")
    path = f"/v1/hubs/{seeded.hub_id}/meetings"
    for caller, sees in (
        (anonymous(), False),
        (staff("hub_lead", organisation_id=seeded.other_hub_id), False),
        (seeded.lead(), True),
        (staff("administrator"), True),
    ):
        client = await seeded.service.client(caller)
        [one] = (await client.get(path)).json()["data"]
        assert (one["title"], one["schools_attended"]) == (PLANNED["title"], 1)
        assert (one["minutes_link"] is not None, one["schools"] is not None) == (sees, sees)
        assert (await client.get(f"{path}/{planned['id']}")).json() == one
        assert (await client.get(f"{path}/{new_id()}")).json()["code"] == "meeting-not-found"
    later = {"from_on": str(TODAY + timedelta(days=1))}
    assert (await client.get(path, params=later)).json()["data"] == []


async def test_a_meeting_is_changed_from_the_version_that_was_read_and_cancelled(seeded: Network) -> None:
    meeting = (await plan(seeded)).json()["id"]
    moved = await change(seeded, meeting, 1, meets_on=str(TODAY + timedelta(days=9)), place="Library")
    assert (moved.json()["place"], moved.headers["ETag"]) == ("Library", '"2"')
    assert (await change(seeded, meeting, 1, place="Hall")).json()["code"] == "stale-version"
    assert (await record(seeded, meeting, "900001")).json()["code"] == "meeting-not-yet"
    assert (await change(seeded, meeting, 2, status="cancelled")).json()["status"] == "cancelled"
    for refused in (await change(seeded, meeting, 3, place="Hall"), await record(seeded, meeting, "900001")):
        assert (refused.status_code, refused.json()["code"]) == (409, "meeting-cancelled-or-held")


async def test_what_a_meeting_cannot_be(seeded: Network) -> None:
    for times in ({"from_time": "17:30"}, {"from_time": None}, {"from_time": "18:00"}):
        refused = await plan(seeded, **times)
        assert (refused.status_code, refused.json()["code"]) == (422, "meeting-times-wrong")
    assert (await plan(seeded, from_time="24:00")).status_code == 422
    assert (await plan(seeded, until_time=None)).status_code == 201
    meeting = (await plan(seeded)).json()["id"]
    unknown = await record(seeded, meeting, "900001", "999999")
    assert (unknown.json()["code"], unknown.json()["urns"]) == ("schools-unknown", ["999999"])
    await record(seeded, meeting, "900001")
    assert (await change(seeded, meeting, 2, status="cancelled")).json()["code"] == "meeting-cancelled-or-held"
    held = await change(seeded, meeting, 2, minutes_link="https://hub.example.org/minutes")
    assert held.json()["minutes_link"] == "https://hub.example.org/minutes"


async def test_another_hubs_staff_find_nothing_to_change(seeded: Network) -> None:
    stranger = staff("hub_lead", organisation_id=seeded.other_hub_id)
    assert (await plan(seeded, by=stranger)).json()["code"] == "hub-not-found"
    meeting = (await plan(seeded)).json()["id"]
    client = await seeded.service.client(stranger, **{"If-Match": '"1"'})
    mine = f"/v1/hubs/{seeded.other_hub_id}/meetings/{meeting}"
    assert (await client.patch(mine, json={"place": "Hall"})).json()["code"] == "meeting-not-found"
