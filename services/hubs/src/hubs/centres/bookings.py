"""Times for which a space is booked. A booking is made under the space's row; the database refuses overlaps besides."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.centres.errors import (
    BookingTimeWrong,
    CentreShut,
    SpaceBookingNotFound,
    SpaceBookingOver,
    SpaceNotBookable,
    SpaceNotFound,
    SpaceTaken,
    SpaceTooSmall,
)
from hubs.centres.models import Centre, CentreSpace, SpaceBooking
from hubs.centres.rules import LONGEST_AHEAD, is_open_at
from hubs.centres.schemas import SpaceBookingIn
from hubs.directory.belonging import is_shared_with
from hubs.directory.errors import NotOfTheHub
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by


async def book(session: AsyncSession, caller: Principal, wanted: SpaceBookingIn) -> UUID:
    """Book a space for the caller's school, or for the hub when its staff calls.

    Raises SpaceNotFound, NotOfTheHub, SpaceNotBookable, BookingTimeWrong, CentreShut, SpaceTooSmall, SpaceTaken.
    """
    space = await session.get(CentreSpace, wanted.space_id, with_for_update=True, populate_existing=True)
    if space is None:
        raise SpaceNotFound("No space has this id.")
    centre = await session.get_one(Centre, space.centre_id, populate_existing=True)
    _require_ahead(wanted)
    urn = await _booking_school(session, caller, centre, wanted)
    if centre.status != "open" or not space.is_bookable:
        raise SpaceNotBookable("The centre is not open, or the space is not for booking.")
    if not is_open_at(centre.opening_hours, wanted.starts_at, wanted.ends_at):
        raise CentreShut("The time does not lie within one day's opening hours.", opening_hours=centre.opening_hours)
    if wanted.people > space.capacity:
        raise SpaceTooSmall(f"{space.name} has room for {space.capacity}.", capacity=space.capacity)
    await _require_free(session, wanted)
    booking = SpaceBooking(
        id=new_id(), **wanted.model_dump(), urn=urn, status="booked", booked_by=caller.id, booked_at=clock.now()
    )
    session.add(booking)
    await session.flush()
    await audit.record(session, caller, "space.booked", f"space_booking:{booking.id}", {"space": str(space.id)})
    return booking.id


async def _booking_school(
    session: AsyncSession, caller: Principal, centre: Centre, wanted: SpaceBookingIn
) -> str | None:
    if centre.hub_id in hubs_staffed_by(caller):
        return None
    urn, on = school_led_by(caller), wanted.starts_at.astimezone(ENGLAND).date()
    if urn is None or not await is_shared_with(session, centre.hub_id, urn, on, on):
        raise NotOfTheHub("Schools of the centre's hub, its guests of that day, and its staff book its spaces.")
    return urn


def _require_ahead(wanted: SpaceBookingIn) -> None:
    now = clock.now()
    if not now < wanted.starts_at < now + LONGEST_AHEAD:
        raise BookingTimeWrong(f"A space is booked ahead, for up to {LONGEST_AHEAD.days} days.")


async def _require_free(session: AsyncSession, wanted: SpaceBookingIn) -> None:
    taken = select(SpaceBooking.starts_at, SpaceBooking.ends_at).where(
        SpaceBooking.space_id == wanted.space_id,
        SpaceBooking.status == "booked",
        SpaceBooking.starts_at < wanted.ends_at,
        SpaceBooking.ends_at > wanted.starts_at,
    )
    if found := (await session.execute(taken.order_by(SpaceBooking.starts_at))).all():
        times = [{"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()} for row in found]
        raise SpaceTaken("Somebody has booked the space in that time.", taken=times)


async def cancel(session: AsyncSession, caller: Principal, booking_id: UUID) -> None:
    """Give a time back: by the school that booked it, or by the staff of the centre's hub. A repeat changes nothing.

    Raises SpaceBookingNotFound and SpaceBookingOver.
    """
    found = (
        select(SpaceBooking, Centre.hub_id)
        .join(CentreSpace, CentreSpace.id == SpaceBooking.space_id)
        .join(Centre, Centre.id == CentreSpace.centre_id)
        .where(SpaceBooking.id == booking_id)
    )
    row = (await session.execute(found.with_for_update(of=SpaceBooking))).first()
    is_staff = row is not None and row.hub_id in hubs_staffed_by(caller)
    if row is None or not (
        is_staff or (row.SpaceBooking.urn is not None and row.SpaceBooking.urn == school_led_by(caller))
    ):
        raise SpaceBookingNotFound("No booking of yours has this id.")
    booking: SpaceBooking = row.SpaceBooking
    if booking.status == "cancelled":
        return
    if booking.starts_at <= clock.now():
        raise SpaceBookingOver("The booked time has begun.")
    by_centre = is_staff and booking.urn is not None
    booking.status, booking.cancelled_at = "cancelled", clock.now()
    booking.cancelled_because = "centre" if by_centre else "booker"
    await session.flush()
    details: dict[str, audit.JSON] = {"because": booking.cancelled_because}
    await audit.record(session, caller, "space.booking-cancelled", f"space_booking:{booking_id}", details)
