"""Who waits in the first band: read on the day from the approved lists, whatever they name schools by."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from builders import a_fresh_key, a_teacher, anonymous, staff
from chassis import clock
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.bookings.models import PriorityScheme
from hubs.schools.models import School
from hubs_network import Network
from worlds import StartService

CATEGORIES = "achieving-excellence-areas"
NAMED = "priority-schools"


@pytest.fixture
async def hubs(start_service: StartService) -> ServiceHarness:
    """The service with the districts, the lists that come with the platform and the synthetic schools."""
    return await start_service(SERVICE, loaded=["areas", "area_lists", "schools"])


@pytest.fixture
async def country(network: Network) -> Network:
    """The small network among them."""
    return network


async def approved(hubs: ServiceHarness, scheme: str, key_type: str, *areas: Any, **facts: Any) -> None:
    """A version of a list, proposed by one administrator and approved by another."""
    body: dict[str, Any] = {
        "scheme": scheme,
        "title": "A list for a test",
        "key_type": key_type,
        "vintage": "2025",
        "valid_from": "2026-01-01",
        "completeness": "complete",
        "source": "A letter of the department",
        "areas": [{"area_code": code, "area_name": code, "categories": categories} for code, categories in areas],
    }
    proposed = await (await hubs.client(staff("administrator"), **a_fresh_key())).post(
        "/v1/area-lists", json=body | facts
    )
    assert proposed.status_code == 201, proposed.text
    decided = await (await hubs.client(staff("administrator"), **a_fresh_key())).post(
        f"/v1/area-lists/{proposed.json()['id']}/decision", json={"outcome": "approved", "reason": "Compared."}
    )
    assert decided.status_code == 200, decided.text


async def band_of(network: Network, urn: str) -> int:
    """The band in which a teacher of a school waits for a full run."""
    run_id = await network.run(capacity=1)
    await network.book(run_id)
    waiting = await network.book(run_id, a_teacher(urn), waiting_list=True)
    found: int = waiting.json()["band"]
    return found


@pytest.mark.parametrize(
    ("urn", "band"),
    [
        ("900001", 1),  # Kirklees, category 5
        ("900002", 1),  # Worthing, category 6
        ("900016", 1),  # Thanet, 5 or 6 and the source does not say which
        ("900010", 1),  # Allerdale by its code of 2018
        ("900004", 2),  # Leeds, which the partial list does not have
        ("900008", 2),  # no district in the register
        ("999999", 2),  # no such school
    ],
)
async def test_the_categories_that_come_with_the_platform_decide(country: Network, urn: str, band: int) -> None:
    assert await band_of(country, urn) == band


async def test_an_approved_list_counts_at_once_and_a_proposed_one_does_not(country: Network) -> None:
    await approved(country.service, CATEGORIES, "district", ("E08000035", [6]), ("E08000034", [2]))
    assert (await band_of(country, "900004"), await band_of(country, "900001")) == (1, 2)
    body = {"title": "Not decided", "key_type": "urn", "vintage": "2025", "valid_from": "2026-01-01"}
    client = await country.service.client(staff("administrator"), **a_fresh_key())
    areas = [{"area_code": "900001", "area_name": "A school"}]
    facts = {"scheme": NAMED, "completeness": "complete", "source": "A letter of the department", "areas": areas}
    assert (await client.post("/v1/area-lists", json=body | facts)).status_code == 201
    assert await band_of(country, "900001") == 2


@pytest.mark.parametrize(
    ("key_type", "code", "completeness"),
    [
        ("urn", "900004", "partial"),
        ("local_authority", "383", "complete"),
        ("trust", "2087", "complete"),
        ("district", "E08000035", "partial"),
    ],
)
async def test_schools_are_named_by_number_trust_or_authority_beside_the_districts(
    country: Network, key_type: str, code: str, completeness: str
) -> None:
    async with country.service.session() as session:
        await session.execute(update(School).where(School.urn == "900004").values(la_code="383", trust_code="2087"))
    assert await band_of(country, "900004") == 2
    await approved(country.service, NAMED, key_type, (code, []), completeness=completeness)
    assert await band_of(country, "900004") == 1
    assert await band_of(country, "900003") == 2
    assert await band_of(country, "900001") == 1, "the categories still count"


async def test_a_scheme_counts_on_its_days_and_a_list_on_its_own(country: Network) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    await approved(country.service, NAMED, "urn", ("900004", []), valid_from=str(tomorrow))
    assert await band_of(country, "900004") == 2
    async with country.service.session() as session:
        await session.execute(update(PriorityScheme).values(from_on=tomorrow))
    assert await band_of(country, "900001") == 2


async def test_where_a_school_stands_is_answered_for_every_list(country: Network) -> None:
    await approved(country.service, NAMED, "local_authority", ("909", []), vintage="2020")
    async with country.service.session() as session:
        await session.execute(update(School).where(School.urn == "900010").values(la_code="942"))
    client = await country.service.client(anonymous())
    path = "/v1/area-lists/standings"

    async def standing(urn: str, scheme: str) -> tuple[object, object]:
        body = (await client.get(path, params={"urn": urn})).json()
        return next((one["is_listed"], one["codes"]) for one in body["standings"] if one["scheme"] == scheme)

    # Cumberland's authority was part of Cumbria's when the list was made.
    assert await standing("900010", NAMED) == (True, ["909"])
    assert await standing("900001", NAMED) == (None, []), "the register names no authority for it"
    assert await standing("900001", "opportunity-areas") == (False, ["E08000034"])
    assert (await client.get(path, params={"urn": "999999"})).json()["code"] == "school-not-found"
    for both in ({}, {"urn": "900001", "district": "E08000034"}):
        assert (await client.get(path, params=both)).status_code == 422
