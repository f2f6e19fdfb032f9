"""Schools with whom a hub shares its centre and equipment although they do not belong to it."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.alliances.errors import GuestDaysWrong, GuestNotFound
from hubs.alliances.models import HubGuest
from hubs.alliances.schemas import HubGuestIn
from hubs.directory.administration import hub_of_keeper
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School

LONGEST = timedelta(days=731)


async def admit(session: AsyncSession, caller: Principal, hub_id: UUID, wanted: HubGuestIn) -> HubGuest:
    """Let a school be a guest of a hub that the caller keeps. Raises HubNotFound, SchoolNotFound, GuestDaysWrong."""
    await hub_of_keeper(session, caller, hub_id)
    if await session.get(School, wanted.urn) is None:
        raise SchoolNotFound(f"The register holds no school with the URN {wanted.urn}.")
    if not clock.today() <= wanted.from_on <= wanted.until_on <= wanted.from_on + LONGEST:
        raise GuestDaysWrong(f"A guest is admitted from today on or later, for up to {LONGEST.days} days.")
    assert caller.id is not None
    guest = HubGuest(id=new_id(), hub_id=hub_id, **wanted.model_dump(), admitted_by=caller.id)
    session.add(guest)
    await session.flush()
    details: dict[str, audit.JSON] = {"urn": guest.urn, "from_on": str(guest.from_on), "until_on": str(guest.until_on)}
    await audit.record(session, caller, "hub.guest-admitted", f"hub:{hub_id}", details)
    return guest


async def shorten(session: AsyncSession, caller: Principal, hub_id: UUID, guest_id: UUID, until_on: date) -> HubGuest:
    """Let a guest's days end earlier; what is booked and lent stays. Raises GuestNotFound and GuestDaysWrong."""
    await hub_of_keeper(session, caller, hub_id)
    guest = await session.scalar(select(HubGuest).where(HubGuest.id == guest_id, HubGuest.hub_id == hub_id))
    if guest is None:
        raise GuestNotFound("This hub has no guest of this id.")
    if not guest.from_on <= until_on <= guest.until_on:
        raise GuestDaysWrong(f"The days end between {guest.from_on} and {guest.until_on}.")
    guest.until_on = until_on
    await session.flush()
    details: dict[str, audit.JSON] = {"urn": guest.urn, "until_on": str(until_on)}
    await audit.record(session, caller, "hub.guest-shortened", f"hub:{hub_id}", details)
    return guest
