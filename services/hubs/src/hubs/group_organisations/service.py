"""Organisations joining and leaving groups, and who is in a group for one. The group's row is held throughout."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.group_organisations.errors import OrganisationsNotAsked
from hubs.group_organisations.models import GroupOrganisation
from hubs.group_organisations.schemas import OrganisationJoins
from hubs.groups.errors import AlreadyInProject, GroupDatesWrong, GroupPartNotFound, GroupStillNeeds
from hubs.groups.models import GroupParticipant
from hubs.groups.queries import find_group
from hubs.groups.schemas import GroupDeparture
from hubs.groups.service import hold_open, record


async def organisations_of(
    reader: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID
) -> Sequence[AnyRow]:
    """Organisations of a group that the caller may see; GroupNotFound."""
    await find_group(reader, caller, group_id)
    people = (
        select(func.count())
        .where(
            GroupParticipant.group_id == GroupOrganisation.group_id,
            GroupParticipant.organisation_id == GroupOrganisation.organisation_id,
            GroupParticipant.left_on.is_(None),
        )
        .correlate(GroupOrganisation)
        .scalar_subquery()
    )
    query = select(GroupOrganisation.__table__, people.label("participants"))
    found = query.where(GroupOrganisation.group_id == group_id).order_by(GroupOrganisation.id)
    return (await reader.execute(found)).all()


async def join(session: AsyncSession, caller: Principal, group_id: UUID, wanted: OrganisationJoins) -> None:
    """Take an organisation into a group that the caller keeps. Raises OrganisationsNotAsked and AlreadyInProject."""
    group, version = await hold_open(session, caller, group_id)
    unit = version.document.participants.unit
    if unit != "organisation":
        raise OrganisationsNotAsked(f"{group.project_code} counts each {unit}.")
    joined = GroupOrganisation(
        id=new_id(),
        group_id=group.id,
        project_id=group.project_id,
        organisation_id=wanted.organisation_id,
        name=wanted.name,
        joined_on=wanted.joined_on or clock.today(),
        recorded_by=caller.id,
    )
    session.add(joined)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyInProject("The organisation is in a group of this project already.") from error
    await record(session, caller, "organisation-joined", group, {"organisation": str(wanted.organisation_id)})


async def leave(
    session: AsyncSession, caller: Principal, group_id: UUID, part_id: UUID, wanted: GroupDeparture
) -> None:
    """Let an organisation leave; its people leave first. A repeat changes nothing. Raises GroupStillNeeds."""
    group, _ = await hold_open(session, caller, group_id)
    leaving = await session.get(GroupOrganisation, part_id, populate_existing=True)
    if leaving is None or leaving.group_id != group.id:
        raise GroupPartNotFound("The group has none of this id.")
    if leaving.left_on is not None:
        return
    people = select(GroupParticipant.id).where(
        GroupParticipant.group_id == group.id,
        GroupParticipant.organisation_id == leaving.organisation_id,
        GroupParticipant.left_on.is_(None),
    )
    if (await session.execute(people.limit(1))).first() is not None:
        raise GroupStillNeeds("People of this organisation are in the group; they leave first.")
    leaving.left_on, leaving.reason = wanted.left_on or clock.today(), wanted.reason
    if leaving.left_on < leaving.joined_on:
        raise GroupDatesWrong(f"The last day is not before the first, {leaving.joined_on}.")
    await session.flush()
    await record(session, caller, "organisation-left", group, {"organisation": str(leaving.organisation_id)})
