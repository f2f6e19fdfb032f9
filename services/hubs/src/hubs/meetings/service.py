"""Planning meetings of a hub's schools, and recording which schools came."""

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from sqlalchemy import delete, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.directory.administration import hub_of_keeper
from hubs.directory.models import HubSchool
from hubs.meetings.errors import MeetingCancelled, MeetingNotFound, MeetingNotYet, MeetingTimesWrong, SchoolsUnknown
from hubs.meetings.models import HubMeeting, MeetingSchool
from hubs.meetings.schemas import AttendanceIn, MeetingEdit, MeetingFilter, MeetingIn
from hubs.schools.models import School
from hubs.sets import any_of

MEETING = HubMeeting.__table__
_CAME = select(func.count()).where(MeetingSchool.meeting_id == HubMeeting.id).scalar_subquery()
_SCHOOLS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_object("urn", MeetingSchool.urn, "name", School.name, "is_member", MeetingSchool.is_member)
        )
    )
    .join(School, School.urn == MeetingSchool.urn)
    .where(MeetingSchool.meeting_id == HubMeeting.id)
    .scalar_subquery()
)
FOR_ALL = [column for column in MEETING.columns if column.name != "minutes_link"]


async def list_meetings(
    reader: AsyncConnection, hub_id: UUID, wanted: MeetingFilter, page: PageOf, *, keeps: bool
) -> Sequence[AnyRow]:
    """Meetings by day, one row more than the page holds; with minutes and schools for who keeps the hub."""
    query = _shown(keeps).where(HubMeeting.hub_id == hub_id).order_by(HubMeeting.meets_on, HubMeeting.id)
    if wanted.from_on:
        query = query.where(HubMeeting.meets_on >= wanted.from_on)
    if wanted.until_on:
        query = query.where(HubMeeting.meets_on <= wanted.until_on)
    if (after := page.after_as(date.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(HubMeeting.meets_on, HubMeeting.id) > after)
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def find_meeting(db: AsyncConnection | AsyncSession, hub_id: UUID, meeting_id: UUID, *, keeps: bool) -> AnyRow:
    """One meeting of a hub, or MeetingNotFound."""
    query = _shown(keeps).where(HubMeeting.id == meeting_id, HubMeeting.hub_id == hub_id)
    row = (await db.execute(query)).first()
    if row is None:
        raise MeetingNotFound("This hub has no meeting of this id.")
    return row


async def plan(session: AsyncSession, caller: Principal, hub_id: UUID, wanted: MeetingIn) -> AnyRow:
    """Plan a meeting. Raises HubNotFound and MeetingTimesWrong."""
    await hub_of_keeper(session, caller, hub_id)
    meeting = HubMeeting(
        id=new_id(),
        hub_id=hub_id,
        status="planned",
        version=1,
        planned_at=clock.now(),
        planned_by=caller.id,
        **_timed(wanted.model_dump()),
    )
    _refuse_wrong_times(meeting)
    session.add(meeting)
    await session.flush()
    await _record(session, caller, "hub.meeting-planned", meeting, {"on": str(meeting.meets_on)})
    return await find_meeting(session, hub_id, meeting.id, keeps=True)


async def edit(
    session: AsyncSession, caller: Principal, hub_id: UUID, meeting_id: UUID, version: int, wanted: MeetingEdit
) -> AnyRow:
    """Change or cancel a meeting, from the version that was read. Raises MeetingCancelled and MeetingTimesWrong."""
    meeting = await _kept(session, caller, hub_id, meeting_id)
    require_version(meeting.version, version)
    changing = _timed({name: getattr(wanted, name) for name in wanted.model_fields_set})
    if meeting.status == "cancelled" or ("status" in changing and meeting.status == "held"):
        raise MeetingCancelled(f"The meeting is {meeting.status}.")
    for name, value in changing.items():
        setattr(meeting, name, value)
    _refuse_wrong_times(meeting)
    meeting.version += 1
    await session.flush()
    await _record(session, caller, "hub.meeting-changed", meeting, {"fields": sorted(changing)})
    return await find_meeting(session, hub_id, meeting_id, keeps=True)


async def record_schools(
    session: AsyncSession, caller: Principal, hub_id: UUID, meeting_id: UUID, came: AttendanceIn
) -> AnyRow:
    """Say which schools came; the meeting is held by that. Raises MeetingNotYet, MeetingCancelled, SchoolsUnknown."""
    meeting = await _kept(session, caller, hub_id, meeting_id)
    if meeting.status == "cancelled":
        raise MeetingCancelled("The meeting was cancelled.")
    if meeting.meets_on > clock.today():
        raise MeetingNotYet(f"The meeting is on {meeting.meets_on}.")
    urns = sorted(set(came.urns))
    known = set(await session.scalars(select(School.urn).where(any_of(School.urn, urns))))
    if unknown := [urn for urn in urns if urn not in known]:
        raise SchoolsUnknown(f"The register holds no school with the URN {', '.join(unknown[:5])}.", urns=unknown)
    members = await _members_on(session, hub_id, meeting.meets_on)
    await session.execute(delete(MeetingSchool).where(MeetingSchool.meeting_id == meeting_id))
    rows = [{"meeting_id": meeting_id, "urn": urn, "is_member": urn in members} for urn in urns]
    await session.execute(insert(MeetingSchool), rows)
    meeting.status, meeting.version = "held", meeting.version + 1
    await session.flush()
    await _record(session, caller, "hub.meeting-held", meeting, {"schools": list(urns)})
    return await find_meeting(session, hub_id, meeting_id, keeps=True)


def _shown(keeps: bool) -> AnySelect:
    shown = [MEETING, _SCHOOLS.label("schools")] if keeps else FOR_ALL
    return select(*shown, _CAME.label("schools_attended"))


async def _kept(session: AsyncSession, caller: Principal, hub_id: UUID, meeting_id: UUID) -> HubMeeting:
    """The meeting, held until commit; HubNotFound for who does not keep the hub."""
    await hub_of_keeper(session, caller, hub_id)
    meeting = await session.get(HubMeeting, meeting_id, with_for_update=True)
    if meeting is None or meeting.hub_id != hub_id:
        raise MeetingNotFound("This hub has no meeting of this id.")
    return meeting


async def _members_on(session: AsyncSession, hub_id: UUID, on: date) -> set[str]:
    belongs = HubSchool.left_on.is_(None) | (HubSchool.left_on >= on)
    query = select(HubSchool.urn).where(HubSchool.hub_id == hub_id, HubSchool.joined_on <= on, belongs)
    return set(await session.scalars(query))


def _timed(values: dict[str, object]) -> dict[str, object]:
    """The same with times as times."""
    hours = {name: time.fromisoformat(str(values[name])) for name in ("from_time", "until_time") if values.get(name)}
    return values | hours


def _refuse_wrong_times(meeting: HubMeeting) -> None:
    if meeting.until_time is None:
        return
    if meeting.from_time is None or meeting.until_time <= meeting.from_time:
        raise MeetingTimesWrong("Say when it begins, and let it end after that.")


async def _record(
    session: AsyncSession, caller: Principal, action: str, meeting: HubMeeting, details: dict[str, audit.JSON]
) -> None:
    await audit.record(session, caller, action, f"hub:{meeting.hub_id}", details | {"meeting": str(meeting.id)})
