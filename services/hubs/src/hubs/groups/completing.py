"""What a completed group was to each of its people: how often they came, whether it counts, what it gave them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.outbox import publish
from contracts.networks import ParticipationRecorded
from hubs.groups.models import GroupActivity, GroupMark, GroupParticipant, ProjectGroup
from hubs.groups.rules import attended_share
from hubs.groups.versions import InUse, version_of
from hubs.project_reports.models import ProjectReport
from hubs.projects.consequences import Accredits
from hubs.projects.document import ProjectDocument
from hubs.sets import any_of

NEEDED_SHARE = 0
"""A participant who stayed completes, unless they were at none of the sessions that were marked for them."""


async def record_outcomes(
    session: AsyncSession, group: ProjectGroup, version: InUse, only: Collection[UUID] | None = None
) -> None:
    """Say of everybody in a group, or only of some, whether they completed it. Said again it is the next revision."""
    marks = await _marks_of(session, group.id)
    held = await _sessions_held(session, group.id)
    gives = accreditation_of(version.document)
    proven = await _with_accepted_report(session, group.id, gives)
    for person in await _people_of(session, group.id, only):
        mine = marks.get(person.id, [])
        stayed = person.left_on is None and attended_share(mine) > NEEDED_SHARE
        person.outcome = "completed" if stayed else "incomplete"
        is_accredited = stayed and gives is not None and (gives.duty is None or person.id in proven)
        person.accreditation = gives.accreditation if gives is not None and is_accredited else None
        person.outcome_revision += 1
        await publish(session, _told(group, version, person, held, mine.count("present")))
    await session.flush()


async def follow_accepted_report(session: AsyncSession, participant_id: UUID, duty: str) -> None:
    """Accredit somebody whose accreditation waited for this report of theirs, if their group is completed."""
    query = select(ProjectGroup).join(GroupParticipant, GroupParticipant.group_id == ProjectGroup.id)
    found = query.where(GroupParticipant.id == participant_id, ProjectGroup.status == "completed")
    group = await session.scalar(found.with_for_update(key_share=True, of=ProjectGroup))
    if group is None:
        return
    version = await version_of(session, group.project_id, group.project_version)
    gives = accreditation_of(version.document)
    if gives is not None and gives.duty == duty:
        await record_outcomes(session, group, version, {participant_id})


def accreditation_of(document: ProjectDocument) -> Accredits | None:
    """What completing a project gives, by the document."""
    return next((one for one in document.consequences if isinstance(one, Accredits)), None)


def _told(
    group: ProjectGroup, version: InUse, person: GroupParticipant, held: int, attended: int
) -> ParticipationRecorded:
    assert person.outcome is not None
    return ParticipationRecorded(
        participation_id=person.id,
        group_id=group.id,
        person_id=person.person_id,
        school_urn=person.urn,
        network=version.network,
        project_code=group.project_code,
        project_year=group.project_year,
        role=person.role,
        outcome=person.outcome,
        sessions_held=held,
        sessions_attended=attended,
        recorded_on=clock.today(),
        accreditation=person.accreditation,
        revision=person.outcome_revision,
    )


async def _people_of(
    session: AsyncSession, group_id: UUID, only: Collection[UUID] | None
) -> Sequence[GroupParticipant]:
    """Who is in the group, and who left after something was said of them."""
    said_of = GroupParticipant.left_on.is_(None) | GroupParticipant.outcome.is_not(None)
    query = select(GroupParticipant).where(GroupParticipant.group_id == group_id, said_of)
    if only is not None:
        query = query.where(any_of(GroupParticipant.id, only))
    return (await session.scalars(query.order_by(GroupParticipant.id))).all()


async def _with_accepted_report(session: AsyncSession, group_id: UUID, gives: Accredits | None) -> set[UUID | None]:
    """Whose report was accepted that the accreditation asks for."""
    if gives is None or gives.duty is None:
        return set()
    query = (
        select(ProjectReport.participant_id)
        .join(GroupParticipant, GroupParticipant.id == ProjectReport.participant_id)
        .where(
            GroupParticipant.group_id == group_id,
            ProjectReport.duty == gives.duty,
            ProjectReport.status == "accepted",
        )
    )
    return set(await session.scalars(query))


async def _marks_of(session: AsyncSession, group_id: UUID) -> Mapping[UUID, list[str]]:
    query = (
        select(GroupMark.participant_id, func.array_agg(GroupMark.mark).label("marks"))
        .join(GroupActivity, GroupActivity.id == GroupMark.activity_id)
        .where(GroupActivity.group_id == group_id, GroupActivity.status == "held", GroupActivity.kind != "gap_task")
        .group_by(GroupMark.participant_id)
    )
    return {row.participant_id: list(row.marks) for row in await session.execute(query)}


async def _sessions_held(session: AsyncSession, group_id: UUID) -> int:
    query = select(func.count()).where(
        GroupActivity.group_id == group_id, GroupActivity.status == "held", GroupActivity.kind != "gap_task"
    )
    return (await session.execute(query)).scalar_one()
