"""`/v1/courses` and `/v1/course-runs`: search, distance, pages."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from builders import anonymous
from chassis import clock
from chassis.ids import new_id
from harness import ServiceHarness
from hubs.courses.rules import WEEKS_OF_NOTICE
from hubs.seeds import hub_id

HALF_A_PAGE = "40"


async def every(reference: ServiceHarness, path: str, **wanted: str) -> list[dict[str, Any]]:
    """All pages of a list."""
    client = await reference.client(anonymous())
    found: list[dict[str, Any]] = []
    while True:
        response = await client.get(path, params=wanted)
        assert response.status_code == 200, response.text
        found += response.json()["data"]
        if not response.json()["page"]["has_more"]:
            return found
        wanted["cursor"] = response.json()["page"]["next_cursor"]


async def test_the_catalogue_lists_courses_and_hides_the_sources_test_records(reference: ServiceHarness) -> None:
    courses = await every(reference, "/v1/courses", limit=HALF_A_PAGE)
    codes = [course["code"] for course in courses]
    assert codes == sorted(set(codes))
    assert len(codes) == 159
    assert not {"TES8", "ABC", "LOCAL-01"} & set(codes)


async def test_courses_are_filtered_by_all_that_is_asked(reference: ServiceHarness) -> None:
    found = await every(
        reference, "/v1/courses", mode="online", key_stage="ks1", programme="core", subject="Programming", q="scratch"
    )
    assert [course["code"] for course in found] == ["CO232"]


async def test_a_course_says_its_hours_and_days(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    course = (await client.get("/v1/courses/CP008")).json()
    assert (course["hours"], course["days"], course["phases"]) == ("12.00", "2.00", ["primary"])
    assert (await client.get("/v1/courses/NONE")).json()["code"] == "course-not-found"


async def test_runs_come_soonest_first_and_each_once(reference: ServiceHarness) -> None:
    runs = await every(reference, "/v1/course-runs", limit=HALF_A_PAGE)
    assert len({run["id"] for run in runs}) == len(runs) == 260
    assert [run["starts_on"] for run in runs] == sorted(run["starts_on"] for run in runs)
    first = date.fromisoformat(runs[0]["starts_on"])
    assert timedelta(0) <= first - clock.today() - timedelta(weeks=WEEKS_OF_NOTICE) < timedelta(weeks=1)


async def test_runs_near_a_place_come_nearest_first_and_those_without_a_venue_last(reference: ServiceHarness) -> None:
    runs = await every(reference, "/v1/course-runs", near="OL6 6NX", limit=HALF_A_PAGE)
    assert len(runs) == 260
    distances = [run["distance_km"] for run in runs]
    known = [Decimal(distance) for distance in distances if distance is not None]
    assert known == sorted(known)
    assert 0 < len(known) < 260
    assert distances[len(known) :] == [None] * (260 - len(known))
    assert len({run["id"] for run in runs}) == 260


async def test_a_radius_leaves_out_what_is_farther_and_what_has_no_venue(reference: ServiceHarness) -> None:
    runs = await every(reference, "/v1/course-runs", near="OL6", within_km="30", programme="core")
    assert {run["hub_name"] for run in runs} == {"Greater Manchester"}
    assert {run["course_code"] for run in runs} == {"CP008"}
    assert all(Decimal(run["distance_km"]) <= 30 for run in runs)


async def test_the_filters_of_runs_hold_together(reference: ServiceHarness) -> None:
    day = clock.today() + timedelta(weeks=60)
    wanted = {
        "hub_id": str(hub_id("greater-manchester")),
        "mode": "live_remote",
        "programme": "gcse_subject_knowledge",
        "key_stage": "ks4",
        "starts_to": str(day),
    }
    runs = await every(reference, "/v1/course-runs", **wanted)
    assert runs
    for run in runs:
        assert (run["hub_id"], run["mode"], run["programme"]) == (wanted["hub_id"], wanted["mode"], wanted["programme"])
        assert "ks4" in run["key_stages"]
        assert run["starts_on"] <= wanted["starts_to"]
    later = await every(reference, "/v1/course-runs", course="CP008", starts_from=str(day))
    assert all(run["starts_on"] >= str(day) and run["course_code"] == "CP008" for run in later)


@pytest.mark.parametrize(
    ("wanted", "status", "code"),
    [
        ({"within_km": "10"}, 422, "within-km-needs-near"),
        ({"near": "nowhere"}, 422, "postcode-malformed"),
        ({"near": "CF10 1AA"}, 422, "outside-england"),
        ({"key_stage": "ks9"}, 422, "validation-failed"),
        ({"radius": "10"}, 422, "validation-failed"),
        ({"cursor": "nonsense"}, 400, "cursor-invalid"),
    ],
)
async def test_a_search_that_cannot_be_made_says_why(
    reference: ServiceHarness, wanted: dict[str, str], status: int, code: str
) -> None:
    client = await reference.client(anonymous())
    refused = await client.get("/v1/course-runs", params=wanted)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_a_cursor_of_another_list_is_refused(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    cursor = (await client.get("/v1/courses", params={"limit": "1"})).json()["page"]["next_cursor"]
    for path in ("/v1/course-runs", "/v1/course-runs?near=OL6"):
        refused = await client.get(path, params={"cursor": cursor} | ({"near": "OL6"} if "near" in path else {}))
        assert refused.json()["code"] == "cursor-invalid"


async def test_a_run_tells_the_places_left(reference: ServiceHarness) -> None:
    client = await reference.client(anonymous())
    run = (await every(reference, "/v1/course-runs", course="CP008"))[0]
    shown = (await client.get(f"/v1/course-runs/{run['id']}")).json()
    assert (shown["capacity"], shown["places_left"], shown["phase"]) == (20, 20, "primary")
    assert (await client.get(f"/v1/course-runs/{new_id()}")).json()["code"] == "course-run-not-found"
