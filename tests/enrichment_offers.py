"""Steps with enrichment offers that several tests share."""

from datetime import timedelta
from typing import Any

import httpx

from builders import a_fresh_key, a_school_lead, anonymous, partner, staff
from chassis import clock
from chassis.principal import Principal
from harness import ServiceHarness
from hubs.academic_years import academic_year_of

JSON = dict[str, Any]
NEXT_YEAR = academic_year_of(clock.today() + timedelta(days=365))
FACTS: JSON = {
    "offered_by": "A robotics firm in Leeds",
    "title": "Robots in the classroom",
    "kind": "workshop",
    "summary": "Engineers bring six robots for a day; pupils program them to sort parcels.",
    "key_stages": ["ks3"],
    "academic_year": NEXT_YEAR,
    "term": "spring",
    "amount_pence": 0,
    "link": "https://robots.example.org/schools",
}
PUPILS: JSON = {"pupils": 60, "staff": 3, "contact_role": "computing_lead"}


class Offers:
    """The offers, and the ways of people among them."""

    def __init__(self, hubs: ServiceHarness) -> None:
        self.hubs = hubs
        self.partner = partner("enrichment:write")
        self.moderator = staff("moderator")

    async def ask(self, who: Principal, method: str, path: str = "", **request: Any) -> httpx.Response:
        """Any request under `/v1/enrichment-offers`."""
        client = await self.hubs.client(who, **a_fresh_key())
        return await client.request(method, f"/v1/enrichment-offers{path}", **request)

    async def draft(self, by: Principal | None = None, **facts: Any) -> JSON:
        """An offer that its organisation has not submitted."""
        made = await self.ask(by or self.partner, "POST", json=FACTS | facts)
        assert made.status_code == 201, made.text
        return dict(made.json())

    async def decide(self, offer: JSON, outcome: str = "published", by: Principal | None = None) -> httpx.Response:
        """A moderator's word on a submitted offer."""
        word = {"outcome": outcome, "reason": "Asked the firm."}
        return await self.ask(by or self.moderator, "POST", f"/{offer['id']}/decision", json=word)

    async def published(self, by: Principal | None = None, **facts: Any) -> JSON:
        """An offer that everybody finds."""
        offer = await self.draft(by, **facts)
        assert (await self.ask(by or self.partner, "POST", f"/{offer['id']}/submission")).status_code == 200
        decided = await self.decide(offer)
        assert decided.status_code == 200, decided.text
        return dict(decided.json())

    async def found(self, **filters: Any) -> list[str]:
        """Titles of what everybody finds."""
        reply = await self.ask(anonymous(), "GET", params=filters)
        assert reply.status_code == 200, reply.text
        return sorted(one["title"] for one in reply.json()["data"])

    async def register(self, offer: JSON, urn: str, **numbers: Any) -> httpx.Response:
        """A school's interest."""
        return await self.ask(a_school_lead(urn), "PUT", f"/{offer['id']}/interest", json=PUPILS | numbers)

    async def standing(self, offer: JSON) -> tuple[int, int]:
        """How many are registered and how many wait."""
        seen = (await self.ask(anonymous(), "GET", f"/{offer['id']}")).json()
        return seen["registered_count"], seen["waiting_count"]

    async def capacity(self, offer: JSON, capacity: int | None) -> httpx.Response:
        """The capacity set anew, from what is there now."""
        tag = (await self.ask(self.partner, "GET", f"/{offer['id']}")).headers["ETag"]
        headers = {"If-Match": tag}
        return await self.ask(self.partner, "PATCH", f"/{offer['id']}", json={"capacity": capacity}, headers=headers)


async def an_offer(hubs: ServiceHarness, giver: Principal, urn: str) -> str:
    """A published offer in which a school is interested."""
    offers = Offers(hubs)
    offer = await offers.published(giver)
    assert (await offers.register(offer, urn)).status_code == 200
    return str(offer["id"])
