"""Writing in a group's space: topics, posts, edits, withdrawals, how far one has read, and reports of posts."""

from math import ceil
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.group_spaces import contributions
from hubs.group_spaces.errors import (
    NotYoursToModerate,
    PostingTooFast,
    PostNotOpen,
    ReplyUnknown,
    SpaceClosed,
    SpacePartNotFound,
    TopicLocked,
)
from hubs.group_spaces.models import SpacePost, SpaceReading, SpaceReport, SpaceTopic, SpaceWording
from hubs.group_spaces.queries import space_of
from hubs.group_spaces.rules import PATIENCE, REPORTS_A_DAY, wait_for
from hubs.group_spaces.schemas import PostReportIn, SpacePostIn, TopicIn
from hubs.groups.rules import OPEN

LONGEST_SPAN, MOST_POSTS = max(PATIENCE)
A_DAY_IN_SECONDS = 86_400


async def begin(session: AsyncSession, caller: Principal, group_id: UUID, wanted: TopicIn) -> UUID:
    """Begin a topic with its first post; its id. Raises SpaceNotFound, SpaceClosed and PostingTooFast."""
    space = await _open_space(session, caller, group_id)
    await _refuse_flood(session, caller)
    now = clock.now()
    topic = SpaceTopic(
        id=new_id(), group_id=group_id, person_id=caller.id, title=wanted.title, posts=0, begun_at=now, last_post_at=now
    )
    await _add(session, caller, space, topic, SpacePostIn(text=wanted.text))
    return topic.id


async def reply(session: AsyncSession, caller: Principal, group_id: UUID, topic_id: UUID, wanted: SpacePostIn) -> UUID:
    """Write in a topic; the post's id. Raises what beginning one does, TopicLocked and ReplyUnknown."""
    space = await _open_space(session, caller, group_id)
    await _refuse_flood(session, caller)
    topic = await held_topic(session, group_id, topic_id)
    if topic.locked_at is not None:
        raise TopicLocked("The topic is locked: it is read and no longer written in.")
    if wanted.reply_to is not None and wanted.reply_to > topic.posts:
        raise ReplyUnknown(f"The topic has {topic.posts} posts.", posts=topic.posts)
    return (await _add(session, caller, space, topic, wanted)).id


async def _add(
    session: AsyncSession, caller: Principal, space: AnyRow, topic: SpaceTopic, wanted: SpacePostIn
) -> SpacePost:
    """Add a post to a topic that is held, or new."""
    topic.posts += 1
    topic.last_post_at = clock.now()
    session.add(topic)
    await session.flush()
    post = SpacePost(
        id=new_id(),
        group_id=topic.group_id,
        topic_id=topic.id,
        number=topic.posts,
        reply_to=wanted.reply_to,
        person_id=caller.id,
        part=space.part,
        text=wanted.text,
        status="shown",
        version=1,
        posted_at=topic.last_post_at,
        is_abusive=False,
    )
    session.add(post)
    await session.flush()
    await contributions.note_post(session, space, post)
    return post


async def edit(
    session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID, seen: int, text: str
) -> SpacePost:
    """Change the words of a post of one's own, from the version that was read; those before are kept.

    Raises SpaceClosed, PostNotOpen and TopicLocked.
    """
    await _open_space(session, caller, group_id)
    post = await _own_post(session, caller, group_id, post_id)
    require_version(post.version, seen)
    if post.status != "shown":
        raise PostNotOpen(f"The post is {post.status}.")
    if await session.scalar(select(SpaceTopic.locked_at).where(SpaceTopic.id == post.topic_id)) is not None:
        raise TopicLocked("The topic is locked: what is in it stays as it is.")
    if text == post.text:
        return post
    now = clock.now()
    session.add(SpaceWording(post_id=post.id, version=post.version, text=post.text, replaced_at=now))
    post.text, post.edited_at = text, now
    post.version += 1
    await session.flush()
    return post


async def withdraw(session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID) -> SpacePost:
    """Take a post of one's own back, also from a space that is closed. A repeat changes nothing; PostNotOpen."""
    await space_of(session, caller, group_id)
    post = await _own_post(session, caller, group_id, post_id)
    if post.status == "hidden":
        raise PostNotOpen("A moderator hid the post already.")
    if post.status == "shown":
        post.status, post.withdrawn_at = "withdrawn", clock.now()
        post.version += 1
        await session.flush()
    return post


async def read_until(session: AsyncSession, caller: Principal, group_id: UUID, topic_id: UUID, until: int) -> None:
    """Note how far the caller has read; never less far than before."""
    await space_of(session, caller, group_id)
    posts = select(SpaceTopic.posts).where(SpaceTopic.id == topic_id, SpaceTopic.group_id == group_id)
    last = await session.scalar(posts)
    if last is None:
        raise SpacePartNotFound("This space has no topic of this id.")
    row = {"topic_id": topic_id, "person_id": caller.id, "until": min(until, last), "read_at": clock.now()}
    note = insert(SpaceReading).values(row)
    further = {"until": func.greatest(SpaceReading.until, note.excluded.until), "read_at": note.excluded.read_at}
    keys = [SpaceReading.topic_id, SpaceReading.person_id]
    await session.execute(note.on_conflict_do_update(index_elements=keys, set_=further))


async def report(
    session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID, wanted: PostReportIn
) -> SpaceReport:
    """Say that a post should not be there. Saying it again changes nothing; NotYoursToModerate for one's own."""
    await space_of(session, caller, group_id)
    post = await held_post(session, group_id, post_id)
    if post.person_id == caller.id:
        raise NotYoursToModerate("Withdraw what is yours.")
    mine = select(SpaceReport).where(SpaceReport.post_id == post_id, SpaceReport.person_id == caller.id)
    if (known := await session.scalar(mine)) is not None:
        return known
    if post.status != "shown":
        raise PostNotOpen(f"The post is {post.status}.")
    await _refuse_many_reports(session, caller)
    made = SpaceReport(
        id=new_id(),
        group_id=group_id,
        post_id=post_id,
        person_id=caller.id,
        kind=wanted.kind,
        note=wanted.note,
        status="open",
        reported_at=clock.now(),
    )
    session.add(made)
    await session.flush()
    await audit.record(session, caller, "group_space.post-reported", f"space_post:{post_id}", {"kind": wanted.kind})
    return made


async def held_topic(session: AsyncSession, group_id: UUID, topic_id: UUID) -> SpaceTopic:
    """A topic of a group, held until commit; SpacePartNotFound."""
    query = select(SpaceTopic).where(SpaceTopic.id == topic_id, SpaceTopic.group_id == group_id).with_for_update()
    topic = await session.scalar(query.execution_options(populate_existing=True))
    if topic is None:
        raise SpacePartNotFound("This space has no topic of this id.")
    return topic


async def held_post(session: AsyncSession, group_id: UUID, post_id: UUID) -> SpacePost:
    """A post of a group, held until commit; SpacePartNotFound."""
    query = select(SpacePost).where(SpacePost.id == post_id, SpacePost.group_id == group_id).with_for_update()
    post = await session.scalar(query.execution_options(populate_existing=True))
    if post is None:
        raise SpacePartNotFound("This space has no post of this id.")
    return post


async def _own_post(session: AsyncSession, caller: Principal, group_id: UUID, post_id: UUID) -> SpacePost:
    post = await held_post(session, group_id, post_id)
    if post.person_id != caller.id:
        raise SpacePartNotFound("No post of yours has this id.")
    return post


async def _open_space(session: AsyncSession, caller: Principal, group_id: UUID) -> AnyRow:
    space = await space_of(session, caller, group_id)
    if space.group_status not in OPEN:
        raise SpaceClosed(f"The group is {space.group_status}: its space is read and no longer written in.")
    return space


async def _refuse_flood(session: AsyncSession, caller: Principal) -> None:
    """Hold the caller, so that requests at once count each other."""
    assert caller.id is not None
    await contributions.hold_person(session, caller.id)
    now = clock.now()
    query = select(SpacePost.posted_at).where(
        SpacePost.person_id == caller.id, SpacePost.posted_at > now - LONGEST_SPAN
    )
    latest = await session.scalars(query.order_by(SpacePost.posted_at.desc()).limit(MOST_POSTS))
    if (wait := wait_for(latest, now)) is not None:
        seconds = ceil(wait.total_seconds())
        raise PostingTooFast("Others want to be read as well: write again later.", retry_after_seconds=seconds)


async def _refuse_many_reports(session: AsyncSession, caller: Principal) -> None:
    since = clock.now() - LONGEST_SPAN
    query = select(func.count()).where(SpaceReport.person_id == caller.id, SpaceReport.reported_at > since)
    if (await session.scalar(query) or 0) >= REPORTS_A_DAY:
        raise PostingTooFast("You have reported many posts today.", retry_after_seconds=A_DAY_IN_SECONDS)
