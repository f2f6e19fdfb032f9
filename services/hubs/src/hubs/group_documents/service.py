"""Giving a document to a group, opening it, removing it.

The bytes are safe before the row is: a crash in between leaves bytes that nobody knows of; the sweeper removes them.
"""

from collections.abc import AsyncIterator
from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import database_of
from chassis.errors import ServiceError
from chassis.faults import fault
from chassis.files.receiving import Reception, Upload
from chassis.files.serving import Opened
from chassis.files.storage import Storage
from chassis.files.sweeping import lock_digest
from chassis.ids import new_id
from chassis.known_as import is_theirs
from chassis.principal import Principal
from hubs.group_documents import queries
from hubs.group_documents.errors import (
    REFUSALS,
    GroupDocumentNotFound,
    GroupDocumentPurged,
    GroupDocumentsClosed,
    GroupDocumentStorageUnavailable,
    TooManyGroupDocuments,
)
from hubs.group_documents.models import GroupDocument
from hubs.group_spaces.access import moderated_by, open_to
from hubs.groups.models import ProjectGroup
from hubs.settings import HubsSettings, Settings


def storage_in(settings: Settings) -> Storage:
    """Where documents are kept, or GroupDocumentStorageUnavailable."""
    storage = settings.document_storage
    if storage is None:
        raise GroupDocumentStorageUnavailable("This platform has no storage for documents; link to them instead.")
    return storage


async def _uploaded(request: Request, group_id: UUID, settings: HubsSettings) -> AsyncIterator[Upload]:
    """The file of this request. No connection to the database is held while it arrives."""
    caller = cast(Principal, request.state.caller)
    reception = Reception(storage_in(settings), settings.document_most_bytes, settings.clamd_address, REFUSALS)
    try:
        async with database_of(request).transaction() as session:
            await _held(session, caller, group_id)
            await _require_room(session, group_id, settings)
    except ServiceError:
        await reception.turn_away(request)
        raise
    async with reception.take(request) as upload:
        yield upload


Uploaded = Annotated[Upload, Depends(_uploaded, scope="function")]
"""The file of this request, safe and not yet kept. To be asked for before `Session`."""


async def _held(session: AsyncSession, caller: Principal, group_id: UUID) -> None:
    query = select(ProjectGroup.ended_on).where(ProjectGroup.id == group_id, open_to(caller))
    row = (await session.execute(query.with_for_update(of=ProjectGroup))).one_or_none()
    if row is None:
        raise GroupDocumentNotFound("There is no such group of yours.")
    if row.ended_on is not None:
        raise GroupDocumentsClosed("Its documents can be read; nothing is added any more.")


async def _require_room(session: AsyncSession, group_id: UUID, settings: Settings) -> None:
    if await queries.count(session, group_id) >= settings.document_most_files:
        raise TooManyGroupDocuments(settings.document_most_files)


async def add(session: AsyncSession, caller: Principal, group_id: UUID, upload: Upload, settings: Settings) -> UUID:
    """Keep a document with a group; the same file again is the one that is there."""
    await _held(session, caller, group_id)
    digest = upload.prepared.digest
    same = select(GroupDocument.id).where(
        GroupDocument.group_id == group_id, GroupDocument.sha256 == digest, GroupDocument.removed_at.is_(None)
    )
    if (there := await session.scalar(same)) is not None:
        return there
    await _require_room(session, group_id, settings)
    await lock_digest(session, digest)
    await upload.storage.keep(upload.prepared)
    fault("group_document.kept")
    given = {"id": new_id(), "group_id": group_id, "person_id": caller.id, "uploaded_at": clock.now()}
    document = GroupDocument(**given, **upload.facts())
    session.add(document)
    await session.flush()
    await _note(session, caller, "added", document.id, group_id, digest)
    return document.id


async def remove(session: AsyncSession, caller: Principal, group_id: UUID, document_id: UUID) -> None:
    """Remove a document of one's own, or of a group that one leads or keeps. The bytes go when nothing needs them."""
    query = (
        select(GroupDocument)
        .join(ProjectGroup, ProjectGroup.id == GroupDocument.group_id)
        .where(GroupDocument.id == document_id, ProjectGroup.id == group_id, GroupDocument.removed_at.is_(None))
        .where(or_(moderated_by(caller), open_to(caller) & is_theirs(GroupDocument.person_id, caller.id)))
    )
    document = (await session.scalars(query.with_for_update(of=GroupDocument))).one_or_none()
    if document is None:
        raise GroupDocumentNotFound("There is no such document of yours to remove.")
    document.removed_at, document.removed_by = clock.now(), caller.id
    await _note(session, caller, "removed", document_id, group_id, document.sha256)


async def open_file(
    session: AsyncSession, caller: Principal, group_id: UUID, document_id: UUID, storage: Storage
) -> Opened:
    """A document that the caller may read; whoever is not of the group leaves a trace."""
    row = await queries.one_to_open(session, caller, group_id, document_id)
    if row["purged_at"] is not None:
        raise GroupDocumentPurged(row["sha256"].hex())
    if not row["is_of_group"]:
        await _note(session, caller, "opened", document_id, group_id, row["sha256"])
    return Opened(row["name"] or "file", row["kind"], row["size_bytes"], storage.read(row["sha256"]))


async def _note(
    session: AsyncSession, caller: Principal, did: str, document_id: UUID, group_id: UUID, digest: bytes
) -> None:
    details: dict[str, audit.JSON] = {"group_id": str(group_id), "sha256": digest.hex()}
    await audit.record(session, caller, f"group_document.{did}", f"group_document:{document_id}", details)
