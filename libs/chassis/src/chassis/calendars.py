"""iCalendar (RFC 5545, 7986): calendars that programs fetch again and again, and invitations by mail (RFC 5546, 6047).

An entry keeps its UID for good. A program that knows the UID takes the entry with the higher SEQUENCE.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDuration, vText

from chassis.clock import ENGLAND

PRODUCT = "-//NCCE//NCCE platform//EN"
MEDIA_TYPE = "text/calendar; charset=utf-8"
STEERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of reading: a text could look like another."""

Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]
Method = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One meeting. Times are shown as England's clocks have them; of a whole day only the days count."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    status: Status = "CONFIRMED"
    is_whole_days: bool = False
    takes_time: bool = True
    """Whether somebody in it is busy."""
    place: str | None = None
    link: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Party:
    """Who invites, or is invited."""

    name: str
    mailbox: str


def one_line(text: str) -> str:
    """The text on one line, without control characters and those that turn the direction of reading."""
    flat = " ".join(text.split())
    return "".join(one for one in flat if unicodedata.category(one) not in {"Cc", "Cs"} and one not in STEERING)


def published(name: str, entries: Iterable[Entry], *, every: timedelta) -> bytes:
    """A calendar to subscribe to, to be fetched again so often. The same entries give the same bytes."""
    calendar = _calendar("PUBLISH")
    for title in ("name", "x-wr-calname"):
        calendar.add(title, vText(one_line(name)))
    calendar.add("refresh-interval", vDuration(every), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(every))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def invitation(method: Method, entry: Entry, organiser: Party, guest: Party) -> str:
    """One entry for one guest, who has said yes already: to be put into a calendar, moved, or (CANCEL) taken out."""
    event = _event(entry)
    event.add("organizer", _address(organiser))
    said_yes = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", _address(guest), parameters=said_yes)
    calendar = _calendar(method)
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_england())
    return calendar


def _england() -> Timezone:
    """England's clocks since 1996, by rule: the library's own list has the spring changes an hour late."""
    zone = Timezone()
    zone.add("tzid", ENGLAND.key)
    winter, summer = timedelta(0), timedelta(hours=1)
    changes = (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 3, winter, summer),  # noqa: DTZ001  a clock's reading
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 10, summer, winter),  # noqa: DTZ001  as above
    )
    for part, name, since, month, before, after in changes:
        part.add("tzname", name)
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    starts, ends = _span(entry)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", one_line(entry.title))
    event.add("status", entry.status)
    event.add("transp", "OPAQUE" if entry.takes_time and entry.status != "CANCELLED" else "TRANSPARENT")
    for name, text in (("location", entry.place), ("url", entry.link)):
        if text:
            event.add(name, one_line(text))
    if entry.notes:
        event.add("description", "\n".join(one_line(line) for line in entry.notes.splitlines()))
    return event


def _span(entry: Entry) -> tuple[date, date]:
    """From when until when; a span of whole days ends, as the format has it, on the day after its last."""
    starts, ends = entry.starts_at.astimezone(ENGLAND), entry.ends_at.astimezone(ENGLAND)
    if entry.is_whole_days:
        return starts.date(), ends.date() + timedelta(days=1)
    return starts, ends


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(party.mailbox)}")
    # A parameter's value cannot hold a double quote in any way.
    address.params["CN"] = one_line(party.name).replace('"', "'")
    return address
