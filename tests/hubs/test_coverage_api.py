"""Which hub covers a district from which day to which: begun, ended, handed over, told of, and what lookups say."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from builders import a_fresh_key, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import CoverageChanged
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.seeds import hub_id
from worlds import StartService

TODAY = clock.today()
TOMORROW = TODAY + timedelta(days=1)
OXFORD, OXFORD_POSTCODE = "E07000178", "OX1 2JD"
COVERING, NEAREST = hub_id("oxfordshire-and-buckinghamshire"), hub_id("west-berkshire-and-hampshire")
WHY = "Agreed by both hubs."


@pytest.fixture
async def directory(start_service: StartService) -> ServiceHarness:
    """The hubs of 2023 and their districts."""
    return await start_service(SERVICE, loaded=["areas", "hubs"])


async def post(directory: ServiceHarness, path: str, by: Principal | None = None, **body: Any) -> httpx.Response:
    client = await directory.client(by or staff("administrator"), **a_fresh_key())
    return await client.post(f"/v1/hubs/{path}", json={"reason": WHY, **body})


async def get(directory: ServiceHarness, path: str, **query: object) -> Any:
    client = await directory.client(anonymous())
    return (await client.get(f"/v1/hubs/{path}", params={name: str(value) for name, value in query.items()})).json()


async def period_of(directory: ServiceHarness, hub: UUID = COVERING, district: str = OXFORD) -> dict[str, Any]:
    found = (await get(directory, f"{hub}/coverage"))["coverage"]
    return next(one for one in found if one["district_code"] == district)


async def looked_up(directory: ServiceHarness, on: date) -> tuple[str, str, str]:
    found = await get(directory, "lookup", postcode=OXFORD_POSTCODE, on=on)
    return found["hub"]["slug"], found["basis"], found["on"]


async def test_a_district_is_handed_over_on_a_day_in_one_step(directory: ServiceHarness) -> None:
    period = await period_of(directory)
    assert (period["district_name"], period["basis"], period["valid_to"]) == ("Oxford", "county_named_by_hub", None)
    given = await post(
        directory, f"{COVERING}/coverage/{period['id']}/hand-over", to_hub_id=str(NEAREST), on=str(TOMORROW)
    )
    assert (given.status_code, given.json()["hub_id"], given.json()["basis"]) == (201, str(NEAREST), "decided")
    assert (await period_of(directory))["valid_to"] == str(TODAY)
    assert await looked_up(directory, TODAY) == ("oxfordshire-and-buckinghamshire", "coverage", str(TODAY))
    assert await looked_up(directory, TOMORROW) == ("west-berkshire-and-hampshire", "coverage", str(TOMORROW))
    on_both = [len((await get(directory, f"{NEAREST}/coverage", on=on))["coverage"]) for on in (TODAY, TOMORROW)]
    assert on_both[1] == on_both[0] + 1
    last = (await directory.published(CoverageChanged))[-1]
    assert last.district_code == OXFORD
    assert [(one.hub_id, one.valid_from_on, one.valid_to_on) for one in last.coverage] == [
        (COVERING, date(2023, 1, 1), TODAY),
        (NEAREST, TOMORROW, None),
    ]
    explained = (await get(directory, "lookup", postcode=OXFORD_POSTCODE, on=TOMORROW))["explanation"]
    assert "an administrator recorded it" in explained


async def test_hand_overs_at_once_are_one(directory: ServiceHarness) -> None:
    path = f"{COVERING}/coverage/{(await period_of(directory))['id']}/hand-over"
    answers = await asyncio.gather(
        *(post(directory, path, to_hub_id=str(NEAREST), on=str(TODAY + timedelta(days=5))) for _ in range(6))
    )
    assert sorted(one.status_code for one in answers) == [201] + [422] * 5
    assert len([one for one in await directory.published(CoverageChanged) if one.district_code == OXFORD]) == 2


async def test_a_hand_over_is_within_the_days_and_to_a_hub_that_covers(directory: ServiceHarness) -> None:
    period = await period_of(directory)
    path = f"{COVERING}/coverage/{period['id']}/hand-over"
    hubs = (await get(directory, "../hubs", limit=100))["data"]
    satellite = next(one["id"] for one in hubs if one["kind"] == "satellite")
    refusals: list[tuple[str, dict[str, Any], int, str]] = [
        (path, {"to_hub_id": str(NEAREST), "on": period["valid_from"]}, 422, "coverage-day-wrong"),
        (path, {"to_hub_id": satellite, "on": str(TODAY)}, 409, "hub-covers-nothing"),
        (path, {"to_hub_id": str(new_id()), "on": str(TODAY)}, 409, "hub-covers-nothing"),
        (path.replace(period["id"], str(new_id())), {"to_hub_id": str(NEAREST), "on": str(TODAY)}, 404,
         "coverage-not-found"),
        (path.replace(str(COVERING), str(NEAREST)), {"to_hub_id": str(NEAREST), "on": str(TODAY)}, 404,
         "coverage-not-found"),
        (path.replace(str(COVERING), str(new_id())), {"to_hub_id": str(NEAREST), "on": str(TODAY)}, 404,
         "hub-not-found"),
    ]  # fmt: skip
    for where, body, status, code in refusals:
        refused = await post(directory, where, **body)
        assert (refused.status_code, refused.json()["code"]) == (status, code), body
    ended = await post(directory, f"{COVERING}/coverage/{period['id']}/end", on=str(TODAY))
    assert ended.json()["valid_to"] == str(TODAY)
    late = await post(directory, path, to_hub_id=str(NEAREST), on=str(TOMORROW))
    assert late.json()["code"] == "coverage-day-wrong"


async def test_days_of_a_district_never_overlap(directory: ServiceHarness) -> None:
    taken = await post(directory, f"{NEAREST}/coverage", district_code=OXFORD, valid_from="2030-01-01")
    assert (taken.status_code, taken.json()["code"]) == (409, "coverage-overlaps")
    assert taken.json()["coverage"][0]["hub_id"] == str(COVERING)
    before = await post(
        directory, f"{NEAREST}/coverage", district_code=OXFORD, valid_from="2020-01-01", valid_to="2022-12-31"
    )
    assert before.status_code == 201
    assert await looked_up(directory, date(2022, 12, 31)) == ("west-berkshire-and-hampshire", "coverage", "2022-12-31")
    period = await period_of(directory)
    await post(directory, f"{COVERING}/coverage/{period['id']}/end", on="2027-08-31")
    after = await post(directory, f"{NEAREST}/coverage", district_code=OXFORD, valid_from="2027-09-01")
    assert after.status_code == 201
    longer = await post(directory, f"{COVERING}/coverage/{period['id']}/end", on="2027-09-01")
    assert longer.json()["code"] == "coverage-overlaps"
    early = await post(directory, f"{COVERING}/coverage/{period['id']}/end", on="2022-12-31")
    assert early.json()["code"] == "coverage-day-wrong"


async def test_districts_that_are_no_longer_or_never_were_are_not_covered(directory: ServiceHarness) -> None:
    for code in ("E07000026", "E06000999"):  # Allerdale became Cumberland
        refused = await post(directory, f"{NEAREST}/coverage", district_code=code, valid_from="2027-01-01")
        assert (refused.status_code, refused.json()["code"]) == (422, "district-unknown")


async def test_only_what_has_not_begun_is_taken_back(directory: ServiceHarness) -> None:
    client = await directory.client(staff("administrator"))
    period = await period_of(directory)
    begun = await client.delete(f"/v1/hubs/{COVERING}/coverage/{period['id']}")
    assert (begun.status_code, begun.json()["code"]) == (409, "coverage-begun")
    await post(directory, f"{COVERING}/coverage/{period['id']}/end", on=str(TODAY))
    planned = await post(directory, f"{NEAREST}/coverage", district_code=OXFORD, valid_from=str(TOMORROW))
    assert (await client.delete(f"/v1/hubs/{NEAREST}/coverage/{planned.json()['id']}")).status_code == 204
    assert (await looked_up(directory, TOMORROW))[1] == "nearest"


async def test_a_hub_that_closes_covers_nothing_and_lookups_say_so(directory: ServiceHarness) -> None:
    closing = {"to": "closed", "on": str(TODAY), "reason": "The lead school gives it up."}
    client = await directory.client(staff("administrator"))
    assert (await client.post(f"/v1/hubs/{COVERING}/life-cycle", json=closing)).status_code == 201
    assert await looked_up(directory, TOMORROW) == ("west-berkshire-and-hampshire", "nearest", str(TOMORROW))
    found = await get(directory, "lookup", postcode=OXFORD_POSTCODE, on=TOMORROW)
    assert (found["coverage_basis"], found["alternatives"][0]["km"] >= found["km"]) == (None, True)
    assert "No hub is recorded as covering it" in found["explanation"]
    yesterday = await looked_up(directory, TODAY - timedelta(days=1))
    assert yesterday[:2] == ("oxfordshire-and-buckinghamshire", "coverage")
    bare = (await client.get("/v1/hubs/uncovered-districts", params={"on": str(TOMORROW)})).json()["districts"]
    assert OXFORD in [one["code"] for one in bare]
    assert (await client.get("/v1/hubs/uncovered-districts")).json()["on"] == str(TODAY)
    points = {one["id"]: one["properties"] for one in (await get(directory, "../hubs.geojson"))["features"]}
    assert points[str(COVERING)]["is_open"] is False
    linked = await client.get(f"/v1/hubs/{COVERING}", headers={"Accept": "application/ld+json"})
    assert linked.json()["dissolutionDate"] == str(TODAY)
    refused = await post(directory, f"{COVERING}/coverage", district_code=OXFORD, valid_from="2030-01-01")
    assert refused.json()["code"] == "hub-covers-nothing"


async def test_files_name_the_districts_of_the_day(directory: ServiceHarness) -> None:
    points = {one["id"]: one["properties"] for one in (await get(directory, "../hubs.geojson"))["features"]}
    assert "E08000008" in points[str(hub_id("greater-manchester"))]["district_codes"]
    client = await directory.client(anonymous())
    lines = (await client.get("/v1/hubs.csv")).text.splitlines()
    assert lines[0].endswith(",district_codes")
    assert any("E08000001;E08000002" in line for line in lines)


async def test_seeding_again_leaves_coverage_as_it_was_decided(directory: ServiceHarness) -> None:
    period = await period_of(directory)
    await post(directory, f"{COVERING}/coverage/{period['id']}/end", on=str(TODAY))
    told = len(await directory.published(CoverageChanged))
    await directory.seed("hubs")
    assert (await period_of(directory))["valid_to"] == str(TODAY)
    assert len(await directory.published(CoverageChanged)) == told


async def test_only_administrators_say_who_covers_what(directory: ServiceHarness) -> None:
    period = await period_of(directory)
    own = staff("hub_lead", organisation_id=COVERING)
    refused = await post(directory, f"{COVERING}/coverage/{period['id']}/end", by=own, on=str(TODAY))
    assert refused.status_code == 403
