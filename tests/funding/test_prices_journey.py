"""From the hub's plan to the fee, through the HTTP of both services: what one publishes is what the other hears."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from builders import a_fresh_key, a_teacher, staff
from chassis.principal import Principal
from chassis.tables import outbox
from contracts.registry import EVENTS
from funding.app import SERVICE as FUNDING
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from hubs_network import Network

JSON = dict[str, Any]
SESSION = {"starts_at": "2027-03-01T09:30:00+00:00", "ends_at": "2027-03-01T15:30:00+00:00", "minutes": 300}


@dataclass
class Both:
    """Hubs and funding, and what of hubs' outbox funding has heard."""

    network: Network
    funding: ServiceHarness
    heard: set[UUID] = field(default_factory=set)

    async def carry(self) -> None:
        """Carry what hubs published to funding, as the broker would."""
        table = FUNDING.subscriptions.table
        async with self.network.service.session() as session:
            rows = (await session.execute(select(outbox).order_by(outbox.c.position))).all()
        for row in rows:
            event = EVENTS[row.type]
            if row.event_id not in self.heard and any(one.event is event for one in table):
                told = event.model_validate(row.data)
                await self.funding.deliver(told, sequence=row.sequence, event_id=row.event_id)
            self.heard.add(row.event_id)

    async def at_hubs(self, caller: Principal, method: str, path: str, body: JSON, **headers: str) -> JSON:
        """A call to hubs, and what it told of carried on."""
        client = await self.network.service.client(caller, **a_fresh_key(), **headers)
        reply = await client.request(method, path, json=body)
        assert reply.status_code < 300, reply.text
        await self.carry()
        found: JSON = reply.json()
        return found

    async def quote(self, teacher: Principal, run: JSON) -> JSON:
        """What funding says the run costs."""
        client = await self.funding.client(teacher, **a_fresh_key())
        reply = await client.post("/v1/quotes", json={"course_run_id": run["id"]})
        assert reply.status_code == 201, reply.text
        found: JSON = reply.json()
        return found

    async def fee(self, teacher: Principal, booking: JSON) -> JSON:
        """What funding says is due for a booking."""
        client = await self.funding.client(teacher)
        [found] = (await client.get("/v1/fees", params={"booking_id": booking["id"]})).json()["data"]
        fee: JSON = found
        return fee

    async def approve_list(self, scheme: str, key_type: str, *areas: tuple[str, list[int]]) -> None:
        """A list of the administrators' registry, approved by the second of them."""
        rows = [{"area_code": code, "area_name": code, "categories": categories} for code, categories in areas]
        head = {"scheme": scheme, "title": "A list for a test", "key_type": key_type, "vintage": "2025"}
        days = {"valid_from": "2026-01-01", "completeness": "complete", "source": "A letter of the department"}
        proposed = await self.at_hubs(staff("administrator"), "POST", "/v1/area-lists", head | days | {"areas": rows})
        decision = {"outcome": "approved", "reason": "Compared with the letter."}
        await self.at_hubs(staff("administrator"), "POST", f"/v1/area-lists/{proposed['id']}/decision", decision)


@pytest.fixture
async def both(start_service: Callable[..., Awaitable[ServiceHarness]]) -> Both:
    """The two services, the synthetic schools known to both."""
    hubs = await start_service(HUBS)
    await hubs.seed("areas", "area_lists", "schools")
    found = Both(await Network.build(hubs), await start_service(FUNDING, seeded=True))
    await found.carry()
    return found


async def a_run(both: Both, **facts: Any) -> JSON:
    """An open run of the network's course, of two days."""
    plan = {"hub_id": str(both.network.hub_id), "course_code": "CP008", "sessions": [SESSION], "capacity": 5}
    plan |= {"status": "open"}
    return await both.at_hubs(both.network.lead(), "POST", "/v1/course-runs", plan | facts)


async def test_quoted_booked_and_charged_as_promised_although_the_hub_asks_more_later(both: Both) -> None:
    run, teacher = await a_run(both, charge_pence=4_000), a_teacher("900004")
    await both.approve_list("achieving-excellence-areas", "district", ("E08000035", [3]))
    quote = await both.quote(teacher, run)
    assert (quote["amount_pence"], quote["cap_pence"]) == (4_000, 7_000)
    path = f"/v1/course-runs/{run['id']}"
    await both.at_hubs(both.network.lead(), "PATCH", path, {"charge_pence": 6_500}, **{"If-Match": '"1"'})
    assert (await both.quote(a_teacher("900004"), run))["amount_pence"] == 6_500
    booking = await both.at_hubs(teacher, "POST", "/v1/bookings", {"course_run_id": run["id"]})
    fee = await both.fee(teacher, booking)
    assert (fee["status"], fee["amount_pence"], fee["quote_id"]) == ("due", 4_000, quote["id"])
    await both.at_hubs(teacher, "POST", f"/v1/bookings/{booking['id']}/cancellation", {})
    assert (await both.fee(teacher, booking))["status"] == "void"


async def test_an_approved_list_makes_a_school_free_and_first_in_line(both: Both) -> None:
    run, teacher = await a_run(both, capacity=1), a_teacher("900004")
    assert (await both.quote(teacher, run))["outcome"] == "needs_review"
    await both.approve_list("priority-schools", "urn", ("900004", []))
    assert (await both.quote(teacher, run))["basis"] == "priority"
    await both.at_hubs(a_teacher("900003"), "POST", "/v1/bookings", {"course_run_id": run["id"]})
    wish = {"course_run_id": run["id"], "waiting_list": True}
    bands = [(await both.at_hubs(a_teacher(urn), "POST", "/v1/bookings", wish))["band"] for urn in ("900003", "900004")]
    assert bands == [2, 1]


async def test_a_run_called_off_is_quoted_no_more_and_its_fees_are_void(both: Both) -> None:
    run, teacher = await a_run(both), a_teacher("900001")
    booking = await both.at_hubs(teacher, "POST", "/v1/bookings", {"course_run_id": run["id"]})
    assert (await both.fee(teacher, booking))["amount_pence"] == 0
    path = f"/v1/course-runs/{run['id']}/cancellation"
    await both.at_hubs(both.network.lead(), "POST", path, {"reason": "No trainer."})
    assert (await both.fee(teacher, booking))["status"] == "void"
    client = await both.funding.client(teacher, **a_fresh_key())
    refused = await client.post("/v1/quotes", json={"course_run_id": run["id"]})
    assert refused.json()["code"] == "run-not-open"


async def test_a_place_held_or_waited_for_owes_nothing_until_it_is_confirmed(both: Both) -> None:
    run, teacher = await a_run(both), a_teacher("900002")
    wish = {"course_run_id": run["id"], "hold": True}
    held = await both.at_hubs(teacher, "POST", "/v1/bookings", wish)
    client = await both.funding.client(teacher)
    assert (await client.get("/v1/fees")).json()["data"] == []
    await both.at_hubs(teacher, "POST", f"/v1/bookings/{held['id']}/confirmation", {})
    assert (await both.fee(teacher, held))["status"] == "due"
