"""`/v1/gcse-offers`: who may attest, what counts, contradictions, and the fact that reaches the others."""

import asyncio
from typing import Any

import httpx
import pytest

from builders import a_fresh_key, a_school_lead, a_teacher, anonymous, staff
from chassis import clock
from chassis.principal import Principal
from contracts.hubs import SchoolChanged
from harness import ServiceHarness
from hubs.academic_years import academic_year_of, days_of, year_before
from hubs.app import SERVICE
from hubs.seeds import hub_id
from worlds import StartService

SCHOOL = "900005"
"""In Leeds, which the hub below covers; the register does not say whether it offers the GCSE."""
YEAR = academic_year_of(clock.today())


def school_lead(urn: str = SCHOOL) -> Principal:
    """Who speaks for the school."""
    return a_school_lead(urn)


def hub_lead(slug: str = "north-yorkshire-leeds-and-wakefield") -> Principal:
    """A hub's lead."""
    return staff("hub_lead", organisation_id=hub_id(slug))


@pytest.fixture
async def schools(start_service: StartService) -> ServiceHarness:
    """The hubs, their areas, and the synthetic schools."""
    return await start_service(SERVICE, loaded=["areas", "hubs", "schools"])


async def attest(schools: ServiceHarness, by: Principal, offers: bool, **facts: Any) -> httpx.Response:
    client = await schools.client(by, **a_fresh_key())
    word = {"urn": SCHOOL, "academic_year": YEAR, "offers": offers} | facts
    return await client.post("/v1/gcse-offers", json=word)


async def decide(schools: ServiceHarness, by: Principal, attestation: httpx.Response, outcome: str) -> httpx.Response:
    client = await schools.client(by, **a_fresh_key())
    path = f"/v1/gcse-offers/reviews/{attestation.json()['id']}/decision"
    return await client.post(path, json={"outcome": outcome, "reason": "Asked the head of department."})


async def told(schools: ServiceHarness) -> list[bool | None]:
    """What others have been told of the school's offer."""
    events = await schools.published(SchoolChanged)
    return [event.offers_gcse_computer_science for event in events if event.urn == SCHOOL]


async def shown(schools: ServiceHarness) -> list[tuple[object, object]]:
    client = await schools.client(anonymous())
    years = (await client.get("/v1/gcse-offers", params={"urn": SCHOOL})).json()["years"]
    return [(year["offers"], year["is_disputed"]) for year in years]


async def test_the_first_word_counts_and_reaches_the_others(schools: ServiceHarness) -> None:
    assert (await told(schools), await shown(schools)) == ([None], [])
    first = await attest(schools, school_lead(), True)
    assert (first.status_code, first.json()["status"]) == (201, "standing")
    same = await attest(schools, hub_lead(), True)
    assert same.json()["status"] == "confirming"
    assert (await told(schools), await shown(schools)) == ([None, True], [(True, False)])
    await schools.seed("schools")
    assert await told(schools) == [None, True]


async def test_a_contrary_word_changes_nothing_until_a_moderator_accepts_it(schools: ServiceHarness) -> None:
    await attest(schools, school_lead(), True)
    contrary = await attest(schools, hub_lead(), False)
    assert contrary.json()["status"] == "in_review"
    assert (await told(schools), await shown(schools)) == ([None, True], [(True, True)])
    reviews = await (await schools.client(staff("moderator"))).get("/v1/gcse-offers/reviews")
    assert [one["id"] for one in reviews.json()["data"]] == [contrary.json()["id"]]
    accepted = await decide(schools, staff("moderator"), contrary, "accepted")
    assert accepted.json()["status"] == "standing"
    assert (await told(schools), await shown(schools)) == ([None, True, False], [(False, False)])
    again = await decide(schools, staff("moderator"), contrary, "refused")
    assert (again.status_code, again.json()["code"]) == (409, "attestation-decided")


async def test_a_refused_word_leaves_what_stood(schools: ServiceHarness) -> None:
    await attest(schools, school_lead(), True)
    contrary = await attest(schools, hub_lead(), False)
    assert (await decide(schools, staff("moderator"), contrary, "refused")).json()["status"] == "refused"
    assert (await told(schools), await shown(schools)) == ([None, True], [(True, False)])


async def test_who_attested_does_not_decide(schools: ServiceHarness) -> None:
    await attest(schools, hub_lead(), True)
    lead = school_lead()
    contrary = await attest(schools, lead, False)
    own = await decide(schools, staff("moderator", person_id=lead.id), contrary, "accepted")
    assert (own.status_code, own.json()["code"]) == (403, "own-attestation")


async def test_another_schools_lead_and_another_hubs_staff_find_no_school(schools: ServiceHarness) -> None:
    absent = (await attest(schools, hub_lead(), True, urn="999999")).json()
    for stranger in (school_lead("900003"), hub_lead("cheshire"), staff("hub_lead")):
        refused = await attest(schools, stranger, True)
        assert (refused.status_code, refused.json()["code"]) == (404, absent["code"])
    for caller, status in ((a_teacher(SCHOOL), 403), (staff("moderator"), 403), (anonymous(), 401)):
        assert (await attest(schools, caller, True)).status_code == status
    assert await shown(schools) == []


async def test_last_year_may_be_attested_and_does_not_count_now(schools: ServiceHarness) -> None:
    last = year_before(YEAR)
    assert (await attest(schools, school_lead(), True, academic_year=last)).json()["status"] == "standing"
    assert (await told(schools), await shown(schools)) == ([None], [(True, False)])
    for year in (year_before(last), "2099-00", "2098-99"):
        refused = await attest(schools, school_lead(), True, academic_year=year)
        assert (refused.status_code, refused.json()["code"]) == (422, "academic-year-not-open")


async def test_words_at_once_leave_one_standing(schools: ServiceHarness) -> None:
    words = (attest(schools, school_lead(), number % 2 == 0) for number in range(8))
    found = sorted(answer.json()["status"] for answer in await asyncio.gather(*words))
    assert found == ["confirming"] * 3 + ["in_review"] * 4 + ["standing"]
    assert len(await told(schools)) == 2


def test_an_academic_year_begins_in_september() -> None:
    first, last = days_of("2026-27")
    assert (academic_year_of(first), academic_year_of(last), year_before("2000-01")) == (
        "2026-27",
        "2026-27",
        "1999-00",
    )
    with pytest.raises(ValueError, match="not an academic year"):
        days_of("2026-28")
