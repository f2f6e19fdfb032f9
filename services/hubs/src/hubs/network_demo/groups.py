"""For demonstrations: groups of synthetic schools near their hub, formed and led as people would do it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal, RoleGrant
from hubs.directory.models import Hub
from hubs.groups import activities, membership, service
from hubs.groups.activity_schemas import GroupActivityIn, GroupMarkIn, GroupRegisterIn
from hubs.groups.models import GroupParticipant, GroupSchool, ProjectGroup
from hubs.groups.schemas import GroupStepIn, LeadJoins, ProjectGroupIn
from hubs.groups.tallies import Change, count
from hubs.groups.versions import InUse, version_of
from hubs.network_demo.schemas import DemoGroup, DemoYear
from hubs.networks.documents import project_id
from hubs.project_leads.models import ProjectLead
from hubs.projects.decisions import decide
from hubs.projects.facts import Known
from hubs.schools.models import School

BEGAN_DAYS_AGO = 40
ABSENT_EVERY = 6
"""Of so many participants one is absent."""
PHASES = {"primary": ("primary",), "secondary": ("secondary", "all_through")}


def somebody(hub: Hub, part: str) -> UUID:
    """An invented person of a hub: a number, behind which there is nobody."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/synthetic-people/{hub.slug}/{part}")


async def form_demo_groups(session: AsyncSession, year: DemoYear, hubs: Sequence[Hub]) -> None:
    """The groups of a year, each of the schools nearest to its hub that are in none of its project."""
    for wanted in year.groups:
        await _form(session, year, hubs[wanted.hub % len(hubs)], wanted)


async def _form(session: AsyncSession, year: DemoYear, hub: Hub, wanted: DemoGroup) -> None:
    staff = Principal(
        kind="person", id=somebody(hub, "lead"), roles=(RoleGrant(role="hub_lead", organisation_id=hub.id),)
    )
    began = clock.today() - timedelta(days=BEGAN_DAYS_AGO)
    key = project_id(year.network, year.project_year, wanted.code)
    asked = ProjectGroupIn(
        project_id=key, hub_id=hub.id, title=f"{wanted.code} around {hub.name} (synthetic)"[:200], starts_on=began
    )
    group = await service.form(session, staff, asked)
    version = await version_of(session, group.project_id, group.project_version)
    await _lead(session, staff, hub, group, version)
    for school in await _nearest(session, hub, version, wanted.schools):
        await membership.add_school(session, staff, group, version, school.urn, began)
        await _send(session, hub, group, version, school, wanted.per_school)
    if wanted.becomes == "forming":
        return
    await service.step(session, staff, group.id, GroupStepIn(to="running", on=began))
    for number in range(1, wanted.sessions + 1):
        await _hold(session, staff, group, number)
    if wanted.becomes != "running":
        reason = "The lead moved away (synthetic)." if wanted.becomes == "cancelled" else None
        await service.step(session, staff, group.id, GroupStepIn(to=wanted.becomes, on=clock.today(), reason=reason))


async def _nearest(session: AsyncSession, hub: Hub, version: InUse, number: int) -> list[School]:
    """Open synthetic schools of the project's first phase, by their distance to the hub."""
    taken = select(GroupSchool.urn).where(GroupSchool.project_id == version.project_id, GroupSchool.left_on.is_(None))
    phases = [phase for one in version.document.phases for phase in PHASES.get(one, ())]
    query = select(School).where(
        School.source == "synthetic",
        School.is_open,
        School.country == "England",
        School.phase.in_(phases),
        School.latitude.is_not(None),
        School.urn.not_in(taken),
    )
    found = (await session.scalars(query)).all()
    return sorted(found, key=lambda school: (_distance(hub, school), school.urn))[:number]


def _distance(hub: Hub, school: School) -> float:
    north, east = (school.latitude or 0) - (hub.latitude or 0), (school.longitude or 0) - (hub.longitude or 0)
    return north**2 + (east * 0.6) ** 2


async def _send(
    session: AsyncSession, hub: Hub, group: ProjectGroup, version: InUse, school: School, people: int
) -> None:
    for number in range(1, people + 1):
        session.add(
            GroupParticipant(
                id=new_id(),
                group_id=group.id,
                project_id=group.project_id,
                person_id=uuid5(group.project_id, f"{school.urn}/{number}"),
                urn=school.urn,
                joined_on=clock.today() - timedelta(days=BEGAN_DAYS_AGO),
                recorded_by=somebody(hub, "lead"),
            )
        )
        await count(session, group, version.document, Change(participants=1))


async def _lead(session: AsyncSession, staff: Principal, hub: Hub, group: ProjectGroup, version: InUse) -> None:
    decided = {"decided_at": clock.now(), "decided_by": staff.id, "reason": "Invented for demonstration."}
    person_id = uuid5(group.id, "lead")
    lead = ProjectLead(
        id=new_id(),
        project_id=group.project_id,
        project_version=version.number,
        network=version.network,
        project_code=group.project_code,
        project_year=group.project_year,
        hub_id=hub.id,
        person_id=person_id,
        experience="existing",
        status="accepted",
        declarations=[],
        overrides=[],
        decision=decide(None, Known()).model_dump(mode="json"),
        proposed_at=clock.now(),
        proposed_by=staff.id,
        **decided,
    )
    session.add(lead)
    await session.flush()
    await membership.add_lead(session, staff, group.id, LeadJoins(lead_id=lead.id, since_on=group.starts_on))


async def _hold(session: AsyncSession, staff: Principal, group: ProjectGroup, number: int) -> None:
    """A session each week after the start, with a register."""
    on = group.starts_on + timedelta(weeks=number)
    asked = GroupActivityIn(kind="session", title=f"Session {number}", starts_on=on, minutes=180)
    planned = await activities.plan(session, staff, group.id, asked)
    inside = select(GroupParticipant.id).where(GroupParticipant.group_id == group.id).order_by(GroupParticipant.id)
    entries = [
        GroupMarkIn(participant_id=one, mark="absent" if (index + number) % ABSENT_EVERY == 0 else "present")
        for index, one in enumerate((await session.scalars(inside)).all())
    ]
    await activities.mark(session, staff, group.id, planned.id, GroupRegisterIn(entries=entries))
