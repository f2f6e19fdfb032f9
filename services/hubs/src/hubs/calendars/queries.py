"""What stands in a calendar."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from chassis import clock
from chassis.calendars import Entry, Status
from chassis.clock import ENGLAND
from hubs.base import AnyRow
from hubs.bookings.models import TAKES_PLACE, Booking
from hubs.calendars.errors import CalendarNotFound
from hubs.calendars.models import CalendarFeed
from hubs.calendars.rules import OFF, is_online, latest, meetings_of, place_of, sequence_of
from hubs.courses.models import UNLISTED, Course, CourseRun, CourseSession
from hubs.directory.life_cycle import HIDDEN
from hubs.directory.models import Hub
from hubs.sets import any_of

CANCELLED_SHOWN_FOR = timedelta(days=30)
"""So long a cancelled place stays in its owner's calendar, as cancelled, so that no program misses that it is."""
PAST_SHOWN_FOR = timedelta(days=400)
HUBS_PAST_SHOWN_FOR = timedelta(days=30)
MOST_RUNS = 1_000
ONLINE = "Online"

_TURN = aliased(Booking)
_TURNS = (
    select(func.count(_TURN.confirmed_at) + func.count(_TURN.cancelled_at))
    .where(_TURN.course_run_id == Booking.course_run_id, _TURN.teacher_id == Booking.teacher_id)
    .correlate(Booking)
    .scalar_subquery()
)
_RUN = (
    CourseRun.id.label("run_id"),
    CourseRun.status.label("run_status"),
    CourseRun.version,
    CourseRun.changed_at,
    CourseRun.starts_at,
    CourseRun.ends_at,
    CourseRun.venue,
    CourseRun.town,
    CourseRun.postcode,
    CourseRun.joining_link,
    Course.title,
    Course.mode,
)


async def person_of(reader: AsyncConnection, secret_hash: bytes) -> UUID:
    """Whose calendar a link leads to; CalendarNotFound."""
    query = select(CalendarFeed.person_id).where(CalendarFeed.secret_hash == secret_hash)
    found: UUID | None = (await reader.execute(query)).scalar_one_or_none()
    if found is None:
        raise CalendarNotFound("This link leads to no calendar; perhaps it was taken back.")
    return found


async def find_hub(reader: AsyncConnection, named: str) -> AnyRow:
    """A hub by its id or its short name, closed ones too; CalendarNotFound."""
    query = select(Hub.id, Hub.name).where(Hub.stage.not_in(HIDDEN)).where(_named(named))
    row = (await reader.execute(query)).first()
    if row is None:
        raise CalendarNotFound("No hub is called that.")
    return row


def _named(text: str) -> ColumnElement[bool]:
    try:
        return Hub.id == UUID(text)
    except ValueError:
        return Hub.slug == text


async def own_entries(reader: AsyncConnection, person_id: UUID, public_url: str) -> list[Entry]:
    """The meetings of every run on which somebody has or had a place, by their beginning."""
    now = clock.now()
    given_up = Booking.confirmed_at.is_not(None) & (Booking.cancelled_at > now - CANCELLED_SHOWN_FOR)
    query = (
        select(
            *_RUN,
            Booking.status,
            Booking.placed_at,
            Booking.confirmed_at,
            Booking.cancelled_at,
            Booking.expires_at,
            _TURNS.label("turns"),
        )
        .join(CourseRun, CourseRun.id == Booking.course_run_id)
        .join(Course, Course.code == CourseRun.course_code)
        .where(Booking.teacher_id == person_id, CourseRun.ends_at > now - PAST_SHOWN_FOR)
        .where(Booking.status.in_(TAKES_PLACE) | given_up)
        # One place on each run: the one that there is, else the one that there was last.
        .ext(distinct_on(CourseRun.id))
        .order_by(CourseRun.id, Booking.cancelled_at.desc().nulls_first())
    )
    rows = (await reader.execute(query)).all()
    return await _entries(reader, rows, public_url)


async def hub_entries(reader: AsyncConnection, hub_id: UUID, public_url: str) -> list[Entry]:
    """The meetings of a hub's listed runs, by their beginning."""
    query = (
        select(*_RUN)
        .join(Course, Course.code == CourseRun.course_code)
        .where(CourseRun.hub_id == hub_id, CourseRun.status.not_in(UNLISTED), Course.is_listed)
        .where(CourseRun.ends_at > clock.now() - HUBS_PAST_SHOWN_FOR)
        .order_by(CourseRun.starts_at, CourseRun.id)
        .limit(MOST_RUNS)
    )
    return await _entries(reader, (await reader.execute(query)).all(), public_url)


async def _entries(reader: AsyncConnection, rows: Sequence[AnyRow], public_url: str) -> list[Entry]:
    sessions = await _sessions(reader, [row.run_id for row in rows])
    found = [entry for row in rows for entry in _of_run(row, sessions[row.run_id], public_url)]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.uid))


async def _sessions(reader: AsyncConnection, run_ids: Iterable[UUID]) -> dict[UUID, list[AnyRow]]:
    query = select(CourseSession.__table__).where(any_of(CourseSession.course_run_id, run_ids))
    by_run: dict[UUID, list[AnyRow]] = defaultdict(list)
    for row in (await reader.execute(query.order_by(CourseSession.ordinal))).all():
        by_run[row.course_run_id].append(row)
    return by_run


def _of_run(row: AnyRow, sessions: Sequence[AnyRow], public_url: str) -> list[Entry]:
    booking = row._mapping
    turns, times = (
        booking.get("turns", 0),
        [booking.get(name) for name in ("placed_at", "confirmed_at", "cancelled_at")],
    )
    link = row.joining_link if _may_join(row) else None
    place = place_of(row.venue, row.town, row.postcode)
    return [
        Entry(
            uid=meeting.uid,
            sequence=sequence_of(row.version, turns),
            changed_at=latest(row.changed_at, *times),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            is_whole_days=meeting.is_whole_days,
            takes_time=meeting.takes_time,
            title=f"Postponed: {row.title}" if row.run_status == "postponed" else row.title,
            status=_status(row),
            place=ONLINE if is_online(row.mode, row.run_status) else place,
            link=link or f"{public_url}v1/course-runs/{row.run_id}",
            notes=_notes(row, link),
        )
        for meeting in meetings_of(row.run_id, row, sessions)
    ]


def _may_join(row: AnyRow) -> bool:
    return row._mapping.get("confirmed_at") is not None and row._mapping.get("cancelled_at") is None


def _status(row: AnyRow) -> Status:
    own = row._mapping.get("status")
    if row.run_status in OFF or own == "cancelled":
        return "CANCELLED"
    return "TENTATIVE" if own in ("held", "offered") else "CONFIRMED"


def _notes(row: AnyRow, link: str | None) -> str | None:
    if link is not None:
        return f"Join here: {link}"
    until: datetime | None = row._mapping.get("expires_at")
    if until is None:
        return None
    return f"Kept for you until {until.astimezone(ENGLAND):%-d %B %Y, %H:%M}, if you do not confirm it before."
