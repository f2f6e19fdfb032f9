"""`/v1/group-documents`: files that a group keeps, beside what it links to in its space."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from fastapi.responses import StreamingResponse

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.files.serving import FILE, UPLOAD
from chassis.principal import Principal
from chassis.routing import STREAMED, ServiceRouter
from hubs.group_documents import queries, service
from hubs.group_documents.errors import (
    GroupDocumentInfected,
    GroupDocumentNotFound,
    GroupDocumentPurged,
    GroupDocumentScannerSilent,
    GroupDocumentsClosed,
    GroupDocumentStorageUnavailable,
    GroupDocumentTooLarge,
    GroupDocumentTypeRefused,
    GroupDocumentUnreadable,
    GroupDocumentUnsafe,
    TooManyGroupDocuments,
)
from hubs.group_documents.schemas import GroupDocumentList, GroupDocumentOut
from hubs.group_documents.service import Uploaded
from hubs.settings import HubsSettings

router = ServiceRouter(prefix="/v1/group-documents", tags=["group documents"])
Caller = Annotated[Principal, allow(SIGNED_IN)]


@router.post(
    "/{group_id}",
    status_code=201,
    response_model=GroupDocumentOut,
    dependencies=[STREAMED],
    responses=errors(
        GroupDocumentNotFound,
        GroupDocumentsClosed,
        TooManyGroupDocuments,
        GroupDocumentUnreadable,
        GroupDocumentTooLarge,
        GroupDocumentTypeRefused,
        GroupDocumentUnsafe,
        GroupDocumentInfected,
        GroupDocumentScannerSilent,
        GroupDocumentStorageUnavailable,
    ),
    openapi_extra=UPLOAD,
)
async def add_group_document(
    group_id: UUID, caller: Caller, upload: Uploaded, session: Session, settings: HubsSettings
) -> dict[str, object]:
    """Give a document to a group that you are in, lead or keep. What it is, its content says.

    The same file again answers the one that is there. Files that hold macros, scripts or other files are refused.
    """
    added = await service.add(session, caller, group_id, upload, settings)
    return next(one for one in await queries.of_group(session, caller, group_id) if one["id"] == added)


@router.get("/{group_id}", response_model=GroupDocumentList, responses=errors(GroupDocumentNotFound))
async def list_group_documents(group_id: UUID, reader: Reader, caller: Caller) -> dict[str, object]:
    """The documents of a group, for its people, its hub's staff and those who lead or evaluate its network."""
    return {"data": await queries.of_group(reader, caller, group_id)}


@router.get(
    "/{group_id}/files/{group_document_id}",
    response_class=StreamingResponse,
    responses={**FILE, **errors(GroupDocumentNotFound, GroupDocumentPurged, GroupDocumentStorageUnavailable)},
)
async def download_group_document(
    group_id: UUID, group_document_id: UUID, session: Session, settings: HubsSettings, caller: Caller
) -> StreamingResponse:
    """A document's file. Who opens it without being of the group leaves a trace."""
    storage = service.storage_in(settings)
    return (await service.open_file(session, caller, group_id, group_document_id, storage)).answer("document")


@router.delete("/{group_id}/files/{group_document_id}", status_code=204, responses=errors(GroupDocumentNotFound))
async def remove_group_document(group_id: UUID, group_document_id: UUID, session: Session, caller: Caller) -> Response:
    """Remove a document: your own, or any of a group that you lead or keep. That it was there stays on record."""
    await service.remove(session, caller, group_id, group_document_id)
    return Response(status_code=204)
