"""`/v1/enrichment-offers`: who makes, moderates and finds them, and schools' interest in turn."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import text, update

from builders import a_school_lead, a_teacher, anonymous, partner, staff
from chassis import clock
from chassis.ids import new_id
from enrichment_offers import FACTS, JSON, NEXT_YEAR, PUPILS, Offers
from harness import ServiceHarness
from hubs.enrichment.models import EnrichmentOffer
from hubs.enrichment.rules import is_open, term_days
from hubs.reference import rows
from resource_bank import refusal

KIRKLEES, WORTHING, TAMESIDE = "900001", "900002", "900003"


@pytest.fixture
def offers(hubs: ServiceHarness) -> Offers:
    """No offers yet."""
    return Offers(hubs)


@pytest.fixture
async def to_schools(offers: Offers) -> Offers:
    """The same with schools to ask for them."""
    await offers.hubs.seed("areas", "schools")
    return offers


async def test_an_offer_is_its_organisations_alone_until_a_moderator_publishes_it(offers: Offers) -> None:
    offer = await offers.draft()
    assert (offer["status"], offer["is_national"], offer["amount_pence"]) == ("draft", True, 0)
    strangers = (anonymous(), partner("enrichment:write"), staff("partner_admin", organisation_id=new_id()))
    for stranger in (*strangers, offers.moderator):
        assert refusal(await offers.ask(stranger, "GET", f"/{offer['id']}")) == (404, "enrichment-offer-not-found")
    assert refusal(await offers.decide(offer)) == (404, "enrichment-offer-not-found")
    submitted = await offers.ask(offers.partner, "POST", f"/{offer['id']}/submission")
    assert submitted.json()["status"] == "submitted"
    [waiting] = (await offers.ask(offers.moderator, "GET", "/submitted")).json()["data"]
    assert (waiting["id"], await offers.found()) == (offer["id"], [])
    assert (await offers.decide(offer)).json()["status"] == "published"
    assert await offers.found() == [offer["title"]]
    assert refusal(await offers.decide(offer)) == (409, "enrichment-offer-not-submitted")


async def test_partner_a_cannot_touch_what_is_partner_bs(offers: Offers) -> None:
    offer = await offers.published()
    another = partner("enrichment:write")
    admin = staff("partner_admin", organisation_id=another.organisation_id)
    absent = new_id()
    for stranger in (another, admin):
        for method, path, body in (
            ("PUT", "", FACTS),
            ("PATCH", "", {"capacity": 5}),
            ("POST", "/submission", None),
            ("POST", "/closure", {"reason": "To spite them."}),
            ("GET", "/interests", None),
        ):
            told = []
            for offer_id in (offer["id"], absent):
                headers = {"If-Match": '"1"'}
                reply = await offers.ask(stranger, method, f"/{offer_id}{path}", json=body, headers=headers)
                told.append((refusal(reply), reply.json()["detail"]))
            assert told[0] == told[1]
            assert told[0][0] == (404, "enrichment-offer-not-found")
    assert (await offers.ask(another, "GET", "/own")).json()["data"] == []


async def test_an_administrator_of_the_organisation_keeps_the_same_offers_as_its_key(offers: Offers) -> None:
    offer = await offers.draft()
    admin = staff("partner_admin", organisation_id=offers.partner.organisation_id)
    [own] = (await offers.ask(admin, "GET", "/own", params={"status": "draft"})).json()["data"]
    assert own["id"] == offer["id"]
    edit = {"json": FACTS | {"title": "Robots, a second time"}, "headers": {"If-Match": '"1"'}}
    edited = await offers.ask(admin, "PUT", f"/{offer['id']}", **edit)
    assert (edited.json()["title"], edited.headers["ETag"]) == ("Robots, a second time", '"2"')
    assert refusal(await offers.ask(admin, "PUT", f"/{offer['id']}", **edit)) == (412, "stale-version")
    elsewhere = await offers.ask(admin, "POST", json=FACTS | {"organisation_id": str(new_id())})
    assert refusal(elsewhere) == (422, "organisation-not-yours")
    assert refusal(await offers.ask(staff("partner_admin"), "POST", json=FACTS)) == (422, "organisation-not-yours")
    assert (await offers.ask(a_teacher(), "POST", json=FACTS)).status_code == 403


async def test_nobody_decides_on_an_offer_of_their_own_organisation(offers: Offers) -> None:
    offer = await offers.draft()
    await offers.ask(offers.partner, "POST", f"/{offer['id']}/submission")
    colleague = staff("moderator", organisation_id=offers.partner.organisation_id)
    assert refusal(await offers.decide(offer, by=colleague)) == (403, "own-enrichment-offer")
    returned = (await offers.decide(offer, "returned")).json()
    assert (returned["status"], returned["reason"]) == ("returned", "Asked the firm.")
    tag = {"If-Match": f'"{returned["version"]}"'}
    assert (await offers.ask(offers.partner, "PUT", f"/{offer['id']}", json=FACTS, headers=tag)).status_code == 200
    again = await offers.ask(offers.partner, "POST", f"/{offer['id']}/submission")
    assert (again.json()["status"], again.json()["reason"]) == ("submitted", None)


async def test_a_draft_offer_is_thrown_away_and_a_published_one_is_not(offers: Offers) -> None:
    draft, published = await offers.draft(), await offers.published()
    another = await offers.ask(partner("enrichment:write"), "DELETE", f"/{draft['id']}")
    assert refusal(another) == (404, "enrichment-offer-not-found")
    assert (await offers.ask(offers.partner, "DELETE", f"/{draft['id']}")).status_code == 204
    kept = await offers.ask(offers.partner, "DELETE", f"/{published['id']}")
    assert refusal(kept) == (409, "enrichment-offer-fixed")
    assert [one["id"] for one in (await offers.ask(offers.partner, "GET", "/own")).json()["data"]] == [published["id"]]


async def test_a_published_offer_keeps_what_was_approved(offers: Offers) -> None:
    offer = await offers.published()
    tag = {"If-Match": f'"{offer["version"]}"'}
    edited = await offers.ask(offers.partner, "PUT", f"/{offer['id']}", json=FACTS, headers=tag)
    assert refusal(edited) == (409, "enrichment-offer-fixed")
    assert (await offers.capacity(offer, 5)).json()["capacity"] == 5


async def test_offers_are_found_by_words_and_by_every_filter(offers: Offers) -> None:
    await offers.published(title="Robots in the north", regions=["North East", "North West"])
    await offers.published(title="Quiz for all", kind="competition", key_stages=["ks2"], amount_pence=500)
    await offers.published(title="Clubs in London", kind="club", regions=["London"], term="summer")
    assert await offers.found(q="robots") == ["Clubs in London", "Quiz for all", "Robots in the north"]
    assert await offers.found(q="quiz") == ["Quiz for all"]
    assert await offers.found(region="London") == ["Clubs in London", "Quiz for all"]
    assert await offers.found(region=["London", "North East"], kind=["club", "workshop"]) == [
        "Clubs in London",
        "Robots in the north",
    ]
    assert await offers.found(key_stage="ks2") == ["Quiz for all"]
    assert await offers.found(cost="charged") == ["Quiz for all"]
    assert await offers.found(term="summer", academic_year=NEXT_YEAR) == ["Clubs in London"]
    assert await offers.found(organisation_id=str(new_id())) == []
    counts = (await offers.ask(anonymous(), "GET", "/facets", params={"region": "London", "cost": "free"})).json()
    assert counts["total"] == 1
    assert counts["facets"]["cost"] == [{"value": "charged", "count": 1}, {"value": "free", "count": 1}]
    regions = {one["value"]: one["count"] for one in counts["facets"]["region"]}
    assert regions == {"London": 1, "North East": 1, "North West": 1}


async def test_a_national_offer_counts_in_every_region(offers: Offers) -> None:
    await offers.published()
    counts = (await offers.ask(anonymous(), "GET", "/facets")).json()
    assert {one["value"] for one in counts["facets"]["region"]} == {row["name"] for row in rows("regions.csv")}


async def test_offers_page_through_and_are_not_sent_again_to_who_holds_them(offers: Offers) -> None:
    for number in range(3):
        await offers.published(title=f"Offer number {number}")
    first = (await offers.ask(anonymous(), "GET", params={"limit": 2})).json()
    rest = await offers.ask(anonymous(), "GET", params={"limit": 2, "cursor": first["page"]["next_cursor"]})
    assert [one["title"] for one in first["data"] + rest.json()["data"]] == [f"Offer number {n}" for n in range(3)]
    again = await offers.ask(
        anonymous(),
        "GET",
        params={"limit": 2, "cursor": first["page"]["next_cursor"]},
        headers={"If-None-Match": rest.headers["ETag"]},
    )
    assert again.status_code == 304


async def test_an_offer_is_over_with_its_term(to_schools: Offers) -> None:
    offer = await to_schools.published()
    assert offer["expires_on"] == str(term_days(NEXT_YEAR, "spring").last)
    async with to_schools.hubs.session() as session:
        await session.execute(update(EnrichmentOffer).values(expires_on=clock.today() - timedelta(days=1)))
    assert await to_schools.found() == []
    seen = (await to_schools.ask(anonymous(), "GET", f"/{offer['id']}")).json()
    assert (seen["status"], seen["is_expired"]) == ("published", True)
    assert refusal(await to_schools.register(offer, KIRKLEES)) == (409, "enrichment-offer-not-open")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"academic_year": "2019-20"}, "term-not-open"),
        ({"academic_year": "2090-91"}, "term-not-open"),
        ({"academic_year": "2026-28"}, "validation-failed"),
        ({"starts_on": "2019-10-01"}, "validation-failed"),
        ({"capacity": 0}, "validation-failed"),
        ({"amount_pence": -1}, "validation-failed"),
        ({"regions": ["Atlantis"]}, "validation-failed"),
        ({"link": "http://robots.example.org"}, "validation-failed"),
        ({"contact_name": "Somebody"}, "validation-failed"),
    ],
)
async def test_what_is_wrong_with_an_offer_is_said(offers: Offers, wrong: JSON, code: str) -> None:
    assert refusal(await offers.ask(offers.partner, "POST", json=FACTS | wrong)) == (422, code)


async def test_schools_register_once_and_change_their_numbers(to_schools: Offers) -> None:
    offer = await to_schools.published()
    first = (await to_schools.register(offer, KIRKLEES)).json()
    again = (await to_schools.register(offer, KIRKLEES, pupils=90)).json()
    assert (again["pupils"], again["since_at"], again["status"]) == (90, first["since_at"], "registered")
    assert await to_schools.standing(offer) == (1, 0)
    own = await to_schools.ask(a_school_lead(KIRKLEES), "GET", f"/{offer['id']}/interest")
    assert own.json() == again
    [told] = (await to_schools.ask(to_schools.partner, "GET", f"/{offer['id']}/interests")).json()["data"]
    assert (told["school_urn"], told["region"]) == (KIRKLEES, "Yorkshire and The Humber")
    assert told["contact_role"] == "computing_lead"
    assert "registered_by" not in told
    other = await to_schools.ask(a_school_lead(WORTHING), "GET", f"/{offer['id']}/interest")
    assert refusal(other) == (404, "interest-not-found")
    named = await to_schools.register(offer, KIRKLEES, contact_name="Somebody")
    assert refusal(named) == (422, "validation-failed")
    assert (await to_schools.ask(a_teacher(), "PUT", f"/{offer['id']}/interest", json=PUPILS)).status_code == 403


async def test_a_regional_offer_is_for_schools_of_its_regions(to_schools: Offers) -> None:
    offer = await to_schools.published(regions=["Yorkshire and The Humber"])
    assert (await to_schools.register(offer, KIRKLEES)).status_code == 200
    assert refusal(await to_schools.register(offer, WORTHING)) == (409, "enrichment-offer-elsewhere")
    for urn in ("999999", "900007"):  # none, and one that is closed
        assert refusal(await to_schools.register(offer, urn)) == (404, "school-not-found")


async def test_beyond_the_capacity_schools_wait_and_move_up_in_turn(to_schools: Offers) -> None:
    offer = await to_schools.published(capacity=1)
    urns = [KIRKLEES, WORTHING, TAMESIDE, "900004"]
    told = [(await to_schools.register(offer, urn)).json()["status"] for urn in urns]
    assert told == ["registered", "waiting", "waiting", "waiting"]
    assert await to_schools.found(with_places=True) == []
    gone = await to_schools.ask(a_school_lead(KIRKLEES), "DELETE", f"/{offer['id']}/interest")
    assert (gone.status_code, await to_schools.standing(offer)) == (204, (1, 2))
    second = await to_schools.ask(a_school_lead(WORTHING), "GET", f"/{offer['id']}/interest")
    assert second.json()["status"] == "registered"
    assert refusal(await to_schools.ask(a_school_lead(KIRKLEES), "DELETE", f"/{offer['id']}/interest")) == (
        404,
        "interest-not-found",
    )
    assert (await to_schools.register(offer, KIRKLEES)).json()["status"] == "waiting"
    assert (await to_schools.capacity(offer, 3)).json()["registered_count"] == 3
    last = await to_schools.ask(a_school_lead(KIRKLEES), "GET", f"/{offer['id']}/interest")
    assert (last.json()["status"], await to_schools.standing(offer)) == ("waiting", (3, 1))
    assert refusal(await to_schools.capacity(offer, 2)) == (409, "capacity-below-interest")
    assert (await to_schools.capacity(offer, None)).json()["waiting_count"] == 0


async def test_schools_at_once_never_pass_the_capacity(to_schools: Offers) -> None:
    offer = await to_schools.published(capacity=5)
    urns = [str(900019 + number) for number in range(20)]
    replies = await asyncio.gather(*(to_schools.register(offer, urn) for urn in urns))
    statuses = sorted(reply.json()["status"] for reply in replies)
    assert statuses == ["registered"] * 5 + ["waiting"] * 15
    leave = [to_schools.ask(a_school_lead(urn), "DELETE", f"/{offer['id']}/interest") for urn in urns[:10]]
    assert {reply.status_code for reply in await asyncio.gather(*leave)} == {204}
    assert await to_schools.standing(offer) == (5, 5)
    async with to_schools.hubs.session() as session:
        query = "SELECT status, count(*) AS schools FROM enrichment_interest GROUP BY status"
        counted = {row.status: row.schools for row in await session.execute(text(query))}
    assert counted == {"registered": 5, "waiting": 5, "withdrawn": 10}


async def test_a_closed_offer_is_not_found_and_takes_nobody(to_schools: Offers) -> None:
    offer = await to_schools.published()
    closed = await to_schools.ask(
        to_schools.partner, "POST", f"/{offer['id']}/closure", json={"reason": "Nobody left."}
    )
    assert (closed.json()["status"], closed.json()["reason"]) == ("closed", "Nobody left.")
    by_moderator = {"json": {"reason": "Another reason."}}
    again = await to_schools.ask(to_schools.moderator, "POST", f"/{offer['id']}/closure", **by_moderator)
    assert (again.status_code, again.json()["reason"]) == (200, "Nobody left.")
    assert await to_schools.found() == []
    assert (await to_schools.ask(anonymous(), "GET", f"/{offer['id']}")).json()["status"] == "closed"
    assert refusal(await to_schools.register(offer, KIRKLEES)) == (409, "enrichment-offer-not-open")
    assert refusal(await to_schools.capacity(offer, 9)) == (409, "enrichment-offer-fixed")


async def test_the_invented_offers_say_so_and_are_open(offers: Offers) -> None:
    await offers.hubs.seed("enrichment_offers")
    await offers.hubs.seed("enrichment_offers")
    found = await offers.found()
    assert len(found) == len(rows("enrichment_offers_synthetic.csv"))
    assert all(title.endswith("(synthetic)") for title in found)


def test_a_term_is_open_until_its_last_day_and_two_years_ahead() -> None:
    spring = term_days("2026-27", "spring")
    assert (spring.first, spring.last) == (date(2027, 1, 1), date(2027, 3, 31))
    assert term_days("2026-27", "autumn").last == date(2026, 12, 31)
    assert term_days("2026-27", "summer").last == date(2027, 8, 31)
    today = date(2026, 11, 22)
    years = ["2025-26", "2026-27", "2028-29", "2029-30"]
    assert [is_open(year, "autumn", today) for year in years] == [False, True, True, False]
    assert not is_open("2026-27", "autumn", date(2027, 1, 1))
