"""`/v1/completions/matches`: the queue of learners whose teacher is not known."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis import clock
from chassis.access import allow, role, scope
from chassis.db import Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.matches import queries, service
from hubs.matches.errors import MatchNotFound, MatchOpen, MatchResolved, NotThisLearners
from hubs.matches.schemas import (
    MatchDetail,
    MatchFilter,
    MatchOut,
    QueueOut,
    QueuesOut,
    ResolutionIn,
    ResolutionOut,
    ReversalIn,
    ReversalOut,
)
from hubs.settings import HubsSettings
from hubs.teachers.errors import TeacherUnknown
from hubs.tenancy import TenantReader

router = ServiceRouter(prefix="/v1/completions/matches", tags=["completions"])
Asker = Annotated[Principal, allow(role("moderator"), scope("completions:write"))]
Moderator = Annotated[Principal, allow(role("moderator"))]


@router.get("", response_model=Page[MatchOut])
async def list_matches(
    reader: TenantReader,
    caller: Asker,
    wanted: Annotated[MatchFilter, Query()],
    page: PageRequest,
    settings: HubsSettings,
) -> dict[str, object]:
    """Learners that wait to be matched, or were; a partner sees its own, without candidates."""
    rows = await queries.list_matches(reader, caller, wanted, page, settings.match_due_days, clock.now())
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/summary")
async def count_matches(reader: TenantReader, caller: Asker, settings: HubsSettings) -> QueuesOut:
    """How much waits, by partner; a partner sees its own."""
    rows = await queries.count_matches(reader, caller, settings.match_due_days, clock.now())
    parts = [QueueOut.model_validate(dict(row._mapping)) for row in rows]
    return QueuesOut(
        learners=sum(one.learners for one in parts),
        completions=sum(one.completions for one in parts),
        overdue_learners=sum(one.overdue_learners for one in parts),
        by_organisation=parts,
    )


@router.get("/{match_id}", response_model=MatchDetail, responses=errors(MatchNotFound))
async def get_match(reader: TenantReader, caller: Asker, match_id: UUID, settings: HubsSettings) -> dict[str, object]:
    """One learner, with what waits and, for moderators, candidates and decisions."""
    return await queries.find_match(reader, caller, match_id, settings.match_due_days, clock.now())


@router.post(
    "/{match_id}/resolution",
    dependencies=[IDEMPOTENT],
    responses=errors(MatchNotFound, MatchResolved, NotThisLearners, TeacherUnknown),
)
async def resolve_match(session: Session, caller: Moderator, match_id: UUID, body: ResolutionIn) -> ResolutionOut:
    """Say which teacher the learner is, that it is nobody of ours, or whose each completion of a shared number is."""
    return await service.resolve(session, caller, match_id, body)


@router.post("/{match_id}/reversal", dependencies=[IDEMPOTENT], responses=errors(MatchNotFound, MatchOpen))
async def reverse_match(session: Session, caller: Moderator, match_id: UUID, body: ReversalIn) -> ReversalOut:
    """Take back who the learner is: what counted by it is withdrawn everywhere, and waits again."""
    return await service.reverse(session, caller, match_id, body.reason)
