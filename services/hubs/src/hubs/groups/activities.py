"""What groups do: planned, changed, and marked participant by participant."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.groups.access import people_shown_to, run_by
from hubs.groups.activity_schemas import GroupActivityEdit, GroupActivityIn, GroupMarkIn, GroupRegisterIn
from hubs.groups.completing import record_outcomes
from hubs.groups.errors import GroupDatesWrong, GroupMarkWrong, GroupPartNotFound, GroupRoleUnknown, GroupSchoolUnknown
from hubs.groups.models import GroupActivity, GroupMark, GroupParticipant, GroupSchool, ProjectGroup
from hubs.groups.queries import find_group
from hubs.groups.service import held, record, refuse_ended
from hubs.groups.versions import InUse
from hubs.schools.models import School

OF_TASKS = ("done", "not_done")
CAME = ("present", "done")
_MARKS = select(GroupMark.mark).where(GroupMark.activity_id == GroupActivity.id)
_ACTIVITY = select(
    GroupActivity.__table__,
    select(func.count()).where(GroupMark.activity_id == GroupActivity.id).scalar_subquery().label("marked"),
    select(func.count())
    .where(GroupMark.activity_id == GroupActivity.id, GroupMark.mark.in_(CAME))
    .scalar_subquery()
    .label("present"),
)


async def list_activities(reader: AsyncConnection, caller: Principal, group_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """What a group does in the order of planning, one row more than the page holds."""
    await find_group(reader, caller, group_id)
    query = _ACTIVITY.where(GroupActivity.group_id == group_id).order_by(GroupActivity.id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(GroupActivity.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def find_activity(
    db: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID, activity_id: UUID
) -> AnyRow:
    """One thing that a group does; GroupNotFound, GroupPartNotFound."""
    await find_group(db, caller, group_id)
    query = _ACTIVITY.where(GroupActivity.id == activity_id, GroupActivity.group_id == group_id)
    row = (await db.execute(query)).first()
    if row is None:
        raise GroupPartNotFound("The group has no activity of this id.")
    return row


async def register_of(
    db: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID, activity_id: UUID
) -> dict[str, object]:
    """The register of an activity, of those people whom the caller may see."""
    activity = await find_activity(db, caller, group_id, activity_id)
    mark = (GroupMark.participant_id == GroupParticipant.id) & (GroupMark.activity_id == activity_id)
    query = (
        select(
            GroupParticipant.id.label("participant_id"),
            GroupParticipant.person_id,
            GroupParticipant.urn,
            GroupMark.mark,
            GroupMark.minutes,
        )
        .outerjoin(GroupMark, mark)
        .where(
            GroupParticipant.group_id == group_id,
            GroupParticipant.left_on.is_(None)
            | (GroupParticipant.left_on >= activity.starts_on)
            | GroupMark.mark.is_not(None),
            people_shown_to(caller),
        )
    )
    return {"activity": activity, "data": (await db.execute(query.order_by(GroupParticipant.id))).all()}


async def plan(session: AsyncSession, caller: Principal, group_id: UUID, wanted: GroupActivityIn) -> AnyRow:
    """Plan something for a group that the caller runs. Raises GroupDatesWrong, GroupRoleUnknown, GroupSchoolUnknown."""
    group, version = await _hold(session, caller, group_id)
    refuse_ended(group)
    await _refuse_unknown(session, version, group, wanted)
    activity = GroupActivity(
        id=new_id(),
        group_id=group.id,
        **wanted.model_dump(exclude={"ends_on"}),
        ends_on=wanted.ends_on or wanted.starts_on,
        status="planned",
        version=1,
        planned_at=clock.now(),
        planned_by=caller.id,
    )
    _refuse_wrong_days(activity)
    session.add(activity)
    await session.flush()
    details: dict[str, audit.JSON] = {"activity": str(activity.id), "kind": activity.kind}
    await record(session, caller, "activity-planned", group, details)
    return await find_activity(session, caller, group_id, activity.id)


async def change(
    session: AsyncSession, caller: Principal, group_id: UUID, activity_id: UUID, seen: int, wanted: GroupActivityEdit
) -> AnyRow:
    """Change something that a group does, call it off, or say that a visit took place."""
    group, _ = await _hold(session, caller, group_id)
    activity = await _of_group(session, group, activity_id)
    require_version(activity.version, seen)
    changing = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    for name, value in changing.items():
        setattr(activity, name, value)
    if "starts_on" in changing and "ends_on" not in changing:
        activity.ends_on = max(activity.ends_on, activity.starts_on)
    _refuse_wrong_days(activity)
    if activity.status == "held":
        _refuse_future(activity)
    activity.version += 1
    await session.flush()
    details: dict[str, audit.JSON] = {"activity": str(activity_id), "fields": sorted(changing)}
    await record(session, caller, "activity-changed", group, details)
    return await find_activity(session, caller, group_id, activity_id)


async def mark(
    session: AsyncSession, caller: Principal, group_id: UUID, activity_id: UUID, register: GroupRegisterIn
) -> dict[str, object]:
    """Mark participants; the activity is held by that. Marking again corrects, also what was told at completion.

    Raises GroupMarkWrong.
    """
    group, version = await _hold(session, caller, group_id)
    activity = await _of_group(session, group, activity_id)
    _refuse_future(activity)
    if activity.status == "cancelled":
        raise GroupMarkWrong("It was called off.")
    entries = {one.participant_id: one for one in register.entries}
    await _refuse_wrong_marks(session, group, activity, entries)
    now = clock.now()
    rows = [
        {
            "activity_id": activity_id,
            "participant_id": one.participant_id,
            "mark": one.mark,
            "minutes": one.minutes,
            "marked_at": now,
            "marked_by": caller.id,
        }
        for one in entries.values()
    ]
    marks = insert(GroupMark).values(rows)
    newer = {name: marks.excluded[name] for name in ("mark", "minutes", "marked_at", "marked_by")}
    index = [GroupMark.activity_id, GroupMark.participant_id]
    await session.execute(marks.on_conflict_do_update(index_elements=index, set_=newer))
    activity.status, activity.version = "held", activity.version + 1
    await session.flush()
    if group.status == "completed":
        await record_outcomes(session, group, version, entries.keys())
    await record(session, caller, "activity-marked", group, {"activity": str(activity_id), "entries": len(entries)})
    return await register_of(session, caller, group_id, activity_id)


async def _hold(session: AsyncSession, caller: Principal, group_id: UUID) -> tuple[ProjectGroup, InUse]:
    """A group that the caller runs, held until commit; GroupNotFound."""
    query = select(ProjectGroup).where(ProjectGroup.id == group_id, run_by(caller))
    return await held(session, await session.scalar(query.with_for_update(key_share=True)))


async def _of_group(session: AsyncSession, group: ProjectGroup, activity_id: UUID) -> GroupActivity:
    activity = await session.get(GroupActivity, activity_id, populate_existing=True)
    if activity is None or activity.group_id != group.id:
        raise GroupPartNotFound("The group has no activity of this id.")
    return activity


async def _refuse_unknown(session: AsyncSession, version: InUse, group: ProjectGroup, wanted: GroupActivityIn) -> None:
    known = {one.slug: one.kind for one in version.document.activities}
    if wanted.slug is not None and known.get(wanted.slug) != wanted.kind:
        raise GroupRoleUnknown(f"The project has no {wanted.kind} {wanted.slug}.", activities=known)
    if wanted.urn is not None and await session.get(School, wanted.urn) is None:
        raise GroupSchoolUnknown(f"The register holds no school with the URN {wanted.urn}.")
    if wanted.kind == "visit" and wanted.urn is not None:
        inside = select(GroupSchool.id).where(GroupSchool.group_id == group.id, GroupSchool.urn == wanted.urn)
        if await session.scalar(inside) is None:
            raise GroupSchoolUnknown("Visits are to schools of the group, and that school is not in it.")


async def _refuse_wrong_marks(
    session: AsyncSession, group: ProjectGroup, activity: GroupActivity, entries: Mapping[UUID, GroupMarkIn]
) -> None:
    inside = select(GroupParticipant.id).where(GroupParticipant.group_id == group.id)
    strangers = sorted(str(one) for one in entries.keys() - set(await session.scalars(inside)))
    if strangers:
        raise GroupMarkWrong("Some are not in the group.", participant_ids=strangers)
    is_task = activity.kind == "gap_task"
    wrong = sorted({one.mark for one in entries.values() if (one.mark in OF_TASKS) != is_task})
    if wrong:
        raise GroupMarkWrong(f"{', '.join(wrong)} is no mark of a {activity.kind}.")
    for one in entries.values():
        beyond = activity.minutes is not None and one.minutes is not None and one.minutes > activity.minutes
        if beyond or (one.minutes is not None and one.mark != "present"):
            raise GroupMarkWrong("Minutes are of who was present, and no more than there were.")


def _refuse_wrong_days(activity: GroupActivity) -> None:
    if activity.ends_on < activity.starts_on:
        raise GroupDatesWrong("Nothing ends before it starts.")


def _refuse_future(activity: GroupActivity) -> None:
    if activity.starts_on > clock.today():
        raise GroupDatesWrong(f"It is on {activity.starts_on}, which is still to come.")
