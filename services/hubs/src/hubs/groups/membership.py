"""Schools, people and leads joining and leaving a group. Whoever joins is written first and counted then.

In that order two groups that are offered the same school never wait for each other: the index decides who comes first.
"""

from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.group_organisations.models import GroupOrganisation
from hubs.groups import news
from hubs.groups.access import kept_by
from hubs.groups.errors import (
    AlreadyInProject,
    GroupDatesWrong,
    GroupFull,
    GroupPartNotFound,
    GroupPersonUnknown,
    GroupRoleUnknown,
    GroupSchoolUnknown,
    GroupStillNeeds,
)
from hubs.groups.models import GroupLead, GroupParticipant, GroupSchool, ProjectGroup
from hubs.groups.schemas import GroupDeparture, LeadJoins, PersonJoins, SchoolJoins
from hubs.groups.service import held, hold_open, record, refuse_ended
from hubs.groups.tallies import Change, count
from hubs.groups.versions import InUse
from hubs.project_leads.models import ProjectLead
from hubs.schools.access import school_led_by
from hubs.schools.models import School
from hubs.teachers.models import Teacher

Part = TypeVar("Part", GroupSchool, GroupParticipant, GroupLead)


async def join_school(session: AsyncSession, caller: Principal, group_id: UUID, wanted: SchoolJoins) -> GroupSchool:
    """Take a school into a group that the caller keeps. Raises GroupFull, ProjectLimitReached, AlreadyInProject."""
    group, version = await hold_open(session, caller, group_id)
    return await add_school(session, caller, group, version, wanted.urn, wanted.joined_on or clock.today())


async def add_school(
    session: AsyncSession, caller: Principal, group: ProjectGroup, version: InUse, urn: str, on: date
) -> GroupSchool:
    """Take a school into a group that is held; a repeat on a later day is refused like any second place."""
    school = await session.get(School, urn)
    if school is None or not school.is_open:
        raise GroupSchoolUnknown(f"The register holds no open school with the URN {urn}.")
    joined = GroupSchool(
        id=new_id(),
        group_id=group.id,
        project_id=group.project_id,
        urn=urn,
        is_sole=version.document.participants.unit == "school",
        joined_on=on,
        recorded_by=caller.id,
    )
    await _add(session, joined, f"School {urn} is in a group of this project already.")
    await count(session, group, version.document, Change(schools=1))
    await news.changed(session, group, version)
    await record(session, caller, "school-joined", group, {"urn": urn})
    return joined


async def leave_school(
    session: AsyncSession, caller: Principal, group_id: UUID, part_id: UUID, wanted: GroupDeparture
) -> GroupSchool:
    """Let a school leave; its people leave first. A repeat changes nothing. Raises GroupStillNeeds."""
    group, version = await hold_open(session, caller, group_id)
    leaving = await _part(session, GroupSchool, group, part_id)
    if leaving.left_on is not None:
        return leaving
    people = exists().where(
        GroupParticipant.group_id == group.id, GroupParticipant.urn == leaving.urn, GroupParticipant.left_on.is_(None)
    )
    if await session.scalar(select(people)):
        raise GroupStillNeeds("People of this school are in the group; they leave first.")
    leaving.left_on, leaving.reason = _last_day(wanted, leaving.joined_on), wanted.reason
    await session.flush()
    await count(session, group, version.document, Change(schools=-1))
    await news.changed(session, group, version)
    await record(session, caller, "school-left", group, {"urn": leaving.urn, "reason": wanted.reason})
    return leaving


async def join_person(
    session: AsyncSession, caller: Principal, group_id: UUID, wanted: PersonJoins
) -> GroupParticipant:
    """Take a person into a group: by who keeps it anybody, by who speaks for one of its schools their own teachers."""
    group, version = await _hold_for(session, caller, group_id, wanted.urn)
    roles = [one.slug for one in version.document.participants.roles]
    if wanted.role is not None and wanted.role not in roles:
        raise GroupRoleUnknown(f"The project has no role {wanted.role}.", roles=roles)
    await _refuse_stranger(session, group, version, wanted)
    joined = GroupParticipant(
        id=new_id(),
        group_id=group.id,
        project_id=group.project_id,
        person_id=wanted.person_id,
        urn=wanted.urn,
        organisation_id=wanted.organisation_id,
        role=wanted.role,
        joined_on=wanted.joined_on or clock.today(),
        recorded_by=caller.id,
    )
    await _refuse_too_many_of_school(session, group, wanted.urn)
    await _add(session, joined, "This person is in a group of this project already.")
    await count(session, group, version.document, Change(participants=1))
    await news.changed(session, group, version)
    await record(session, caller, "person-joined", group, {"participant": str(joined.id)})
    return joined


async def leave_person(
    session: AsyncSession, caller: Principal, group_id: UUID, part_id: UUID, wanted: GroupDeparture
) -> GroupParticipant:
    """Let a person leave. A repeat changes nothing."""
    urn = select(GroupParticipant.urn).where(GroupParticipant.id == part_id, GroupParticipant.group_id == group_id)
    group, version = await _hold_for(session, caller, group_id, await session.scalar(urn))
    leaving = await _part(session, GroupParticipant, group, part_id)
    if leaving.left_on is not None:
        return leaving
    leaving.left_on, leaving.reason = _last_day(wanted, leaving.joined_on), wanted.reason
    await session.flush()
    await count(session, group, version.document, Change(participants=-1))
    await news.changed(session, group, version)
    await record(session, caller, "person-left", group, {"participant": str(part_id), "reason": wanted.reason})
    return leaving


async def add_lead(session: AsyncSession, caller: Principal, group_id: UUID, wanted: LeadJoins) -> GroupLead:
    """Name who leads a group. Raises GroupFull when it has as many leads as the project gives it."""
    group, version = await hold_open(session, caller, group_id)
    most = version.document.leads.how_many
    inside = select(GroupLead.id).where(GroupLead.group_id == group.id, GroupLead.until_on.is_(None))
    leads = len((await session.scalars(inside)).all())
    if most is not None and most.is_limit and most.maximum is not None and leads >= most.maximum:
        raise GroupFull(f"The group has {most.maximum} leads.", limit=most.maximum, of="leads")
    of_project = await session.get(ProjectLead, wanted.lead_id)
    if of_project is None or of_project.project_id != group.project_id or of_project.status != "accepted":
        raise GroupPersonUnknown("No accepted lead of this project has this id.")
    if version.document.leads.provided_by == "hub" and of_project.hub_id != group.hub_id:
        raise GroupPersonUnknown("That lead is another hub's.")
    lead = GroupLead(
        id=new_id(),
        group_id=group.id,
        lead_id=of_project.id,
        person_id=of_project.person_id,
        experience=of_project.experience,
        since_on=wanted.since_on or clock.today(),
        recorded_by=caller.id,
    )
    await _add(session, lead, "This person leads the group already.")
    await news.changed(session, group, version)
    await record(session, caller, "lead-named", group, {"lead": str(lead.id)})
    return lead


async def end_lead(
    session: AsyncSession, caller: Principal, group_id: UUID, part_id: UUID, wanted: GroupDeparture
) -> GroupLead:
    """Let a lead give a group up. A repeat changes nothing."""
    group, version = await hold_open(session, caller, group_id)
    lead = await _part(session, GroupLead, group, part_id)
    if lead.until_on is None:
        lead.until_on = _last_day(wanted, lead.since_on)
        await news.changed(session, group, version)
        await record(session, caller, "lead-left", group, {"lead": str(part_id), "reason": wanted.reason})
    return lead


async def _hold_for(
    session: AsyncSession, caller: Principal, group_id: UUID, urn: str | None
) -> tuple[ProjectGroup, InUse]:
    """An open group that the caller keeps, or that a school is in for which the caller speaks; GroupNotFound."""
    query = select(ProjectGroup).where(ProjectGroup.id == group_id)
    speaks = urn is not None and urn == school_led_by(caller)
    inside = exists().where(
        GroupSchool.group_id == ProjectGroup.id, GroupSchool.urn == urn, GroupSchool.left_on.is_(None)
    )
    query = query.where(kept_by(caller) | inside) if speaks else query.where(kept_by(caller))
    group, version = await held(session, await session.scalar(query.with_for_update(key_share=True)))
    return refuse_ended(group), version


async def _refuse_stranger(session: AsyncSession, group: ProjectGroup, version: InUse, wanted: PersonJoins) -> None:
    """A person for a school teaches there, and the school or organisation that the project counts is in the group."""
    await _refuse_foreign_organisation(session, group, version, wanted)
    if wanted.urn is None:
        if version.document.participants.unit == "school":
            raise GroupPersonUnknown("People of this project come for a school; say for which.")
        return
    teaches = exists().where(Teacher.id == wanted.person_id, Teacher.school_urn == wanted.urn)
    if not await session.scalar(select(teaches)):
        raise GroupPersonUnknown("Nobody of this number is registered here as a teacher of that school.")
    inside = exists().where(
        GroupSchool.group_id == group.id, GroupSchool.urn == wanted.urn, GroupSchool.left_on.is_(None)
    )
    if version.document.participants.unit == "school" and not await session.scalar(select(inside)):
        raise GroupSchoolUnknown("That school is not in the group; it joins first.")


async def _refuse_foreign_organisation(
    session: AsyncSession, group: ProjectGroup, version: InUse, wanted: PersonJoins
) -> None:
    if wanted.organisation_id is None:
        if version.document.participants.unit == "organisation":
            raise GroupPersonUnknown("People of this project come for an organisation; say for which.")
        return
    inside = exists().where(
        GroupOrganisation.group_id == group.id,
        GroupOrganisation.organisation_id == wanted.organisation_id,
        GroupOrganisation.left_on.is_(None),
    )
    if not await session.scalar(select(inside)):
        raise GroupPersonUnknown("That organisation is not in the group; it joins first.")


async def _refuse_too_many_of_school(session: AsyncSession, group: ProjectGroup, urn: str | None) -> None:
    most = group.participants_per_school_at_most
    if most is None or urn is None:
        return
    inside = select(GroupParticipant.id).where(
        GroupParticipant.group_id == group.id, GroupParticipant.urn == urn, GroupParticipant.left_on.is_(None)
    )
    if len((await session.scalars(inside)).all()) >= most:
        raise GroupFull(f"The group takes {most} of one school.", limit=most, of="participants_per_school")


async def _add(session: AsyncSession, part: Part, taken: str) -> None:
    """Write who joins; AlreadyInProject when an index says that they are in already."""
    session.add(part)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyInProject(taken) from error


async def _part(session: AsyncSession, kind: type[Part], group: ProjectGroup, part_id: UUID) -> Part:
    part = await session.get(kind, part_id, populate_existing=True)
    if part is None or part.group_id != group.id:
        raise GroupPartNotFound("The group has none of this id.")
    return part


def _last_day(wanted: GroupDeparture, first: date) -> date:
    on = wanted.left_on or clock.today()
    if on < first:
        raise GroupDatesWrong(f"The last day is not before the first, {first}.")
    return on
