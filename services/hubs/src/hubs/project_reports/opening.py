"""Opening the reports that a group owes as it stands. Whatever opens them and how often, there is one of each."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Table, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from hubs.groups.models import GroupParticipant, GroupSchool, ProjectGroup
from hubs.groups.versions import version_of
from hubs.project_reports.models import ProjectReport
from hubs.project_reports.rules import WRITABLE, GroupStanding, Owed, owed

REPORT: Table = ProjectReport.metadata.tables["project_report"]


async def follow_group(session: AsyncSession, group_id: UUID) -> None:
    """Open what the group owes now, set the days it is due, and ask no more for what nobody owes any longer."""
    group = await session.get(ProjectGroup, group_id, with_for_update={"read": True})
    if group is None:
        return
    version = await version_of(session, group.project_id, group.project_version)
    standing = GroupStanding(
        id=group.id,
        hub_id=group.hub_id,
        status=group.status,
        ended_on=group.ended_on,
        schools=await _schools_in(session, group_id),
        participants=await _people_in(session, group_id),
    )
    wanted = owed(version.document.evaluation, standing)
    await _withdraw(session, group_id, wanted)
    for one in wanted:
        await _open(session, group, one)


async def _open(session: AsyncSession, group: ProjectGroup, one: Owed) -> None:
    of_group = one.duty.by in ("lead", "school", "participant")
    of_hub = of_group or one.duty.by == "hub"
    row = insert(REPORT).values(
        id=new_id(),
        project_id=group.project_id,
        project_version=group.project_version,
        network=group.network,
        project_code=group.project_code,
        project_year=group.project_year,
        hub_id=group.hub_id if of_hub else None,
        group_id=group.id if of_group else None,
        urn=one.urn,
        participant_id=one.participant_id,
        duty=one.duty.slug,
        subject=one.subject,
        title=one.duty.title,
        by=one.duty.by,
        kind=one.duty.kind,
        due_on=one.due_on,
        due_in_words=one.duty.due.when,
        status="draft",
        answers={},
        version=1,
        opened_at=clock.now(),
        submissions=0,
    )
    key = ["project_id", "duty", "subject"]
    await session.execute(row.on_conflict_do_nothing(index_elements=key))
    here = update(REPORT).where(
        REPORT.c.project_id == group.project_id, REPORT.c.duty == one.duty.slug, REPORT.c.subject == one.subject
    )
    await session.execute(here.where(REPORT.c.status == "withdrawn").values(status="draft", due_on=one.due_on))
    await session.execute(here.where(REPORT.c.status.in_(WRITABLE)).values(due_on=one.due_on))


async def _withdraw(session: AsyncSession, group_id: UUID, wanted: Sequence[Owed]) -> None:
    """Nobody is asked for a draft about who has left, or about a group that was called off."""
    kept = [one.subject for one in wanted]
    gone = REPORT.c.subject.not_in(kept) if kept else true()
    drafts = update(REPORT).where(REPORT.c.group_id == group_id, REPORT.c.status == "draft", gone)
    await session.execute(drafts.values(status="withdrawn"))


async def _schools_in(session: AsyncSession, group_id: UUID) -> frozenset[str]:
    query = select(GroupSchool.urn).where(GroupSchool.group_id == group_id, GroupSchool.left_on.is_(None))
    return frozenset(await session.scalars(query))


async def _people_in(session: AsyncSession, group_id: UUID) -> frozenset[UUID]:
    query = select(GroupParticipant.id).where(GroupParticipant.group_id == group_id, GroupParticipant.left_on.is_(None))
    return frozenset(await session.scalars(query))
