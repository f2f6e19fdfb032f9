"""Reads of leads, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.groups.models import GroupLead, ProjectGroup
from hubs.groups.versions import version_of
from hubs.networks.access import TEAM, teams_watched
from hubs.networks.models import Network
from hubs.project_leads.errors import ProjectLeadNotFound
from hubs.project_leads.models import LeadAttendance, ProjectLead
from hubs.project_leads.rules import Duty, Load, allocated_days, duties
from hubs.project_leads.schemas import LeadFilter
from hubs.registers.access import hubs_staffed_by
from hubs.sets import any_of

LEAD = ProjectLead.__table__


def kept_by(caller: Principal) -> ColumnElement[bool]:
    """Leads of hubs that the caller staffs."""
    return any_of(ProjectLead.hub_id, hubs_staffed_by(caller))


def of_team(caller: Principal) -> ColumnElement[bool]:
    """Leads in networks whose national team the caller belongs to."""
    teams = select(Network.slug).where(any_of(Network.national_team_id, caller.organisations(TEAM)))
    return ProjectLead.network.in_(teams)


def seen_by(caller: Principal) -> ColumnElement[bool]:
    """Themselves, the hub's, the network's."""
    teams = teams_watched(caller)
    if teams is None:
        return true()
    watched = select(Network.slug).where(any_of(Network.national_team_id, teams))
    return or_(ProjectLead.person_id == caller.id, kept_by(caller), ProjectLead.network.in_(watched))


async def list_leads(reader: AsyncConnection, caller: Principal, wanted: LeadFilter, page: PageOf) -> Sequence[AnyRow]:
    """Leads that the caller may see, oldest first, one row more than the page holds."""
    query = select(LEAD).where(seen_by(caller)).order_by(ProjectLead.id).limit(page.limit + 1)
    for name, value in wanted.model_dump(exclude_none=True).items():
        query = query.where(LEAD.c[name] == value)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ProjectLead.id > after[0])
    return (await reader.execute(query)).all()


async def detail(db: AsyncConnection | AsyncSession, caller: Principal, lead_id: UUID) -> dict[str, object]:
    """One lead with days and duties; ProjectLeadNotFound."""
    row = (await db.execute(select(LEAD).where(ProjectLead.id == lead_id, seen_by(caller)))).first()
    if row is None:
        raise ProjectLeadNotFound("No lead of yours has this id.")
    document = (await version_of(db, row.project_id, row.project_version)).document
    marks = select(LeadAttendance.activity, LeadAttendance.occasion, LeadAttendance.presence)
    marked = {
        (one.activity, one.occasion): one.presence
        for one in await db.execute(marks.where(LeadAttendance.lead_id == lead_id))
    }
    load = await load_of(db, lead_id)
    return {
        **row._mapping,
        "groups": load.groups,
        "allocated_days": allocated_days(document, row.experience, load),
        "duties": [_shown(one) for one in duties(document, row.experience, marked)],
    }


async def load_of(db: AsyncConnection | AsyncSession, lead_id: UUID) -> Load:
    """What somebody leads of a project now, or led until its groups were completed."""
    query = (
        select(
            func.count(),
            func.coalesce(func.sum(ProjectGroup.schools), 0),
            func.coalesce(func.sum(ProjectGroup.participants), 0),
        )
        .select_from(GroupLead)
        .join(ProjectGroup, ProjectGroup.id == GroupLead.group_id)
        .where(
            GroupLead.lead_id == lead_id,
            (GroupLead.until_on.is_(None) & (ProjectGroup.status != "cancelled"))
            | (ProjectGroup.status == "completed"),
        )
    )
    groups, schools, participants = (await db.execute(query)).one()
    return Load(groups, schools, participants)


def _shown(duty: Duty) -> dict[str, object]:
    occasions = [
        {**one.model_dump(include={"title", "when", "starts_on", "ends_on", "place"}), "presence": presence}
        for one, presence in duty.occasions
    ]
    return {**vars(duty), "occasions": occasions}
