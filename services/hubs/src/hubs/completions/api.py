"""`/v1/completions`: what partners report, and the queue of learners whose teacher is not known."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role, scope
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.completions import queries, service
from hubs.completions.errors import MatchNotFound, MatchResolved, PartnerUnknown
from hubs.completions.schemas import BatchIn, BatchOut, MatchFilter, MatchOut, ResolutionIn, ResolutionOut
from hubs.teachers.errors import TeacherUnknown

router = ServiceRouter(prefix="/v1/completions", tags=["completions"])


@router.post("/batches", status_code=200, dependencies=[IDEMPOTENT], responses=errors(PartnerUnknown))
async def record_batch(
    session: Session, caller: Annotated[Principal, allow(scope("completions:write"))], body: BatchIn
) -> BatchOut:
    """Report up to 10,000 completions. Bad items are turned away one by one; unknown learners wait for a match."""
    return await service.record_batch(session, caller, body)


@router.get("/matches", response_model=Page[MatchOut])
async def list_matches(
    reader: Reader,
    caller: Annotated[Principal, allow(role("moderator"), scope("completions:write"))],
    wanted: Annotated[MatchFilter, Query()],
    page: PageRequest,
) -> dict[str, Any]:
    """Learners that wait to be matched; a partner sees its own."""
    return Page.of(await queries.list_matches(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.post(
    "/matches/{match_id}/resolution",
    dependencies=[IDEMPOTENT],
    responses=errors(MatchNotFound, MatchResolved, TeacherUnknown),
)
async def resolve_match(
    session: Session, caller: Annotated[Principal, allow(role("moderator"))], match_id: UUID, body: ResolutionIn
) -> ResolutionOut:
    """Say which teacher the learner is; the completions that waited are recorded."""
    return await service.resolve_match(session, caller, match_id, body.teacher_id)
