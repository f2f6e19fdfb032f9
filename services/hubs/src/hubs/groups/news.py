"""What others are told of groups."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.outbox import publish
from contracts.networks import GroupCancelled, GroupChanged, GroupFacts, GroupFormed, ProjectCompleted
from hubs.directory.models import Hub
from hubs.groups.models import GroupSchool, ProjectGroup
from hubs.groups.queries import inputs_of, leads_of
from hubs.groups.versions import InUse
from hubs.networks.models import Network

TOLD_OF_STEP: dict[str, type[GroupFacts]] = {
    "running": GroupFormed,
    "completed": ProjectCompleted,
    "cancelled": GroupCancelled,
}


async def changed(session: AsyncSession, group: ProjectGroup, version: InUse) -> None:
    """Count the change; tell of it if the group runs."""
    group.version += 1
    await session.flush()
    if group.status == "running":
        await tell(session, group, version, GroupChanged)


async def tell(session: AsyncSession, group: ProjectGroup, version: InUse, event: type[GroupFacts]) -> None:
    """Publish a group's facts as they stand."""
    urns = select(GroupSchool.urn).where(GroupSchool.group_id == group.id, GroupSchool.left_on.is_(None))
    finance = version.document.finance
    facts = {name: getattr(group, name) for name in GroupFacts.model_fields if hasattr(group, name)}
    told = facts | {
        "group_id": group.id,
        "began_on": group.began_on or clock.today(),
        "schools": tuple(sorted(await session.scalars(urns))),
        "leads": len(await leads_of(session, group.id)),
        "card": finance.card if finance else None,
        "hub_name": await session.scalar(select(Hub.name).where(Hub.id == group.hub_id)),
        "national_team_id": await session.scalar(
            select(Network.national_team_id).where(Network.slug == version.network)
        ),
        "inputs": await inputs_of(session, group, version.document),
    }
    await publish(session, event.model_validate(told))
