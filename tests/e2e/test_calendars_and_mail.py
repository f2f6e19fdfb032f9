"""On the running platform: a link to a calendar that no log knows, and mail that went the whole way."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import httpx

from builders import a_fresh_key
from platform_harness import Platform, sign_in
from real_parts import until

LEAD = "hub.lead@demo.example.org"
TEACHER = "school.lead@demo.example.org"


def mails(platform: Platform) -> Iterator[EmailMessage]:
    """All mail that the platform sent."""
    for path in platform.home.mail.glob("new/*"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        yield message


async def test_the_secret_of_a_calendar_is_in_no_log_and_leads_there_until_it_is_taken_back(platform: Platform) -> None:
    async with httpx.AsyncClient(base_url=platform.state.base_url) as http:
        await sign_in(http, LEAD)
        made = (await http.post("/v1/calendar-feeds")).json()
        path = urlsplit(made["url"]).path
        assert made["url"] == f"{platform.state.base_url}{path}"
        async with httpx.AsyncClient(base_url=platform.state.base_url) as program:
            found = await program.get(path)
            assert (found.status_code, found.headers["Cache-Control"]) == (200, "private, no-store")
            assert (await program.get(path, headers={"If-None-Match": found.headers["ETag"]})).status_code == 304
            assert (await program.get("/v1/hubs/greater-manchester/calendar.ics")).status_code == 200
            assert (await http.delete(f"/v1/calendar-feeds/{made['id']}")).status_code == 204
            assert (await program.get(path)).json()["code"] == "calendar-not-found"
    secret = path.removeprefix("/v1/calendars/").removesuffix(".ics")

    def logs_with(words: str) -> list[str]:
        files = [file for file in platform.home.logs.iterdir() if file.is_file()]
        return [file.name for file in files if words in file.read_text(errors="replace")]

    async def both_have_told() -> bool:  # the gateway writes its log a few times a second
        return len(logs_with("/v1/calendars")) >= 2

    await until(both_have_told)
    assert logs_with(secret) == []


async def test_a_booking_is_mailed_with_an_invitation(platform: Platform) -> None:
    async with httpx.AsyncClient(base_url=platform.state.base_url) as http:
        await sign_in(http, TEACHER)
        runs = (await http.get("/v1/course-runs", params={"limit": 50})).json()["data"]
        run = next(one for one in runs if one["status"] == "open" and one["places_left"] and one["hub_id"])
        booked = await http.post("/v1/bookings", json={"course_run_id": run["id"]}, headers=a_fresh_key())
        assert booked.status_code == 201, booked.text

    async def has_come() -> bool:
        return any(TEACHER in one["To"] and run["title"][:40] in one["Subject"] for one in mails(platform))

    await until(has_come)
    [invited] = [one for one in mails(platform) if TEACHER in one["To"]]
    assert f"/bookings/{booked.json()['id']}" in invited.as_string()
    parts = [part for part in invited.walk() if part.get_content_type() == "text/calendar"]
    assert parts
    assert {part.get_param("method") for part in parts} == {"REQUEST"}
    assert {run["id"] in str(part.get_content()) for part in parts} == {True}
