"""`/v1/centres` and `/v1/centre-bookings`: found by anybody, kept by their hub, never booked twice."""

import asyncio
import itertools
from datetime import datetime, time, timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from builders import a_school_lead, a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.centres.models import SpaceBooking
from hubs.centres.rules import is_open_at
from hubs.directory.models import HubSchool
from hubs_outreach import FIRST, JSON, SCHOOLS, SECOND, STRANGER, TODAY, Outreach

MONDAY = TODAY + timedelta(days=28 - TODAY.weekday())
ALL_WEEK = [{"weekday": day, "opens": "08:00", "closes": "20:00"} for day in ("mon", "tue", "wed", "thu", "fri")]


def at(hour: int, minute: int = 0) -> str:
    """A time on a Monday in four weeks, by England's clocks."""
    return datetime.combine(MONDAY, time(hour, minute), clock.ENGLAND).isoformat()


async def a_centre(outreach: Outreach, **facts: object) -> JSON:
    body: JSON = {
        "hub_id": str(outreach.hub_id),
        "host_urn": FIRST,
        "name": "STEM centre",
        "address": "4 Mill Lane",
        "town": "Ashton-under-Lyne",
        "postcode": "ol66nx",
        "opening_hours": ALL_WEEK,
        "accessibility": {"step_free_entrance": True, "hearing_loop": False},
        "planned_cost_pence": 7_500_000,
    }
    made = await outreach.post(outreach.hub_lead(), "/v1/centres", body | facts)
    assert made.status_code == 201, made.text
    found: JSON = made.json()
    return found


async def a_space(outreach: Outreach, **facts: object) -> JSON:
    """A room of an open centre."""
    centre = await a_centre(outreach, **facts)
    await edit(outreach, centre, {"status": "open"}, 1)
    path = f"/v1/centres/{centre['id']}/spaces"
    made = await outreach.post(outreach.hub_lead(), path, {"name": "Maker room", "capacity": 32})
    found: JSON = made.json()
    return found


async def edit(
    outreach: Outreach, centre: JSON, body: JSON, version: int, by: Principal | None = None
) -> httpx.Response:
    return await outreach.send("PATCH", by or outreach.hub_lead(), f"/v1/centres/{centre['id']}", body, version)


async def book(
    outreach: Outreach, space: JSON, starts: str, ends: str, by: Principal | None = None, **facts: object
) -> httpx.Response:
    body = {"space_id": space["id"], "starts_at": starts, "ends_at": ends, "people": 30, "purpose": "pupils"}
    return await outreach.post(by or a_school_lead(FIRST), "/v1/centre-bookings", body | facts)


async def test_a_centre_is_planned_opened_and_closed_and_anybody_sees_it(outreach: Outreach) -> None:
    centre = await a_centre(outreach)
    assert (centre["status"], centre["postcode"], centre["opened_on"]) == ("planned", "OL6 6NX", None)
    opened = (await edit(outreach, centre, {"status": "open"}, 1)).json()
    assert (opened["status"], opened["opened_on"]) == ("open", str(TODAY))
    back = await edit(outreach, centre, {"status": "planned"}, 2)
    assert (back.status_code, back.json()["code"]) == (409, "centre-step-not-possible")
    closed = (await edit(outreach, centre, {"status": "closed"}, 2)).json()
    assert closed["closed_on"] == str(TODAY)
    assert (await edit(outreach, centre, {"status": "open"}, 3)).json()["code"] == "centre-step-not-possible"
    assert (await outreach.get(anonymous(), f"/v1/centres/{centre['id']}")).json()["status"] == "closed"
    assert (await outreach.get(anonymous(), "/v1/centres")).json()["data"] == []
    assert len((await outreach.get(anonymous(), "/v1/centres", status="closed")).json()["data"]) == 1


async def test_centres_are_found_near_a_postcode_and_on_a_map(outreach: Outreach) -> None:
    near = await a_centre(outreach)
    far = await a_centre(outreach, name="By the sea", postcode="PL1 1AA", host_urn=None)
    found = await outreach.get(anonymous(), "/v1/centres", near="OL6 6NX", limit=1)
    assert [one["id"] for one in found.json()["data"]] == [near["id"]]
    cursor = found.json()["page"]["next_cursor"]
    rest = (await outreach.get(anonymous(), "/v1/centres", near="OL6 6NX", limit=1, cursor=cursor)).json()
    assert [one["id"] for one in rest["data"]] == [far["id"]]
    assert float(rest["data"][0]["distance_km"]) > 300
    named = (await outreach.get(anonymous(), "/v1/centres", limit=1)).json()
    after = (await outreach.get(anonymous(), "/v1/centres", cursor=named["page"]["next_cursor"])).json()
    assert [one["name"] for one in (*named["data"], *after["data"])] == ["By the sea", "STEM centre"]
    close = await outreach.get(anonymous(), "/v1/centres", near="OL6 6NX", within_km=10, hub_id=str(outreach.hub_id))
    assert [one["id"] for one in close.json()["data"]] == [near["id"]]
    assert (await outreach.get(anonymous(), "/v1/centres", within_km=10)).json()["code"] == "within-km-needs-near"
    drawn = await outreach.get(anonymous(), "/v1/centres.geojson")
    assert drawn.headers["Content-Type"] == "application/geo+json"
    longitude, latitude = drawn.json()["features"][1]["geometry"]["coordinates"]
    assert (round(longitude, 1), round(latitude, 1)) == (-2.1, 53.5)
    client = await outreach.service.client(anonymous(), **{"If-None-Match": drawn.headers["ETag"]})
    assert (await client.get("/v1/centres.geojson")).status_code == 304


async def test_a_centre_is_kept_by_its_own_hub_and_administrators(outreach: Outreach) -> None:
    centre = await a_centre(outreach)
    space = (await add_space(outreach, centre)).json()
    for by in (outreach.other_lead(), staff("hub_lead")):
        refused = [
            await edit(outreach, centre, {"name": "Mine now"}, 1, by),
            await add_space(outreach, centre, by),
            await outreach.send("PATCH", by, f"/v1/centre-spaces/{space['id']}", {"capacity": 1}, 1),
        ]
        assert [(one.status_code, one.json()["code"]) for one in refused] == [
            (404, "centre-not-found"),
            (404, "centre-not-found"),
            (404, "space-not-found"),
        ]
    assert (await edit(outreach, centre, {"name": "Renamed"}, 1, staff("administrator"))).status_code == 200
    assert (await edit(outreach, centre, {"name": "Renamed"}, 1)).json()["code"] == "stale-version"
    own = await outreach.send(
        "PATCH", outreach.hub_lead(), f"/v1/centre-spaces/{space['id']}", {"capacity": 20, "is_bookable": False}, 1
    )
    assert (own.json()["capacity"], own.headers["ETag"]) == (20, '"2"')
    assert (await outreach.get(anonymous(), f"/v1/centre-spaces/{space['id']}")).headers["ETag"] == '"2"'


async def add_space(outreach: Outreach, centre: JSON, by: Principal | None = None) -> httpx.Response:
    path = f"/v1/centres/{centre['id']}/spaces"
    body = {"name": "Maker room", "capacity": 32, "equipment": [{"name": "3D printer", "count": 4}]}
    return await outreach.post(by or outreach.hub_lead(), path, body)


async def test_what_does_not_fit_is_refused_by_name(outreach: Outreach) -> None:
    centre = await a_centre(outreach)
    other = await a_centre(outreach, name="Another")
    assert (await edit(outreach, other, {"name": "STEM centre"}, 1)).json()["code"] == "centre-name-taken"
    assert (await edit(outreach, other, {"name": None}, 1)).status_code == 422
    assert (await edit(outreach, other, {"postcode": "CF10 1AA"}, 1)).json()["code"] == "outside-england"
    await add_space(outreach, centre)
    assert (await add_space(outreach, centre)).json()["code"] == "centre-name-taken"
    lead = outreach.hub_lead()
    wanted = {name: centre[name] for name in ("hub_id", "address", "town", "postcode")} | {"name": "Third"}
    for facts, code in (
        ({"host_urn": "999999"}, "school-not-found"),
        ({"hub_id": str(outreach.network.other_hub_id)}, "hub-not-found"),
        ({"opening_hours": [ALL_WEEK[0], ALL_WEEK[0]]}, "validation-failed"),
        ({"opening_hours": [{"weekday": "mon", "opens": "18:00", "closes": "09:00"}]}, "validation-failed"),
        ({"accessibility": {"flying_carpet": True}}, "validation-failed"),
        ({"name": "STEM centre"}, "centre-name-taken"),
    ):
        assert (await outreach.post(lead, "/v1/centres", wanted | facts)).json()["code"] == code


async def test_thirty_schools_at_once_get_a_time_once(outreach: Outreach) -> None:
    space = await a_space(outreach)
    schools = SCHOOLS[:30]
    answers = await asyncio.gather(
        *(
            book(outreach, space, at(9 + number % 3), at(11 + number % 3), a_school_lead(urn))
            for number, urn in enumerate(schools)
        )
    )
    made = sorted((one.json()["starts_at"], one.json()["ends_at"]) for one in answers if one.status_code == 201)
    assert len(made) in (1, 2)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(made))
    assert {one.json()["code"] for one in answers if one.status_code != 201} == {"space-taken"}


async def test_times_that_touch_do_not_overlap_and_a_cancelled_one_is_free(outreach: Outreach) -> None:
    space = await a_space(outreach)
    first = (await book(outreach, space, at(9), at(11))).json()
    assert (await book(outreach, space, at(11), at(12), a_school_lead(SECOND))).status_code == 201
    refused = await book(outreach, space, at(10, 59), at(11, 1), a_school_lead(SECOND))
    assert (refused.status_code, refused.json()["code"], len(refused.json()["taken"])) == (409, "space-taken", 2)
    shown = (await outreach.get(anonymous(), f"/v1/centre-spaces/{space['id']}/times")).json()
    assert len(shown["taken"]) == 2
    assert set(shown["taken"][0]) == {"starts_at", "ends_at"}
    for _ in range(2):
        gone = await outreach.post(a_school_lead(FIRST), f"/v1/centre-bookings/{first['id']}/cancellation")
        assert (gone.json()["status"], gone.json()["cancelled_because"]) == ("cancelled", "booker")
    assert (await book(outreach, space, at(9), at(10))).status_code == 201


async def test_the_database_itself_refuses_an_overlap(outreach: Outreach) -> None:
    space = await a_space(outreach)
    starts = datetime.combine(MONDAY, time(9), clock.ENGLAND)
    with pytest.raises(IntegrityError, match="ex_space_booking_no_overlap"):
        async with outreach.service.session() as session:
            session.add_all(
                SpaceBooking(
                    id=new_id(),
                    space_id=UUID(space["id"]),
                    purpose="meeting",
                    people=1,
                    starts_at=starts + timedelta(minutes=30 * number),
                    ends_at=starts + timedelta(minutes=30 * number + 45),
                    status="booked",
                    booked_by=new_id(),
                    booked_at=clock.now(),
                )
                for number in range(2)
            )


async def test_schools_of_the_hub_and_its_staff_book_and_nobody_else(outreach: Outreach) -> None:
    space = await a_space(outreach)
    async with outreach.service.session() as session:
        leaving = await session.scalar(HubSchool.__table__.select().where(HubSchool.urn == SECOND))
        assert leaving is not None
        await session.execute(
            HubSchool.__table__.update().where(HubSchool.urn == SECOND).values(left_on=MONDAY - timedelta(days=1))  # type: ignore[attr-defined]
        )
    for by in (a_school_lead(STRANGER), a_school_lead(SECOND), outreach.other_lead(), staff("school_lead")):
        refused = await book(outreach, space, at(9), at(10), by)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-of-the-hub")
    own = await book(outreach, space, at(9), at(10), outreach.hub_lead(), purpose="training")
    assert (own.status_code, own.json()["urn"]) == (201, None)
    assert (await book(outreach, space, at(9), at(10), a_teacher(FIRST))).json()["code"] == "forbidden"


@pytest.mark.parametrize(
    ("starts", "ends", "facts", "code"),
    [
        (at(7, 30), at(9), {}, "centre-shut"),
        (at(19), at(20, 1), {}, "centre-shut"),
        (at(9), (datetime.combine(MONDAY, time(9), clock.ENGLAND) + timedelta(days=1)).isoformat(), {}, "centre-shut"),
        (at(9), at(10), {"people": 33}, "space-too-small"),
        (at(10), at(9), {}, "validation-failed"),
        ("2020-01-06T09:00:00Z", "2020-01-06T10:00:00Z", {}, "booking-time-wrong"),
        ("2190-01-06T09:00:00Z", "2190-01-06T10:00:00Z", {}, "booking-time-wrong"),
        ("9999-12-31T23:00:00-05:00", "9999-12-31T23:59:00-05:00", {}, "validation-failed"),
    ],
)
async def test_a_time_that_does_not_fit_is_refused_by_name(
    outreach: Outreach, starts: str, ends: str, facts: JSON, code: str
) -> None:
    space = await a_space(outreach)
    assert (await book(outreach, space, starts, ends, **facts)).json()["code"] == code


async def test_closing_a_centre_ends_the_bookings_to_come(outreach: Outreach) -> None:
    space = await a_space(outreach)
    mine = (await book(outreach, space, at(9), at(10))).json()
    await outreach.send("PATCH", outreach.hub_lead(), f"/v1/centre-spaces/{space['id']}", {"is_bookable": False}, 1)
    assert (await book(outreach, space, at(12), at(13))).json()["code"] == "space-not-bookable"
    await edit(outreach, {"id": space["centre_id"]}, {"status": "closed"}, 2)
    seen = (await outreach.get(a_school_lead(FIRST), f"/v1/centre-bookings/{mine['id']}")).json()
    assert (seen["status"], seen["cancelled_because"]) == ("cancelled", "centre_closed")
    assert (await book(outreach, space, at(9), at(10))).json()["code"] == "space-not-bookable"


async def test_a_booking_is_seen_and_cancelled_by_its_school_and_the_centres_staff_alone(outreach: Outreach) -> None:
    space = await a_space(outreach)
    mine = (await book(outreach, space, at(9), at(10))).json()
    path = f"/v1/centre-bookings/{mine['id']}"
    for by in (a_school_lead(SECOND), outreach.other_lead(), staff("school_lead")):
        assert (await outreach.get(by, path)).json()["code"] == "space-booking-not-found"
        assert (await outreach.post(by, f"{path}/cancellation")).json()["code"] == "space-booking-not-found"
        assert (await outreach.get(by, "/v1/centre-bookings")).json()["data"] == []
    listed = await outreach.get(outreach.hub_lead(), "/v1/centre-bookings", centre_id=space["centre_id"])
    assert [one["id"] for one in listed.json()["data"]] == [mine["id"]]
    turned = await outreach.post(outreach.hub_lead(), f"{path}/cancellation")
    assert turned.json()["cancelled_because"] == "centre"
    begun = (await book(outreach, space, at(9), at(10))).json()
    async with outreach.service.session() as session:
        booking = await session.get_one(SpaceBooking, UUID(begun["id"]))
        booking.starts_at = clock.now() - timedelta(minutes=5)
    late = await outreach.post(a_school_lead(FIRST), f"/v1/centre-bookings/{begun['id']}/cancellation")
    assert late.json()["code"] == "space-booking-over"


def test_opening_hours_are_by_the_clocks_of_england() -> None:
    hours = [{"weekday": "mon", "opens": "09:00", "closes": "17:00"}]
    summer = datetime.fromisoformat("2027-07-05T08:00:00+00:00")
    winter = datetime.fromisoformat("2027-01-04T08:00:00+00:00")
    assert is_open_at(hours, summer, summer + timedelta(hours=8))
    assert not is_open_at(hours, winter, winter + timedelta(hours=8))
    assert not is_open_at(hours, summer, summer + timedelta(hours=8, seconds=1))
    assert not is_open_at(hours, summer + timedelta(days=1), summer + timedelta(days=1, hours=1))
