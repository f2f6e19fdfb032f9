"""Routes of evidence."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from fastapi.responses import StreamingResponse

from certification.evidence import queries, service
from certification.evidence.errors import (
    EvidenceInfected,
    EvidenceNotFound,
    EvidencePurged,
    EvidenceStorageUnavailable,
    EvidenceTooLarge,
    EvidenceTypeRefused,
    EvidenceUnreadable,
    EvidenceUnsafe,
    ScannerUnavailable,
    TooMuchEvidence,
)
from certification.evidence.schemas import EvidenceAdded, EvidenceList
from certification.evidence.service import Uploaded
from certification.log_entries.errors import EntryNotOpen, LogEntryNotFound
from certification.log_entries.queries import one_visible, shown
from certification.log_entries.queries import own_locked as own_entry
from certification.settings import OwnSettings
from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.files.serving import FILE, UPLOAD
from chassis.principal import Principal
from chassis.routing import STREAMED, ServiceRouter

router = ServiceRouter(prefix="/v1/log-entries", tags=["professional development log"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
ADD_ERRORS = errors(
    LogEntryNotFound,
    EntryNotOpen,
    TooMuchEvidence,
    EvidenceUnreadable,
    EvidenceTooLarge,
    EvidenceTypeRefused,
    EvidenceUnsafe,
    EvidenceInfected,
    ScannerUnavailable,
    EvidenceStorageUnavailable,
)


@router.post(
    "/{entry_id}/evidence",
    status_code=201,
    response_model=EvidenceAdded,
    dependencies=[STREAMED],
    responses=ADD_ERRORS,
    openapi_extra=UPLOAD,
)
async def add_evidence(
    entry_id: UUID, caller: SignedIn, upload: Uploaded, session: Session, settings: OwnSettings
) -> dict[str, object]:
    """Add a file to an entry of yours. What it is, its content says; pictures lose the notes about where and when.

    The same file again answers the one that is there. Files that hold macros, scripts or other files are refused.
    """
    added = await service.add(session, caller, entry_id, upload, settings)
    entry = await shown(session, caller, await own_entry(session, caller, entry_id))
    files = {one["id"]: one for one in await queries.of_entry(session, entry_id)}
    return {**files[added.id], "duplicates": [one for one in entry["duplicates"] if one["because"] == "same_file"]}


@router.get("/{entry_id}/evidence", response_model=EvidenceList, responses=errors(LogEntryNotFound))
async def list_evidence(entry_id: UUID, reader: Reader, caller: SignedIn) -> dict[str, object]:
    """The files of an entry that you may see."""
    await one_visible(reader, caller, entry_id)
    return {"data": await queries.of_entry(reader, entry_id)}


@router.get(
    "/evidence/{evidence_id}",
    response_class=StreamingResponse,
    responses={**FILE, **errors(EvidenceNotFound, EvidencePurged, EvidenceStorageUnavailable)},
)
async def download_evidence(
    evidence_id: UUID, session: Session, settings: OwnSettings, caller: SignedIn
) -> StreamingResponse:
    """A file: your own, or one of an entry that you have claimed as its moderator. Who else opens it leaves a trace."""
    opened = await service.open_file(session, caller, evidence_id, service.storage_in(settings))
    return opened.answer("evidence")


@router.delete("/evidence/{evidence_id}", status_code=204, responses=errors(EvidenceNotFound, EntryNotOpen))
async def remove_evidence(evidence_id: UUID, session: Session, caller: SignedIn) -> Response:
    """Take a file back from an entry that is not decided on."""
    await service.take_back(session, caller, evidence_id)
    return Response(status_code=204)
