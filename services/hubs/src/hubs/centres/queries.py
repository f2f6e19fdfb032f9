"""Reads of centres, and of bookings limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.areas.queries import distance_km, locate, within
from hubs.areas.rules import Position, read_postcode
from hubs.base import AnyRow, AnySelect
from hubs.centres.errors import CentreNotFound, SpaceBookingNotFound, SpaceNotFound
from hubs.centres.models import Centre, CentreSpace, SpaceBooking
from hubs.centres.schemas import CentreFilter, SpaceBookingFilter, TimesFilter
from hubs.courses.errors import DistanceNeedsPlace
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by
from hubs.sets import any_of

CENTRE = Centre.__table__
SPACE = CentreSpace.__table__


async def find_centre(reader: AsyncConnection | AsyncSession, centre_id: UUID) -> dict[str, Any]:
    """One centre with its spaces, or CentreNotFound."""
    row = (await reader.execute(select(CENTRE, null().label("distance_km")).where(Centre.id == centre_id))).first()
    if row is None:
        raise CentreNotFound("No centre has this id.")
    spaces = select(SPACE).where(CentreSpace.centre_id == centre_id).order_by(CentreSpace.name)
    return {**row._mapping, "spaces": (await reader.execute(spaces)).all()}


async def all_centres(reader: AsyncConnection) -> Sequence[AnyRow]:
    """Every centre that is planned or open, by name."""
    query = select(CENTRE).where(Centre.status != "closed").order_by(Centre.name, Centre.id)
    return (await reader.execute(query)).all()


async def list_centres(reader: AsyncConnection, wanted: CentreFilter, page: PageOf) -> Sequence[AnyRow]:
    """Centres by name or nearest first, one row more than the page holds; closed ones only when asked for."""
    query: AnySelect = select(CENTRE)
    query = query.where(Centre.status == wanted.status if wanted.status else Centre.status != "closed")
    if wanted.hub_id:
        query = query.where(Centre.hub_id == wanted.hub_id)
    if wanted.near is None:
        if wanted.within_km is not None:
            raise DistanceNeedsPlace("Send near with within_km.", parameter="within_km")
        query = query.add_columns(null().label("distance_km")).order_by(Centre.name, Centre.id)
        if (after := page.after_as(str, UUID)) is not None:
            query = query.where(tuple_(Centre.name, Centre.id) > after)
    else:
        place = await locate(reader, read_postcode(wanted.near))
        query = _nearest_first(query, place.position, wanted.within_km, page)
    return (await reader.execute(query.limit(page.limit + 1))).all()


def _nearest_first(query: AnySelect, origin: Position, within_km: float | None, page: PageOf) -> AnySelect:
    latitude, longitude = CENTRE.c.latitude, CENTRE.c.longitude
    km = distance_km(origin, latitude, longitude)
    query = query.add_columns(km.label("distance_km")).order_by(km, Centre.id)
    if within_km is not None:
        query = query.where(within(origin, within_km, latitude), km <= within_km)
    if (after := page.after_as(Decimal, UUID)) is not None:
        query = query.where(tuple_(km, Centre.id) > after)
    return query


def key_of_centre(row: AnyRow, by_distance: bool) -> tuple[str, str]:
    """The sort key of a listed centre, as its cursor holds it."""
    return str(row.distance_km) if by_distance else row.name, str(row.id)


async def find_space(reader: AsyncConnection, space_id: UUID) -> AnyRow:
    """One space with its centre's hours, or SpaceNotFound."""
    query = select(SPACE, Centre.opening_hours).join(Centre, Centre.id == CentreSpace.centre_id)
    row = (await reader.execute(query.where(CentreSpace.id == space_id))).first()
    if row is None:
        raise SpaceNotFound("No space has this id.")
    return row


async def times_of(reader: AsyncConnection, space_id: UUID, wanted: TimesFilter) -> dict[str, Any]:
    """When a space is open and when it is taken; nothing says who took it."""
    space, first = await find_space(reader, space_id), wanted.starts_from or clock.now()
    taken = select(SpaceBooking.starts_at, SpaceBooking.ends_at).where(
        SpaceBooking.space_id == space_id,
        SpaceBooking.status == "booked",
        SpaceBooking.ends_at > first,
    )
    rows = (await reader.execute(taken.order_by(SpaceBooking.starts_at))).all()
    return {"space_id": space_id, "opening_hours": space.opening_hours, "taken": rows}


def _bookings_seen_by(caller: Principal) -> AnySelect:
    """Those of the caller's own school, and those at centres of hubs that the caller staffs."""
    own = func.coalesce(SpaceBooking.urn == school_led_by(caller), False)
    query: AnySelect = (
        select(SpaceBooking.__table__, CentreSpace.centre_id)
        .join(CentreSpace, CentreSpace.id == SpaceBooking.space_id)
        .join(Centre, Centre.id == CentreSpace.centre_id)
    )
    return query.where(own | any_of(Centre.hub_id, hubs_staffed_by(caller)))


async def find_booking(reader: AsyncConnection | AsyncSession, caller: Principal, booking_id: UUID) -> AnyRow:
    """One booking, or SpaceBookingNotFound."""
    row = (await reader.execute(_bookings_seen_by(caller).where(SpaceBooking.id == booking_id))).first()
    if row is None:
        raise SpaceBookingNotFound("No booking of yours has this id.")
    return row


async def list_bookings(
    reader: AsyncConnection, caller: Principal, wanted: SpaceBookingFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Bookings in the order they were made, one row more than the page holds."""
    query = _bookings_seen_by(caller).where(SpaceBooking.ends_at > (wanted.ends_from or clock.now()))
    equal = (
        (CentreSpace.centre_id, wanted.centre_id),
        (SpaceBooking.space_id, wanted.space_id),
        (SpaceBooking.status, wanted.status),
    )
    for column, value in equal:
        if value is not None:
            query = query.where(column == value)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(SpaceBooking.id > after[0])
    return (await reader.execute(query.order_by(SpaceBooking.id).limit(page.limit + 1))).all()
