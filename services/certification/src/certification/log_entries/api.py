"""Routes of the professional development log."""

from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import RowMapping

from certification.log_entries import queries, service
from certification.log_entries.errors import (
    EntryAlreadyDecided,
    LogEntryNotFound,
    NotSelfCertifiable,
    OccursInFuture,
    OwnLogEntry,
)
from certification.log_entries.models import LogEntry
from certification.log_entries.schemas import Decision, LogEntryDraft, LogEntryOut, Status
from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/log-entries", tags=["professional development log"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
SUBMIT_ERRORS = errors(NotSelfCertifiable, OccursInFuture)
DECISION_ERRORS = errors(LogEntryNotFound, OwnLogEntry, EntryAlreadyDecided)


@router.post("", status_code=201, response_model=LogEntryOut, dependencies=[IDEMPOTENT], responses=SUBMIT_ERRORS)
async def submit_log_entry(body: LogEntryDraft, session: Session, caller: SignedIn) -> LogEntry:
    """Record community activity of your own. A moderator decides; accepted, it earns the catalogue's credits once."""
    assert caller.id is not None
    return await service.submit(session, caller.id, body)


@router.get("", response_model=Page[LogEntryOut])
async def list_log_entries(
    reader: Reader, page: PageRequest, caller: SignedIn, status: Status | None = None
) -> dict[str, Any]:
    """Your own entries, oldest first. A moderator who asks for `submitted` sees the queue: everybody else's."""
    rows = await queries.visible(reader, caller, status, page)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/{entry_id}", response_model=LogEntryOut, responses=errors(LogEntryNotFound))
async def get_log_entry(entry_id: UUID, reader: Reader, caller: SignedIn) -> RowMapping:
    """One entry."""
    return await queries.one_visible(reader, caller, entry_id)


@router.post("/{entry_id}/decision", response_model=LogEntryOut, dependencies=[IDEMPOTENT], responses=DECISION_ERRORS)
async def decide_log_entry(
    entry_id: UUID, body: Decision, session: Session, caller: Annotated[Principal, allow(role("moderator"))]
) -> LogEntry:
    """Accept an entry or return it with a reason. A returned activity may be recorded again, as a new entry."""
    return await service.decide(session, caller, entry_id, body)
