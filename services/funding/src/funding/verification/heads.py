"""Heads of the log of seals: made by the hour, recorded in the audit trail, and made again by `verify`.

A head covers entries that nothing can come before any more: those known at some moment, once every transaction that
was under way at that moment has ended. So no writer waits for it.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.service import ServiceContext
from funding.verification.findings import Finding
from funding.verification.models import SealEntry, SealHead

EVERY = timedelta(hours=1)
SWEEP_SECONDS = 60.0
STRETCH = 50_000
"""Entries of one head at most; more make more heads."""
LOCK = 7_502
"""Those who make heads wait for each other."""

KNOWN = text("SELECT (SELECT max(id) FROM seal_entry) AS upto_id, pg_current_xact_id()::text AS reader")
"""The last entry that can be seen, and a transaction that is younger than everything that may still add one before."""
_ENDED = text("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= CAST(CAST(:reader AS text) AS xid8)")
_DIGEST = """
    SELECT count(*) AS entries, max(id) AS upto_id, encode(sha256(convert_to(concat_ws(E'\\n', CAST({before} AS text),
           string_agg(concat_ws('|', id, owner, key, coalesce(written, '-')), E'\\n' ORDER BY id)), 'UTF8')), 'hex')
           AS sha256
"""
_STRETCH = text(
    f"{_DIGEST.format(before=':before')} FROM (SELECT * FROM seal_entry WHERE id > :after AND id <= :upto "  # noqa: S608
    "ORDER BY id LIMIT :stretch) AS stretch"
)
_CHANGED = text(
    f"""
    SELECT head.number, head.sha256, again.sha256 AS now
    FROM (SELECT *, lag(sha256, 1, '') OVER (ORDER BY number) AS before, lag(upto_id, 1, 0) OVER (ORDER BY number)
          AS after, lag(number, 1, 0) OVER (ORDER BY number) AS number_before FROM seal_head) AS head
    CROSS JOIN LATERAL ({_DIGEST.format(before="head.before")} FROM seal_entry
                        WHERE id > head.after AND id <= head.upto_id) AS again
    WHERE (again.sha256, again.entries, again.upto_id) IS DISTINCT FROM (head.sha256, head.entries, head.upto_id)
       OR head.number <> head.number_before + 1
    ORDER BY head.number
    """  # noqa: S608 # written above
)


async def make_heads(context: ServiceContext) -> None:
    """Until cancelled. Any number of replicas may: a head is made by whoever comes first."""
    known: Row[Any] | None = None
    while True:
        async with context.database.transaction() as session:
            if known is not None and await have_ended(session, known):
                await extend(session, known.upto_id)
            known = await due(session)
        await clock.pause(SWEEP_SECONDS)


async def due(session: AsyncSession) -> Row[Any] | None:
    """What is known of the log now, if it is time for another head."""
    last, now = await latest(session), (await session.execute(KNOWN)).one()
    if now.upto_id is None or (last is not None and not _is_due(last, now.upto_id)):
        return None
    return now


def _is_due(last: Row[Any], upto_id: int) -> bool:
    return bool(last.upto_id < upto_id and last.made_at <= clock.now() - EVERY)


async def have_ended(session: AsyncSession, known: Row[Any]) -> bool:
    """Whether every transaction has ended that was under way when this was known."""
    return bool((await session.execute(_ENDED, {"reader": known.reader})).scalar_one())


async def latest(db: AsyncSession | AsyncConnection) -> Row[Any] | None:
    """The last head there is."""
    return (await db.execute(select(SealHead.__table__).order_by(SealHead.number.desc()).limit(1))).one_or_none()


async def extend(session: AsyncSession, upto_id: int) -> int:
    """Make heads up to an entry behind which nothing is missing; how many."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    made = 0
    while (head := await _next(session, await latest(session), upto_id)) is not None:
        session.add(head)
        await session.flush()
        details: dict[str, audit.JSON] = {"sha256": head.sha256, "upto_id": head.upto_id, "entries": head.entries}
        await audit.record(session, None, "seal_head.made", f"seal_head:{head.number}", details)
        made += 1
    return made


async def _next(session: AsyncSession, last: Row[Any] | None, upto_id: int) -> SealHead | None:
    number, after, before = (0, 0, "") if last is None else (last.number, last.upto_id, last.sha256)
    given = {"before": before, "after": after, "upto": upto_id, "stretch": STRETCH}
    found = (await session.execute(_STRETCH, given)).one()
    if not found.entries:
        return None
    told = {"upto_id": found.upto_id, "entries": found.entries, "sha256": found.sha256}
    return SealHead(number=number + 1, made_at=clock.now(), **told)


async def changed(db: AsyncConnection) -> AsyncIterator[Finding]:
    """Heads that do not come out of the log as they were made."""
    for row in (await db.execute(_CHANGED)).all():
        said = f"The log up to it comes to {row.now}, not to {row.sha256}, or the head before it is missing."
        yield Finding("log-is-as-at-its-heads", f"seal_head:{row.number}", said)


async def noted(db: AsyncConnection, number: int, sha256: str) -> AsyncIterator[Finding]:
    """Whether a head is the one that somebody noted elsewhere."""
    held = await db.scalar(select(SealHead.sha256).where(SealHead.number == number))
    if held != sha256.lower():
        yield Finding("head-is-as-noted", f"seal_head:{number}", f"It is {held or 'missing'}, and {sha256} was noted.")


async def told(db: AsyncConnection) -> dict[str, object]:
    """The latest head as people note it, and how many entries are behind it that no head covers yet."""
    last = await latest(db)
    upto = 0 if last is None else last.upto_id
    behind = await db.scalar(select(func.count()).select_from(SealEntry).where(SealEntry.id > upto))
    return {"head": None if last is None else f"{last.number}:{last.sha256}", "entries_behind_head": behind}
