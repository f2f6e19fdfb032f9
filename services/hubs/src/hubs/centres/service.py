"""Centres and their spaces, as the staff of their hub or administrators keep them."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.areas.queries import locate
from hubs.areas.rules import read_postcode
from hubs.centres.errors import CentreNameTaken, CentreNotFound, CentreStepNotPossible, SpaceNotFound
from hubs.centres.models import Centre, CentreSpace, CentreStatus, SpaceBooking
from hubs.centres.rules import STEPS
from hubs.centres.schemas import CentreEdit, CentreIn, SpaceEdit, SpaceIn
from hubs.directory.administration import hub_of_keeper
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.registers.access import hubs_staffed_by
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School
from hubs.sets import any_of


async def plan(session: AsyncSession, caller: Principal, body: CentreIn) -> UUID:
    """Keep a planned centre of the caller's hub.

    Raises HubNotFound, SchoolNotFound, CentreNameTaken, and what a wrong postcode raises.
    """
    await hub_of_keeper(session, caller, body.hub_id)
    if body.host_urn is not None and await session.get(School, body.host_urn) is None:
        raise SchoolNotFound(f"The register holds no school with the URN {body.host_urn}.")
    centre = Centre(id=new_id(), **body.model_dump(), status="planned", version=1)
    await _place(session, centre)
    session.add(centre)
    await _flush_named(session, f"The hub has a centre called {body.name}.")
    await audit.record(session, caller, "centre.planned", f"centre:{centre.id}", {"hub": str(body.hub_id)})
    return centre.id


async def edit(session: AsyncSession, caller: Principal, centre_id: UUID, version: int, body: CentreEdit) -> None:
    """Change a centre of the caller's hub from the version that was read. Closing it ends the bookings to come.

    Raises CentreNotFound, StaleVersion, CentreStepNotPossible, CentreNameTaken, and what a wrong postcode raises.
    """
    centre = await _own_centre(session, caller, centre_id)
    require_version(centre.version, version)
    changes = body.model_dump(exclude_unset=True, exclude={"status"})
    for name, value in changes.items():
        setattr(centre, name, value)
    if "postcode" in changes:
        await _place(session, centre)
    if body.status is not None and body.status != centre.status:
        await _take_step(session, centre, body.status)
    centre.version += 1
    await _flush_named(session, f"The hub has a centre called {body.name}.")
    changed: list[str] = sorted(body.model_fields_set)
    await audit.record(session, caller, "centre.edited", f"centre:{centre_id}", {"changed": changed})


async def _take_step(session: AsyncSession, centre: Centre, to: CentreStatus) -> None:
    if to not in STEPS[centre.status]:
        raise CentreStepNotPossible(f"A centre that is {centre.status} cannot become {to}.")
    centre.status, today = to, clock.today()
    if to == "open":
        centre.opened_on = today
        return
    centre.closed_on = today
    # Under the rows of the spaces, as every booking is: none slips in between.
    spaces = select(CentreSpace.id).where(CentreSpace.centre_id == centre.id).order_by(CentreSpace.id)
    held = (await session.scalars(spaces.with_for_update())).all()
    to_come = (SpaceBooking.space_id.in_(held), SpaceBooking.status == "booked", SpaceBooking.starts_at > clock.now())
    ended = {"status": "cancelled", "cancelled_at": clock.now(), "cancelled_because": "centre_closed"}
    await session.execute(update(SpaceBooking).where(*to_come).values(ended))


async def add_space(session: AsyncSession, caller: Principal, centre_id: UUID, body: SpaceIn) -> CentreSpace:
    """Keep a space of a centre of the caller's hub. Raises CentreNotFound and CentreNameTaken."""
    await _own_centre(session, caller, centre_id)
    space = CentreSpace(id=new_id(), centre_id=centre_id, **body.model_dump(), version=1)
    session.add(space)
    await _flush_named(session, f"The centre has a space called {body.name}.")
    await audit.record(session, caller, "centre.space-added", f"centre:{centre_id}", {"space": str(space.id)})
    return space


async def edit_space(
    session: AsyncSession, caller: Principal, space_id: UUID, version: int, body: SpaceEdit
) -> CentreSpace:
    """Change a space from the version that was read; bookings that stand are kept, whatever it says.

    Raises SpaceNotFound, StaleVersion, CentreNameTaken.
    """
    own = select(CentreSpace).join(Centre, Centre.id == CentreSpace.centre_id).where(CentreSpace.id == space_id)
    if not caller.has_role(*ADMINISTRATORS):
        own = own.where(any_of(Centre.hub_id, hubs_staffed_by(caller)))
    space = await session.scalar(own.with_for_update(of=CentreSpace))
    if space is None:
        raise SpaceNotFound("No space of yours has this id.")
    require_version(space.version, version)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(space, name, value)
    space.version += 1
    await _flush_named(session, f"The centre has a space called {body.name}.")
    changed: list[str] = sorted(body.model_fields_set)
    details: dict[str, audit.JSON] = {"space": str(space_id), "changed": changed}
    await audit.record(session, caller, "centre.space-edited", f"centre:{space.centre_id}", details)
    return space


async def _own_centre(session: AsyncSession, caller: Principal, centre_id: UUID) -> Centre:
    own = select(Centre).where(Centre.id == centre_id)
    if not caller.has_role(*ADMINISTRATORS):
        own = own.where(any_of(Centre.hub_id, hubs_staffed_by(caller)))
    centre = await session.scalar(own.with_for_update())
    if centre is None:
        raise CentreNotFound("No centre of yours has this id.")
    return centre


async def _place(session: AsyncSession, centre: Centre) -> None:
    postcode = read_postcode(centre.postcode)
    place = await locate(await session.connection(), postcode)
    centre.postcode = postcode.text
    centre.latitude, centre.longitude = place.position.latitude, place.position.longitude


async def _flush_named(session: AsyncSession, said: str) -> None:
    """Write what is pending. Raises CentreNameTaken, the only thing another's row can forbid here."""
    try:
        await session.flush()
    except IntegrityError as error:
        raise CentreNameTaken(said) from error
