"""Holds, waiting lists, offers, transfers and groups: every place taken once and passed on in the right order."""

import asyncio
from typing import Any

import httpx

from builders import a_teacher, staff
from chassis.ids import new_id
from chassis.principal import Principal, RoleGrant
from contracts.hubs import BookingCancelled, BookingPlaced
from hubs_network import Network, registered


async def booked(network: Network, run_id: Any, teacher: Principal, **wish: bool) -> dict[str, Any]:
    answer = await network.book(run_id, teacher, None, **wish)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def until_answered(network: Network, run_id: Any, **wish: bool) -> httpx.Response:
    """A booking as a well-behaved client makes it: a busy platform is asked again, under the same key."""
    teacher, key = a_teacher(), str(new_id())
    while True:
        answer = await network.book(run_id, teacher, key, **wish)
        if answer.status_code != 503:
            return answer


async def test_two_hundred_at_once_take_every_place_and_wait_for_the_rest(network: Network) -> None:
    run_id = await network.run(capacity=20)
    answers = await asyncio.gather(
        *(until_answered(network, run_id, waiting_list=number % 2 == 0) for number in range(200))
    )
    statuses = [answer.json().get("status") for answer in answers]
    assert {answer.status_code for answer in answers} == {201, 409}
    assert statuses.count("confirmed") == 20
    assert await network.places_taken(run_id) == 20
    assert len(await network.service.published(BookingPlaced)) == 20
    refused = [answer for answer in answers if answer.status_code == 409]
    assert {answer.json()["code"] for answer in refused} == {"run-full"}
    assert statuses.count("waiting") + len(refused) == 180


async def test_a_held_place_is_told_of_when_it_is_confirmed(network: Network) -> None:
    run_id, teacher = await network.run(capacity=1), a_teacher()
    held = await booked(network, run_id, teacher, hold=True)
    assert (held["status"], held["confirmed_at"]) == ("held", None)
    assert (await network.book(run_id)).json()["code"] == "run-full"
    assert await network.service.published(BookingPlaced) == []
    for _ in range(2):
        assert (await network.post(teacher, f"/v1/bookings/{held['id']}/confirmation")).json()["status"] == "confirmed"
    assert len(await network.service.published(BookingPlaced)) == 1


async def test_a_hold_that_passed_frees_its_place_and_cannot_be_confirmed(network: Network) -> None:
    run_id, teacher = await network.run(capacity=1), a_teacher()
    held = await booked(network, run_id, teacher, hold=True)
    await network.let_pass(held["id"])
    late = await network.post(teacher, f"/v1/bookings/{held['id']}/confirmation")
    assert (late.status_code, late.json()["code"]) == (409, "offer-passed")
    # Before any sweep: whoever asks next finds the place free.
    assert (await booked(network, run_id, a_teacher()))["status"] == "confirmed"
    assert await network.status(teacher, held["id"]) == "expired"
    assert (await network.post(teacher, f"/v1/bookings/{held['id']}/cancellation")).json()["code"] == "booking-state"
    assert await network.service.published(BookingCancelled) == []


async def test_a_freed_place_is_offered_by_band_and_then_by_time(network: Network) -> None:
    await network.service.seed("areas", "area_lists", "schools")
    run_id, first = await network.run(capacity=1), a_teacher()
    taken = await booked(network, run_id, first)
    # Leeds is not on the list of categories; Worthing is in category 6.
    early, late = a_teacher("900004"), a_teacher("900004")
    priority, second_priority = a_teacher("900002"), a_teacher("900002")
    waiting = [
        (teacher, await booked(network, run_id, teacher, waiting_list=True))
        for teacher in (early, late, priority, second_priority)
    ]
    assert [one["waiting_position"] for _, one in waiting] == [1, 2, 1, 2]
    holder, place = first, taken["id"]
    for position in (2, 3, 0, 1):
        assert (await network.post(holder, f"/v1/bookings/{place}/cancellation")).status_code == 200
        holder, place = waiting[position][0], waiting[position][1]["id"]
        assert await network.status(holder, place) == "offered"
        assert (await network.book(run_id)).json()["code"] == "run-full"
        assert (await network.post(holder, f"/v1/bookings/{place}/confirmation")).json()["status"] == "confirmed"
    assert await network.places_taken(run_id) == 1


async def test_an_offer_that_passes_goes_to_the_next_and_two_sweepers_do_it_once(network: Network) -> None:
    run_id, first, next_, last = await network.run(capacity=1), a_teacher(), a_teacher(), a_teacher()
    taken = await booked(network, run_id, first)
    a, b = [await booked(network, run_id, teacher, waiting_list=True) for teacher in (next_, last)]
    await network.post(first, f"/v1/bookings/{taken['id']}/cancellation")
    await network.let_pass(a["id"])
    assert sum(await asyncio.gather(*(network.sweep() for _ in range(4)))) == 1
    assert [await network.status(next_, a["id"]), await network.status(last, b["id"])] == ["expired", "offered"]
    assert await network.places_taken(run_id) == 1
    await network.let_pass(b["id"])
    await network.sweep()
    assert await network.places_taken(run_id) == 0


async def test_a_school_has_only_its_places_and_keeps_its_turn(network: Network) -> None:
    run_id = await network.run(capacity=3, places_per_school=1)
    first = a_teacher("900001")
    held = await booked(network, run_id, first)
    colleague, stranger = a_teacher("900001"), a_teacher("900002")
    assert (await network.book(run_id, colleague)).json()["code"] == "school-limit-reached"
    waiting = await booked(network, run_id, colleague, waiting_list=True)
    assert (await booked(network, run_id, stranger))["status"] == "confirmed"
    await network.post(first, f"/v1/bookings/{held['id']}/cancellation")
    assert await network.status(colleague, waiting["id"]) == "offered"


async def test_a_place_is_exchanged_for_one_on_another_run_of_the_course(network: Network) -> None:
    run_id, other, teacher = await network.run(capacity=1), await network.run(capacity=1), a_teacher()
    held = await booked(network, run_id, teacher)
    waiting = await booked(network, run_id, a_teacher(), waiting_list=True)
    made = await network.post(teacher, f"/v1/bookings/{held['id']}/transfer", course_run_id=str(other))
    assert (made.status_code, made.json()["transferred_from"]) == (201, held["id"])
    assert [await network.places_taken(one) for one in (run_id, other)] == [1, 1]
    [told] = await network.service.published(BookingCancelled)
    assert (str(told.booking_id), told.cause) == (held["id"], "transferred")
    stays = await network.post(teacher, f"/v1/bookings/{made.json()['id']}/transfer", course_run_id=str(run_id))
    assert stays.json()["code"] == "run-full"
    assert await network.status(teacher, made.json()["id"]) == "confirmed"
    assert waiting["status"] == "waiting"
    elsewhere = await network.run(course="CP999")
    refused = await network.post(teacher, f"/v1/bookings/{made.json()['id']}/transfer", course_run_id=str(elsewhere))
    assert refused.json()["code"] == "run-not-open"


async def test_people_who_exchange_places_at_once_do_not_block_each_other(network: Network) -> None:
    runs = [await network.run(capacity=10), await network.run(capacity=10)]
    teachers = [a_teacher() for _ in range(8)]
    places = [await booked(network, runs[number % 2], teacher) for number, teacher in enumerate(teachers)]
    answers = await asyncio.gather(
        *(
            network.post(teacher, f"/v1/bookings/{place['id']}/transfer", course_run_id=str(runs[1 - number % 2]))
            for number, (teacher, place) in enumerate(zip(teachers, places, strict=True))
        )
    )
    assert {answer.status_code for answer in answers} == {201}
    assert [await network.places_taken(run_id) for run_id in runs] == [4, 4]


async def test_a_school_books_its_teachers_all_or_none(network: Network) -> None:
    colleagues = [str(await network.registered_teacher()) for _ in range(2)]
    stranger = registered(new_id(), "900002")
    await network.service.deliver(stranger)
    lead = Principal(
        kind="person", id=new_id(), roles=(RoleGrant(role="school_lead"),), attributes={"school_urn": "900001"}
    )
    small, run_id = await network.run(capacity=1), await network.run()
    full = await network.post(lead, "/v1/bookings/groups", course_run_id=str(small), teacher_ids=colleagues)
    assert (full.json()["code"], await network.places_taken(small)) == ("run-full", 0)
    mixed = [*colleagues, str(stranger.teacher_id)]
    refused = await network.post(lead, "/v1/bookings/groups", course_run_id=str(run_id), teacher_ids=mixed)
    assert refused.json()["teacher_ids"] == [str(stranger.teacher_id)]
    made = await network.post(lead, "/v1/bookings/groups", course_run_id=str(run_id), teacher_ids=colleagues)
    assert [one["booked_by"] for one in made.json()["data"]] == [str(lead.id)] * 2
    assert len(await network.service.published(BookingPlaced)) == 2
    for caller in (a_teacher(), staff("hub_lead", organisation_id=network.hub_id)):
        answer = await network.post(caller, "/v1/bookings/groups", course_run_id=str(run_id), teacher_ids=colleagues)
        assert answer.status_code == 403
