"""`/v1/programmes`: programmes as data, and schools that take part in a year."""

import asyncio
from datetime import timedelta

import pytest

from builders import a_school_lead, a_teacher, anonymous, staff
from hubs.academic_years import academic_year_of, days_of, year_before
from hubs_outreach import FIRST, SECOND, STRANGER, YEAR, Outreach, a_school

NEXT_YEAR = academic_year_of(days_of(YEAR)[1] + timedelta(days=1))
ENROLMENTS = "/v1/programmes/a-level/enrolments"


async def test_the_a_level_programme_and_the_pilot_are_there_and_say_where_they_come_from(outreach: Outreach) -> None:
    found = {one["slug"]: one for one in (await outreach.get(anonymous(), "/v1/programmes")).json()["data"]}
    assert set(found) == {"a-level", "gender-balance"}
    assert (found["a-level"]["phase"], found["a-level"]["counts_groups"]) == ("post_16", False)
    assert (found["gender-balance"]["is_state_funded_only"], found["gender-balance"]["counts_groups"]) == (True, True)
    assert all("lot" in one["source"] for one in found.values())


async def test_an_administrator_ends_a_programme_and_seeding_again_does_not_take_it_back(outreach: Outreach) -> None:
    read = await outreach.get(anonymous(), "/v1/programmes/a-level")
    assert read.headers["ETag"] == '"1"'
    ended = await outreach.send(
        "PATCH", staff("administrator"), "/v1/programmes/a-level", {"last_year": year_before(YEAR)}, 1
    )
    assert (ended.status_code, ended.headers["ETag"]) == (200, '"2"')
    stale = await outreach.send("PATCH", staff("administrator"), "/v1/programmes/a-level", {"title": "Other"}, 1)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    await outreach.service.seed("programmes")
    refused = await outreach.post(a_school_lead(FIRST), ENROLMENTS, {"academic_year": YEAR})
    assert (refused.status_code, refused.json()["code"]) == (409, "programme-not-running")


async def test_a_programme_ends_after_it_begins_and_its_name_is_its_own(outreach: Outreach) -> None:
    body = {
        "slug": "a-level",
        "title": "Physical computing days",
        "aims": ["Build something that moves"],
        "phase": "primary",
        "key_stages": ["ks2"],
        "first_year": YEAR,
        "is_state_funded_only": True,
        "source": "Decision of the National Centre",
    }
    by = staff("administrator")
    assert (await outreach.post(by, "/v1/programmes", body)).json()["code"] == "programme-slug-taken"
    for years in ({"last_year": year_before(YEAR)}, {"first_year": "2026-28"}):
        refused = await outreach.post(by, "/v1/programmes", body | {"slug": "days"} | years)
        assert (refused.status_code, refused.json()["code"]) == (422, "programme-years-wrong")
    assert (await outreach.post(by, "/v1/programmes", body | {"slug": "days"})).status_code == 201


async def test_a_school_takes_part_once_a_year_whoever_asks_how_often(outreach: Outreach) -> None:
    lead = a_school_lead(FIRST)
    answers = await asyncio.gather(*(outreach.post(lead, ENROLMENTS, {"academic_year": YEAR}) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert (await outreach.post(lead, ENROLMENTS, {"academic_year": NEXT_YEAR})).status_code == 201
    for year in (year_before(YEAR), "2099-00", f"{NEXT_YEAR[:4]}-99"):
        assert (await outreach.post(lead, ENROLMENTS, {"academic_year": year})).json()[
            "code"
        ] == "programme-not-running"


@pytest.mark.parametrize(
    ("facts", "programme", "criterion"),
    [
        ({"is_open": False}, "a-level", "open_in_england"),
        ({"country": "Wales"}, "a-level", "open_in_england"),
        ({"phase": "primary", "lowest_age": 4, "highest_age": 11}, "a-level", "key_stages"),
        ({"phase": "not_applicable", "lowest_age": None, "highest_age": None}, "a-level", "key_stages"),
        ({"is_state_funded": False}, "gender-balance", "state_funded"),
        ({"is_state_funded": None}, "gender-balance", "state_funded"),
        ({"is_state_funded": False}, "a-level", None),
    ],
)
async def test_who_may_take_part(
    outreach: Outreach, facts: dict[str, object], programme: str, criterion: str | None
) -> None:
    async with outreach.service.session() as session:
        session.add(a_school("918888", **facts))
    path = f"/v1/programmes/{programme}/enrolments"
    answer = await outreach.post(a_school_lead("918888"), path, {"academic_year": YEAR})
    assert answer.json().get("criterion") == criterion
    assert answer.status_code == (409 if criterion else 201)


async def test_a_school_withdraws_and_comes_back_but_not_over_pupils_who_are_booked(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST)
    lead = a_school_lead(FIRST)
    [enrolment] = (await outreach.get(lead, ENROLMENTS)).json()["data"]
    event = await outreach.event()
    booked = await outreach.post(lead, f"/v1/pupil-events/{event['id']}/bookings", {"pupils": 3, "staff": 1})
    path = f"{ENROLMENTS}/{enrolment['id']}/withdrawal"
    refused = await outreach.post(lead, path, {"because": "timetable"})
    assert (refused.status_code, refused.json()["pupil_booking_ids"]) == (409, [booked.json()["id"]])
    await outreach.post(lead, f"/v1/pupil-bookings/{booked.json()['id']}/cancellation")
    for _ in range(2):
        ended = await outreach.post(lead, path, {"because": "timetable"})
        assert (ended.status_code, ended.json()["withdrawn_because"]) == (200, "timetable")
    again = await outreach.post(lead, f"/v1/pupil-events/{event['id']}/bookings", {"pupils": 3, "staff": 1})
    assert again.json()["code"] == "school-not-enrolled"
    await outreach.enrol("a-level", FIRST)
    worded = await outreach.post(lead, path, {"because": "timetable", "note": "Sam cannot come"})
    assert worded.json()["errors"][0]["pointer"] == "/note"


async def test_a_school_sees_itself_and_organisers_see_who_takes_part(outreach: Outreach) -> None:
    await outreach.enrol("a-level", FIRST, SECOND)
    seen = {}
    for who, by in (
        ("own", a_school_lead(FIRST)),
        ("other", a_school_lead(STRANGER)),
        ("hub", outreach.hub_lead()),
        ("auditor", staff("auditor")),
    ):
        seen[who] = [one["urn"] for one in (await outreach.get(by, ENROLMENTS)).json()["data"]]
    assert seen == {"own": [FIRST], "other": [], "hub": [FIRST, SECOND], "auditor": [FIRST, SECOND]}
    [one] = (await outreach.get(outreach.hub_lead(), ENROLMENTS, urn=SECOND, is_standing=True)).json()["data"]
    hidden = await outreach.post(a_school_lead(FIRST), f"{ENROLMENTS}/{one['id']}/withdrawal", {"because": "other"})
    assert (hidden.status_code, hidden.json()["code"]) == (404, "programme-enrolment-not-found")
    assert (await outreach.get(a_teacher(FIRST), ENROLMENTS)).status_code == 403
