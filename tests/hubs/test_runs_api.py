"""`/v1/course-runs` as hub staff use it: their own runs, edited on what they have seen, called off with a reason."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from builders import a_teacher, anonymous, staff
from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import BookingCancelled
from hubs_network import Network

LINK = "https://meet.example.org/room"


def a_session(in_days: int, minutes: int = 300) -> dict[str, Any]:
    starts_at = (clock.now() + timedelta(days=in_days)).replace(hour=10, minute=0, second=0, microsecond=0)
    return {
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=6)).isoformat(),
        "minutes": minutes,
    }


def a_plan(network: Network, **changes: Any) -> dict[str, Any]:
    plan = {
        "hub_id": str(network.hub_id),
        "course_code": "CP008",
        "status": "open",
        "sessions": [a_session(31), a_session(30)],
        "capacity": 2,
        "joining_link": LINK,
        "facilitator_ids": [str(new_id())],
    }
    return plan | changes


async def planned(network: Network, **changes: Any) -> dict[str, Any]:
    answer = await network.post(network.lead(), "/v1/course-runs", **a_plan(network, **changes))
    assert answer.status_code == 201, answer.text
    assert answer.headers["ETag"] == '"1"'
    found: dict[str, Any] = answer.json()
    return found


async def edit(network: Network, run_id: str, version: int | None, by: Principal, **body: Any) -> httpx.Response:
    client = await network.service.client(by)
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.patch(f"/v1/course-runs/{run_id}", json=body, headers=headers)


async def seen(network: Network, run_id: str, by: Principal) -> dict[str, Any]:
    found: dict[str, Any] = (await (await network.service.client(by)).get(f"/v1/course-runs/{run_id}")).json()
    return found


async def test_a_hub_plans_a_run_with_sessions_in_their_order(network: Network) -> None:
    run = await planned(network)
    assert [one["ordinal"] for one in run["sessions"]] == [1, 2]
    assert run["sessions"][0]["starts_at"] == run["starts_at"] < run["sessions"][1]["starts_at"]
    listed = (await (await network.service.client(anonymous())).get("/v1/course-runs")).json()["data"]
    assert [one["id"] for one in listed] == [run["id"]]


async def test_a_run_is_planned_at_ones_own_hub_only(network: Network) -> None:
    stranger = staff("hub_lead", organisation_id=network.other_hub_id)
    assert (await network.post(stranger, "/v1/course-runs", **a_plan(network))).json()["code"] == "hub-not-yours"
    run = await planned(network)
    assert (await edit(network, run["id"], 1, stranger, capacity=9)).json()["code"] == "course-run-not-found"
    assert (await edit(network, run["id"], 1, a_teacher(), capacity=9)).status_code == 403
    refused = await network.post(stranger, f"/v1/course-runs/{run['id']}/cancellation", reason="Not mine to say.")
    assert refused.status_code == 404


async def test_a_draft_is_seen_by_its_own_hub_only(network: Network) -> None:
    run = await planned(network, status="draft")
    assert (await seen(network, run["id"], network.lead()))["status"] == "draft"
    for other in (anonymous(), staff("hub_lead", organisation_id=network.other_hub_id)):
        assert (await seen(network, run["id"], other))["code"] == "course-run-not-found"
    assert (await network.book(run["id"])).json()["code"] == "run-not-open"
    assert (await edit(network, run["id"], 1, network.lead(), status="open")).json()["status"] == "open"
    assert (await seen(network, run["id"], anonymous()))["status"] == "open"


async def test_how_to_join_is_told_to_those_with_a_place_and_to_staff(network: Network) -> None:
    run, teacher, holder = await planned(network), a_teacher(), a_teacher()
    await network.book(run["id"], teacher)
    await network.book(run["id"], holder, hold=True)
    for caller, link in ((teacher, LINK), (network.lead(), LINK), (holder, None), (anonymous(), None)):
        shown = await seen(network, run["id"], caller)
        assert (shown["joining_link"], len(shown["facilitator_ids"])) == (link, 1 if link else 0)


async def test_an_edit_needs_the_version_that_was_seen(network: Network) -> None:
    run = await planned(network)
    assert (await edit(network, run["id"], None, network.lead(), capacity=5)).status_code == 428
    answers = await asyncio.gather(*(edit(network, run["id"], 1, network.lead(), capacity=5 + n) for n in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]
    assert (await seen(network, run["id"], network.lead()))["version"] == 2


async def test_more_places_are_offered_down_the_waiting_list_and_taken_ones_stay(network: Network) -> None:
    run, waiting = await planned(network, capacity=1), a_teacher()
    await network.book(run["id"])
    booking = (await network.book(run["id"], waiting, waiting_list=True)).json()
    assert (await edit(network, run["id"], 1, network.lead(), capacity=2)).json()["places_left"] == 0
    assert await network.status(waiting, booking["id"]) == "offered"
    refused = await edit(network, run["id"], 2, network.lead(), capacity=1)
    assert (refused.json()["code"], refused.json()["places_taken"]) == ("capacity-taken", 2)


async def test_a_postponed_run_takes_no_bookings_until_it_is_open_again(network: Network) -> None:
    run = await planned(network)
    await edit(network, run["id"], 1, network.lead(), status="postponed", status_reason="The hall is flooded.")
    assert (await network.book(run["id"])).json()["code"] == "run-not-open"
    moved = await edit(network, run["id"], 2, network.lead(), status="moved_online", sessions=[a_session(60)])
    assert (moved.json()["status"], len(moved.json()["sessions"])) == ("moved_online", 1)
    assert (await network.book(run["id"])).status_code == 201


async def test_a_run_called_off_ends_every_booking_and_tells_those_with_a_place(network: Network) -> None:
    run, sure, waiting = await planned(network, capacity=1), a_teacher(), a_teacher()
    place = (await network.book(run["id"], sure)).json()["id"]
    turn = (await network.book(run["id"], waiting, waiting_list=True)).json()["id"]
    for _ in range(2):
        answer = await network.post(network.lead(), f"/v1/course-runs/{run['id']}/cancellation", reason="No trainer.")
        assert (answer.json()["status"], answer.json()["status_reason"]) == ("cancelled", "No trainer.")
    assert [await network.status(sure, place), await network.status(waiting, turn)] == ["cancelled", "cancelled"]
    [told] = await network.service.published(BookingCancelled)
    assert (str(told.booking_id), told.cause) == (place, "run_cancelled")
    listed = (await (await network.service.client(anonymous())).get("/v1/course-runs")).json()["data"]
    assert listed == []


async def test_a_run_with_attendance_is_not_called_off(network: Network) -> None:
    run, teacher = await planned(network), a_teacher()
    place = (await network.book(run["id"], teacher)).json()["id"]
    await network.mark(run["id"], [{"booking_id": place, "outcome": "absent"}], early=True, reason="Told us so.")
    refused = await network.post(network.lead(), f"/v1/course-runs/{run['id']}/cancellation", reason="Too late.")
    assert refused.json()["code"] == "run-has-attendance"
