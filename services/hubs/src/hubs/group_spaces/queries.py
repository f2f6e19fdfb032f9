"""Reads of spaces, each limited in the SQL to groups that the caller is of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    RowMapping,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.group_spaces.access import moderated_by, open_to, part_of
from hubs.group_spaces.errors import NotYoursToModerate, SpaceNotFound, SpacePartNotFound
from hubs.group_spaces.models import (
    SpaceContribution,
    SpacePost,
    SpaceReading,
    SpaceReport,
    SpaceTopic,
    SpaceWording,
)
from hubs.group_spaces.rules import links_in
from hubs.group_spaces.schemas import PostReportFilter
from hubs.groups.models import ProjectGroup
from hubs.groups.versions import version_of

Database = AsyncConnection | AsyncSession
POST = [column for column in SpacePost.__table__.columns if column.name != "words"]
_GROUP = (
    ProjectGroup.id.label("group_id"),
    ProjectGroup.title,
    ProjectGroup.hub_id,
    ProjectGroup.network,
    ProjectGroup.project_code,
    ProjectGroup.project_id,
    ProjectGroup.project_version,
    ProjectGroup.status.label("group_status"),
)


async def space_of(db: Database, caller: Principal, group_id: UUID) -> AnyRow:
    """The group of a space that the caller sees, and what they are in it; SpaceNotFound."""
    columns = (*_GROUP, part_of(caller).label("part"), moderated_by(caller).label("may_moderate"))
    query = select(*columns).where(ProjectGroup.id == group_id, open_to(caller))
    row = (await db.execute(query)).first()
    if row is None:
        raise SpaceNotFound("No group that you are of has this id.")
    return row


async def space_to_moderate(db: Database, caller: Principal, group_id: UUID) -> AnyRow:
    """The same for those who moderate; NotYoursToModerate."""
    space = await space_of(db, caller, group_id)
    if not space.may_moderate:
        raise NotYoursToModerate("The group's leads and the hub's staff moderate its space.")
    return space


async def list_spaces(reader: AsyncConnection, caller: Principal, page: PageOf) -> list[dict[str, object]]:
    """Spaces of the caller's groups, newest first, one row more than the page holds."""
    may_moderate = moderated_by(caller)
    topics = select(func.count()).where(SpaceTopic.group_id == ProjectGroup.id).scalar_subquery()
    reports = select(func.count()).where(SpaceReport.group_id == ProjectGroup.id, SpaceReport.status == "open")
    unread = (
        select(func.count())
        .select_from(_unread_posts(caller))
        .where(SpacePost.group_id == ProjectGroup.id, *_is_unread(caller))
    )
    query = select(
        *_GROUP,
        part_of(caller).label("part"),
        may_moderate.label("may_moderate"),
        topics.label("topics"),
        unread.scalar_subquery().label("unread"),
        case((may_moderate, reports.scalar_subquery()), else_=null()).label("open_reports"),
    )
    query = query.where(open_to(caller)).order_by(ProjectGroup.id.desc()).limit(page.limit + 1)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ProjectGroup.id < after[0])
    rows = (await reader.execute(query)).all()
    return [{**row._mapping, "earns": await _earns(reader, row)} for row in rows]


async def _earns(reader: AsyncConnection, group: AnyRow) -> str | None:
    credit = (await version_of(reader, group.project_id, group.project_version)).document.community_credit
    return credit.says if credit else None


def _unread_posts(caller: Principal) -> FromClause:
    mine = and_(SpaceReading.topic_id == SpacePost.topic_id, SpaceReading.person_id == caller.id)
    return SpacePost.__table__.outerjoin(SpaceReading.__table__, mine)


def _is_unread(caller: Principal) -> tuple[ColumnElement[bool], ...]:
    return (
        SpacePost.status == "shown",
        SpacePost.person_id.is_distinct_from(caller.id),
        SpacePost.number > func.coalesce(SpaceReading.until, 0),
    )


def _topics(caller: Principal, space: AnyRow) -> AnySelect:
    """Topics as the caller sees them."""
    opening = select(SpacePost.status, SpacePost.person_id).where(
        SpacePost.topic_id == SpaceTopic.id, SpacePost.number == 1
    )
    first = opening.lateral()
    unread = (
        select(func.count())
        .select_from(_unread_posts(caller))
        .where(SpacePost.topic_id == SpaceTopic.id, *_is_unread(caller))
    )
    is_shown = or_(first.c.status == "shown", first.c.person_id == caller.id, literal(bool(space.may_moderate)))
    columns = [column for column in SpaceTopic.__table__.columns if column.name not in ("title", "posts")]
    return (
        select(
            *columns,
            func.cast(SpaceTopic.posts, Integer).label("posts"),
            case((is_shown, SpaceTopic.title), else_=null()).label("title"),
            unread.scalar_subquery().label("unread"),
            SpaceTopic.locked_at.is_not(None).label("is_locked"),
        )
        .join(first, literal(True))
        .where(SpaceTopic.group_id == space.group_id)
    )


async def list_topics(reader: AsyncConnection, caller: Principal, group_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Topics by their last post, the newest first, one row more than the page holds."""
    space = await space_of(reader, caller, group_id)
    query = _topics(caller, space).order_by(SpaceTopic.last_post_at.desc(), SpaceTopic.id.desc())
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(SpaceTopic.last_post_at, SpaceTopic.id) < after)
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def find_topic(db: Database, caller: Principal, group_id: UUID, topic_id: UUID) -> AnyRow:
    """One topic; SpaceNotFound, SpacePartNotFound."""
    space = await space_of(db, caller, group_id)
    row = (await db.execute(_topics(caller, space).where(SpaceTopic.id == topic_id))).first()
    if row is None:
        raise SpacePartNotFound("This space has no topic of this id.")
    return row


async def list_posts(
    reader: AsyncConnection, caller: Principal, group_id: UUID, topic_id: UUID, page: PageOf
) -> list[dict[str, object]]:
    """Posts of a topic in their order, one row more than the page holds."""
    space = await space_of(reader, caller, group_id)
    await find_topic(reader, caller, group_id, topic_id)
    query = select(*POST).where(SpacePost.topic_id == topic_id).order_by(SpacePost.number)
    if (after := page.after_as(int)) is not None:
        query = query.where(SpacePost.number > after[0])
    rows = (await reader.execute(query.limit(page.limit + 1))).all()
    return [shown(caller, space, row._mapping) for row in rows]


async def search_posts(
    reader: AsyncConnection, caller: Principal, group_id: UUID, words: str, page: PageOf
) -> list[dict[str, object]]:
    """Shown posts of a space with these words, newest first, one row more than the page holds."""
    space = await space_of(reader, caller, group_id)
    said = SpacePost.words.op("@@")(func.websearch_to_tsquery("english", words))
    query = select(*POST).where(SpacePost.group_id == group_id, SpacePost.status == "shown", said)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(SpacePost.id < after[0])
    rows = (await reader.execute(query.order_by(SpacePost.id.desc()).limit(page.limit + 1))).all()
    return [shown(caller, space, row._mapping) for row in rows]


async def find_post(db: Database, caller: Principal, group_id: UUID, post_id: UUID) -> dict[str, object]:
    """One post as the caller sees it; SpaceNotFound, SpacePartNotFound."""
    space = await space_of(db, caller, group_id)
    query = select(*POST).where(SpacePost.id == post_id, SpacePost.group_id == group_id)
    row = (await db.execute(query)).first()
    if row is None:
        raise SpacePartNotFound("This space has no post of this id.")
    return shown(caller, space, row._mapping)


def shown(caller: Principal, space: AnyRow, post: RowMapping) -> dict[str, object]:
    """A post as the caller sees it: without its words when they are not for them."""
    is_own = post["person_id"] is not None and post["person_id"] == caller.id
    knows = is_own or space.may_moderate
    text = str(post["text"]) if knows or post["status"] == "shown" else None
    return {
        **post,
        "text": text,
        "links": links_in(text) if text else [],
        "hidden_reason": post["hidden_reason"] if knows else None,
        "is_own": is_own,
    }


async def wordings_of(reader: AsyncConnection, caller: Principal, group_id: UUID, post_id: UUID) -> Sequence[AnyRow]:
    """How a post was worded before its edits, for those who moderate."""
    await space_to_moderate(reader, caller, group_id)
    await find_post(reader, caller, group_id, post_id)
    query = select(SpaceWording.__table__).where(SpaceWording.post_id == post_id).order_by(SpaceWording.version)
    return (await reader.execute(query)).all()


async def list_reports(
    reader: AsyncConnection, caller: Principal, group_id: UUID, wanted: PostReportFilter, page: PageOf
) -> Sequence[AnyRow]:
    """Reports of posts, oldest first, for those who moderate; one row more than the page holds."""
    await space_to_moderate(reader, caller, group_id)
    query = select(SpaceReport.__table__).where(SpaceReport.group_id == group_id).order_by(SpaceReport.id)
    if wanted.status is not None:
        query = query.where(SpaceReport.status == wanted.status)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(SpaceReport.id > after[0])
    return (await reader.execute(query.limit(page.limit + 1))).all()


async def list_contributions(
    reader: AsyncConnection, caller: Principal, group_id: UUID, page: PageOf
) -> Sequence[AnyRow]:
    """What was accepted: everybody's for those who moderate, else the caller's; one row more than the page holds."""
    space = await space_of(reader, caller, group_id)
    query = select(SpaceContribution.__table__).where(SpaceContribution.group_id == group_id)
    if not space.may_moderate:
        query = query.where(SpaceContribution.person_id == caller.id)
    if (after := page.after_as(UUID)) is not None:
        query = query.where(SpaceContribution.id > after[0])
    return (await reader.execute(query.order_by(SpaceContribution.id).limit(page.limit + 1))).all()
