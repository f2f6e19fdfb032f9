"""The days between earning a certificate and its award, in which its ground may still be withdrawn."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits.accounts import accounts_of
from certification.credits.completion import award_now, earned
from certification.credits.models import PendingAward
from certification.teachers.service import lock_logs
from chassis import clock
from chassis.service import ServiceContext

LOOK_SECONDS = 30.0
"""How late an award may be after its window."""
MOST = 100
"""Windows that one transaction ends."""


async def end_windows(session: AsyncSession, scheme: str, teacher_ids: Collection[UUID]) -> None:
    """The ground is gone: earned again, a window begins anew. The caller holds the teachers' logs."""
    these = (PendingAward.scheme == scheme, PendingAward.teacher_id == func.any(list(teacher_ids)))
    await session.execute(delete(PendingAward).where(*these))


async def award_due(session: AsyncSession, now: datetime, most: int = MOST) -> int:
    """Award what is still earned after its window; how many windows were found to be over.

    The logs are locked before the windows, as by everybody else; whoever waited for them finds the windows gone.
    """
    due = select(PendingAward.teacher_id, PendingAward.scheme).where(PendingAward.due_at <= now)
    over = (await session.execute(due.order_by(PendingAward.due_at).limit(most))).all()
    if not over:
        return 0
    await lock_logs(session, [row.teacher_id for row in over])
    this = tuple_(PendingAward.teacher_id, PendingAward.scheme).in_([(row.teacher_id, row.scheme) for row in over])
    for scheme, teachers in _by_scheme((await session.execute(due.where(this))).all()).items():
        accounts = await accounts_of(session, teachers, scheme)
        await award_now(session, await earned(session, [one for group in accounts.values() for one in group]))
        await end_windows(session, scheme, teachers)
    return len(over)


def _by_scheme(windows: Sequence[Row[UUID, str]]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for window in windows:
        found.setdefault(window.scheme, []).append(window.teacher_id)
    return found


async def award_after_windows(context: ServiceContext) -> None:
    """Sweep until cancelled. What is due is in the database, so that stopping loses nothing."""
    while True:
        async with context.database.transaction() as session:
            over = await award_due(session, clock.now())
        if over < MOST:
            await clock.pause(LOOK_SECONDS)
