"""Two logs become one, and two again: reports move, and the ledgers of both follow."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits.corrections import restate
from certification.credits.models import ActivityRecord, PendingAward
from certification.merges.registry import BUT_ENROLMENTS, TABLES
from certification.teachers.service import lock_logs
from chassis.known_as import Merge, note_merged, note_separated, related


async def hear(session: AsyncSession, merge: Merge) -> None:
    """Follow news of a merge or of its separation, whichever comes first and however often."""
    await lock_logs(session, [merge.kept_id, merge.merged_id])
    await (note_merged if merge.separated_at is None else note_separated)(session, merge)
    await settle(session, [merge.kept_id])


async def settle(session: AsyncSession, people: Collection[UUID]) -> None:
    """Bring logs and ledgers to what the merges of these people say."""
    merges = await related(session, people)
    if not merges:
        return
    await lock_logs(session, [one for merge in merges for one in (merge.kept_id, merge.merged_id)])
    for merge in reversed(merges):
        if merge.separated_at is not None:
            await _separate(session, merge)
    for merge in merges:
        if merge.separated_at is None:
            await _merge(session, merge)


async def _merge(session: AsyncSession, merge: Merge) -> None:
    """The merged id's ledger is emptied while it is enrolled; then its enrolments move, and all is entered anew."""
    before = await _keys(session, merge.merged_id)
    await TABLES.move(session, merge, *BUT_ENROLMENTS)
    left = await _keys(session, merge.merged_id)
    moved = [key for key in before if key not in left]
    await _restate(session, merge.merged_id, moved)
    await session.execute(delete(PendingAward).where(PendingAward.teacher_id == merge.merged_id))
    is_enrolled = await TABLES.move(session, merge, "enrolment")
    await _restate(session, merge.kept_id, await _keys(session, merge.kept_id) if is_enrolled else moved)


async def _separate(session: AsyncSession, merge: Merge) -> None:
    before = await _keys(session, merge.merged_id)
    await TABLES.put_back(session, merge, *BUT_ENROLMENTS)
    returned = [key for key in await _keys(session, merge.merged_id) if key not in before]
    await _restate(session, merge.kept_id, returned)
    is_enrolled = await TABLES.put_back(session, merge, "enrolment")
    await _restate(session, merge.merged_id, await _keys(session, merge.merged_id) if is_enrolled else returned)


async def _keys(session: AsyncSession, teacher_id: UUID) -> list[str]:
    query = select(ActivityRecord.activity_key).where(ActivityRecord.teacher_id == teacher_id).distinct()
    return list(await session.scalars(query.order_by(ActivityRecord.activity_key)))


async def _restate(session: AsyncSession, teacher_id: UUID, keys: Sequence[str]) -> None:
    for key in keys:
        await restate(session, teacher_id, key, None)
