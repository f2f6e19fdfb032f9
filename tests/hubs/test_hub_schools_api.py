"""Schools of a hub with their days, and whom the hub works with: corrected, ended, taken away, told of."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from builders import anonymous, staff
from chassis.tables import audit_entry
from contracts.hubs import SchoolMembershipChanged
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.seeds import hub_id
from worlds import StartService

HERE, THERE = hub_id("greater-manchester"), hub_id("cheshire")
PATH = f"/v1/hubs/{HERE}"


@pytest.fixture
async def directory(start_service: StartService) -> ServiceHarness:
    """The hubs of 2023 and the synthetic schools."""
    return await start_service(SERVICE, loaded=["areas", "hubs", "schools"])


async def lead(directory: ServiceHarness, hub: object = HERE) -> httpx.AsyncClient:
    return await directory.client(staff("hub_lead", organisation_id=hub))  # type: ignore[arg-type]  # a UUID


async def keep(client: httpx.AsyncClient, days: str, urn: str = "900003", **more: str) -> httpx.Response:
    """A period written `2024-09-01/2025-08-31`, or with nothing after the stroke."""
    first, _, last = days.partition("/")
    body = {"joined_on": first, "left_on": last or None, **more}
    return await client.put(f"{PATH}/schools/{urn}", json=body)


def periods(reply: httpx.Response) -> list[str]:
    return [f"{one['joined_on']}/{one['left_on'] or ''}" for one in reply.json()["schools"]]


async def told(directory: ServiceHarness) -> list[tuple[str, str | None]]:
    last = (await directory.published(SchoolMembershipChanged))[-1]
    return [(str(one.joined_on), str(one.left_on) if one.left_on else None) for one in last.memberships]


async def test_a_school_leaves_and_comes_back(directory: ServiceHarness) -> None:
    client = await lead(directory)
    assert periods(await keep(client, "2023-09-01/")) == ["2023-09-01/"]
    assert periods(await keep(client, "2023-09-01/2024-08-31")) == ["2023-09-01/2024-08-31"]
    back = await keep(client, "2026-01-05/")
    assert periods(back) == ["2023-09-01/2024-08-31", "2026-01-05/"]
    assert await told(directory) == [("2023-09-01", "2024-08-31"), ("2026-01-05", None)]
    shown = await directory.client(anonymous())
    for on, expected in (("2024-08-31", 1), ("2024-09-01", 0), ("2026-11-22", 1)):
        assert len((await shown.get(f"{PATH}/network", params={"on": on})).json()["schools"]) == expected
    assert (await shown.get(f"{PATH}/network")).json() == back.json()


async def test_periods_of_a_school_at_one_hub_do_not_overlap(directory: ServiceHarness) -> None:
    client = await lead(directory)
    await keep(client, "2024-09-01/2025-08-31")
    for days in ("2025-08-31/", "2023-01-01/2024-09-01", "2023-01-01/", "2024-12-01/2025-01-01"):
        refused = await keep(client, days)
        assert (refused.status_code, refused.json()["code"]) == (409, "membership-overlaps"), days
    assert (await keep(client, "2025-09-01/2025-08-31")).status_code == 422
    assert (await keep(client, "2025-09-01/", urn="999999")).json()["code"] == "school-not-found"
    elsewhere = await lead(directory, THERE)
    both = await elsewhere.put(f"/v1/hubs/{THERE}/schools/900003", json={"joined_on": "2024-09-01"})
    assert both.status_code == 200
    assert len(await told(directory)) == 2


async def test_a_wrong_first_day_is_corrected_and_a_mistake_taken_away(directory: ServiceHarness) -> None:
    client = await lead(directory)
    await keep(client, "2024-09-01/2025-08-31")
    moved = await keep(client, "2024-10-01/2025-08-31", instead_of="2024-09-01")
    assert periods(moved) == ["2024-10-01/2025-08-31"]
    nothing = await keep(client, "2024-11-01/", instead_of="2024-09-01")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "membership-not-found")
    assert (await client.delete(f"{PATH}/schools/900003/periods/2024-10-01")).status_code == 204
    again = await client.delete(f"{PATH}/schools/900003/periods/2024-10-01")
    assert (again.status_code, again.json()["code"]) == (404, "membership-not-found")
    assert await told(directory) == []
    assert await audited(directory, "hub.school-dropped") == [
        {"joined_on": "2024-10-01", "left_on": "2025-08-31", "urn": "900003"}
    ]


async def test_a_link_is_corrected_ended_and_taken_away(directory: ServiceHarness) -> None:
    client = await lead(directory)
    link = {"kind": "lep", "name": "Greater Manchester LEP", "since_on": "2024-09-01"}
    first = (await client.put(f"{PATH}/links", json=link)).json()["links"]
    assert [(one["name"], one["website"], one["until_on"]) for one in first] == [(link["name"], None, None)]
    ended = await client.put(
        f"{PATH}/links", json=link | {"website": "https://x.example.org", "until_on": "2025-07-31"}
    )
    [shown] = ended.json()["links"]
    assert (shown["id"], shown["until_on"]) == (first[0]["id"], "2025-07-31")
    backwards = await client.put(f"{PATH}/links", json=link | {"until_on": "2024-08-31"})
    assert backwards.status_code == 422
    anybody = await directory.client(anonymous())
    assert (await anybody.get(f"{PATH}/network", params={"on": "2026-01-01"})).json()["links"] == []
    strangers = await (await lead(directory, THERE)).delete(f"{PATH}/links/{shown['id']}")
    assert (strangers.status_code, strangers.json()["code"]) == (404, "hub-not-found")
    assert (await client.delete(f"{PATH}/links/{shown['id']}")).status_code == 204
    assert (await client.delete(f"{PATH}/links/{shown['id']}")).json()["code"] == "link-not-found"
    [entry] = await audited(directory, "hub.link-dropped")
    assert (entry["name"], entry["website"], entry["until_on"]) == (link["name"], "https://x.example.org", "2025-07-31")


async def audited(directory: ServiceHarness, action: str) -> list[dict[str, Any]]:
    async with directory.session() as session:
        return list(await session.scalars(select(audit_entry.c.details).where(audit_entry.c.action == action)))
