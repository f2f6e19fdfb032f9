"""`/v1/registers`: attendance, kept by the staff of the run's hub and by who facilitates the run."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Database, Reader, Session, database_of
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.bookings.errors import BookingNotFound, BookingStateConflict
from hubs.registers import closures, queries, service, sign_ins
from hubs.registers.access import HUB_STAFF
from hubs.registers.errors import (
    CorrectionByStaffOnly,
    CorrectionNeedsReason,
    EarlyMarkingRefused,
    HoursFollowSessions,
    HoursRequired,
    MarkedByStaff,
    MinutesRequired,
    NoCompletionRule,
    NotOnRegister,
    RegisterClosed,
    RegisterIncomplete,
    RegisterNotDue,
    RegisterNotFound,
    RunNotHeld,
    RunNotOver,
    SessionNotFound,
    SignInCodeRefused,
    SignInNotOpen,
    TimesOutsideSession,
    TooManyHours,
    TooManyMinutes,
    TooManySignInTries,
)
from hubs.registers.schemas import (
    ClosureIn,
    ClosureOut,
    CodeIn,
    CodeOut,
    DecisionFilter,
    DecisionOut,
    RegisterFilter,
    RegisterIn,
    RegisterListed,
    RegisterOut,
    SessionMarksIn,
    SignedIn,
    SignInWithCode,
)
from hubs.registers.shown import shown

router = ServiceRouter(prefix="/v1/registers", tags=["registers"])
closure_router = ServiceRouter(prefix="/v1/course-runs", tags=["registers"])
sign_in_router = ServiceRouter(prefix="/v1/bookings", tags=["registers"])
Keeper = Annotated[Principal, allow(SIGNED_IN)]
"""Whose registers: in the SQL. Facilitators of a run hold no role."""
MARKING = (
    RegisterNotFound,
    RegisterNotDue,
    EarlyMarkingRefused,
    NotOnRegister,
    CorrectionNeedsReason,
    CorrectionByStaffOnly,
    NoCompletionRule,
)


@router.get("", response_model=Page[RegisterListed])
async def list_registers(
    reader: Reader, caller: Keeper, wanted: Annotated[RegisterFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Registers the caller keeps of runs that have begun, the longest over first. Nothing closes by itself."""
    rows = await queries.list_registers(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: (row.ends_at.isoformat(), str(row.course_run_id)))


@router.get("/{course_run_id}", response_model=RegisterOut, responses=errors(RegisterNotFound))
async def get_register(reader: Reader, caller: Keeper, course_run_id: UUID) -> dict[str, object]:
    """Who holds a place and who came: session by session, in minutes, and whether that completes the run."""
    return await shown(reader, await queries.run_kept_by(reader, caller, course_run_id))


@router.put(
    "/{course_run_id}",
    response_model=RegisterOut,
    responses=errors(*MARKING, HoursRequired, TooManyHours, HoursFollowSessions),
)
async def mark_register(session: Session, caller: Keeper, course_run_id: UUID, body: RegisterIn) -> dict[str, object]:
    """Settle outcomes of the whole run, or correct them with a reason.

    Each attendance is reported once; a correction compensates. Of a run with sessions every session is marked alike,
    and the outcome follows from them.
    """
    return await shown(session, await service.mark_register(session, caller, course_run_id, body))


@router.put(
    "/{course_run_id}/sessions/{session_id}",
    response_model=RegisterOut,
    responses=errors(*MARKING, SessionNotFound, TimesOutsideSession, TooManyMinutes, MinutesRequired),
)
async def mark_session(
    session: Session, caller: Keeper, course_run_id: UUID, session_id: UUID, body: SessionMarksIn
) -> dict[str, object]:
    """Mark one session. Outcomes are settled when the run is closed; after that a correction compensates."""
    return await shown(session, await service.mark_session(session, caller, course_run_id, session_id, body))


@router.post(
    "/{course_run_id}/sessions/{session_id}/sign-in-code",
    status_code=201,
    responses=errors(RegisterNotFound, SessionNotFound, SignInNotOpen, RegisterClosed),
)
async def open_sign_in_code(
    session: Session, caller: Keeper, course_run_id: UUID, session_id: UUID, body: CodeIn, response: Response
) -> CodeOut:
    """Open a code by which teachers sign in to the session. It replaces the one before, and is shown this once."""
    response.headers["Cache-Control"] = "no-store"
    return await sign_ins.open_code(session, caller, course_run_id, session_id, body)


@router.get("/{course_run_id}/decisions", response_model=Page[DecisionOut], responses=errors(RegisterNotFound))
async def list_register_decisions(
    reader: Reader, caller: Keeper, course_run_id: UUID, wanted: Annotated[DecisionFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """How outcomes were decided, oldest first: rule, inputs, and the reason of each correction."""
    rows = await queries.decisions(reader, caller, course_run_id, wanted.booking_id, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@closure_router.post(
    "/{run_id}/closure",
    dependencies=[IDEMPOTENT],
    responses=errors(RegisterNotFound, RunNotOver, RunNotHeld, RegisterIncomplete, NoCompletionRule),
)
async def close_course_run(
    session: Session, caller: Annotated[Principal, allow(role(*HUB_STAFF))], run_id: UUID, body: ClosureIn
) -> ClosureOut:
    """Close a run that is over: every booking ends attended, incomplete or no-show. Closing again changes nothing."""
    return await closures.close_run(session, caller, run_id, body)


@sign_in_router.post(
    "/{booking_id}/sign-in",
    responses=errors(
        BookingNotFound, BookingStateConflict, SignInCodeRefused, TooManySignInTries, MarkedByStaff, RegisterClosed
    ),
)
async def sign_in_to_session(
    database: Annotated[Database, Depends(database_of)],
    caller: Annotated[Principal, allow(SIGNED_IN)],
    booking_id: UUID,
    body: SignInWithCode,
) -> SignedIn:
    """Sign in to a session with the code shown there: present from now on, and late if it has begun."""
    return await sign_ins.sign_in(database, caller, booking_id, body.code)
