"""Keeping the directory: applications, the steps of a hub's life, facts, and what other programs read."""

import asyncio
import csv
import io
from typing import Any

import httpx
import pytest

from builders import a_fresh_key, a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import HubChanged
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.directory.exports import as_csv
from hubs.directory.life_cycle import STEPS, steps_from
from hubs.directory.models import Hub
from hubs.seeds import hub_id
from hubs_network import Network
from worlds import StartService

TODAY = str(clock.today())
GREATER_MANCHESTER = hub_id("greater-manchester")


@pytest.fixture
async def directory(start_service: StartService) -> ServiceHarness:
    """The hubs of 2023."""
    return await start_service(SERVICE, loaded=["areas", "hubs"])


async def apply(directory: ServiceHarness, by: Principal, **facts: Any) -> httpx.Response:
    known = {
        "slug": "peak",
        "name": "Peak",
        "kind": "stem_skills_hub",
        "region": "East Midlands",
        "postcode": "sk17 6bd",
        "email": "peak@hubs.example.org",
        "reason": "Nine schools that meet already.",
    }
    client = await directory.client(by, **a_fresh_key())
    return await client.post("/v1/hubs", json=known | facts)


async def take(directory: ServiceHarness, by: Principal, hub: object, to: str, on: str = TODAY) -> httpx.Response:
    client = await directory.client(by)
    return await client.post(f"/v1/hubs/{hub}/life-cycle", json={"to": to, "on": on, "reason": "Looked at it."})


async def edit(
    directory: ServiceHarness, by: Principal, hub: object, facts: dict[str, Any], version: int | None = 1
) -> httpx.Response:
    client = await directory.client(by, **({} if version is None else {"If-Match": f'"{version}"'}))
    return await client.patch(f"/v1/hubs/{hub}", json=facts)


async def told(directory: ServiceHarness, hub: object) -> list[tuple[object, ...]]:
    events = await directory.published(HubChanged)
    return [(event.stage, event.is_open) for event in events if str(event.hub_id) == str(hub)]


async def test_a_hub_is_applied_for_assessed_designated_reviewed_and_closed(directory: ServiceHarness) -> None:
    ada, ben = staff("administrator"), staff("administrator")
    hub = (await apply(directory, ada)).json()
    assert (hub["stage"], hub["is_open"], hub["postcode"]) == ("applied", False, "SK17 6BD")
    assert (await take(directory, ada, hub["id"], "assessed")).status_code == 201
    alone = await take(directory, ada, hub["id"], "designated")
    assert (alone.status_code, alone.json()["code"]) == (403, "another-person-needed")
    assert await told(directory, hub["id"]) == []
    for by, to in ((ben, "designated"), (ben, "reviewed"), (ada, "designated"), (ada, "closed")):
        assert (await take(directory, by, hub["id"], to)).json()["stage"] == to
    expected = [("designated", True), ("reviewed", True), ("designated", True), ("closed", False)]
    assert await told(directory, hub["id"]) == expected
    life = (await (await directory.client(ada)).get(f"/v1/hubs/{hub['id']}/life-cycle")).json()
    assert [step["to_stage"] for step in life["steps"]] == [
        "applied", "assessed", "designated", "reviewed", "designated", "closed",
    ]  # fmt: skip
    assert life["may_follow"] == []


async def test_a_step_that_is_not_in_the_table_or_not_yet_is_refused(directory: ServiceHarness) -> None:
    ada = staff("administrator")
    hub = (await apply(directory, ada)).json()["id"]
    for to in ("applied", "designated", "reviewed"):
        refused = await take(directory, ada, hub, to)
        assert (refused.status_code, refused.json()["code"]) == (409, "step-not-possible")
        assert refused.json()["may_follow"] == ["assessed", "closed"]
    for on in ("2099-01-01", "2020-01-01"):
        early = await take(directory, ada, hub, "assessed", on)
        assert (early.status_code, early.json()["code"]) == (422, "step-date-wrong")


async def test_steps_at_once_are_one(directory: ServiceHarness) -> None:
    hub = (await apply(directory, staff("administrator"))).json()["id"]
    answers = await asyncio.gather(*(take(directory, staff("administrator"), hub, "assessed") for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5


async def test_an_application_is_the_administrators_alone(directory: ServiceHarness) -> None:
    hub = (await apply(directory, staff("administrator"))).json()["id"]
    for caller in (anonymous(), a_teacher(), staff("hub_lead", organisation_id=GREATER_MANCHESTER)):
        client = await directory.client(caller)
        assert (await client.get(f"/v1/hubs/{hub}")).status_code == 404
        assert (await client.get("/v1/hubs", params={"stage": "applied"})).json()["data"] == []
        assert hub not in (await client.get("/v1/hubs.geojson")).text
    assert (await (await directory.client(a_teacher())).post(f"/v1/hubs/{hub}/members")).status_code == 404
    keeper = await directory.client(staff("administrator"))
    listed = await keeper.get("/v1/hubs", params={"stage": "applied"})
    assert ([one["id"] for one in listed.json()["data"]], listed.headers["Cache-Control"]) == (
        [hub],
        "private, no-store",
    )
    assert (await keeper.get(f"/v1/hubs/{hub}")).status_code == 200


async def test_what_an_application_cannot_say(directory: ServiceHarness) -> None:
    ada = staff("administrator")
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"slug": "greater-manchester"}, 409, "hub-slug-taken"),
        ({"region": "Middle Earth"}, 422, "region-unknown"),
        ({"kind": "satellite"}, 422, "manager-wrong"),
        ({"managed_by_hub_id": str(GREATER_MANCHESTER)}, 422, "manager-wrong"),
        ({"kind": "satellite", "managed_by_hub_id": str(new_id())}, 422, "manager-wrong"),
        ({"postcode": "CF10 1AA"}, 422, "outside-england"),
    ]
    for facts, status, code in wrong:
        refused = await apply(directory, ada, **facts)
        assert (refused.status_code, refused.json()["code"]) == (status, code), facts
    satellite = await apply(directory, ada, kind="satellite", managed_by_hub_id=str(GREATER_MANCHESTER))
    assert satellite.json()["managed_by_hub_id"] == str(GREATER_MANCHESTER)


async def test_staff_edit_their_own_hubs_public_facts_from_the_version_they_read(directory: ServiceHarness) -> None:
    lead = staff("hub_lead", organisation_id=GREATER_MANCHESTER)
    client = await directory.client(lead)
    read = await client.get(f"/v1/hubs/{GREATER_MANCHESTER}")
    assert read.headers["ETag"] == '"1"'
    edited = await edit(
        directory, lead, GREATER_MANCHESTER, {"phone": "0161 496 0000", "website": "https://hub.example.org"}
    )
    assert (edited.status_code, edited.headers["ETag"], edited.json()["phone"]) == (200, '"2"', "0161 496 0000")
    stale = await edit(directory, lead, GREATER_MANCHESTER, {"phone": None})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    blind = await edit(directory, lead, GREATER_MANCHESTER, {"phone": None}, None)
    assert (blind.status_code, blind.json()["code"]) == (428, "if-match-missing")
    beyond = await edit(directory, lead, GREATER_MANCHESTER, {"name": "Ours"}, 2)
    assert (beyond.status_code, beyond.json()["code"]) == (403, "administrators-decide")
    renamed = await edit(directory, staff("administrator"), GREATER_MANCHESTER, {"name": "Ours"}, 2)
    assert renamed.json()["name"] == "Ours"
    await directory.seed("hubs")
    again = await client.get(f"/v1/hubs/{GREATER_MANCHESTER}", headers={"If-None-Match": '"3"'})
    assert again.status_code == 304
    assert len(await told(directory, GREATER_MANCHESTER)) == 3


async def test_another_hubs_staff_find_no_hub_to_edit(directory: ServiceHarness) -> None:
    stranger = staff("hub_lead", organisation_id=hub_id("cheshire"))
    absent = await edit(directory, stranger, new_id(), {"phone": None})
    hidden = await edit(directory, stranger, GREATER_MANCHESTER, {"phone": None})
    assert (hidden.status_code, hidden.json()["code"]) == (404, absent.json()["code"])
    client = await directory.client(stranger)
    assert (await client.get(f"/v1/hubs/{GREATER_MANCHESTER}/life-cycle")).status_code == 404


async def test_edits_at_once_of_one_version_are_one(directory: ServiceHarness) -> None:
    lead = staff("hub_lead", organisation_id=GREATER_MANCHESTER)
    edits = (edit(directory, lead, GREATER_MANCHESTER, {"phone": f"0161 496 000{number}"}) for number in range(6))
    assert sorted(answer.status_code for answer in await asyncio.gather(*edits)) == [200] + [412] * 5


async def test_other_programs_read_points_lines_and_linked_data(directory: ServiceHarness) -> None:
    client = await directory.client(anonymous())
    points = await client.get("/v1/hubs.geojson")
    assert points.headers["Content-Type"] == "application/geo+json"
    assert len(points.json()["features"]) == 37
    longitude, latitude = points.json()["features"][0]["geometry"]["coordinates"]
    assert (-6 < longitude < 2, 49 < latitude < 56) == (True, True)
    lines = await client.get("/v1/hubs.csv")
    assert len(list(csv.DictReader(io.StringIO(lines.text)))) == 37
    linked = await client.get(f"/v1/hubs/{GREATER_MANCHESTER}", headers={"Accept": "application/ld+json"})
    assert (linked.headers["Content-Type"], linked.headers["Vary"]) == ("application/ld+json", "Accept")
    assert (linked.json()["@type"], len(linked.json()["areaServed"])) == ("EducationalOrganization", 10)
    for path in ("/v1/hubs", "/v1/hubs.geojson", "/v1/hubs.csv"):
        first = await client.get(path)
        again = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


async def test_a_line_holds_no_formula(network: Network) -> None:
    async with network.service.session() as session:
        hub = await session.get_one(Hub, network.hub_id)
        hub.name = "=1+1"
        assert b"'=1+1" in as_csv([hub], {})  # type: ignore[list-item]  # a hub has a row's attributes


def test_every_way_ends_in_closed_and_two_people_designate() -> None:
    assert steps_from("closed") == []
    assert {before for before, after in STEPS if after == "closed"} == {"applied", "assessed", "designated", "reviewed"}
    assert all(step.two_people for (_, after), step in STEPS.items() if after == "designated")
