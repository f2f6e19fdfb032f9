"""Routes of the professional development log."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from certification.log_entries import queries, service
from certification.log_entries.errors import (
    EntryNotOpen,
    HoursMissing,
    LogEntryNotFound,
    NotSelfCertifiable,
    OccursInFuture,
)
from certification.log_entries.schemas import History, LogEntryChange, LogEntryDraft, LogEntryOut, Status
from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/log-entries", tags=["professional development log"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
RECORD_ERRORS = errors(NotSelfCertifiable, OccursInFuture, HoursMissing)
SUBMIT_ERRORS = errors(LogEntryNotFound, EntryNotOpen, NotSelfCertifiable, OccursInFuture, HoursMissing)
CHANGE_ERRORS = {**SUBMIT_ERRORS, **errors(IfMatchMissing, StaleVersion)}


@router.post("", status_code=201, response_model=LogEntryOut, dependencies=[IDEMPOTENT], responses=RECORD_ERRORS)
async def submit_log_entry(body: LogEntryDraft, session: Session, caller: SignedIn) -> dict[str, object]:
    """Record community activity of your own. A moderator decides; accepted, it earns the catalogue's credits once.

    As a draft it waits until you put it in, with evidence if you add some. The policy may accept an entry without a
    moderator; it says so (`is_sampled`).
    """
    return await queries.shown(session, caller, await service.record(session, caller, body))


@router.get("", response_model=Page[LogEntryOut])
async def list_log_entries(
    reader: Reader, page: PageRequest, caller: SignedIn, status: Status | None = None
) -> dict[str, object]:
    """Your own entries, oldest first. A moderator who asks for `submitted` sees the queue: everybody else's."""
    rows = await queries.visible(reader, caller, status, page)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/{entry_id}", response_model=LogEntryOut, responses=errors(LogEntryNotFound))
async def get_log_entry(entry_id: UUID, reader: Reader, caller: SignedIn, response: Response) -> dict[str, object]:
    """One entry; its `ETag` is what a change needs as If-Match."""
    entry = await queries.one_visible(reader, caller, entry_id)
    response.headers["ETag"] = etag(entry["version"])
    return entry


@router.put("/{entry_id}", response_model=LogEntryOut, responses=CHANGE_ERRORS)
async def change_log_entry(
    entry_id: UUID, body: LogEntryChange, session: Session, caller: SignedIn, version: IfMatch, response: Response
) -> dict[str, object]:
    """Change a draft of yours, or what was returned to you. What you had put in before stays on record."""
    entry = await service.change(session, caller, entry_id, body, version)
    response.headers["ETag"] = etag(entry.version)
    return await queries.shown(session, caller, entry)


@router.post("/{entry_id}/submission", response_model=LogEntryOut, dependencies=[IDEMPOTENT], responses=SUBMIT_ERRORS)
async def put_in_log_entry(entry_id: UUID, session: Session, caller: SignedIn) -> dict[str, object]:
    """Put a draft in, or again what was returned."""
    return await queries.shown(session, caller, await service.put_in(session, caller, entry_id))


@router.post("/{entry_id}/withdrawal", response_model=LogEntryOut, responses=errors(LogEntryNotFound, EntryNotOpen))
async def withdraw_log_entry(entry_id: UUID, session: Session, caller: SignedIn) -> dict[str, object]:
    """Take an entry back that does not count yet. Its evidence is removed after a while."""
    return await queries.shown(session, caller, await service.withdraw(session, caller, entry_id))


@router.get("/{entry_id}/history", response_model=History, responses=errors(LogEntryNotFound))
async def get_log_entry_history(entry_id: UUID, reader: Reader, caller: SignedIn) -> dict[str, object]:
    """Everything that happened to an entry: each step, what was put in each time, and what was decided on it."""
    return await queries.history(reader, caller, entry_id)
