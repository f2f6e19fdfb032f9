"""Reminders: so many days before a run's first day, at an hour of England's clocks, each once.

Due is the reminder nearest to the run, so that after an outage nobody gets two; and none that was due before the place
was confirmed, so that nobody is reminded of what they have just done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Select, cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import ENGLAND
from hubs.bookings.models import Booking
from hubs.calendars.rules import reminder_day
from hubs.courses.models import BOOKABLE, CourseRun
from hubs.messages.models import SentReminder
from hubs.messages.service import News, tell
from hubs.settings import Settings

MOST = 100
Due = tuple[UUID, int]
"""A run, and how many days before it the reminder is due."""


async def due_reminders(session: AsyncSession, settings: Settings, now: datetime) -> Sequence[Due]:
    """Runs of which somebody is to be reminded now."""
    found: list[Due] = []
    for nearer, days in pairwise((-1, *sorted(set(settings.reminder_days)))):
        runs = select(CourseRun.id).where(*_begins_between(settings, now, nearer, days))
        waiting = exists().where(Booking.course_run_id == CourseRun.id, *_is_due(settings, days))
        ids = await session.scalars(runs.where(waiting).order_by(CourseRun.starts_at, CourseRun.id).limit(MOST))
        found += [(run_id, days) for run_id in ids]
    return found


def _begins_between(settings: Settings, now: datetime, nearer: int, days: int) -> tuple[ColumnElement[bool], ...]:
    today = reminder_day(now, settings.reminder_hour)
    return (
        CourseRun.status.in_(BOOKABLE),
        CourseRun.starts_at > now,
        CourseRun.starts_on > today + timedelta(days=nearer),
        CourseRun.starts_on <= today + timedelta(days=days),
    )


def _is_due(settings: Settings, days: int) -> tuple[ColumnElement[bool], ...]:
    early = timedelta(days=days) - timedelta(hours=settings.reminder_hour)
    due_at = func.timezone(ENGLAND.key, cast(CourseRun.starts_on, DateTime) - literal(early))
    sent = exists().where(
        SentReminder.booking_id == Booking.id,
        SentReminder.starts_on == CourseRun.starts_on,
        SentReminder.days == days,
    )
    return Booking.status == "confirmed", Booking.confirmed_at < due_at, ~sent


async def remind(session: AsyncSession, settings: Settings, due: Due, now: datetime) -> int:
    """Remind those with a place on a run; how many. None of a run that somebody else holds: it comes up again."""
    run_id, days = due
    free = select(CourseRun).where(CourseRun.id == run_id, CourseRun.status.in_(BOOKABLE), CourseRun.starts_at > now)
    run = await session.scalar(free.with_for_update(skip_locked=True, key_share=True))
    if run is None:
        return 0
    bookings = {booking.id: booking for booking in await session.scalars(_whom(settings, run_id, days))}
    rows = [{"booking_id": one, "starts_on": run.starts_on, "days": days, "sent_at": now} for one in bookings]
    if not rows:
        return 0
    sent = insert(SentReminder).values(rows).on_conflict_do_nothing().returning(SentReminder.booking_id)
    reminded = [bookings[one] for one in (await session.scalars(sent)).all()]
    news = News("booking_reminder", days_before=_days_until(run, now), which=f"{run.starts_on}:{days}")
    await tell(session, run, reminded, news)
    return len(reminded)


def _whom(settings: Settings, run_id: UUID, days: int) -> Select[Booking]:
    query = select(Booking).join(CourseRun, CourseRun.id == Booking.course_run_id).where(CourseRun.id == run_id)
    return query.where(*_is_due(settings, days)).order_by(Booking.id)


def _days_until(run: CourseRun, now: datetime) -> int:
    return (run.starts_on - now.astimezone(ENGLAND).date()).days
