"""Joining a hub."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import HubJoined
from hubs.directory.errors import HubClosed, HubNotFound
from hubs.directory.life_cycle import HIDDEN
from hubs.directory.models import Hub, HubMember
from hubs.teachers.service import teacher_of


async def join_hub(session: AsyncSession, caller: Principal, hub_id: UUID) -> tuple[HubMember, bool]:
    """Sign the calling teacher up; the membership, and whether it is new. A repeat changes and publishes nothing."""
    teacher = teacher_of(caller)
    hub = await session.get(Hub, hub_id)
    if hub is None or hub.stage in HIDDEN:
        raise HubNotFound("No hub has this id.")
    if not hub.is_open:
        raise HubClosed(f"{hub.name} no longer takes members; look up the hub that covers your school now.")
    wanted = insert(HubMember).values(id=new_id(), hub_id=hub_id, teacher_id=teacher.id, joined_at=clock.now())
    made = await session.scalar(wanted.on_conflict_do_nothing().returning(HubMember))
    if made is None:
        kept = select(HubMember).where(HubMember.hub_id == hub_id, HubMember.teacher_id == teacher.id)
        return (await session.scalars(kept)).one(), False
    await publish(session, HubJoined(teacher_id=teacher.id, hub_id=hub_id, joined_at=made.joined_at))
    await audit.record(session, caller, "hub.joined", f"hub:{hub_id}", {"membership": str(made.id)})
    return made, True
