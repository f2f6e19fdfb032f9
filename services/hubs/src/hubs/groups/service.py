"""Forming groups, changing them, and the steps of their life. The group's row is held throughout."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.networks import GroupChanged
from hubs.directory.errors import HubNotFound
from hubs.groups import news
from hubs.groups.access import kept_by
from hubs.groups.completing import record_outcomes
from hubs.groups.errors import (
    GroupDatesWrong,
    GroupFull,
    GroupNotFound,
    GroupNotReady,
    GroupRoleUnknown,
    GroupStepWrong,
)
from hubs.groups.limits import limits_of_group, shortfalls
from hubs.groups.models import GroupLead, ProjectGroup
from hubs.groups.queries import counts_of
from hubs.groups.rules import COUNTING, OPEN, STEPS, Step, not_taken, steps_from
from hubs.groups.schemas import GroupStepIn, ProjectGroupEdit, ProjectGroupIn
from hubs.groups.tallies import Change, count_beyond
from hubs.groups.versions import InUse, open_version, version_of
from hubs.projects.document import ProjectDocument
from hubs.registers.access import hubs_staffed_by


async def form(session: AsyncSession, caller: Principal, wanted: ProjectGroupIn) -> ProjectGroup:
    """Form a group at a hub that the caller staffs.

    Raises HubNotFound, ProjectNotFound, HubNotTakingPart, GroupRoleUnknown, GroupDatesWrong and ProjectLimitReached.
    """
    if wanted.hub_id not in hubs_staffed_by(caller):
        raise HubNotFound("No hub has this id.")
    version = await open_version(session, wanted.project_id, wanted.hub_id)
    document = version.document
    _refuse_unknown(document, wanted.strand, wanted.inputs)
    limits = limits_of_group(document, wanted.strand)
    group = ProjectGroup(
        id=new_id(),
        project_id=version.project_id,
        project_version=version.number,
        network=version.network,
        project_code=document.code,
        project_year=document.project_year,
        **wanted.model_dump(include={"hub_id", "title", "strand", "starts_on", "ends_on", "inputs"}),
        status="forming",
        schools=0,
        schools_at_most=_fewer(limits.schools, wanted.schools_at_most),
        participants=0,
        participants_at_most=_fewer(limits.participants, wanted.participants_at_most),
        participants_per_school_at_most=limits.participants_per_school,
        version=1,
        formed_at=clock.now(),
        formed_by=caller.id,
    )
    _refuse_wrong_dates(group)
    session.add(group)
    await session.flush()
    await count_beyond(session, group, document, Change(groups=1))
    await record(session, caller, "formed", group, {"project": document.code, "hub": str(group.hub_id)})
    return group


async def edit(
    session: AsyncSession, caller: Principal, group_id: UUID, seen: int, wanted: ProjectGroupEdit
) -> ProjectGroup:
    """Change facts of an open group, from the version that was read.

    Raises GroupStepWrong, GroupFull when it has more than the new limit already, and what forming raises.
    """
    group, version = await hold_open(session, caller, group_id)
    require_version(group.version, seen)
    changing = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    limits = limits_of_group(version.document, group.strand)
    for name, most in (("schools_at_most", limits.schools), ("participants_at_most", limits.participants)):
        if name in changing:
            changing[name] = _fewer(most, changing[name])
            _refuse_overfull(name.removesuffix("_at_most"), group, changing[name])
    _refuse_unknown(version.document, None, changing.get("inputs", {}))
    for name, value in changing.items():
        setattr(group, name, value)
    _refuse_wrong_dates(group)
    await news.changed(session, group, version)
    await record(session, caller, "edited", group, {"fields": sorted(changing)})
    return group


async def step(session: AsyncSession, caller: Principal, group_id: UUID, wanted: GroupStepIn) -> ProjectGroup:
    """Start, complete or call off a group, or open a completed one again to correct it. A repeat changes nothing.

    Raises GroupStepWrong, GroupDatesWrong, and GroupNotReady while it lacks what its project asks for.
    """
    group, version = await hold(session, caller, group_id)
    if group.status == wanted.to:
        return group
    is_told = STEPS.get((group.status, wanted.to))
    if is_told is None:
        raise GroupStepWrong(f"The group is {group.status}.", may_become=steps_from(group.status))
    reopens = group.status == "completed"
    if wanted.reason is None and (reopens or wanted.to == "cancelled"):
        what = "was not completed as recorded" if reopens else "is called off"
        raise GroupStepWrong(f"Say why the group {what}.", may_become=steps_from(group.status))
    if wanted.on > clock.today() or (group.began_on is not None and wanted.on < group.began_on):
        raise GroupDatesWrong("A step holds from a day between the start of the group and today.")
    if reopens:
        await _reopen(session, group)
    elif wanted.to == "running":
        await _refuse_unready(session, group, version.document, "running")
        group.began_on = wanted.on
    else:
        if wanted.to == "completed" and wanted.reason is None:
            await _refuse_unready(session, group, version.document, "completed")
        group.ended_on = wanted.on
    group.status, group.reason, group.version = wanted.to, wanted.reason, group.version + 1
    await session.flush()
    await _follow(session, group, version)
    if is_told:
        event = GroupChanged if reopens else news.TOLD_OF_STEP[wanted.to]
        await news.tell(session, group, version, event)
    await record(
        session, caller, "reopened" if reopens else wanted.to, group, {"on": str(wanted.on), "reason": wanted.reason}
    )
    return group


async def _reopen(session: AsyncSession, group: ProjectGroup) -> None:
    """What completing ended goes on, so that it can be corrected and the group completed again."""
    await session.execute(
        update(GroupLead)
        .where(GroupLead.group_id == group.id, GroupLead.until_on == group.ended_on)
        .values(until_on=None)
    )
    group.ended_on = None


async def _follow(session: AsyncSession, group: ProjectGroup, version: InUse) -> None:
    """What a step brings with it: outcomes of a completed group, room where a called-off one was."""
    if group.status == "completed":
        await record_outcomes(session, group, version)
    if group.status not in COUNTING:
        freed = Change(groups=1, schools=group.schools, participants=group.participants).backwards()
        await count_beyond(session, group, version.document, freed)
    if group.status not in OPEN:
        await session.execute(
            update(GroupLead)
            .where(GroupLead.group_id == group.id, GroupLead.until_on.is_(None), GroupLead.since_on <= group.ended_on)
            .values(until_on=group.ended_on)
        )


async def hold(session: AsyncSession, caller: Principal, group_id: UUID) -> tuple[ProjectGroup, InUse]:
    """A group that the caller keeps, held until commit; GroupNotFound."""
    query = select(ProjectGroup).where(ProjectGroup.id == group_id, kept_by(caller))
    return await held(session, await session.scalar(query.with_for_update(key_share=True)))


async def hold_open(session: AsyncSession, caller: Principal, group_id: UUID) -> tuple[ProjectGroup, InUse]:
    """The same, of a group that people still join and leave; GroupStepWrong."""
    group, version = await hold(session, caller, group_id)
    return refuse_ended(group), version


async def held(session: AsyncSession, group: ProjectGroup | None) -> tuple[ProjectGroup, InUse]:
    """A group that was found, as it is now that it is held, and its project; GroupNotFound."""
    if group is None:
        raise GroupNotFound("No group of yours has this id.")
    await session.refresh(group)
    return group, await version_of(session, group.project_id, group.project_version)


def refuse_ended(group: ProjectGroup) -> ProjectGroup:
    """The group, or GroupStepWrong when it has ended."""
    if group.status not in OPEN:
        raise GroupStepWrong(f"The group is {group.status}.", may_become=steps_from(group.status))
    return group


async def record(
    session: AsyncSession, caller: Principal, action: str, group: ProjectGroup, details: dict[str, audit.JSON]
) -> None:
    """Keep who did what with a group."""
    await audit.record(session, caller, f"group.{action}", f"group:{group.id}", details)


async def _refuse_unready(session: AsyncSession, group: ProjectGroup, document: ProjectDocument, step: Step) -> None:
    lacking = shortfalls(document, group.strand, await counts_of(session, group.id))
    if decisive := [one for one in lacking if one.keeps_from == step]:
        says = " ".join([*(one.says for one in decisive), *_way_out(step)])
        raise GroupNotReady(says, shortfalls=[{"code": one.code, "says": one.says} for one in decisive])


def _way_out(step: Step) -> list[str]:
    return ["Say why it is completed all the same."] if step == "completed" else []


def _refuse_unknown(document: ProjectDocument, strand: str | None, inputs: dict[str, str]) -> None:
    if strand is not None and document.strand(strand) is None:
        raise GroupRoleUnknown(f"The project has no strand {strand}.", strands=[one.slug for one in document.strands])
    if unknown := not_taken(document.finance, inputs):
        raise GroupRoleUnknown(f"The project asks no hub for {', '.join(unknown)}.", inputs=unknown)


def _refuse_overfull(what: str, group: ProjectGroup, most: int | None) -> None:
    has = getattr(group, what)
    if most is not None and has > most:
        raise GroupFull(f"The group has {has} {what} already.", limit=most, of=what)


def _refuse_wrong_dates(group: ProjectGroup) -> None:
    if group.ends_on is not None and group.ends_on < group.starts_on:
        raise GroupDatesWrong("A group does not end before it starts.")


def _fewer(most: int | None, wanted: int | None) -> int | None:
    """The hub's own limit where it is lower than the project's."""
    return min((one for one in (most, wanted) if one is not None), default=None)
