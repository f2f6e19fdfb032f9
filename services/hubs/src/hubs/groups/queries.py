"""Reads of groups, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import String, cast, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.groups.access import overseen_by, people_shown_to, seen_by
from hubs.groups.errors import GroupNotFound
from hubs.groups.limits import Counts, shortfalls
from hubs.groups.models import GroupLead, GroupParticipant, GroupSchool, ProjectGroup
from hubs.groups.rules import Size, card_inputs, steps_from
from hubs.groups.schemas import GroupFilter
from hubs.groups.versions import version_of
from hubs.project_leads.models import ProjectLead
from hubs.projects.consequences import DoesNotCount
from hubs.projects.document import ProjectDocument
from hubs.projects.models import Project
from hubs.schools.models import School

GROUP = ProjectGroup.__table__
PHASES_OF = {
    "nursery": ("early_years",),
    "primary": ("primary",),
    "secondary": ("secondary",),
    "all_through": ("primary", "secondary"),
    "post_16": ("post_16",),
}
"""Phases that a school of the register's phase teaches."""

_LEADS = (
    select(func.count()).where(GroupLead.group_id == ProjectGroup.id, GroupLead.until_on.is_(None)).scalar_subquery()
)
_DESCRIBED = select(
    GROUP,
    Project.title.label("project_title"),
    _LEADS.label("leads"),
).join(Project, Project.id == ProjectGroup.project_id)


_PERSON = select(GroupParticipant.__table__, School.name.label("school_name")).outerjoin(
    School, School.urn == GroupParticipant.urn
)


async def list_groups(
    reader: AsyncConnection, caller: Principal, wanted: GroupFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Groups the caller may see, newest first, one row more than the page holds."""
    query = _DESCRIBED.where(seen_by(caller)).order_by(ProjectGroup.id.desc()).limit(page.limit + 1)
    for name in ("network", "project_id", "project_code", "project_year", "hub_id", "status"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(GROUP.c[name] == value)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ProjectGroup.id < after[0])
    return (await reader.execute(query)).all()


async def find_group(db: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID) -> AnyRow:
    """One group the caller may see; GroupNotFound."""
    return await _one(db, _DESCRIBED.where(ProjectGroup.id == group_id, seen_by(caller)))


async def detail(db: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID) -> dict[str, object]:
    """One group with what it lacks and what its card is filled with; GroupNotFound."""
    row = await find_group(db, caller, group_id)
    document = (await version_of(db, row.project_id, row.project_version)).document
    counts = await counts_of(db, group_id)
    open_group = row.status in ("forming", "running")
    return {
        **row._mapping,
        "may_become": steps_from(row.status),
        "shortfalls": shortfalls(document, row.strand, counts) if open_group else [],
        "card": document.finance.card if document.finance else None,
        "inputs": await inputs_of(db, row, document),
        "not_counted": [one.target for one in document.consequences if isinstance(one, DoesNotCount)],
    }


async def inputs_of(
    db: AsyncConnection | AsyncSession, group: AnyRow | ProjectGroup, document: ProjectDocument
) -> dict[str, str]:
    """The values for a group's grant card as it stands."""
    experiences = await leads_of(db, group.id)
    size = Size(
        schools=group.schools,
        participants=group.participants,
        leads=len(experiences),
        lead_experience=("new" if "new" in experiences else "existing") if experiences else None,
        strand=group.strand,
    )
    return card_inputs(document.finance, size, group.inputs)


async def leads_of(db: AsyncConnection | AsyncSession, group_id: UUID) -> list[str]:
    """The experience of each lead that a group has now."""
    query = select(GroupLead.experience).where(GroupLead.group_id == group_id, GroupLead.until_on.is_(None))
    return list((await db.execute(query)).scalars())


async def counts_of(db: AsyncConnection | AsyncSession, group_id: UUID) -> Counts:
    """What a group has now."""
    schools = select(GroupSchool.urn, School.phase).join(School, School.urn == GroupSchool.urn)
    of_group = schools.where(GroupSchool.group_id == group_id, GroupSchool.left_on.is_(None))
    phases = {row.urn: row.phase for row in await db.execute(of_group)}
    people = select(GroupParticipant.urn, School.phase).outerjoin(School, School.urn == GroupParticipant.urn)
    inside = people.where(GroupParticipant.group_id == group_id, GroupParticipant.left_on.is_(None))
    participants = (await db.execute(inside)).all()
    taught = {*phases.values(), *(row.phase for row in participants if row.phase)}
    return Counts(
        schools=len(phases),
        participants=len(participants),
        leads=len(await leads_of(db, group_id)),
        leads_of_hub=await _leads_of_hub(db, group_id),
        by_school={urn: sum(row.urn == urn for row in participants) for urn in phases},
        phases=frozenset(phase for one in taught for phase in PHASES_OF.get(one, ())),
    )


async def _leads_of_hub(db: AsyncConnection | AsyncSession, group_id: UUID) -> int:
    at_hub = (ProjectLead.project_id == ProjectGroup.project_id) & (ProjectLead.hub_id == ProjectGroup.hub_id)
    query = select(func.count()).select_from(ProjectGroup).join(ProjectLead, at_hub)
    accepted = query.where(ProjectGroup.id == group_id, ProjectLead.status == "accepted")
    return (await db.execute(accepted)).scalar_one()


async def schools_of(reader: AsyncConnection, caller: Principal, group_id: UUID) -> Sequence[AnyRow]:
    """Schools that are or were in a group, in the order in which they joined."""
    await find_group(reader, caller, group_id)
    people = (
        select(func.count())
        .where(
            GroupParticipant.group_id == group_id,
            GroupParticipant.urn == GroupSchool.urn,
            GroupParticipant.left_on.is_(None),
        )
        .correlate(GroupSchool)
        .scalar_subquery()
    )
    query = (
        select(GroupSchool.__table__, School.name, people.label("participants"))
        .join(School, School.urn == GroupSchool.urn)
        .where(GroupSchool.group_id == group_id)
    )
    return (await reader.execute(query.order_by(GroupSchool.id))).all()


async def participants_of(reader: AsyncConnection, caller: Principal, group_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """People of a group that the caller may see, one row more than the page holds."""
    await find_group(reader, caller, group_id)
    query = _PERSON.where(GroupParticipant.group_id == group_id, people_shown_to(caller)).order_by(GroupParticipant.id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(GroupParticipant.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def participant(session: AsyncSession, participant_id: UUID) -> AnyRow:
    """One person of a group, whoever asks."""
    return (await session.execute(_PERSON.where(GroupParticipant.id == participant_id))).one()


async def leads_listed(reader: AsyncConnection, caller: Principal, group_id: UUID) -> Sequence[AnyRow]:
    """Who leads and led a group."""
    await find_group(reader, caller, group_id)
    table = GroupLead.__table__
    return (await reader.execute(select(table).where(GroupLead.group_id == group_id).order_by(GroupLead.id))).all()


async def contacts_of(reader: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID) -> Sequence[AnyRow]:
    """The contact list of a group as it is now, for who runs or oversees it."""
    await _one(reader, _DESCRIBED.where(ProjectGroup.id == group_id, overseen_by(caller)))
    none = cast(null(), String)
    leads = select(
        GroupLead.person_id,
        literal("lead").label("part"),
        none.label("role"),
        none.label("urn"),
        none.label("school_name"),
        GroupLead.since_on,
    ).where(GroupLead.group_id == group_id, GroupLead.until_on.is_(None))
    people = (
        select(
            GroupParticipant.person_id,
            literal("participant"),
            GroupParticipant.role,
            GroupParticipant.urn,
            School.name,
            GroupParticipant.joined_on,
        )
        .outerjoin(School, School.urn == GroupParticipant.urn)
        .where(GroupParticipant.group_id == group_id, GroupParticipant.left_on.is_(None))
    )
    both = union_all(leads, people).subquery()
    return (await reader.execute(select(both).order_by(both.c.part, both.c.urn, both.c.person_id))).all()


async def _one(db: AsyncConnection | AsyncSession, query: AnySelect) -> AnyRow:
    row = (await db.execute(query)).first()
    if row is None:
        raise GroupNotFound("No group of yours has this id.")
    return row
