"""Removing what nobody needs: bytes without a row, and evidence whose time is over, of which the hash stays."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates.models import Certificate, CertificateReview
from certification.evidence.models import Evidence
from certification.log_entries.models import LogEntry
from certification.moderation.policies import policy_in_force
from certification.settings import Settings
from chassis import audit, clock
from chassis.db import Database
from chassis.files.storage import Storage
from chassis.files.sweeping import remove_orphans
from chassis.service import ServiceContext

log = structlog.get_logger(__name__)

LOOK_SECONDS = 3_600.0
MOST = 100


async def sweep_evidence(context: ServiceContext) -> None:
    """Sweep until cancelled. What is due is in the database and in the storage, so that stopping loses nothing."""
    assert isinstance(context.settings, Settings)
    storage = context.settings.evidence_storage
    while True:
        if storage is not None:
            await sweep(context.database, storage, clock.now())
        await clock.pause(LOOK_SECONDS)


async def sweep(database: Database, storage: Storage, now: datetime) -> tuple[int, int]:
    """How many files were purged, and how many orphans removed."""
    purged = 0
    while found := await _purge_some(database, now):
        purged += found
    removed = await remove_orphans(database, storage, now, _is_needed)
    if purged or removed:
        log.info("evidence.swept", purged=purged, removed=removed)
    return purged, removed


async def _purge_some(database: Database, now: datetime) -> int:
    """Mark evidence whose time is over. Its bytes have no row then that needs them."""
    async with database.transaction() as session:
        policy = await policy_in_force(session)
        kept = timedelta(days=policy.rules.evidence_kept_days)
        abandoned = timedelta(days=policy.rules.abandoned_kept_days)
        is_abandoned = or_(
            func.coalesce(LogEntry.set_aside, "").in_(("draft", "withdrawn")), Evidence.removed_at.is_not(None)
        )
        since = case((is_abandoned, func.coalesce(Evidence.removed_at, LogEntry.decided_at)), else_=LogEntry.decided_at)
        over = or_(is_abandoned & (since < now - abandoned), ~is_abandoned & (since < now - kept))
        query = (
            select(Evidence)
            .join(LogEntry, LogEntry.id == Evidence.entry_id)
            .where(Evidence.purged_at.is_(None), over, LogEntry.audit_status.is_distinct_from("waiting"))
            .where(~_in_question())
            .limit(MOST)
            .with_for_update(of=Evidence, skip_locked=True)
        )
        found = (await session.scalars(query)).all()
        for evidence in found:
            evidence.purged_at, evidence.name = now, None
            await audit.record(session, None, "evidence.purged", f"evidence:{evidence.id}")
        return len(found)


def _in_question() -> ColumnElement[bool]:
    """Whether a certificate of the teacher is under review: what it rests on is not thrown away then."""
    reviewed = CertificateReview.certificate_id == Certificate.id
    return exists().where(
        Certificate.teacher_id == LogEntry.teacher_id, reviewed, CertificateReview.closed_at.is_(None)
    )


async def _is_needed(session: AsyncSession, digest: bytes) -> bool:
    needed = exists().where(Evidence.sha256 == digest, Evidence.purged_at.is_(None))
    return bool(await session.scalar(select(needed)))
