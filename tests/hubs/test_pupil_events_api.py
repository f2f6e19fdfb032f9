"""`/v1/pupil-events` and `/v1/pupil-bookings`: numbers of pupils, never too many, and who came."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from builders import a_school_lead, a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.academic_years import days_of, year_before
from hubs.pupil_events.models import PupilEvent
from hubs_outreach import FIRST, JSON, SCHOOLS, SECOND, THIRD, TODAY, YEAR, Outreach


async def book(outreach: Outreach, event: JSON, urn: str, pupils: int, staff_: int = 1) -> httpx.Response:
    path = f"/v1/pupil-events/{event['id']}/bookings"
    return await outreach.post(a_school_lead(urn), path, {"pupils": pupils, "staff": staff_})


async def read(outreach: Outreach, event: JSON, by: Principal | None = None) -> JSON:
    found: JSON = (await outreach.get(by or anonymous(), f"/v1/pupil-events/{event['id']}")).json()
    return found


async def tell(outreach: Outreach, event: JSON, entries: dict[str, int], **more: object) -> httpx.Response:
    version = (await read(outreach, event))["version"]
    came = [{"pupil_booking_id": one, "pupils": pupils, "staff": 1} for one, pupils in entries.items()]
    path = f"/v1/pupil-events/{event['id']}/attendance"
    return await outreach.send("PUT", outreach.hub_lead(), path, {"entries": came, **more}, version)


async def test_forty_schools_at_once_never_take_more_than_there_is(outreach: Outreach) -> None:
    schools = [urn for urn in SCHOOLS if urn != SCHOOLS[-1]]
    await outreach.enrol("a-level", *schools)
    event = await outreach.event(pupil_capacity=50, school_capacity=30)
    answers = await asyncio.gather(*(book(outreach, event, urn, 7) for urn in schools))
    assert sorted(answer.status_code for answer in answers) == [201] * 7 + [409] * 33
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"pupil-places-short"}
    shown = await read(outreach, event)
    assert (shown["pupil_places_left"], shown["school_places_left"]) == (1, 23)


async def test_a_school_books_once_and_an_event_takes_so_many_schools(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND, THIRD)
    event = await outreach.event(school_capacity=2)
    same = await asyncio.gather(*(book(outreach, event, FIRST, 2) for _ in range(5)))
    assert sorted(answer.status_code for answer in same) == [201] + [409] * 4
    assert {one.json()["code"] for one in same if one.status_code == 409} == {"pupils-booked-already"}
    assert (await book(outreach, event, SECOND, 2)).status_code == 201
    assert (await book(outreach, event, THIRD, 2)).json()["code"] == "pupil-places-short"
    assert (await read(outreach, event))["pupil_places_left"] == 56


async def test_numbers_grow_and_shrink_within_what_is_left(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND)
    event = await outreach.event(pupil_capacity=30)
    mine, _ = (await book(outreach, event, FIRST, 20)).json(), await book(outreach, event, SECOND, 5)
    path, lead = f"/v1/pupil-bookings/{mine['id']}", a_school_lead(FIRST)
    short = await outreach.send("PATCH", lead, path, {"pupils": 26, "staff": 2}, 1)
    assert (short.status_code, short.json()["pupil_places_left"]) == (409, 5)
    grown = await outreach.send("PATCH", lead, path, {"pupils": 25, "staff": 2}, 1)
    assert (grown.json()["pupils"], grown.json()["staff"], grown.headers["ETag"]) == (25, 2, '"2"')
    assert (await outreach.send("PATCH", lead, path, {"pupils": 1, "staff": 1}, 1)).json()["code"] == "stale-version"
    await outreach.send("PATCH", lead, path, {"pupils": 4, "staff": 1}, 2)
    assert (await read(outreach, event))["pupil_places_left"] == 21
    for _ in range(2):
        assert (await outreach.post(lead, f"{path}/cancellation")).json()["status"] == "cancelled"
    assert (await read(outreach, event))["pupil_places_left"] == 25
    gone = await outreach.send("PATCH", lead, path, {"pupils": 1, "staff": 1}, 4)
    assert gone.json()["code"] == "pupil-booking-cancelled"
    assert (await book(outreach, event, FIRST, 2)).status_code == 201


async def test_changes_and_bookings_at_once_add_up(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND, THIRD)
    event = await outreach.event(pupil_capacity=20)
    first, second = [(await book(outreach, event, urn, 8)).json() for urn in (FIRST, SECOND)]
    changes = [
        outreach.send(
            "PATCH", a_school_lead(FIRST), f"/v1/pupil-bookings/{first['id']}", {"pupils": 12, "staff": 1}, 1
        ),
        outreach.send(
            "PATCH", a_school_lead(SECOND), f"/v1/pupil-bookings/{second['id']}", {"pupils": 12, "staff": 1}, 1
        ),
        book(outreach, event, THIRD, 4),
    ]
    answers = await asyncio.gather(*changes)
    assert sum(answer.is_success for answer in answers) == 1
    assert (await read(outreach, event))["pupil_places_left"] == 0


async def test_only_a_school_that_takes_part_books_and_only_before_the_event(outreach: Outreach) -> None:
    event = await outreach.event()
    assert (await book(outreach, event, FIRST, 2)).json()["code"] == "school-not-enrolled"
    await outreach.enrol("a-level", FIRST, SECOND)
    mine = (await book(outreach, event, FIRST, 2)).json()
    assert (await book(outreach, {"id": new_id()}, FIRST, 2)).json()["code"] == "pupil-event-not-found"
    draft = await outreach.event(status="draft")
    assert (await book(outreach, draft, FIRST, 2)).json()["code"] == "pupil-event-not-found"
    await outreach.begin(event["id"])
    assert (await book(outreach, event, SECOND, 2)).json()["code"] == "pupil-event-not-open"
    cancelled = await outreach.post(a_school_lead(FIRST), f"/v1/pupil-bookings/{mine['id']}/cancellation")
    assert cancelled.json()["code"] == "pupil-event-not-open"
    noted = await outreach.post(
        a_school_lead(FIRST), f"/v1/pupil-events/{event['id']}/bookings", {"pupils": 1, "staff": 1, "names": "Sam"}
    )
    assert noted.json()["errors"][0]["pointer"] == "/names"


async def test_hubs_and_partners_run_events_and_nobody_runs_anothers(outreach: Outreach) -> None:
    partner_id = new_id()
    partner = staff("partner_admin", organisation_id=partner_id)
    facts = {"hub_id": None, "partner_id": str(partner_id), "postcode": "LS1 9AA"}
    refused = await outreach.post(partner, "/v1/pupil-events", await body_of(outreach, **facts, status="open"))
    assert (refused.status_code, refused.json()["region"]) == (201, "Yorkshire and The Humber")
    for by in (partner, outreach.other_lead()):
        wrong = await outreach.post(by, "/v1/pupil-events", await body_of(outreach))
        assert (wrong.status_code, wrong.json()["code"]) == (404, "organiser-not-yours")
    mine = await outreach.event(joining_link="https://meet.example.org/1")
    for by in (partner, outreach.other_lead()):
        path = f"/v1/pupil-events/{mine['id']}"
        assert (await outreach.send("PATCH", by, path, {"title": "Mine now"}, 1)).status_code == 404
        assert (await outreach.post(by, f"{path}/cancellation", {"because": "other"})).status_code == 404
        assert (await outreach.get(by, f"{path}/attendance")).status_code == 404
    assert (await outreach.post(a_teacher(), "/v1/pupil-events", await body_of(outreach))).status_code == 403


async def body_of(outreach: Outreach, **facts: object) -> JSON:
    """What was sent for an event, to be sent again by somebody else."""
    event = await outreach.event(status="draft")
    names = ("programme_slug", "hub_id", "title", "kind", "mode", "key_stages", "starts_at", "ends_at", "postcode")
    return {name: event[name] for name in (*names, "pupil_capacity", "school_capacity")} | facts


async def test_the_link_is_for_schools_that_booked_and_drafts_for_who_plans_them(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST)
    event = await outreach.event(mode="online", postcode=None, venue=None, joining_link="https://meet.example.org/1")
    await book(outreach, event, FIRST, 2)
    links = [
        (await read(outreach, event, by))["joining_link"]
        for by in (outreach.hub_lead(), a_school_lead(FIRST), a_school_lead(SECOND), outreach.other_lead(), anonymous())
    ]
    assert links == ["https://meet.example.org/1"] * 2 + [None] * 3
    draft = await outreach.event(status="draft")
    assert (await outreach.get(anonymous(), f"/v1/pupil-events/{draft['id']}")).status_code == 404
    assert (await outreach.get(outreach.hub_lead(), f"/v1/pupil-events/{draft['id']}")).status_code == 200
    for by, count in ((anonymous(), 1), (outreach.other_lead(), 1), (outreach.hub_lead(), 2)):
        assert len((await outreach.get(by, "/v1/pupil-events")).json()["data"]) == count


async def test_events_are_found_near_a_place_by_programme_and_with_places(outreach: Outreach) -> None:
    near, far = await outreach.event(title="Near"), await outreach.event(title="Far", postcode="PL1 1AA")
    online = await outreach.event(title="Online", mode="online", postcode=None)
    found = (await outreach.get(anonymous(), "/v1/pupil-events", near="OL6 6NX", limit=2)).json()
    assert [one["id"] for one in found["data"]] == [near["id"], far["id"]]
    rest = await outreach.get(
        anonymous(), "/v1/pupil-events", near="OL6 6NX", limit=2, cursor=found["page"]["next_cursor"]
    )
    assert [(one["id"], one["distance_km"]) for one in rest.json()["data"]] == [(online["id"], None)]
    close = await outreach.get(anonymous(), "/v1/pupil-events", near="OL6 6NX", within_km=20)
    assert [one["title"] for one in close.json()["data"]] == ["Near"]
    assert (await outreach.get(anonymous(), "/v1/pupil-events", within_km=20)).json()["code"] == "within-km-needs-near"
    for query, count in (
        ({"programme_slug": "gender-balance"}, 0),
        ({"key_stage": "post_16", "mode": "online"}, 1),
        ({"key_stage": "ks2"}, 0),
        ({"only_with_places": True, "hub_id": str(outreach.hub_id)}, 3),
        ({"starts_to": str(TODAY)}, 0),
    ):
        assert len((await outreach.get(anonymous(), "/v1/pupil-events", **query)).json()["data"]) == count


async def test_an_event_is_edited_from_the_version_read_and_never_below_what_is_booked(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST)
    event = await outreach.event()
    await book(outreach, event, FIRST, 20)
    path, lead = f"/v1/pupil-events/{event['id']}", outreach.hub_lead()
    less = await outreach.send("PATCH", lead, path, {"pupil_capacity": 19}, 1)
    assert (less.status_code, less.json()["code"], less.json()["pupils_booked"]) == (409, "pupil-capacity-taken", 20)
    kept = await outreach.send("PATCH", lead, path, {"pupil_capacity": 20, "venue": None}, 1)
    assert (kept.json()["pupil_places_left"], kept.json()["venue"], kept.headers["ETag"]) == (0, None, '"2"')
    assert (await outreach.send("PATCH", lead, path, {"title": "Other"}, 1)).json()["code"] == "stale-version"
    assert (await outreach.send("PATCH", lead, path, {"title": None}, 2)).status_code == 422
    assert (await outreach.send("PATCH", lead, path, {"key_stages": ["ks1"]}, 2)).json()["code"] == "pupil-event-wrong"


async def test_calling_an_event_off_ends_every_booking_of_it(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST)
    event = await outreach.event()
    mine = (await book(outreach, event, FIRST, 20)).json()
    for _ in range(2):
        off = await outreach.post(
            outreach.hub_lead(), f"/v1/pupil-events/{event['id']}/cancellation", {"because": "weather"}
        )
        assert (off.json()["status"], off.json()["cancelled_because"]) == ("cancelled", "weather")
    booking = (await outreach.get(a_school_lead(FIRST), f"/v1/pupil-bookings/{mine['id']}")).json()
    assert (booking["status"], booking["cancelled_because"]) == ("cancelled", "event_cancelled")
    assert (await outreach.get(anonymous(), "/v1/pupil-events")).json()["data"] == []
    held = await outreach.event()
    await outreach.begin(held["id"])
    late = await outreach.post(
        outreach.hub_lead(), f"/v1/pupil-events/{held['id']}/cancellation", {"because": "weather"}
    )
    assert late.json()["code"] == "pupil-event-held"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"key_stages": ["ks1"]}, "pupil-event-wrong"),
        ({"approach": "storytelling"}, "pupil-event-wrong"),
        ({"programme_slug": "none"}, "programme-not-found"),
        ({"starts_at": "2020-01-01T10:00:00Z", "ends_at": "2020-01-01T11:00:00Z"}, "pupil-event-wrong"),
        ({"starts_at": "2017-01-01T10:00:00Z", "ends_at": "2017-01-01T11:00:00Z"}, "programme-not-running"),
        ({"starts_at": "9999-12-31T23:59:59-05:00"}, "validation-failed"),
        ({"ends_at": "2020-01-01T10:00:00Z"}, "validation-failed"),
        ({"postcode": None}, "validation-failed"),
        ({"postcode": "CF10 1AA"}, "outside-england"),
        ({"partner_id": str(new_id())}, "validation-failed"),
    ],
)
async def test_an_event_that_does_not_fit_is_refused_by_name(outreach: Outreach, facts: JSON, code: str) -> None:
    refused = await outreach.post(outreach.hub_lead(), "/v1/pupil-events", await body_of(outreach, **facts))
    assert refused.json()["code"] == code


async def test_a_pilots_event_follows_one_of_its_approaches(outreach: Outreach) -> None:
    await outreach.programme("gender-balance", approaches=["pair-programming", "role-models"])
    body = await body_of(outreach, programme_slug="gender-balance", key_stages=["ks3"])
    lead = outreach.hub_lead()
    assert (await outreach.post(lead, "/v1/pupil-events", body)).json()["code"] == "pupil-event-wrong"
    made = await outreach.post(lead, "/v1/pupil-events", body | {"approach": "role-models"})
    assert made.json()["approach"] == "role-models"


async def test_who_came_is_told_whole_and_once_the_event_has_begun(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND)
    event = await outreach.event()
    first, second = [(await book(outreach, event, urn, 10)).json()["id"] for urn in (FIRST, SECOND)]
    early = await tell(outreach, event, {first: 9, second: 0})
    assert (early.status_code, early.json()["code"]) == (409, "attendance-too-early")
    await outreach.begin(event["id"])
    for entries in ({first: 9}, {first: 9, second: 1, str(new_id()): 3}):
        assert (await tell(outreach, event, entries)).json()["code"] == "attendance-wrong"
    counted = await tell(outreach, event, {first: 9, second: 0}, groups={"girls": 4, "boys": 5, "not_stated": 0})
    assert (counted.status_code, counted.json()["field"]) == (422, "groups")
    told = (await tell(outreach, event, {first: 9, second: 0})).json()
    assert (told["pupils_attended"], told["schools_attended"], told["groups"]) == (9, 1, None)
    corrected = (await tell(outreach, event, {first: 9, second: 2})).json()
    assert (corrected["pupils_attended"], corrected["schools_attended"]) == (11, 2)
    path = f"/v1/pupil-events/{event['id']}/attendance"
    assert (await outreach.send("PUT", outreach.hub_lead(), path, {"entries": []}, 1)).status_code == 412
    mine = (await outreach.get(a_school_lead(FIRST), f"/v1/pupil-bookings/{first}")).json()
    assert (mine["pupils_attended"], mine["staff_attended"]) == (9, 1)


async def test_the_pilot_counts_groups_of_the_event_as_a_whole(outreach: Outreach) -> None:
    await outreach.enrol("gender-balance", FIRST)
    event = await outreach.event(programme_slug="gender-balance", key_stages=["ks3"])
    mine = (await book(outreach, event, FIRST, 10)).json()["id"]
    await outreach.begin(event["id"])
    for groups in (None, {"girls": 5, "boys": 5, "not_stated": 0}):
        assert (await tell(outreach, event, {mine: 9}, groups=groups)).json()["field"] == "groups"
    told = (await tell(outreach, event, {mine: 9}, groups={"girls": 5, "boys": 4, "not_stated": 0})).json()
    assert told["groups"] == {"girls": 5, "boys": 4, "not_stated": 0}
    assert "groups" not in told["entries"][0]


async def test_figures_of_a_settled_year_stay(outreach: Outreach) -> None:
    event = await outreach.event()
    long_ago = year_before(year_before(YEAR))
    async with outreach.service.session() as session:
        row = await session.get_one(PupilEvent, event["id"])
        row.academic_year, row.starts_on = long_ago, days_of(long_ago)[0]
        row.starts_at, row.ends_at = clock.now() - timedelta(days=700), clock.now() - timedelta(days=699)
    refused = await tell(outreach, event, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "attendance-settled")


async def test_a_booking_is_seen_by_its_school_and_by_the_organiser_alone(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND)
    event = await outreach.event()
    mine = (await book(outreach, event, FIRST, 10)).json()["id"]
    await book(outreach, event, SECOND, 10)
    for by, count in (
        (a_school_lead(FIRST), 1),
        (outreach.hub_lead(), 2),
        (outreach.other_lead(), 0),
        (a_school_lead(THIRD), 0),
        (staff("school_lead"), 0),
    ):
        assert len((await outreach.get(by, "/v1/pupil-bookings", event_id=event["id"])).json()["data"]) == count
    for by in (outreach.other_lead(), a_school_lead(SECOND)):
        assert (await outreach.get(by, f"/v1/pupil-bookings/{mine}")).json()["code"] == "pupil-booking-not-found"
