"""`/v1/reviews`: the queue of facts that somebody has to find out."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.reviews import queries, service
from funding.reviews.errors import ReviewIsSettled, ReviewNotFound
from funding.reviews.models import ReviewStatus
from funding.reviews.schemas import Assignment, ReviewOut
from funding.roles import APPROVER, OFFICER, READERS

router = ServiceRouter(prefix="/v1/reviews", tags=["reviews"])
Staff = Annotated[Principal, allow(role(*READERS))]


@router.get("", response_model=Page[ReviewOut])
async def list_funding_reviews(
    reader: Reader,
    caller: Staff,
    page: PageRequest,
    status: Annotated[ReviewStatus | None, Query(description="Only those of this status")] = None,
    owner_id: Annotated[UUID | None, Query(description="Only those of this person")] = None,
    school_urn: Annotated[str | None, Query(pattern=r"^[0-9]{6}$", description="Only those about this school")] = None,
) -> dict[str, object]:
    """What is to be found out, the first due first, with everything that waits for it."""
    found = await queries.list_reviews(reader, page, status, owner_id, school_urn)
    return Page.of(found, page, key=lambda one: (one.due_on.isoformat(), str(one.id)))


@router.get("/{review_id}", responses=errors(ReviewNotFound))
async def get_review(review_id: UUID, reader: Reader, caller: Staff) -> ReviewOut:
    """One task."""
    return await queries.find_review(reader, review_id)


@router.post("/{review_id}/assignment", dependencies=[IDEMPOTENT], responses=errors(ReviewNotFound, ReviewIsSettled))
async def assign_review(
    review_id: UUID, body: Assignment, session: Session, caller: Annotated[Principal, allow(role(OFFICER, APPROVER))]
) -> ReviewOut:
    """Say who looks into it, oneself or a colleague."""
    await service.assign(session, caller, review_id, body.owner_id)
    return await queries.find_review(session, review_id)
