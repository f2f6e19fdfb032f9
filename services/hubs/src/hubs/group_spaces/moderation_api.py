"""`/v1/group-spaces/…`: what the group's leads and the hub's staff do in its space; every act is in the audit trail."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.base import AnyRow
from hubs.group_spaces import moderation, queries
from hubs.group_spaces.errors import (
    NothingCredited,
    NotYoursToModerate,
    PostNotOpen,
    PostReportDecided,
    SpaceNotFound,
    SpacePartNotFound,
)
from hubs.group_spaces.models import SpaceContribution, SpaceReport
from hubs.group_spaces.schemas import (
    PostModerationIn,
    PostReportDecisionIn,
    PostReportFilter,
    PostReportOut,
    SpaceContributionOut,
    SpacePostOut,
    TopicModerationIn,
    TopicOut,
    WordingsOut,
)

router = ServiceRouter(prefix="/v1/group-spaces", tags=["group spaces"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
MODERATING = (SpaceNotFound, SpacePartNotFound, NotYoursToModerate)


@router.post("/{group_id}/topics/{topic_id}/moderation", response_model=TopicOut, responses=errors(*MODERATING))
async def moderate_space_topic(
    session: Session, caller: Caller, group_id: UUID, topic_id: UUID, body: TopicModerationIn
) -> AnyRow:
    """Lock a topic, or open it again. A repeat changes nothing."""
    await moderation.moderate_topic(session, caller, group_id, topic_id, body)
    return await queries.find_topic(session, caller, group_id, topic_id)


@router.post("/{group_id}/posts/{post_id}/moderation", response_model=SpacePostOut, responses=errors(*MODERATING))
async def moderate_space_post(
    session: Session, caller: Caller, group_id: UUID, post_id: UUID, body: PostModerationIn
) -> dict[str, object]:
    """Hide a post, or show it again. Found abusive, what it earned is taken back. A repeat changes nothing."""
    await moderation.moderate_post(session, caller, group_id, post_id, body)
    return await queries.find_post(session, caller, group_id, post_id)


@router.get("/{group_id}/posts/{post_id}/wordings", response_model=WordingsOut, responses=errors(*MODERATING))
async def list_space_post_wordings(reader: Reader, caller: Caller, group_id: UUID, post_id: UUID) -> dict[str, object]:
    """How a post was worded before its edits."""
    return {"data": await queries.wordings_of(reader, caller, group_id, post_id)}


@router.post(
    "/{group_id}/posts/{post_id}/contribution",
    response_model=SpaceContributionOut,
    responses=errors(*MODERATING, NothingCredited, PostNotOpen),
)
async def confirm_space_contribution(
    session: Session, caller: Caller, group_id: UUID, post_id: UUID
) -> SpaceContribution:
    """Accept a post as its author's contribution to the community, where the project credits one. Once per person."""
    return await moderation.confirm(session, caller, group_id, post_id)


@router.get(
    "/{group_id}/reports", response_model=Page[PostReportOut], responses=errors(SpaceNotFound, NotYoursToModerate)
)
async def list_space_reports(
    reader: Reader, caller: Caller, group_id: UUID, wanted: Annotated[PostReportFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Reports of posts, oldest first. Who reported is not told."""
    rows = await queries.list_reports(reader, caller, group_id, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "/{group_id}/reports/{post_report_id}/decision",
    response_model=PostReportOut,
    responses=errors(*MODERATING, PostReportDecided),
)
async def decide_space_report(
    session: Session, caller: Caller, group_id: UUID, post_report_id: UUID, body: PostReportDecisionIn
) -> SpaceReport:
    """Uphold a report, which hides the post, or dismiss it."""
    return await moderation.decide_report(session, caller, group_id, post_report_id, body)
