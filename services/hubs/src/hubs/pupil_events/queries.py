"""Reads of events and of bookings, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, exists, func, literal, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.areas.queries import distance_km, locate, within
from hubs.areas.rules import Position, read_postcode
from hubs.base import AnyRow, AnySelect
from hubs.courses.errors import DistanceNeedsPlace
from hubs.pupil_events.access import is_run_by
from hubs.pupil_events.errors import PupilBookingNotFound, PupilEventNotFound
from hubs.pupil_events.models import PupilBooking, PupilEvent
from hubs.pupil_events.schemas import PupilBookingFilter, PupilEventFilter
from hubs.schools.access import school_led_by

BOOKING = PupilBooking.__table__
NOWHERE_KM = Decimal(100_000)
"""Sorts events online behind all others."""

_EVENT = select(
    PupilEvent.__table__,
    (PupilEvent.pupil_capacity - PupilEvent.pupils_booked).label("pupil_places_left"),
    (PupilEvent.school_capacity - PupilEvent.schools_booked).label("school_places_left"),
)


async def find_event(reader: AsyncConnection | AsyncSession, caller: Principal, event_id: UUID) -> dict[str, Any]:
    """One event, its link only for whom it is; PupilEventNotFound, also for another's draft."""
    booked = exists().where(
        PupilBooking.event_id == PupilEvent.id,
        PupilBooking.urn == school_led_by(caller),
        PupilBooking.status == "booked",
    )
    own = is_run_by(caller)
    columns = (null().label("distance_km"), booked.label("is_booked"), func.coalesce(own, False).label("is_own"))
    query = _EVENT.add_columns(*columns).where(PupilEvent.id == event_id, (PupilEvent.status != "draft") | own)
    row = (await reader.execute(query)).first()
    if row is None:
        raise PupilEventNotFound("No event has this id.")
    shown = dict(row._mapping)
    return shown if row.is_own or row.is_booked else shown | {"joining_link": None}


async def list_events(
    reader: AsyncConnection, caller: Principal, wanted: PupilEventFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Events to come, soonest or nearest first, one row more than the page holds; drafts for who runs them."""
    query = _filtered(wanted).where((PupilEvent.status == "open") | is_run_by(caller))
    if wanted.near is None:
        if wanted.within_km is not None:
            raise DistanceNeedsPlace("Send near with within_km.", parameter="within_km")
        query = query.add_columns(null().label("distance_km")).order_by(PupilEvent.starts_at, PupilEvent.id)
        if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
            query = query.where(tuple_(PupilEvent.starts_at, PupilEvent.id) > after)
    else:
        place = await locate(reader, read_postcode(wanted.near))
        query = _nearest_first(query, place.position, wanted.within_km, page)
    return (await reader.execute(query.limit(page.limit + 1))).all()


def _filtered(wanted: PupilEventFilter) -> AnySelect:
    conditions: list[ColumnElement[bool]] = [PupilEvent.starts_on >= (wanted.starts_from or clock.today())]
    equal = (
        (PupilEvent.programme_slug, wanted.programme_slug),
        (PupilEvent.hub_id, wanted.hub_id),
        (PupilEvent.mode, wanted.mode),
    )
    conditions += [column == value for column, value in equal if value is not None]
    if wanted.key_stage:
        conditions.append(literal(wanted.key_stage) == func.any(PupilEvent.key_stages))
    if wanted.starts_to:
        conditions.append(PupilEvent.starts_on <= wanted.starts_to)
    if wanted.only_with_places:
        conditions.append(PupilEvent.pupils_booked < PupilEvent.pupil_capacity)
        conditions.append(PupilEvent.schools_booked < PupilEvent.school_capacity)
    return _EVENT.where(*conditions)


def _nearest_first(query: AnySelect, origin: Position, within_km: float | None, page: PageOf) -> AnySelect:
    latitude, longitude = PupilEvent.__table__.c.latitude, PupilEvent.__table__.c.longitude
    km = distance_km(origin, latitude, longitude)
    order = func.coalesce(km, literal(NOWHERE_KM, Numeric))
    query = query.add_columns(km.label("distance_km")).order_by(order, PupilEvent.id)
    if within_km is not None:
        query = query.where(within(origin, within_km, latitude), km <= within_km)
    if (after := page.after_as(Decimal, UUID)) is not None:
        query = query.where(tuple_(order, PupilEvent.id) > after)
    return query


def key_of_event(row: AnyRow, by_distance: bool) -> tuple[str, str]:
    """The sort key of a listed event, as its cursor holds it."""
    if not by_distance:
        return row.starts_at.isoformat(), str(row.id)
    return str(NOWHERE_KM if row.distance_km is None else row.distance_km), str(row.id)


def _bookings_seen_by(caller: Principal) -> AnySelect:
    """Those of the caller's own school, and those of events that the caller runs."""
    own = func.coalesce(PupilBooking.urn == school_led_by(caller), False)
    query: AnySelect = select(BOOKING).join(PupilEvent, PupilEvent.id == PupilBooking.event_id)
    return query.where(own | func.coalesce(is_run_by(caller), False))


async def find_booking(reader: AsyncConnection | AsyncSession, caller: Principal, booking_id: UUID) -> AnyRow:
    """One booking, or PupilBookingNotFound."""
    row = (await reader.execute(_bookings_seen_by(caller).where(PupilBooking.id == booking_id))).first()
    if row is None:
        raise PupilBookingNotFound("No booking of yours has this id.")
    return row


async def list_bookings(
    reader: AsyncConnection, caller: Principal, wanted: PupilBookingFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Bookings in the order they were made, one row more than the page holds."""
    query = _bookings_seen_by(caller).order_by(PupilBooking.id)
    if wanted.event_id:
        query = query.where(PupilBooking.event_id == wanted.event_id)
    if wanted.status:
        query = query.where(PupilBooking.status == wanted.status)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(PupilBooking.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def attendance_of(reader: AsyncConnection | AsyncSession, caller: Principal, event_id: UUID) -> dict[str, Any]:
    """Exactly what the organiser said, for the organiser alone; PupilEventNotFound."""
    event_query = select(PupilEvent.__table__).where(PupilEvent.id == event_id, is_run_by(caller))
    event = (await reader.execute(event_query)).first()
    if event is None:
        raise PupilEventNotFound("No event has this id.")
    entries = select(BOOKING).where(PupilBooking.event_id == event_id, PupilBooking.status == "booked")
    groups = None if event.girls is None else {name: getattr(event, name) for name in ("girls", "boys", "not_stated")}
    return {
        "event_id": event.id,
        **{name: getattr(event, name) for name in ("academic_year", "version", "pupils_attended", "staff_attended")},
        "schools_attended": event.schools_attended,
        "groups": groups,
        "entries": (await reader.execute(entries.order_by(PupilBooking.id))).all(),
    }
