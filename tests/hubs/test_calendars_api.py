"""Calendars to subscribe to: one's own by a secret link, each hub's by its name."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from builders import a_teacher, staff
from calendar_steps import LINK, a_link, a_meeting_on, a_run, begins, edit, events_at, fetch, last_sunday, told
from chassis import clock
from chassis.ids import new_id
from hubs.bookings.models import Booking
from hubs.courses.models import Course, CourseRun
from hubs.directory.models import Hub
from hubs_network import Network

SOON = clock.today() + timedelta(days=30)
NASTY = "Hall\r\nATTENDEE:mailto:eve@example.org\nEND:VEVENT\u2028; a, b \\"


async def test_ones_own_places_are_in_the_calendar_behind_the_link(network: Network) -> None:
    teacher = a_teacher()
    run = await a_run(network, SOON, SOON + timedelta(days=7))
    await network.book(run["id"], teacher)
    _, path = await a_link(network, teacher)
    events = await events_at(network, path)
    assert [event.uid for event in events] == [f"{run['id']}-{number}@ncce.example.org" for number in (1, 2)]
    first = events[0]
    assert (first["SUMMARY"], first["LOCATION"]) == ("Course CP008", "Town Hall, Ashton")
    assert (first["STATUS"], first["TRANSP"], first["URL"]) == ("CONFIRMED", "OPAQUE", LINK)
    assert first.start == datetime.combine(SOON, time(9, 30), clock.ENGLAND)


async def test_anothers_places_are_never_there(network: Network) -> None:
    teacher, colleague = a_teacher(), a_teacher()
    run, other = await a_run(network, SOON), await a_run(network, SOON)
    await network.book(run["id"], teacher)
    for one in (run, other):
        await network.book(one["id"], colleague)
    mine, theirs = (await a_link(network, teacher))[1], (await a_link(network, colleague))[1]
    assert len(await events_at(network, mine)) == 1
    assert len(await events_at(network, theirs)) == 2
    _, of_the_lead = await a_link(network, network.lead())
    assert await events_at(network, of_the_lead) == []


async def test_a_link_is_shown_once_and_its_secret_is_stored_nowhere(network: Network) -> None:
    teacher = a_teacher()
    feed_id, path = await a_link(network, teacher)
    secret = path.removeprefix("/v1/calendars/").removesuffix(".ics")
    assert len(secret) == 43
    listed = await (await network.service.client(teacher)).get("/v1/calendar-feeds")
    assert [one["id"] for one in listed.json()["data"]] == [feed_id]
    assert secret not in listed.text
    async with network.service.session() as session:
        for table in ("calendar_feed", "audit_entry", "outbox", "idempotency_key"):
            found = await session.scalar(text(f"SELECT string_agg(t::text, ' ') FROM {table} t"))
            assert secret not in (found or "")


async def test_an_exchanged_link_leads_nowhere_and_a_taken_back_one_too(network: Network) -> None:
    teacher = a_teacher()
    feed_id, old = await a_link(network, teacher)
    exchanged = await network.post(teacher, f"/v1/calendar-feeds/{feed_id}/rotation")
    new = urlsplit(exchanged.json()["url"]).path
    assert (exchanged.json()["id"], exchanged.json()["rotated_at"] is None) == (feed_id, False)
    gone = await fetch(network, old)
    assert (gone.status_code, gone.json()["code"]) == (404, "calendar-not-found")
    assert (await fetch(network, new)).status_code == 200
    client = await network.service.client(teacher)
    assert (await client.delete(f"/v1/calendar-feeds/{feed_id}")).status_code == 204
    assert (await fetch(network, new)).json()["code"] == "calendar-not-found"
    again = await client.delete(f"/v1/calendar-feeds/{feed_id}")
    assert (again.status_code, again.json()["code"]) == (404, "calendar-feed-not-found")


async def test_nobody_gets_more_links_than_are_allowed(network: Network) -> None:
    teacher = a_teacher()
    answers = await asyncio.gather(*(network.post(teacher, "/v1/calendar-feeds") for _ in range(13)))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 3
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"too-many-calendar-feeds"}


async def test_a_program_that_has_the_calendar_as_it_is_gets_it_no_second_time(network: Network) -> None:
    teacher = a_teacher()
    run = await a_run(network, SOON)
    await network.book(run["id"], teacher)
    _, path = await a_link(network, teacher)
    first = await fetch(network, path)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-store"
    kept = {"If-None-Match": first.headers["ETag"]}
    again = await fetch(network, path, **kept)
    assert (again.status_code, again.content) == (304, b"")
    await edit(network, run["id"], town="Oldham")
    assert (await fetch(network, path, **kept)).status_code == 200


async def test_a_place_goes_through_its_states_with_a_sequence_that_grows(network: Network) -> None:
    teacher, other = a_teacher(), a_teacher()
    run = await a_run(network, SOON, capacity=1)
    _, path = await a_link(network, teacher)
    seen = []

    async def look() -> None:
        [event] = await events_at(network, path)
        seen.append((event["STATUS"], event.sequence))

    place = (await network.book(run["id"], other)).json()["id"]
    mine = (await network.book(run["id"], teacher, waiting_list=True)).json()["id"]
    assert await events_at(network, path) == [], "a turn is no place"
    await network.post(other, f"/v1/bookings/{place}/cancellation")
    await look()
    await network.post(teacher, f"/v1/bookings/{mine}/confirmation")
    await look()
    await edit(network, run["id"], town="Oldham")
    await look()
    await network.post(teacher, f"/v1/bookings/{mine}/cancellation")
    await look()
    await network.book(run["id"], teacher)
    await look()
    await network.post(network.lead(), f"/v1/course-runs/{run['id']}/cancellation", reason="No trainer.")
    await look()
    statuses = [status for status, _ in seen]
    assert statuses == ["TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    sequences = [sequence for _, sequence in seen]
    assert sequences == sorted(set(sequences)), "each higher than the one before"


async def test_the_link_to_join_is_for_confirmed_places_only(network: Network) -> None:
    teacher = a_teacher()
    run = await a_run(network, SOON)
    await network.book(run["id"], teacher, hold=True)
    _, path = await a_link(network, teacher)
    body = (await fetch(network, path)).text
    [event] = await events_at(network, path)
    assert (event["STATUS"], "meet.example.org" in body) == ("TENTATIVE", False)
    assert event["URL"] == f"http://127.0.0.1:8080/v1/course-runs/{run['id']}"
    assert "Kept for you until" in str(event["DESCRIPTION"])
    hubs = (await fetch(network, "/v1/hubs/moorland/calendar.ics")).text
    assert "meet.example.org" not in hubs


async def test_a_cancelled_place_stays_for_a_while_and_a_held_one_that_passed_does_not(network: Network) -> None:
    teacher = a_teacher()
    run, other = await a_run(network, SOON), await a_run(network, SOON)
    mine = (await network.book(run["id"], teacher)).json()["id"]
    held = (await network.book(other["id"], teacher, hold=True)).json()["id"]
    await network.post(teacher, f"/v1/bookings/{mine}/cancellation")
    await network.let_pass(held)
    await network.sweep()
    _, path = await a_link(network, teacher)
    [event] = await events_at(network, path)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    async with network.service.session() as session:
        booking = await session.get_one(Booking, mine)
        booking.cancelled_at = clock.now() - timedelta(days=31)
    assert await events_at(network, path) == []


async def test_a_postponed_run_is_off_until_it_goes_ahead(network: Network) -> None:
    teacher = a_teacher()
    run = await a_run(network, SOON)
    await network.book(run["id"], teacher)
    _, path = await a_link(network, teacher)
    await edit(network, run["id"], status="postponed", status_reason="Snow.")
    [event] = await events_at(network, path)
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Postponed: Course CP008")
    await edit(network, run["id"], status="open", sessions=[a_meeting_on(SOON + timedelta(days=9))])
    [later] = await events_at(network, path)
    assert (later["STATUS"], later.uid, later.sequence - event.sequence) == ("CONFIRMED", event.uid, 1)
    assert begins(later).date() - begins(event).date() == timedelta(days=9)


@pytest.mark.parametrize("month", [3, 10])
async def test_meetings_keep_their_local_time_when_the_clocks_change(network: Network, month: int) -> None:
    teacher, change = a_teacher(), last_sunday(month)
    days = [change - timedelta(days=2), change, change + timedelta(days=1)]
    run = await a_run(network, *days)
    await network.book(run["id"], teacher)
    _, path = await a_link(network, teacher)
    body = (await fetch(network, path)).text
    assert body.count("BEGIN:VTIMEZONE") == 1
    for day in days:
        assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T093000" in body
    hours = [begins(event).astimezone(UTC).hour for event in await events_at(network, path)]
    assert hours == ([9, 8, 8] if month == 3 else [8, 9, 9])


async def test_a_hub_shows_its_listed_runs_to_everybody_by_name_and_by_id(network: Network) -> None:
    shown = await a_run(network, SOON)
    await a_run(network, SOON, status="draft")
    off = await a_run(network, SOON)
    await network.post(network.lead(), f"/v1/course-runs/{off['id']}/cancellation", reason="No trainer.")
    for name in ("moorland", str(network.hub_id)):
        events = await events_at(network, f"/v1/hubs/{name}/calendar.ics")
        assert [event.uid for event in events] == [f"{shown['id']}-1@ncce.example.org"]
    answer = await fetch(network, "/v1/hubs/moorland/calendar.ics")
    assert "X-WR-CALNAME:Moorland: courses" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert (
        await fetch(network, "/v1/hubs/moorland/calendar.ics", **{"If-None-Match": answer.headers["ETag"]})
    ).status_code == 304
    assert await events_at(network, "/v1/hubs/coastal/calendar.ics") == []
    assert (await fetch(network, "/v1/hubs/nowhere/calendar.ics")).json()["code"] == "calendar-not-found"


async def test_an_edit_is_a_higher_number_of_the_same_meeting(network: Network) -> None:
    run, path = await a_run(network, SOON), "/v1/hubs/moorland/calendar.ics"
    [before] = await events_at(network, path)
    await edit(network, run["id"], sessions=[a_meeting_on(SOON + timedelta(days=1))])
    [after] = await events_at(network, path)
    assert (before.sequence, after.sequence, before.uid) == (0, 1, after.uid)
    assert (begins(after).date(), after.DTSTAMP >= before.DTSTAMP) == (SOON + timedelta(days=1), True)


async def test_a_run_without_sessions_is_one_meeting_or_so_many_days(network: Network) -> None:
    timed, days = await network.run(), await network.run(in_days=40)
    async with network.service.session() as session:
        run = await session.get_one(CourseRun, days)
        run.starts_at, run.ends_at = (
            datetime.combine(on, time(), clock.ENGLAND) for on in (run.starts_on, run.ends_on)
        )
        wanted = run.starts_on, run.ends_on + timedelta(days=1)
    first, second = await events_at(network, "/v1/hubs/moorland/calendar.ics")
    assert (first.uid, first.end - first.start) == (f"{timed}-1@ncce.example.org", timedelta(hours=30))
    assert (second.start, second.end) == wanted


async def test_a_run_of_days_without_known_sessions_keeps_nobody_busy_all_the_way(network: Network) -> None:
    run_id = await network.run()
    async with network.service.session() as session:
        (await session.get_one(Course, "CP008")).mode = "online"
    [event] = await events_at(network, "/v1/hubs/moorland/calendar.ics")
    assert (event["TRANSP"], event["LOCATION"]) == ("TRANSPARENT", "Online")
    await network.book(run_id)
    assert [one.meetings[0].takes_time for one in await told(network)] == [False]
    await edit(network, str(run_id), sessions=[a_meeting_on(SOON)])
    [event] = await events_at(network, "/v1/hubs/moorland/calendar.ics")
    assert event["TRANSP"] == "OPAQUE"


async def test_what_hubs_and_catalogues_are_called_gets_into_no_other_field(network: Network) -> None:
    teacher = a_teacher()
    run = await a_run(network, SOON)
    async with network.service.session() as session:
        (await session.get_one(Course, "CP008")).title = NASTY
        (await session.get_one(Hub, network.hub_id)).name = NASTY
        stored = await session.get_one(CourseRun, run["id"])
        stored.venue = stored.town = NASTY
    await network.book(run["id"], teacher)
    _, path = await a_link(network, teacher)
    for calendar in (path, "/v1/hubs/moorland/calendar.ics"):
        body = (await fetch(network, calendar)).text
        [event] = await events_at(network, calendar)
        assert "ATTENDEE" not in event
        assert body.count("BEGIN:VEVENT") == 1
        assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))


async def test_links_are_their_owners_alone(network: Network) -> None:
    feed_id, _ = await a_link(network, a_teacher())
    for other in (a_teacher(), network.lead(), staff("administrator")):
        client = await network.service.client(other)
        assert (await client.delete(f"/v1/calendar-feeds/{feed_id}")).status_code == 404
        assert (await client.post(f"/v1/calendar-feeds/{feed_id}/rotation")).status_code == 404
    assert (
        await (await network.service.client(a_teacher())).delete(f"/v1/calendar-feeds/{new_id()}")
    ).status_code == 404
