"""`/v1/resources` for moderators: reviews, withdrawals, comments."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role, scope
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.resources import queries, reviews, uses
from hubs.resources.access import REVIEWER
from hubs.resources.api import Number
from hubs.resources.errors import (
    AnotherModeratorNeeded,
    CommentDecided,
    CommentNotFound,
    OwnResource,
    ResourceNotFound,
    ResourceWithdrawn,
    ReviewTaken,
    VersionNotInReview,
    WithdrawalStands,
)
from hubs.resources.models import Resource, ResourceUse, ResourceVersion
from hubs.resources.schemas import (
    CommentDecisionIn,
    QueuedVersionOut,
    ReinstatementIn,
    ResourceDecisionIn,
    ResourceStandingOut,
    ResourceVersionOut,
    ReviewIn,
    WaitingCommentOut,
    WithdrawalIn,
)
from hubs.tenancy import TenantSession

router = ServiceRouter(prefix="/v1/resources", tags=["resources"])
Moderator = Annotated[Principal, allow(role(REVIEWER))]


@router.get("/reviews", response_model=Page[QueuedVersionOut])
async def list_resource_reviews(reader: Reader, caller: Moderator, page: PageRequest) -> dict[str, object]:
    """Versions that wait for a decision, without the caller's own."""
    return Page.of(await queries.in_review(reader, caller, page), page, key=lambda row: (str(row.resource_id),))


@router.post(
    "/{resource_id}/versions/{number}/review",
    response_model=ResourceVersionOut,
    responses=errors(ResourceNotFound, VersionNotInReview, ReviewTaken, OwnResource),
)
async def review_resource_version(
    session: Session, caller: Moderator, resource_id: UUID, number: Number, body: ReviewIn
) -> ResourceVersion:
    """Take a version in hand, so that two moderators do not do the same work."""
    return await reviews.take_in_hand(session, caller, resource_id, number, body.take_over)


@router.post(
    "/{resource_id}/versions/{number}/decision",
    response_model=ResourceVersionOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ResourceNotFound, ResourceWithdrawn, VersionNotInReview, ReviewTaken, OwnResource),
)
async def decide_resource_version(
    session: Session, caller: Moderator, resource_id: UUID, number: Number, body: ResourceDecisionIn
) -> ResourceVersion:
    """Publish the version in hand, or return it. Nobody decides on what is their own or their organisation's."""
    return await reviews.decide(session, caller, resource_id, number, body)


@router.post(
    "/{resource_id}/withdrawal",
    response_model=ResourceStandingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ResourceNotFound, OwnResource, WithdrawalStands),
)
async def withdraw_resource(
    session: TenantSession,
    caller: Annotated[Principal, allow(SIGNED_IN, scope("resources:write"))],
    resource_id: UUID,
    body: WithdrawalIn,
) -> Resource:
    """Take a published resource away: the author, or a moderator, who alone does so for cause."""
    return await reviews.withdraw(session, caller, resource_id, body)


@router.post(
    "/{resource_id}/reinstatement",
    response_model=ResourceStandingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ResourceNotFound, OwnResource, AnotherModeratorNeeded, WithdrawalStands),
)
async def reinstate_resource(session: Session, caller: Moderator, resource_id: UUID, body: ReinstatementIn) -> Resource:
    """Bring back what another moderator withdrew; what it had earned its author counts again."""
    return await reviews.reinstate(session, caller, resource_id, body.reason)


@router.get("/comments", response_model=Page[WaitingCommentOut])
async def list_waiting_comments(reader: Reader, caller: Moderator, page: PageRequest) -> dict[str, object]:
    """Comments that nobody sees until a moderator has read them, oldest first, without the caller's own."""
    return Page.of(await uses.waiting_comments(reader, caller, page), page, key=lambda row: (str(row.comment_id),))


@router.post(
    "/comments/{comment_id}/decision",
    response_model=WaitingCommentOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CommentNotFound, CommentDecided),
)
async def decide_comment(session: Session, caller: Moderator, comment_id: UUID, body: CommentDecisionIn) -> ResourceUse:
    """Show a comment to everybody or refuse it. A comment that was reworded since has another id."""
    return await uses.decide_comment(session, caller, comment_id, body)
