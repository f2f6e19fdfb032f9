"""`/v1/bookings`: places held, never oversold, seen only by whom they concern."""

import asyncio
from decimal import Decimal

from sqlalchemy import select

from builders import a_teacher, anonymous, partner, staff
from chassis.ids import new_id
from chassis.tables import audit_entry
from contracts.hubs import BookingCancelled, BookingPlaced
from hubs_network import Network


async def test_a_booking_holds_a_place_and_tells_what_funding_needs(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher("900001")
    booked = (await network.book(run_id, teacher)).json()
    assert (booked["status"], booked["school_urn"], booked["days"]) == ("confirmed", "900001", "2.00")
    [event] = await network.service.published(BookingPlaced)
    assert (event.teacher_id, event.hub_id, event.course_code) == (teacher.id, network.hub_id, "CP008")
    assert (event.phase, event.programme, event.days, event.mode) == ("primary", "core", Decimal(2), "face_to_face")
    assert await network.places_taken(run_id) == 1


async def test_fifty_callers_at_once_get_exactly_the_five_places(network: Network) -> None:
    run_id = await network.run(capacity=5)
    answers = await asyncio.gather(*(network.book(run_id) for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 45
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"run-full"}
    assert await network.places_taken(run_id) == 5
    assert len(await network.service.published(BookingPlaced)) == 5


async def test_one_teacher_asking_many_times_at_once_gets_one_place(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher()
    answers = await asyncio.gather(*(network.book(run_id, teacher) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"already-booked"}
    assert await network.places_taken(run_id) == 1


async def test_a_repeat_under_the_same_key_answers_the_same_and_takes_no_place(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher()
    first = await network.book(run_id, teacher, key="once")
    again = await network.book(run_id, teacher, key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = await network.book(await network.run(), teacher, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert await network.places_taken(run_id) == 1


async def test_a_booking_needs_a_key_and_a_known_field(network: Network) -> None:
    client = await network.service.client(a_teacher())
    body = {"course_run_id": str(await network.run())}
    assert (await client.post("/v1/bookings", json=body)).json()["code"] == "idempotency-key-missing"
    headers = {"Idempotency-Key": "k"}
    refused = await client.post("/v1/bookings", json=body | {"seats": 2}, headers=headers)
    assert refused.json()["errors"][0]["pointer"] == "/seats"


async def test_runs_that_are_closed_begun_or_unknown_take_no_booking(network: Network) -> None:
    unknown_length = await network.run(course="CP999")
    closed, begun = await network.run(status="closed"), await network.run(in_days=0)
    over = await network.run(in_days=-9)
    for run_id in (closed, begun, over, unknown_length):
        assert (await network.book(run_id)).json()["code"] == "run-not-open"
    assert (await network.book(new_id())).json()["code"] == "course-run-not-found"


async def test_only_teachers_book(network: Network) -> None:
    run_id = await network.run()
    assert (await network.book(run_id, anonymous())).status_code == 401
    assert (await network.book(run_id, partner("completions:write"))).status_code == 403
    assert (await network.book(run_id, staff("moderator"))).json()["code"] == "teachers-only"


async def test_a_booking_is_seen_by_its_teacher_and_the_runs_hub_and_nobody_else(network: Network) -> None:
    teacher = a_teacher()
    booking_id = (await network.book(await network.run(), teacher)).json()["id"]
    hub_administrator = staff("hub_administrator", organisation_id=network.hub_id)
    strangers = (
        a_teacher(),
        staff("hub_lead", organisation_id=network.other_hub_id),
        staff("moderator", organisation_id=network.hub_id),
        staff("hub_lead"),
    )
    for caller, status in [(teacher, 200), (hub_administrator, 200), *((stranger, 404) for stranger in strangers)]:
        client = await network.service.client(caller)
        assert (await client.get(f"/v1/bookings/{booking_id}")).status_code == status
        listed = (await client.get("/v1/bookings")).json()["data"]
        assert [booking["id"] for booking in listed] == ([booking_id] if status == 200 else [])


async def test_bookings_are_listed_by_run_and_status_in_stable_pages(network: Network) -> None:
    run_id, other = await network.run(), await network.run()
    placed = [(await network.book(run_id)).json()["id"] for _ in range(5)]
    await network.book(other)
    client = await network.service.client(network.lead())
    wanted = {"course_run_id": str(run_id), "status": "confirmed", "limit": "2"}
    found: list[str] = []
    while True:
        body = (await client.get("/v1/bookings", params=wanted)).json()
        found += [booking["id"] for booking in body["data"]]
        if not body["page"]["has_more"]:
            break
        wanted["cursor"] = body["page"]["next_cursor"]
    assert found == placed


async def test_cancelling_frees_the_place_once(network: Network) -> None:
    run_id, teacher = await network.run(capacity=1), a_teacher()
    booking_id = (await network.book(run_id, teacher)).json()["id"]
    client = await network.service.client(teacher)
    answers = await asyncio.gather(*(client.post(f"/v1/bookings/{booking_id}/cancellation") for _ in range(5)))
    assert {(answer.status_code, answer.json()["status"]) for answer in answers} == {(200, "cancelled")}
    assert len(await network.service.published(BookingCancelled)) == 1
    assert await network.places_taken(run_id) == 0
    assert (await network.book(run_id, teacher)).status_code == 201


async def test_a_booking_is_cancelled_by_its_teacher_only_and_before_the_run(network: Network) -> None:
    run_id, teacher = await network.run(), a_teacher()
    booking_id = (await network.book(run_id, teacher)).json()["id"]
    for stranger in (a_teacher(), network.lead()):
        client = await network.service.client(stranger)
        assert (await client.post(f"/v1/bookings/{booking_id}/cancellation")).json()["code"] == "booking-not-found"
    await network.begin(run_id)
    client = await network.service.client(teacher)
    refused = await client.post(f"/v1/bookings/{booking_id}/cancellation")
    assert (refused.status_code, refused.json()["code"]) == (409, "booking-started")
    assert await network.places_taken(run_id) == 1


async def test_placing_and_cancelling_leave_an_audit_trail(network: Network) -> None:
    teacher = a_teacher()
    booking_id = (await network.book(await network.run(), teacher)).json()["id"]
    await (await network.service.client(teacher)).post(f"/v1/bookings/{booking_id}/cancellation")
    trail = select(audit_entry.c.action, audit_entry.c.caller_id).where(
        audit_entry.c.subject == f"booking:{booking_id}"
    )
    async with network.service.session() as session:
        rows = (await session.execute(trail.order_by(audit_entry.c.position))).all()
    assert [tuple(row) for row in rows] == [("booking.placed", teacher.id), ("booking.cancelled", teacher.id)]
