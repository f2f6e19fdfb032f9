"""Schools of a hub, for tests of what schools do together: events for pupils, centres, equipment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from builders import a_fresh_key, a_school_lead, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from harness import ServiceHarness
from hubs.academic_years import academic_year_of, days_of
from hubs.areas.models import District, Outcode, PostcodeSector
from hubs.directory.models import HubSchool
from hubs.programmes.models import PupilProgramme
from hubs.pupil_events.models import PupilEvent
from hubs.schools.models import School
from hubs_network import Network

JSON = dict[str, Any]
FIRST, SECOND, THIRD, STRANGER = "910001", "910002", "910003", "919999"
"""Three schools of the first hub, and one of no hub."""
SCHOOLS = (*(f"91{number:04}" for number in range(1, 41)), STRANGER)
YEAR = academic_year_of(clock.today())
TODAY = clock.today()


def days(ahead: int) -> str:
    """A day from today on, as it is written."""
    return str(TODAY + timedelta(days=ahead))


def a_school(urn: str, **facts: Any) -> School:
    """An open, state-funded secondary school with a sixth form."""
    known: JSON = {
        "name": f"School {urn} (synthetic)",
        "phase": "secondary",
        "establishment_type": 34,
        "is_open": True,
        "country": "England",
        "is_state_funded": True,
        "lowest_age": 11,
        "highest_age": 18,
        "source": "synthetic",
        "as_of_on": date(2026, 9, 1),
    }
    return School(urn=urn, **(known | facts))


def _places() -> list[District | PostcodeSector | Outcode]:
    """Ashton-under-Lyne, Plymouth, Leeds and Cardiff."""
    sectors = (
        ("OL6 6", 53.48837, -2.08624, "E08000008", "Tameside", "North West"),
        ("PL1 1", 50.37162, -4.14034, "E06000026", "Plymouth", "South West"),
        ("LS1 9", 53.79686, -1.56217, "E08000035", "Leeds", "Yorkshire and The Humber"),
    )
    found: list[District | PostcodeSector | Outcode] = []
    for sector, latitude, longitude, code, name, region in sectors:
        place = {"latitude": latitude, "longitude": longitude, "district_code": code, "district_share": 1.0}
        found.append(District(code=code, name=name, region=region, vintage="2025", is_current=True))
        found.append(PostcodeSector(sector=sector, **place))
    wales = {"latitude": 51.47366, "longitude": -3.17726, "district_code": "W06000015", "district_share": 1.0}
    return [*found, Outcode(outcode="CF10", country="Wales", **wales)]


@dataclass
class Outreach:
    """Two hubs, and schools of the first of them."""

    service: ServiceHarness
    network: Network

    @classmethod
    async def build(cls, service: ServiceHarness) -> "Outreach":
        """Lay it out in an empty database; a few postcodes are known."""
        await service.seed("programmes")
        network = await Network.build(service)
        async with service.session() as session:
            session.add_all([*_places(), *(a_school(urn) for urn in SCHOOLS)])
            await session.flush()
            session.add_all(
                HubSchool(id=new_id(), hub_id=network.hub_id, urn=urn, joined_on=days_of(YEAR)[0])
                for urn in SCHOOLS
                if urn != STRANGER
            )
        return cls(service, network)

    @property
    def hub_id(self) -> UUID:
        """The hub of the schools."""
        return self.network.hub_id

    def hub_lead(self) -> Principal:
        """Its lead."""
        return self.network.lead()

    def other_lead(self) -> Principal:
        """The other hub's lead."""
        return staff("hub_lead", organisation_id=self.network.other_hub_id)

    async def get(self, caller: Principal, path: str, **query: Any) -> httpx.Response:
        """Something read."""
        return await (await self.service.client(caller)).get(path, params=query)

    async def post(self, by: Principal, path: str, body: JSON | None = None) -> httpx.Response:
        """Something done, once."""
        return await (await self.service.client(by)).post(path, json=body, headers=a_fresh_key())

    async def send(self, method: str, by: Principal, path: str, body: JSON, version: int) -> httpx.Response:
        """Something changed from a version that was read."""
        client = await self.service.client(by)
        return await client.request(method, path, json=body, headers={"If-Match": f'"{version}"'})

    async def enrol(self, programme: str, *urns: str, year: str = YEAR) -> None:
        """Let schools take part."""
        for urn in urns:
            path = f"/v1/programmes/{programme}/enrolments"
            assert (await self.post(a_school_lead(urn), path, {"academic_year": year})).status_code == 201

    async def a_request(self, kit_id: str, urn: str, first: int, last: int) -> str:
        """A school's request for a kit, from one day from today on to another."""
        wanted = {"kit_id": kit_id, "from_on": days(first), "due_on": days(last)}
        made = await self.post(a_school_lead(urn), "/v1/loans", wanted)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def event(self, **facts: Any) -> JSON:
        """An open event of the hub's, in four weeks."""
        starts = datetime.combine(TODAY + timedelta(weeks=4), time(10), clock.ENGLAND)
        body: JSON = {
            "programme_slug": "a-level",
            "hub_id": str(self.hub_id),
            "title": "Road show",
            "kind": "road_show",
            "mode": "face_to_face",
            "key_stages": ["post_16"],
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=3)).isoformat(),
            "venue": "Hall",
            "postcode": "OL6 6NX",
            "pupil_capacity": 60,
            "school_capacity": 5,
            "status": "open",
        }
        made = await self.post(self.hub_lead(), "/v1/pupil-events", body | facts)
        assert made.status_code == 201, made.text
        found: JSON = made.json()
        return found

    async def begin(self, event_id: str) -> None:
        """Let an event have taken place this morning."""
        async with self.service.session() as session:
            event = await session.get_one(PupilEvent, UUID(event_id))
            event.starts_at, event.ends_at = clock.now() - timedelta(hours=3), clock.now() - timedelta(hours=1)
            event.starts_on = TODAY

    async def programme(self, slug: str, **facts: Any) -> None:
        """Change what a programme says."""
        async with self.service.session() as session:
            programme = await session.get_one(PupilProgramme, slug)
            for name, value in facts.items():
                setattr(programme, name, value)

    async def held_events(self, counted: Sequence[JSON]) -> None:
        """Events that were held and counted, of whatever year, straight into the tables."""
        async with self.service.session() as session:
            session.add_all(_held(self.hub_id, one) for one in counted)


def _held(hub_id: UUID, counted: JSON) -> PupilEvent:
    year = counted.get("year", YEAR)
    starts = datetime.combine(days_of(year)[0] + timedelta(days=40), time(10), clock.ENGLAND)
    came = counted["girls"] + counted["boys"] + counted.get("not_stated", 0)
    partner_id = counted.get("partner_id")
    return PupilEvent(
        id=new_id(),
        programme_slug="gender-balance",
        hub_id=None if partner_id else counted.get("hub_id", hub_id),
        partner_id=partner_id,
        title="Workshop",
        kind="workshop",
        mode="online",
        key_stages=["ks3"],
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        starts_on=starts.date(),
        academic_year=year,
        region=counted.get("region", "North West"),
        approach=counted.get("approach"),
        pupil_capacity=500,
        school_capacity=20,
        status="open",
        pupils_attended=came,
        staff_attended=2,
        schools_attended=1,
        **{name: counted.get(name, 0) for name in ("girls", "boys", "not_stated")},
    )


async def of_schools(harness: ServiceHarness, network: Network, urn: str) -> dict[str, str]:
    """One of each thing of a school and its hub: a programme, an event, a centre, a kit that is out and damaged."""
    await harness.seed("programmes")
    async with harness.session() as session:
        if await session.scalar(select(HubSchool.id).where(HubSchool.urn == urn)) is None:
            session.add(HubSchool(id=new_id(), hub_id=network.hub_id, urn=urn, joined_on=days_of(YEAR)[0]))
    outreach, lead = Outreach(harness, network), a_school_lead(urn)
    await outreach.enrol("gender-balance", urn)
    enrolments = await outreach.get(lead, "/v1/programmes/gender-balance/enrolments")
    event = await outreach.event(programme_slug="gender-balance", key_stages=["ks2"])
    booking = await outreach.post(lead, f"/v1/pupil-events/{event['id']}/bookings", {"pupils": 20, "staff": 2})
    ids = {
        "programme_slug": "gender-balance",
        "enrolment_id": enrolments.json()["data"][0]["id"],
        "event_id": event["id"],
        "pupil_booking_id": booking.json()["id"],
    }
    ids |= await _an_alliance(outreach, urn)
    return ids | await _a_booked_space(outreach, urn) | await _a_kit_out(outreach, urn)


async def _an_alliance(outreach: Outreach, urn: str) -> dict[str, str]:
    """An alliance that a school leads, into which another is asked, and a guest of the hub."""
    wanted: JSON = {"name": "An alliance", "region": "North West", "purpose": "Sharing sensors.", "schools": ["900003"]}
    formed = await outreach.post(a_school_lead(urn), "/v1/alliances", wanted)
    days_there = {"from_on": days(0), "until_on": days(60)}
    body = {"urn": "900019", "because": "A neighbour.", **days_there}
    guest = await outreach.post(outreach.hub_lead(), f"/v1/hub-guests/{outreach.hub_id}", body)
    return {"alliance_id": formed.json()["id"], "guest_id": guest.json()["id"], "plan_version": "2018-05"}


async def _a_booked_space(outreach: Outreach, urn: str) -> dict[str, str]:
    by = outreach.hub_lead()
    place = {"address": "4 Mill Lane", "town": "Ashton-under-Lyne", "postcode": "OL6 6NX"}
    hours = [{"weekday": day, "opens": "09:00", "closes": "18:00"} for day in ("mon", "tue", "wed", "thu", "fri")]
    body: JSON = {"hub_id": str(outreach.hub_id), "name": "A centre", "opening_hours": hours, **place}
    centre = (await outreach.post(by, "/v1/centres", body)).json()
    path = f"/v1/centres/{centre['id']}"
    await outreach.send("PATCH", by, path, {"status": "open"}, 1)
    space = (await outreach.post(by, f"{path}/spaces", {"name": "Studio", "capacity": 32})).json()
    on = TODAY + timedelta(days=14 - TODAY.weekday())
    starts, ends = (datetime.combine(on, time(hour), clock.ENGLAND).isoformat() for hour in (9, 10))
    wanted = {"space_id": space["id"], "starts_at": starts, "ends_at": ends, "people": 30, "purpose": "pupils"}
    booked = await outreach.post(a_school_lead(urn), "/v1/centre-bookings", wanted)
    return {"centre_id": centre["id"], "space_id": space["id"], "space_booking_id": booked.json()["id"]}


async def _a_kit_out(outreach: Outreach, urn: str) -> dict[str, str]:
    by, borrower = outreach.hub_lead(), a_school_lead(urn)
    facts: JSON = {"kind": "microbits", "title": "Micro:bits", "items_count": 30, "value_pence": 52_500}
    kit = (await outreach.post(by, "/v1/kits", facts | {"hub_id": str(outreach.hub_id), "condition": "good"})).json()
    loan_id = await outreach.a_request(kit["id"], urn, 0, 6)
    path = f"/v1/loans/{loan_id}"
    await outreach.post(by, f"{path}/decision", {"outcome": "agreed"})
    await outreach.post(by, f"{path}/collection")
    await outreach.post(borrower, f"{path}/extension", {"due_on": days(9)})
    broken = {"items_damaged": 1, "items_missing": 0, "description": "A socket is loose."}
    report = await outreach.post(borrower, f"{path}/damage-reports", broken)
    return {"kit_id": kit["id"], "loan_id": loan_id, "report_id": report.json()["id"]}
