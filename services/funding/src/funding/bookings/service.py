"""Keeps the copy of bookings and completions. Every write commutes with the others and with itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.known_as import is_theirs, standing_now
from contracts.hubs import BookingCancelled, BookingPlaced, CpdCompleted, CpdCorrected
from funding.base import Queryable
from funding.bookings.models import Booking, Completion
from funding.policies.milestones import Attended


@dataclass(frozen=True)
class PlacedBooking:
    """A booking that was placed, and perhaps given up since."""

    booking_id: UUID
    teacher_id: UUID
    school_urn: str
    course_code: str
    mode: str
    phase: str
    programme: str
    days: Decimal
    starts_on: date
    cancelled_at: datetime | None


_COLUMNS = [Booking.__table__.c[name] for name in PlacedBooking.__dataclass_fields__]


async def record_placed(session: AsyncSession, events: Sequence[BookingPlaced]) -> None:
    """Fill in what was booked, each booking named once; a cancellation that came first stays."""
    rows = [event.model_dump(exclude={"charge_pence", "independent_charge_pence"}) for event in events]
    statement = insert(Booking).values(rows)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Booking.booking_id],
            set_={name: statement.excluded[name] for name in rows[0] if name != "booking_id"},
        )
    )


async def record_cancelled(session: AsyncSession, event: BookingCancelled) -> None:
    """Mark the booking as given up, even before it is known that it was placed."""
    statement = insert(Booking).values(event.model_dump(exclude={"cause"}))
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Booking.booking_id], set_={"cancelled_at": statement.excluded.cancelled_at}
        )
    )


async def record_completed(session: AsyncSession, event: CpdCompleted, booking_id: UUID) -> None:
    """Keep the completion of a booking. Of several the one with the lowest id is kept, so that order is no matter."""
    values = event.model_dump(include={"completion_id", "teacher_id", "hours", "completed_on"})
    statement = insert(Completion).values(values | {"booking_id": booking_id})
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Completion.booking_id],
            set_={name: statement.excluded[name] for name in values},
            where=(Completion.revision == 0) & (Completion.completion_id > statement.excluded.completion_id),
        )
    )


async def record_corrected(session: AsyncSession, event: CpdCorrected, booking_id: UUID) -> None:
    """Keep how the completion of a booking stands now, even before it was heard of; an older revision is ignored."""
    values = event.model_dump(include={"completion_id", "teacher_id", "hours", "completed_on", "revision"})
    statement = insert(Completion).values(values | {"booking_id": booking_id})
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Completion.booking_id],
            set_={name: statement.excluded[name] for name in values},
            where=Completion.revision < statement.excluded.revision,
        )
    )


async def own_booking(
    db: Queryable, booking_id: UUID, teacher_id: UUID | None, school_urn: str | None, *, hold: bool = False
) -> PlacedBooking | None:
    """The booking if this teacher placed it for this school; `hold` keeps a cancellation out until commit."""
    query = select(*_COLUMNS).where(
        Booking.booking_id == booking_id, is_theirs(Booking.teacher_id, teacher_id), Booking.school_urn == school_urn
    )
    row = (await db.execute(query.with_for_update() if hold else query)).one_or_none()
    return None if row is None else PlacedBooking(**row._mapping)


async def placed_bookings(db: Queryable, ids: Collection[UUID]) -> dict[UUID, PlacedBooking]:
    """Bookings that are known to have been placed, by id."""
    rows = await db.execute(select(*_COLUMNS).where(Booking.booking_id.in_(ids)))
    return {row.booking_id: PlacedBooking(**row._mapping) for row in rows}


async def is_completed(session: AsyncSession, booking_id: UUID, teacher_id: UUID) -> bool:
    """Whether this teacher completed the course of the booking."""
    found = select(Completion.booking_id).where(
        Completion.booking_id == booking_id, is_theirs(Completion.teacher_id, teacher_id), Completion.hours > 0
    )
    return (await session.execute(found)).first() is not None


async def completed_bookings(session: AsyncSession, teachers: Mapping[UUID, UUID]) -> list[UUID]:
    """Of these bookings, each with its teacher, those whose course the teacher completed."""
    if not teachers:
        return []
    found = select(Completion.booking_id, Completion.teacher_id).where(
        Completion.booking_id.in_(teachers), Completion.hours > 0
    )
    standing = await standing_now(session)
    return [
        row.booking_id
        for row in await session.execute(found)
        if standing.goes_by(row.teacher_id) == standing.goes_by(teachers[row.booking_id])
    ]


async def courses_attended(session: AsyncSession, teacher_id: UUID, programme: str) -> list[Attended]:
    """Courses of a programme, not online, that the teacher completed, as far as their bookings are known."""
    query = (
        select(Completion.completion_id, Completion.completed_on, Booking.days)
        .join(Booking, Booking.booking_id == Completion.booking_id)
        .where(
            is_theirs(Completion.teacher_id, teacher_id),
            Completion.hours > 0,
            Booking.programme == programme,
            Booking.mode != "online",
        )
    )
    return [
        Attended(completed_on=row.completed_on, days=row.days, cause=f"completion:{row.completion_id}")
        for row in await session.execute(query)
    ]
