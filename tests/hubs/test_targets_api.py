"""Targets of hubs by academic year, and delivery counted from runs, bookings, completions, members and meetings."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from builders import a_teacher, staff
from chassis import clock
from chassis.ids import new_id
from harness import ServiceHarness
from hubs.academic_years import academic_year_of, year_before
from hubs.app import SERVICE
from hubs.bookings.models import Booking
from hubs.completions.models import Completion, CompletionCorrection
from hubs.courses.models import CourseRun
from hubs.directory.models import Hub, HubMember, HubSchool
from hubs.meetings.models import HubMeeting
from hubs_network import Network, a_hub
from worlds import StartService

TODAY = clock.today()
YEAR = academic_year_of(TODAY)
FIRST = date(int(YEAR[:4]), 9, 1)


@pytest.fixture
async def hubs(start_service: StartService) -> ServiceHarness:
    """The service with the districts and the synthetic schools."""
    return await start_service(SERVICE, loaded=["areas", "schools"])


@pytest.fixture
async def seeded(network: Network) -> Network:
    """The small network among them."""
    return network


async def set_targets(network: Network, figures: dict[str, int], version: int = 0, year: str = YEAR) -> Any:
    client = await network.service.client(staff("administrator"), **{"If-Match": f'"{version}"'})
    return await client.put(f"/v1/hubs/{network.hub_id}/targets/{year}", json=figures)


async def delivery(network: Network, year: str | None = None) -> dict[str, tuple[int | None, int, int | None]]:
    client = await network.service.client(network.lead())
    path = f"/v1/hubs/{network.hub_id}/delivery"
    found = (await client.get(path, params={"year": year} if year else {})).json()
    return {one["measure"]: (one["target"], one["delivered"], one["percent"]) for one in found["measures"]}


async def test_targets_are_set_from_the_version_that_was_read(seeded: Network) -> None:
    lead = await seeded.service.client(seeded.lead())
    path = f"/v1/hubs/{seeded.hub_id}/targets/{YEAR}"
    none = await lead.get(path)
    assert (none.headers["ETag"], none.json()["teachers"], none.json()["set_at"]) == ('"0"', None, None)
    first = await set_targets(seeded, {"teachers": 240, "schools": 90})
    assert (first.status_code, first.headers["ETag"], first.json()["teachers"]) == (200, '"1"', 240)
    stale = await set_targets(seeded, {"teachers": 250})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    again = await set_targets(seeded, {"teachers": 250}, 1)
    assert (again.json()["teachers"], again.json()["schools"]) == (250, None)
    assert (await lead.get(path)).json() == again.json()
    assert (await lead.put(path, json={"teachers": 1}, headers={"If-Match": '"2"'})).status_code == 403
    wrong = await set_targets(seeded, {"teachers": 1}, year="2026-28")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "academic-year-wrong")


async def a_past_run(network: Network, hub_id: UUID | None = None, status: str = "open") -> UUID:
    run_id = await network.run(in_days=-3)
    async with network.service.session() as session:
        run = await session.get_one(CourseRun, run_id)
        run.status, run.hub_id = status, hub_id or network.hub_id  # type: ignore[assignment]  # one of its states
        run.starts_on = run.ends_on = max(FIRST, TODAY - timedelta(days=3))
    return run_id


async def attended(network: Network, run_id: UUID, teacher_id: UUID, urn: str, hours: int) -> UUID:
    booking = Booking(
        id=new_id(),
        course_run_id=run_id,
        teacher_id=teacher_id,
        school_urn=urn,
        phase="primary",
        status="attended",
        placed_at=clock.now(),
    )
    completion = Completion(
        id=new_id(),
        teacher_id=teacher_id,
        activity_code="CP008",
        mode="face_to_face",
        hours=Decimal(hours),
        completed_on=TODAY,
        booking_id=booking.id,
        course_run_id=run_id,
        recorded_at=clock.now(),
    )
    async with network.service.session() as session:
        session.add(booking)
        await session.flush()
        session.add(completion)
    return completion.id


async def test_delivery_is_counted_from_what_happened(seeded: Network) -> None:
    """Two teachers of one school, one of them twice; one completion withdrawn; another hub's run does not count."""
    run, another = await a_past_run(seeded), await a_past_run(seeded)
    elsewhere = await a_past_run(seeded, seeded.other_hub_id)
    await a_past_run(seeded, status="cancelled")
    ann, ben, cem = new_id(), new_id(), new_id()
    await attended(seeded, run, ann, "900001", 12)
    await attended(seeded, another, ann, "900001", 6)
    await attended(seeded, run, ben, "900001", 12)
    withdrawn = await attended(seeded, run, cem, "900002", 12)
    await attended(seeded, elsewhere, ann, "900001", 12)
    async with seeded.service.session() as session:
        session.add(
            CompletionCorrection(
                completion_id=withdrawn,
                revision=1,
                hours_before=Decimal(12),
                hours=Decimal(0),
                reason="Was not there.",
                corrected_at=clock.now(),
            )
        )
        session.add(HubMember(id=new_id(), hub_id=seeded.hub_id, teacher_id=ann, joined_at=clock.now()))
        period = HubSchool(id=new_id(), hub_id=seeded.hub_id, urn="900001", joined_on=FIRST, left_on=FIRST)
        old = HubSchool(id=new_id(), hub_id=seeded.hub_id, urn="900002", joined_on=date(2020, 1, 1), left_on=FIRST)
        old.left_on = FIRST - timedelta(days=1)
        session.add_all([period, old, a_meeting(seeded.hub_id, "held"), a_meeting(seeded.hub_id, "planned")])
    await set_targets(seeded, {"teachers": 3, "course_runs": 0, "meetings": 2})
    assert await delivery(seeded) == {
        "teachers": (3, 2, 66),
        "schools": (None, 1, None),
        "course_runs": (0, 2, None),
        "places": (None, 4, None),
        "cpd_hours": (None, 30, None),
        "new_members": (None, 1, None),
        "member_schools": (None, 1, None),
        "meetings": (2, 1, 50),
    }
    before = await delivery(seeded, year_before(YEAR))
    assert {name: value for name, (_, value, _) in before.items() if value} == {"member_schools": 1}


def a_meeting(hub_id: UUID, status: str) -> HubMeeting:
    return HubMeeting(
        id=new_id(), hub_id=hub_id, title="A meeting", meets_on=TODAY, status=status, planned_at=clock.now()
    )


async def test_the_network_counts_a_teacher_once_and_shows_what_sources_name(seeded: Network) -> None:
    ann = new_id()
    await attended(seeded, await a_past_run(seeded), ann, "900001", 12)
    await attended(seeded, await a_past_run(seeded, seeded.other_hub_id), ann, "900001", 12)
    await set_targets(seeded, {"teachers": 240})
    client = await seeded.service.client(staff("administrator"))
    found = (await client.get("/v1/hubs/delivery")).json()
    assert [hub["slug"] for hub in found["hubs"]] == ["coastal", "moorland"]
    assert found["totals"][0] == {"measure": "teachers", "target": 240, "delivered": 1, "percent": 0}
    assert [hub["measures"][0]["delivered"] for hub in found["hubs"]] == [1, 1]
    named = {one["measure"]: (one["target"], one["delivered"]) for one in found["national"]}
    assert named == {
        "computing_hubs": (40, 2),
        "gcse_teachers": (8000, 0),
        "stem_skills_hubs": (400, 0),
        "stem_schools": (4000, 0),
    }


async def test_the_network_as_a_file_holds_no_formula(seeded: Network) -> None:
    async with seeded.service.session() as session:
        session.add(a_hub(new_id(), "evil"))
    async with seeded.service.session() as session:
        (await session.get_one(Hub, seeded.hub_id)).name = "=HYPERLINK(1)"
    await set_targets(seeded, {"teachers": 240})
    client = await seeded.service.client(staff("auditor"))
    reply = await client.get("/v1/hubs/delivery.csv", params={"year": YEAR})
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(reply.text)))
    assert len(lines) == 3
    line = next(one for one in lines if one["slug"] == "moorland")
    assert (line["name"], line["teachers_target"], line["teachers_delivered"]) == ("'=HYPERLINK(1)", "240", "0")
    assert line["schools_target"] == ""


async def test_a_hubs_delivery_is_its_staffs_and_the_administrators(seeded: Network) -> None:
    stranger = staff("hub_lead", organisation_id=seeded.other_hub_id)
    for caller, status in ((stranger, 404), (a_teacher(), 403), (staff("administrator"), 200)):
        client = await seeded.service.client(caller)
        assert (await client.get(f"/v1/hubs/{seeded.hub_id}/delivery")).status_code == status
        assert (await client.get(f"/v1/hubs/{seeded.hub_id}/targets/{YEAR}")).status_code == status
    assert (await (await seeded.service.client(seeded.lead())).get("/v1/hubs/delivery")).status_code == 403
