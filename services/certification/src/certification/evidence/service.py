"""Adding evidence to an entry, opening it, taking it back.

The bytes are safe before the row is: a crash in between leaves bytes that nobody knows of; the sweeper removes them.
"""

from collections.abc import AsyncIterator
from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.evidence import queries
from certification.evidence.errors import (
    REFUSALS,
    EvidenceNotFound,
    EvidencePurged,
    EvidenceStorageUnavailable,
    TooMuchEvidence,
)
from certification.evidence.models import Evidence
from certification.log_entries.errors import EntryNotOpen
from certification.log_entries.models import LogEntry
from certification.log_entries.queries import own_locked, status_of
from certification.log_entries.schemas import Status
from certification.settings import OwnSettings, Settings
from chassis import audit, clock
from chassis.db import database_of
from chassis.errors import ServiceError
from chassis.faults import fault
from chassis.files.receiving import Reception, Upload
from chassis.files.serving import Opened
from chassis.files.storage import Storage
from chassis.files.sweeping import lock_digest
from chassis.ids import new_id
from chassis.principal import Principal

OPEN = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED})
POSSIBLE = "evidence is added to drafts, to what waits for a moderator and to what was returned"


def storage_in(settings: Settings) -> Storage:
    """Where evidence is kept, or EvidenceStorageUnavailable."""
    storage = settings.evidence_storage
    if storage is None:
        raise EvidenceStorageUnavailable("This platform has no storage for files; describe the activity without one.")
    return storage


async def _uploaded(request: Request, entry_id: UUID, settings: OwnSettings) -> AsyncIterator[Upload]:
    """The file of this request. No connection to the database is held while it arrives."""
    caller = cast(Principal, request.state.caller)
    reception = Reception(storage_in(settings), settings.evidence_most_bytes, settings.clamd_address, REFUSALS)
    try:
        async with database_of(request).transaction() as session:
            await _require_room(session, await own_locked(session, caller, entry_id), settings)
    except ServiceError:
        await reception.turn_away(request)
        raise
    async with reception.take(request) as upload:
        yield upload


Uploaded = Annotated[Upload, Depends(_uploaded, scope="function")]
"""The file of this request, safe and not yet kept. To be asked for before `Session`."""


async def _require_room(session: AsyncSession, entry: LogEntry, settings: Settings) -> None:
    if status_of(entry) not in OPEN:
        raise EntryNotOpen(status_of(entry), POSSIBLE)
    if await queries.count(session, entry.id) >= settings.evidence_most_files:
        raise TooMuchEvidence(settings.evidence_most_files)


async def add(session: AsyncSession, caller: Principal, entry_id: UUID, upload: Upload, settings: Settings) -> Evidence:
    """Keep a file with an entry; the same file again is the one that is there. EntryNotOpen, TooMuchEvidence."""
    entry = await own_locked(session, caller, entry_id)
    digest = upload.prepared.digest
    same = select(Evidence).where(
        Evidence.entry_id == entry_id, Evidence.sha256 == digest, Evidence.removed_at.is_(None)
    )
    if (there := (await session.scalars(same)).one_or_none()) is not None:
        return there
    await _require_room(session, entry, settings)
    await lock_digest(session, digest)
    await _keep(upload)
    fault("evidence.kept")
    evidence = Evidence(
        id=new_id(),
        entry_id=entry_id,
        **upload.facts(),
        uploaded_at=clock.now(),
    )
    session.add(evidence)
    await session.flush()
    await audit.record(session, caller, "evidence.added", f"evidence:{evidence.id}")
    return evidence


async def _keep(upload: Upload) -> None:
    try:
        await upload.storage.keep(upload.prepared)
    except OSError as error:
        raise EvidenceStorageUnavailable("The file could not be stored; nothing was kept. Try again later.") from error


async def take_back(session: AsyncSession, caller: Principal, evidence_id: UUID) -> None:
    """Remove a file from an entry that is still open; the bytes go when nothing else needs them. EntryNotOpen."""
    evidence = await session.get(Evidence, evidence_id)
    if evidence is None or evidence.removed_at is not None:
        raise EvidenceNotFound
    query = select(LogEntry).where(LogEntry.id == evidence.entry_id, LogEntry.teacher_id == caller.id)
    entry = (await session.scalars(query.with_for_update())).one_or_none()
    if entry is None:
        raise EvidenceNotFound
    if status_of(entry) not in OPEN:
        raise EntryNotOpen(status_of(entry), POSSIBLE)
    evidence.removed_at = clock.now()
    await audit.record(session, caller, "evidence.removed", f"evidence:{evidence.id}")


async def open_file(session: AsyncSession, caller: Principal, evidence_id: UUID, storage: Storage) -> Opened:
    """A file that the caller may have; whoever is not its owner leaves a trace. EvidenceNotFound, EvidencePurged."""
    row = await queries.one_to_open(session, caller, evidence_id)
    if row["purged_at"] is not None:
        raise EvidencePurged(row["sha256"].hex())
    if row["teacher_id"] != caller.id:
        details: dict[str, audit.JSON] = {"entry_id": str(row["entry_id"]), "sha256": row["sha256"].hex()}
        await audit.record(session, caller, "evidence.opened", f"evidence:{evidence_id}", details)
    return Opened(row["name"] or "file", row["kind"], row["size_bytes"], storage.read(row["sha256"]))
