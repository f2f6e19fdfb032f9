"""Following merges: rows move, and what partners reported for an id that was merged is recorded for the kept person."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.known_as import Merge, note_merged, note_separated
from hubs.matches.service import link_claimed_learners
from hubs.merges.registry import TABLES
from hubs.teachers.service import known_teachers


async def hear(session: AsyncSession, merge: Merge) -> None:
    """Follow news of a merge or of its separation, whichever comes first and however often."""
    await (note_merged if merge.separated_at is None else note_separated)(session, merge)
    await settle(session, [merge.kept_id])


async def settle(session: AsyncSession, people: Collection[UUID]) -> None:
    """Bring what is stored to what the merges of these people say."""
    merges = await TABLES.settle(session, people)
    keeping = {one.kept_id for one in merges if one.separated_at is None}
    for teacher_id in sorted(await known_teachers(session, keeping)) if keeping else ():
        await link_claimed_learners(session, teacher_id)
