"""Following news of merges: caps and milestones count both ids from then on."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.known_as import Merge
from funding.bursaries import earning
from funding.merges.questions import ask
from funding.merges.registry import TABLES


async def hear(session: AsyncSession, merge: Merge) -> None:
    """Know of it, and see what parts both earn together; what exceeds a cap is flagged, never taken back."""
    await TABLES.hear(session, merge)
    cause = f"merge:{merge.merge_id}"
    for person_id in (merge.kept_id, merge.merged_id):
        await earning.follow_milestones(session, person_id, cause)
    if merge.separated_at is None:
        found = await ask(await session.connection(), merge)
        acts = [(cause, {"code": one.code, "about": one.about}) for one in found]
        await audit.record_all(session, None, "merge.to_be_reviewed", acts)
