"""Asking for people to be told, in the transaction that makes it true. Ids and values leave; no names, no addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.hubs import CancellationCause
from contracts.messages import Meeting, MessageKind, MessageRequested, RunChange
from hubs.bookings.models import ON_REGISTER, PASSES, Booking
from hubs.calendars.rules import sequence_of
from hubs.courses.models import CourseRun
from hubs.messages.queries import RunFacts, facts_of, turns_of
from hubs.messages.rules import changes_between, method_for, withdrawn_between


@dataclass(frozen=True)
class News:
    """What is told of a run or a booking."""

    kind: MessageKind
    changes: tuple[RunChange, ...] = ()
    withdrawn: tuple[Meeting, ...] = ()
    reason: str | None = None
    cause: CancellationCause | None = None
    days_before: int | None = None
    which: str = ""
    """Tells apart what may happen to a booking more than once."""


async def tell(
    session: AsyncSession, run: CourseRun, bookings: Sequence[Booking], news: News, facts: RunFacts | None = None
) -> None:
    """Ask for the people behind these bookings of a run to be told. Of a run that is over nobody is told anything."""
    if not bookings or run.ends_at <= clock.now():
        return
    await session.flush()
    facts = facts or await facts_of(session, run.id)
    turns = await turns_of(session, run.id, {booking.teacher_id for booking in bookings})
    await publish(session, *(_message(run, booking, news, facts, turns[booking.teacher_id]) for booking in bookings))


def _message(run: CourseRun, booking: Booking, news: News, facts: RunFacts, turns: int) -> MessageRequested:
    method = method_for(news.kind, booking, facts)
    return MessageRequested(
        message_id=new_id(),
        person_id=booking.teacher_id,
        kind=news.kind,
        occasion=":".join(part for part in (news.kind, str(booking.id), news.which) if part),
        useless_from_at=_useless_from(run, booking, news),
        booking_id=booking.id,
        course_run_id=run.id,
        course_code=run.course_code,
        title=facts.title,
        hub_name=facts.hub_name,
        is_online=facts.is_online,
        is_postponed=facts.status == "postponed",
        place=None if facts.is_online else facts.place,
        joining_link=facts.joining_link if booking.status in ON_REGISTER else None,
        meetings=facts.meetings,
        withdrawn=news.withdrawn,
        method=method,
        sequence=sequence_of(run.version, turns),
        changes=news.changes,
        reason=news.reason,
        cause=news.cause,
        expires_at=booking.expires_at if booking.status == "offered" else None,
        days_before=news.days_before,
    )


def _useless_from(run: CourseRun, booking: Booking, news: News) -> datetime:
    if news.kind == "booking_offered" and booking.expires_at is not None:
        return booking.expires_at
    return run.starts_at if news.kind == "booking_reminder" else run.ends_at


async def tell_of_edit(session: AsyncSession, run: CourseRun, before: RunFacts) -> None:
    """Tell those with a place or a turn what an edit changed for them, if it did."""
    after = await facts_of(session, run.id)
    changes = changes_between(before, after)
    if not changes:
        return
    concerned = ("confirmed",) if changes == ("joining_link",) else ("confirmed", *PASSES)
    live = select(Booking).where(Booking.course_run_id == run.id, Booking.status.in_(concerned)).order_by(Booking.id)
    news = News(
        "run_changed",
        changes=changes,
        withdrawn=withdrawn_between(before, after),
        reason=run.status_reason if before.status != after.status else None,
        which=str(run.version),
    )
    await tell(session, run, (await session.scalars(live)).all(), news, after)
