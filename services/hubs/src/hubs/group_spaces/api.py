"""`/v1/group-spaces`: what people of a group write to each other. For everybody else a space does not exist."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.group_spaces import queries, service
from hubs.group_spaces.errors import (
    NotYoursToModerate,
    PostingTooFast,
    PostNotOpen,
    ReplyUnknown,
    SpaceClosed,
    SpaceNotFound,
    SpacePartNotFound,
    TopicLocked,
)
from hubs.group_spaces.models import SpaceReport
from hubs.group_spaces.schemas import (
    GroupSpaceOut,
    PostReportIn,
    PostReportReceipt,
    ReadingIn,
    SpaceContributionOut,
    SpacePostEdit,
    SpacePostIn,
    SpacePostOut,
    SpaceSearch,
    TopicIn,
    TopicOut,
)

router = ServiceRouter(prefix="/v1/group-spaces", tags=["group spaces"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
MISSING = (SpaceNotFound, SpacePartNotFound)


@router.get("", response_model=Page[GroupSpaceOut])
async def list_group_spaces(reader: Reader, caller: Caller, page: PageRequest) -> dict[str, object]:
    """Spaces of groups that the caller is in, leads or keeps, newest first, each with what is unread."""
    rows = await queries.list_spaces(reader, caller, page)
    return Page.of(rows, page, key=lambda row: (str(row["group_id"]),))


@router.get("/{group_id}/topics", response_model=Page[TopicOut], responses=errors(SpaceNotFound))
async def list_space_topics(reader: Reader, caller: Caller, group_id: UUID, page: PageRequest) -> dict[str, object]:
    """Topics by their last post, the newest first."""
    rows = await queries.list_topics(reader, caller, group_id, page)
    return Page.of(rows, page, key=lambda row: (row.last_post_at.isoformat(), str(row.id)))


@router.post(
    "/{group_id}/topics",
    status_code=201,
    response_model=TopicOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SpaceNotFound, SpaceClosed, PostingTooFast),
)
async def begin_space_topic(session: Session, caller: Caller, group_id: UUID, body: TopicIn) -> AnyRow:
    """Begin a topic with the post that opens it."""
    topic_id = await service.begin(session, caller, group_id, body)
    return await queries.find_topic(session, caller, group_id, topic_id)


@router.get("/{group_id}/topics/{topic_id}", response_model=TopicOut, responses=errors(*MISSING))
async def get_space_topic(reader: Reader, caller: Caller, group_id: UUID, topic_id: UUID) -> AnyRow:
    """One topic."""
    return await queries.find_topic(reader, caller, group_id, topic_id)


@router.get("/{group_id}/topics/{topic_id}/posts", response_model=Page[SpacePostOut], responses=errors(*MISSING))
async def list_space_posts(
    reader: Reader, caller: Caller, group_id: UUID, topic_id: UUID, page: PageRequest
) -> dict[str, object]:
    """Posts of a topic in their order. Those withdrawn or hidden keep their place, without their words."""
    rows = await queries.list_posts(reader, caller, group_id, topic_id, page)
    return Page.of(rows, page, key=lambda row: (str(row["number"]),))


@router.post(
    "/{group_id}/topics/{topic_id}/posts",
    status_code=201,
    response_model=SpacePostOut,
    dependencies=[IDEMPOTENT],
    responses=errors(*MISSING, SpaceClosed, TopicLocked, ReplyUnknown, PostingTooFast),
)
async def add_space_post(
    session: Session, caller: Caller, group_id: UUID, topic_id: UUID, body: SpacePostIn, response: Response
) -> dict[str, object]:
    """Write in a topic. How much one may write in a while is limited; what is refused is not stored."""
    post_id = await service.reply(session, caller, group_id, topic_id, body)
    return await _post(session, caller, group_id, post_id, response)


@router.put("/{group_id}/topics/{topic_id}/reading", response_model=TopicOut, responses=errors(*MISSING))
async def set_space_reading(
    session: Session, caller: Caller, group_id: UUID, topic_id: UUID, body: ReadingIn
) -> AnyRow:
    """Say how far the caller has read; it never goes back."""
    await service.read_until(session, caller, group_id, topic_id, body.until)
    return await queries.find_topic(session, caller, group_id, topic_id)


@router.get("/{group_id}/posts", response_model=Page[SpacePostOut], responses=errors(SpaceNotFound))
async def search_space_posts(
    reader: Reader, caller: Caller, group_id: UUID, wanted: Annotated[SpaceSearch, Query()], page: PageRequest
) -> dict[str, object]:
    """Posts of a space with these words, newest first; what is withdrawn or hidden is not found."""
    rows = await queries.search_posts(reader, caller, group_id, wanted.q, page)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/{group_id}/posts/{post_id}", response_model=SpacePostOut, responses=errors(*MISSING))
async def get_space_post(
    reader: Reader, caller: Caller, group_id: UUID, post_id: UUID, response: Response
) -> dict[str, object]:
    """One post. Its ETag is what an edit needs."""
    return await _post(reader, caller, group_id, post_id, response)


@router.patch(
    "/{group_id}/posts/{post_id}",
    response_model=SpacePostOut,
    responses=errors(*MISSING, SpaceClosed, PostNotOpen, TopicLocked, IfMatchMissing, StaleVersion),
)
async def edit_space_post(
    session: Session,
    caller: Caller,
    group_id: UUID,
    post_id: UUID,
    seen: IfMatch,
    body: SpacePostEdit,
    response: Response,
) -> dict[str, object]:
    """Change a post of one's own, from the version that was read. Those who moderate see the words before."""
    await service.edit(session, caller, group_id, post_id, seen, body.text)
    return await _post(session, caller, group_id, post_id, response)


@router.post(
    "/{group_id}/posts/{post_id}/withdrawal", response_model=SpacePostOut, responses=errors(*MISSING, PostNotOpen)
)
async def withdraw_space_post(
    session: Session, caller: Caller, group_id: UUID, post_id: UUID, response: Response
) -> dict[str, object]:
    """Take a post of one's own back. A repeat changes nothing."""
    await service.withdraw(session, caller, group_id, post_id)
    return await _post(session, caller, group_id, post_id, response)


@router.post(
    "/{group_id}/posts/{post_id}/reports",
    status_code=201,
    response_model=PostReportReceipt,
    responses=errors(*MISSING, PostNotOpen, NotYoursToModerate, PostingTooFast),
)
async def report_space_post(
    session: Session, caller: Caller, group_id: UUID, post_id: UUID, body: PostReportIn
) -> SpaceReport:
    """Say that a post should not be there; those who moderate decide. Said again, it is the same report."""
    return await service.report(session, caller, group_id, post_id, body)


@router.get("/{group_id}/contributions", response_model=Page[SpaceContributionOut], responses=errors(SpaceNotFound))
async def list_space_contributions(
    reader: Reader, caller: Caller, group_id: UUID, page: PageRequest
) -> dict[str, object]:
    """Contributions that were accepted: the caller's, and everybody's for those who moderate."""
    rows = await queries.list_contributions(reader, caller, group_id, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


async def _post(
    db: queries.Database, caller: Principal, group_id: UUID, post_id: UUID, response: Response
) -> dict[str, object]:
    found = await queries.find_post(db, caller, group_id, post_id)
    response.headers["ETag"] = etag(int(str(found["version"])))
    return found
