"""Kits as who owns them keeps them. Whatever changes a kit's loans holds its row first, so that there is one order."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.directory.belonging import is_of_hub
from hubs.directory.errors import HubNotFound, NotOfTheHub
from hubs.directory.models import Hub
from hubs.equipment.access import lends
from hubs.equipment.errors import KitInUse, KitNotFound
from hubs.equipment.models import HOLDS_KIT, Kit, KitStatus, Loan
from hubs.equipment.queries import STATUS
from hubs.equipment.schemas import KitEdit, KitIn
from hubs.registers.access import hubs_staffed_by
from hubs.schools.access import school_led_by


async def add(session: AsyncSession, caller: Principal, body: KitIn) -> UUID:
    """Keep a kit: of the hub or one of its schools by the hub's staff, of their own school by its lead.

    Raises HubNotFound, and NotOfTheHub for an owner that does not belong to the hub today.
    """
    own_school = body.owner_urn is not None and body.owner_urn == school_led_by(caller)
    if body.hub_id not in hubs_staffed_by(caller) and not own_school:
        raise HubNotFound("No hub of yours has this id.")
    if await session.get(Hub, body.hub_id) is None:
        raise HubNotFound("No hub of yours has this id.")
    today = clock.today()
    if body.owner_urn is not None and not await is_of_hub(session, body.hub_id, body.owner_urn, today, today):
        raise NotOfTheHub("Schools that belong to the hub lend through it.")
    kit = Kit(id=new_id(), **body.model_dump(), is_withdrawn=False, version=1)
    session.add(kit)
    await session.flush()
    await audit.record(session, caller, "kit.added", f"kit:{kit.id}", {"hub": str(body.hub_id), "kind": body.kind})
    return kit.id


async def edit(session: AsyncSession, caller: Principal, kit_id: UUID, version: int, body: KitEdit) -> None:
    """Change a kit from the version that was read. Raises KitNotFound, StaleVersion, and KitInUse on withdrawing."""
    own = select(Kit).where(Kit.id == kit_id, lends(caller))
    kit = await session.scalar(own.with_for_update(of=Kit).execution_options(populate_existing=True))
    if kit is None:
        raise KitNotFound("No kit of yours has this id.")
    require_version(kit.version, version)
    if body.is_withdrawn and await session.scalar(select(_is_somebodys(kit_id))):
        raise KitInUse("Call off what is promised, and wait for what is out.")
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(kit, name, value)
    kit.version += 1
    await session.flush()
    changed: list[str] = sorted(body.model_fields_set)
    await audit.record(session, caller, "kit.edited", f"kit:{kit_id}", {"changed": changed})


async def hold_kit(session: AsyncSession, kit_id: UUID) -> Kit:
    """The kit, held until commit; KitNotFound."""
    kit = await session.get(Kit, kit_id, with_for_update=True, populate_existing=True)
    if kit is None:
        raise KitNotFound("No kit that you can see has this id.")
    return kit


async def status_of(session: AsyncSession, kit: Kit) -> KitStatus:
    """Where a kit stands now."""
    status: KitStatus = (await session.execute(select(STATUS).where(Kit.id == kit.id))).scalar_one()
    return status


def _is_somebodys(kit_id: UUID) -> ColumnElement[bool]:
    return exists().where(Loan.kit_id == kit_id, Loan.status.in_(HOLDS_KIT))
