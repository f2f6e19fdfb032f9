"""Use cases of the sample."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.errors import Conflict, NotFound
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.hubs import HubJoined
from sample_service.models import Membership

CLOSED_HUB = UUID(int=0)


class HubClosed(Conflict):
    """The hub takes no members."""

    code, title = "hub-closed", "The hub is closed"


class MembershipNotFound(NotFound):
    """There is no such membership, or it is another teacher's."""

    code, title = "membership-not-found", "No such membership"


async def join(session: AsyncSession, caller: Principal, hub_id: UUID, badge: str) -> Membership:
    """Record a membership and say so; the badge is proven unique only at commit."""
    if hub_id == CLOSED_HUB:
        raise HubClosed("This hub takes no members.")
    assert caller.id is not None
    membership = Membership(
        id=new_id(), teacher_id=caller.id, hub_id=hub_id, badge=badge, version=1, joined_at=clock.now()
    )
    session.add(membership)
    await publish(session, HubJoined(teacher_id=caller.id, hub_id=hub_id, joined_at=membership.joined_at))
    await audit.record(session, caller, "membership.created", f"membership:{membership.id}")
    return membership


async def rename(session: AsyncSession, caller: Principal, membership_id: UUID, badge: str, seen: int) -> Membership:
    """Give a membership another badge, if the caller saw its present version."""
    owned = select(Membership).where(Membership.id == membership_id, Membership.teacher_id == caller.id)
    membership = await session.scalar(owned.with_for_update())
    if membership is None:
        raise MembershipNotFound("You have no such membership.")
    require_version(membership.version, seen)
    membership.badge = badge
    membership.version += 1
    return membership
