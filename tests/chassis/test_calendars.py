"""iCalendar as programs read it: their own parser finds what was put in, whatever was put in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from chassis.calendars import Entry, Party, invitation, one_line, published
from chassis.clock import ENGLAND

ENTRY = Entry(
    uid="1@ncce.example.org",
    sequence=3,
    changed_at=datetime(2026, 9, 1, 12, tzinfo=UTC),
    starts_at=datetime(2026, 10, 24, 8, 30, tzinfo=UTC),
    ends_at=datetime(2026, 10, 24, 14, 30, tzinfo=UTC),
    title="Programming, with robots",
)
HUB, TEACHER = Party("Moorland", "no-reply@ncce.example.org"), Party("Sam Teacher", "sam@example.org")
NASTY = 'Robots\r\nATTENDEE:mailto:eve@example.org\nEND:VEVENT\u2028BEGIN:VALARM\u202e; a, b \\ "c"\x00\x0b'


def read(body: bytes | str) -> Calendar:
    found = Calendar.from_ical(body)
    assert isinstance(found, Calendar)
    return found


def only(calendar: Calendar) -> Event:
    [event] = calendar.events
    return event


def test_a_calendar_to_subscribe_to_says_how_often_and_what() -> None:
    body = published("Moorland; courses", [ENTRY], every=timedelta(hours=6))
    calendar = read(body)
    assert calendar["METHOD"] == "PUBLISH"
    assert b"\r\nNAME:Moorland\\; courses\r\n" in body
    assert calendar.refresh_interval == timedelta(hours=6)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert b"\r\nX-PUBLISHED-TTL:PT6H\r\n" in body
    event = only(calendar)
    assert (event.uid, event.sequence, event["STATUS"]) == ("1@ncce.example.org", 3, "CONFIRMED")
    assert event["SUMMARY"] == "Programming, with robots"
    assert ENTRY.changed_at == event.DTSTAMP


def test_the_same_entries_are_the_same_bytes() -> None:
    twice = [published("x", [ENTRY], every=timedelta(hours=6)) for _ in range(2)]
    assert twice[0] == twice[1]


def test_times_are_those_of_englands_clocks_on_both_sides_of_a_change() -> None:
    for month, days, hours in ((3, (28, 29), ("09:30", "10:30")), (10, (24, 25), ("10:30", "09:30"))):
        for day, local in zip(days, hours, strict=True):
            starts_at = datetime(2026, month, day, 9, 30, tzinfo=UTC)
            entry = replace(ENTRY, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
            body = published("x", [entry], every=timedelta(hours=6))
            assert f"DTSTART;TZID=Europe/London:2026{month:02}{day}T{local.replace(':', '')}00".encode() in body
            assert only(read(body)).start == starts_at


def test_the_zone_that_is_sent_along_changes_when_england_does() -> None:
    """A program that knows no time zones goes by the definition in the file: held against the system's own."""
    calendar = read(published("x", [ENTRY], every=timedelta(hours=6)))
    [zone] = calendar.timezones
    sent = zone.to_tz(lookup_tzid=False)
    for on in (date(1999, 7, 1), date(2026, 3, 28), date(2026, 10, 24), date(2031, 3, 29), date(2036, 10, 25)):
        for hour in range(72):
            moment = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(hours=hour)
            assert moment.astimezone(sent).replace(tzinfo=None) == moment.astimezone(ENGLAND).replace(tzinfo=None)


def test_whole_days_end_on_the_day_after_the_last() -> None:
    days = replace(
        ENTRY,
        is_whole_days=True,
        starts_at=datetime(2026, 10, 24, tzinfo=ENGLAND),
        ends_at=datetime(2026, 10, 26, tzinfo=ENGLAND),
    )
    event = only(read(published("x", [days], every=timedelta(hours=6))))
    assert (event.start, event.end) == (date(2026, 10, 24), date(2026, 10, 27))


def test_an_invitation_is_for_one_guest_who_has_said_yes() -> None:
    for method in ("REQUEST", "CANCEL"):
        calendar = read(invitation(method, ENTRY, HUB, TEACHER))
        assert calendar["METHOD"] == method
        event = only(calendar)
        assert (str(event["ORGANIZER"]), str(event["ATTENDEE"])) == (
            f"mailto:{HUB.mailbox}",
            f"mailto:{TEACHER.mailbox}",
        )
        assert (event["ATTENDEE"].params["CN"], event["ATTENDEE"].params["PARTSTAT"]) == (TEACHER.name, "ACCEPTED")


def test_no_text_gets_out_of_its_field() -> None:
    nasty = replace(ENTRY, title=NASTY, place=NASTY, notes=NASTY, link=f"https://example.org/{NASTY}")
    for body in (
        published(NASTY, [nasty], every=timedelta(hours=6)).decode(),
        invitation("REQUEST", nasty, Party(NASTY, HUB.mailbox), Party(NASTY, TEACHER.mailbox)),
    ):
        event = only(read(body))
        assert event["SUMMARY"] == event["LOCATION"] == one_line(NASTY)
        assert body.count("BEGIN:VEVENT") == body.count("\r\nEND:VEVENT\r\n") == 1
        assert "\r\nATTENDEE:" not in body
        assert not event.subcomponents


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_title_comes_out_as_it_went_in_on_one_line(title: str, notes: str) -> None:
    body = published("x", [replace(ENTRY, title=title, notes=notes)], every=timedelta(hours=6))
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert only(read(body))["SUMMARY"] == one_line(title)
