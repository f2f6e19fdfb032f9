"""`GET /v1/hubs/lookup`: coverage first, distance second, and a reason either way."""

from typing import Any

import pytest
from sqlalchemy import func, select

from builders import anonymous
from chassis import clock
from harness import ServiceHarness
from hubs.areas.models import District, PostcodeSector
from hubs.directory.queries import hub_of_postcode


async def lookup(reference: ServiceHarness, **place: str) -> tuple[int, Any]:
    client = await reference.client(anonymous())
    response = await client.get("/v1/hubs/lookup", params=place)
    return response.status_code, response.json()


@pytest.mark.parametrize(
    ("postcode", "district", "covering", "nearest"),
    [
        ("PL4 8AA", "Plymouth", "cornwall-plymouth", "devon"),
        ("OX1 2JD", "Oxford", "oxfordshire-and-buckinghamshire", "west-berkshire-and-hampshire"),
        ("BL1 6JT", "Bolton", "greater-manchester", "lancashire"),
    ],
)
async def test_the_covering_hub_wins_over_a_nearer_one(
    reference: ServiceHarness, postcode: str, district: str, covering: str, nearest: str
) -> None:
    status, found = await lookup(reference, postcode=postcode)
    assert status == 200
    assert (found["district"]["name"], found["hub"]["slug"], found["basis"]) == (district, covering, "coverage")
    assert found["alternatives"][0]["hub"]["slug"] == nearest
    assert found["alternatives"][0]["km"] < found["km"]
    assert "not an official map" in found["explanation"]


async def test_in_seventy_districts_the_nearest_hub_is_not_the_covering_one(reference: ServiceHarness) -> None:
    """By the middle of a sector of each district: real places, all of England."""
    async with reference.session() as session:
        sectors = select(func.min(PostcodeSector.sector)).where(PostcodeSector.district_share > 0.99)
        chosen = list(await session.scalars(sectors.group_by(PostcodeSector.district_code)))
        districts = await session.scalar(select(func.count()).select_from(District).where(District.is_current))
        assert len(chosen) > 0.97 * (districts or 0)
        connection = await session.connection()
        found = [(await hub_of_postcode(connection, f"{one}AA", clock.today()))[1] for one in chosen]
    assert {one.basis for one in found} == {"coverage"}
    elsewhere = [one for one in found if one.alternatives[0].km < one.nearest.km]
    assert len(elsewhere) > 60
    assert all(len(one.alternatives) == 3 for one in found)


async def test_leeds_is_served_by_the_hub_that_names_it(reference: ServiceHarness) -> None:
    _, found = await lookup(reference, postcode="LS1 1UR")
    assert (found["hub"]["slug"], found["basis"]) == ("north-yorkshire-leeds-and-wakefield", "coverage")


@pytest.mark.parametrize(
    ("asked", "normal", "precision"),
    [
        (" ol66nx ", "OL6 6NX", "sector"),
        ("OL6 6", "OL6 6", "sector"),
        ("OL6", "OL6", "outcode"),
        ("OL6 9ZZ", "OL6 9ZZ", "sector"),
        ("OL6 1AA", "OL6 1AA", "outcode"),
    ],
)
async def test_a_postcode_may_be_whole_a_sector_or_an_outcode(
    reference: ServiceHarness, asked: str, normal: str, precision: str
) -> None:
    _, found = await lookup(reference, postcode=asked)
    assert (found["postcode"], found["precision"]) == (normal, precision)
    assert found["hub"]["slug"] == "greater-manchester"
    assert found["district"] == {"code": "E08000008", "name": "Tameside", "vintage": "2025"}
    is_whole = len(normal) > len("OL6 6")
    assert (found["basis"], found["is_fallback"]) == (("coverage", True) if is_whole else ("nearest", False))
    assert ("is on no list we hold" in found["explanation"]) == is_whole


@pytest.mark.parametrize(("postcode", "nearest"), [("PL4 8", "devon"), ("OX1", "west-berkshire-and-hampshire")])
async def test_part_of_a_postcode_says_only_how_far_hubs_are(
    reference: ServiceHarness, postcode: str, nearest: str
) -> None:
    _, found = await lookup(reference, postcode=postcode)
    assert (found["hub"]["slug"], found["basis"], found["coverage_basis"]) == (nearest, "nearest", None)
    assert all(found["km"] <= other["km"] for other in found["alternatives"])
    assert "send all of it" in found["explanation"]


async def test_a_day_before_any_coverage_is_answered_by_distance(reference: ServiceHarness) -> None:
    _, found = await lookup(reference, postcode="PL4 8AA", on="2019-01-01")
    assert (found["hub"]["slug"], found["basis"], found["on"]) == ("devon", "nearest", "2019-01-01")
    assert "on 2019-01-01" in found["explanation"]


async def test_an_area_that_straddles_districts_is_said_to(reference: ServiceHarness) -> None:
    _, found = await lookup(reference, postcode="SK14")
    assert found["precision"] == "outcode"
    assert "(85% of its postcodes)" in found["explanation"]
    assert "ask by its URN" in found["explanation"]


@pytest.mark.parametrize(
    ("place", "status", "code"),
    [
        ({"postcode": "CF10 3NQ"}, 422, "outside-england"),
        ({"postcode": "EH1 1YZ"}, 422, "outside-england"),
        ({"postcode": "BT1 5GS"}, 422, "outside-england"),
        ({"urn": "900009"}, 422, "outside-england"),
        ({"postcode": "QQ1 1AA"}, 404, "postcode-unknown"),
        ({"postcode": "12345"}, 422, "postcode-malformed"),
        ({"postcode": ""}, 422, "postcode-malformed"),
        ({"urn": "999999"}, 404, "school-not-found"),
        ({}, 400, "lookup-needs-one-parameter"),
        ({"postcode": "OL6 6NX", "urn": "900001"}, 400, "lookup-needs-one-parameter"),
    ],
)
async def test_what_cannot_be_answered_says_why(
    reference: ServiceHarness, place: dict[str, str], status: int, code: str
) -> None:
    answered, problem = await lookup(reference, **place)
    assert (answered, problem["code"]) == (status, code)


async def test_another_nation_is_named(reference: ServiceHarness) -> None:
    _, problem = await lookup(reference, postcode="BT1 5GS")
    assert problem["country"] == "Northern Ireland"


async def test_a_misspelt_parameter_is_named(reference: ServiceHarness) -> None:
    status, problem = await lookup(reference, postcod="OL6 6NX")
    assert status == 422
    assert problem["errors"][0]["pointer"] == "postcod"


@pytest.mark.parametrize(
    ("urn", "district", "hub", "basis"),
    [
        ("900001", "Kirklees", "west-yorkshire", "coverage"),
        ("900011", "Plymouth", "cornwall-plymouth", "coverage"),
        ("900012", "Oxford", "oxfordshire-and-buckinghamshire", "coverage"),
        ("900003", "Tameside", "greater-manchester", "coverage"),
    ],
)
async def test_a_school_is_looked_up_by_its_registered_district(
    reference: ServiceHarness, urn: str, district: str, hub: str, basis: str
) -> None:
    _, found = await lookup(reference, urn=urn)
    assert (found["urn"], found["district"]["name"], found["precision"]) == (urn, district, "school")
    assert (found["hub"]["slug"], found["basis"]) == (hub, basis)


async def test_an_older_district_code_resolves_through_its_successor(reference: ServiceHarness) -> None:
    _, found = await lookup(reference, urn="900010")
    assert (found["district"]["name"], found["basis"]) == ("Cumberland", "coverage")


async def test_a_school_without_a_district_gets_the_nearest_hub(reference: ServiceHarness) -> None:
    _, found = await lookup(reference, urn="900008")
    assert (found["district"], found["basis"]) == (None, "nearest")
    assert found["hub"]["kind"] == "computing_hub"
    assert all(found["km"] <= other["km"] for other in found["alternatives"])


async def test_every_current_district_is_covered_by_an_open_hub(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    hubs = (await client.get("/v1/hubs", params={"limit": 100})).json()["data"]
    assert sum(hub["kind"] == "computing_hub" for hub in hubs) == 34
    assert sum(hub["kind"] == "satellite" for hub in hubs) == 3
