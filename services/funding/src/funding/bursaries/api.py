"""`/v1/bursaries`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.base import Queryable
from funding.bursaries import approving, ending, queries, service
from funding.bursaries.errors import (
    AlreadyApplied,
    BookingIsCancelled,
    BookingNotFound,
    BursaryNotFound,
    DecisionExpired,
    DecisionNotFound,
    NeedsReview,
    NoPolicyInForce,
    NotAwaitingApproval,
    NothingToWithdraw,
    SelfApproval,
)
from funding.bursaries.models import BursaryStatus
from funding.bursaries.schemas import (
    ApprovalDecision,
    ApprovalDecisions,
    BursaryApplication,
    BursaryOut,
    BursaryPreview,
    Decided,
    DecidedList,
    DecisionList,
    History,
    Replay,
    Withdrawal,
)
from funding.ledger.errors import BudgetExhausted
from funding.roles import APPROVER, READERS

router = ServiceRouter(prefix="/v1/bursaries", tags=["bursaries"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
APPROVAL = errors(BursaryNotFound, SelfApproval, NotAwaitingApproval, NeedsReview, DecisionExpired, BudgetExhausted)


@router.get("/preview", responses=errors(BookingNotFound, NoPolicyInForce))
async def preview_bursary(reader: Reader, caller: SignedIn, booking_id: UUID) -> BursaryPreview:
    """What applying for the bursary of one's own booking would give, and why."""
    return await service.preview(reader, caller, booking_id)


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(BookingNotFound, BookingIsCancelled, AlreadyApplied, NoPolicyInForce),
)
async def apply_for_bursary(body: BursaryApplication, session: Session, caller: SignedIn) -> BursaryOut:
    """Apply for the bursary of one's own booking. The policy version in force today decides, with every criterion."""
    return await _found(session, caller, await service.apply(session, caller, body.booking_id))


@router.get("", response_model=Page[BursaryOut])
async def list_bursaries(
    reader: Reader,
    caller: SignedIn,
    page: PageRequest,
    status: Annotated[BursaryStatus | None, Query(description="Only those of this status")] = None,
) -> dict[str, object]:
    """One's own bursaries; for funding staff and auditors, everybody's. The latest first."""
    found = await queries.list_bursaries(reader, caller, page, status)
    return Page.of(found, page, key=lambda one: (one.applied_at.isoformat(), str(one.id)))


@router.get("/{bursary_id}", responses=errors(BursaryNotFound))
async def get_bursary(bursary_id: UUID, reader: Reader, caller: SignedIn) -> BursaryOut:
    """One bursary with the whole of its decision."""
    return await _found(reader, caller, bursary_id)


@router.post("/approvals", dependencies=[IDEMPOTENT], responses=APPROVAL)
async def decide_bursaries(
    body: ApprovalDecisions, session: Session, caller: Annotated[Principal, allow(role(APPROVER))]
) -> DecidedList:
    """Approve or decline up to a hundred at once, all or none. A refusal names the bursary that it is about."""
    decided = await approving.decide_approvals(session, caller, body.bursary_ids, body)
    return DecidedList(data=[Decided.model_validate(one) for one in decided])


@router.post("/{bursary_id}/approval", dependencies=[IDEMPOTENT], responses=APPROVAL)
async def decide_bursary(
    bursary_id: UUID, body: ApprovalDecision, session: Session, caller: Annotated[Principal, allow(role(APPROVER))]
) -> BursaryOut:
    """Approve or decline, as a person other than the teacher. Above the policy's threshold a second approver is needed;
    until then the bursary stays `eligible`. The last approval reserves the money."""
    await approving.decide_approvals(session, caller, [bursary_id], body)
    return await _found(session, caller, bursary_id)


@router.post(
    "/{bursary_id}/withdrawal", dependencies=[IDEMPOTENT], responses=errors(BursaryNotFound, NothingToWithdraw)
)
async def withdraw_bursary(bursary_id: UUID, body: Withdrawal, session: Session, caller: SignedIn) -> BursaryOut:
    """Give up one's own bursary, or as a funding officer anybody's. Unpaid parts lapse; the policy says what
    becomes of paid ones."""
    await ending.withdraw(session, caller, bursary_id, body.reason)
    return await _found(session, caller, bursary_id)


@router.get("/{bursary_id}/history", responses=errors(BursaryNotFound))
async def get_history(bursary_id: UUID, reader: Reader, caller: SignedIn) -> History:
    """Every step in the bursary's life: who, why, and by which fact."""
    return History(data=await queries.list_moves(reader, caller, bursary_id))


@router.get("/{bursary_id}/decisions", responses=errors(BursaryNotFound))
async def list_decisions(bursary_id: UUID, reader: Reader, caller: SignedIn) -> DecisionList:
    """Every decision of the rule, with the policy version, all inputs and all criteria."""
    return DecisionList(data=await queries.list_decisions(reader, caller, bursary_id))


@router.get("/{bursary_id}/decisions/{ordinal}/replay", responses=errors(DecisionNotFound))
async def replay_decision(
    bursary_id: UUID, ordinal: int, reader: Reader, caller: Annotated[Principal, allow(role(*READERS))]
) -> Replay:
    """Make a recorded decision again from its inputs, and compare the bytes."""
    return await queries.replay_decision(reader, bursary_id, ordinal)


async def _found(db: Queryable, caller: Principal, bursary_id: UUID) -> BursaryOut:
    found = await queries.find_bursary(db, caller, bursary_id)
    if found is None:
        raise BursaryNotFound(bursary_id)
    return found
