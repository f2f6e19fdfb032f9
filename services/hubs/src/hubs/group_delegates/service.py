"""Naming who is sent to occasions of the network, no more than the project's document takes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select, union
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.principal import Principal
from hubs.group_delegates.errors import DelegatesNotAsked, DelegateUnknown
from hubs.group_delegates.models import GroupDelegate
from hubs.group_delegates.schemas import DelegatesExpected, DelegatesIn, GroupDelegateOut, GroupDelegatesOut
from hubs.groups.access import run_by
from hubs.groups.errors import GroupFull
from hubs.groups.models import GroupLead, GroupParticipant, ProjectGroup
from hubs.groups.queries import contacts_of, find_group
from hubs.groups.service import held, record, refuse_ended
from hubs.groups.versions import version_of
from hubs.projects.document import ProjectDocument


async def delegates_of(reader: AsyncConnection | AsyncSession, caller: Principal, group_id: UUID) -> GroupDelegatesOut:
    """What a group sends delegates to and whom, for those who see its contact list; GroupNotFound."""
    await contacts_of(reader, caller, group_id)
    group = await find_group(reader, caller, group_id)
    document = (await version_of(reader, group.project_id, group.project_version)).document
    table = GroupDelegate.__table__
    order = (GroupDelegate.activity, GroupDelegate.occasion, GroupDelegate.person_id)
    rows = (await reader.execute(select(table).where(GroupDelegate.group_id == group_id).order_by(*order))).all()
    sent = [GroupDelegateOut.model_validate({**row._mapping, "occasion": row.occasion or None}) for row in rows]
    return GroupDelegatesOut(activities=expected_of(document), data=sent)


def expected_of(document: ProjectDocument) -> list[DelegatesExpected]:
    """Activities that a project sends delegates to, and how many each takes."""
    most = {one.activity: one.delegates for one in document.leads.attendance if one.delegates is not None}
    return [
        DelegatesExpected(
            activity=one.slug,
            title=one.title,
            occasions=[occasion.title for occasion in one.occasions],
            at_most=most.get(one.slug),
        )
        for one in document.activities
        if one.audience == "delegates"
    ]


async def name(session: AsyncSession, caller: Principal, group_id: UUID, wanted: DelegatesIn) -> None:
    """Say who is sent to one occasion. Raises DelegatesNotAsked, DelegateUnknown and GroupFull."""
    query = select(ProjectGroup).where(ProjectGroup.id == group_id, run_by(caller))
    group, version = await held(session, await session.scalar(query.with_for_update(key_share=True)))
    refuse_ended(group)
    most = _most(expected_of(version.document), wanted)
    people = [one.person_id for one in wanted.delegates]
    if most is not None and len(people) > most:
        raise GroupFull(f"{most} delegates of a hub are taken.", limit=most, of="delegates")
    await _refuse_strangers(session, group_id, people)
    key = {"group_id": group_id, "activity": wanted.activity, "occasion": wanted.occasion or ""}
    await session.execute(delete(GroupDelegate).filter_by(**key))
    named = {"named_at": clock.now(), "named_by": caller.id}
    if wanted.delegates:
        await session.execute(insert(GroupDelegate), [key | one.model_dump() | named for one in wanted.delegates])
    await record(session, caller, "delegates-named", group, {"activity": wanted.activity, "delegates": len(people)})


def _most(expected: Sequence[DelegatesExpected], wanted: DelegatesIn) -> int | None:
    found = next((one for one in expected if one.activity == wanted.activity), None)
    if found is None:
        known = [one.activity for one in expected]
        raise DelegatesNotAsked(f"The project sends no delegates to {wanted.activity}.", activities=known)
    if (wanted.occasion or None) not in (tuple[str | None, ...](found.occasions) or (None,)):
        raise DelegatesNotAsked(f"{found.title} has these occasions: {', '.join(found.occasions) or 'none'}.")
    return found.at_most


async def _refuse_strangers(session: AsyncSession, group_id: UUID, people: Sequence[UUID]) -> None:
    inside = union(
        select(GroupLead.person_id).where(GroupLead.group_id == group_id, GroupLead.until_on.is_(None)),
        select(GroupParticipant.person_id).where(
            GroupParticipant.group_id == group_id, GroupParticipant.left_on.is_(None)
        ),
    )
    known = set((await session.execute(inside)).scalars())
    if len(set(people)) < len(people) or not known.issuperset(people):
        raise DelegateUnknown("Only leads and participants of the group are sent, each once.")
