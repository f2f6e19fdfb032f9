"""`/v1/schools`: the register."""

from builders import anonymous
from harness import ServiceHarness


async def test_a_school_shows_what_the_register_says_and_null_where_it_does_not(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    school = (await client.get("/v1/schools/900008")).json()
    assert (school["district_code"], school["offers_gcse_computer_science"]) == (None, None)
    assert school["name"].endswith("(synthetic)")
    disputed = (await client.get("/v1/schools/900015")).json()
    assert disputed["is_state_funded"] is None


async def test_an_unknown_or_misshapen_number_is_told_apart(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    assert (await client.get("/v1/schools/899999")).json()["code"] == "school-not-found"
    assert (await client.get("/v1/schools/12")).status_code == 422


async def test_schools_are_listed_by_district_and_phase(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    wanted = {"district": "E08000034", "phase": "primary"}
    schools = (await client.get("/v1/schools", params=wanted)).json()["data"]
    assert {(school["district_code"], school["phase"]) for school in schools} == {("E08000034", "primary")}
    assert schools[0]["urn"] == "900001"


async def test_a_search_takes_percent_signs_literally(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    assert (await client.get("/v1/schools", params={"q": "%%"})).json()["data"] == []
    assert (await client.get("/v1/schools", params={"q": "dale court"})).json()["data"]
