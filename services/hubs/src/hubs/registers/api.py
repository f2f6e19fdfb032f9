"""`/v1/registers`: attendance, kept by the staff of the run's hub."""

from typing import Annotated, Any
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.registers import queries, service
from hubs.registers.access import HUB_STAFF
from hubs.registers.errors import (
    CorrectionNeedsReason,
    EarlyMarkingRefused,
    HoursRequired,
    NotOnRegister,
    RegisterNotDue,
    RegisterNotFound,
    TooManyHours,
)
from hubs.registers.queries import RunRow
from hubs.registers.schemas import RegisterIn, RegisterOut

router = ServiceRouter(prefix="/v1/registers", tags=["registers"])
Staff = Annotated[Principal, allow(role(*HUB_STAFF))]


def _shown(run: RunRow, entries: Any) -> dict[str, Any]:
    return {**run._mapping, "entries": entries}


@router.get("/{course_run_id}", response_model=RegisterOut, responses=errors(RegisterNotFound))
async def get_register(reader: Reader, caller: Staff, course_run_id: UUID) -> dict[str, Any]:
    """Who holds a place, and who came."""
    run = await queries.run_of_staff(reader, caller, course_run_id)
    return _shown(run, await queries.entries(reader, course_run_id))


@router.put(
    "/{course_run_id}",
    response_model=RegisterOut,
    responses=errors(
        RegisterNotFound,
        RegisterNotDue,
        EarlyMarkingRefused,
        NotOnRegister,
        HoursRequired,
        TooManyHours,
        CorrectionNeedsReason,
    ),
)
async def mark_register(session: Session, caller: Staff, course_run_id: UUID, body: RegisterIn) -> dict[str, Any]:
    """Mark outcomes, or correct them with a reason. Each attendance is reported once; a correction compensates."""
    run = await service.mark_register(session, caller, course_run_id, body)
    return _shown(run, await queries.entries(session, course_run_id))
