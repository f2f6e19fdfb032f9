"""Telling people what is new in their groups' spaces: once a day at most, and only of what they have not read.

What is told of ends at the hour of the day from which reminders are sent, so that every day is told of whole.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, distinct, func, literal, or_, select, union
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import ENGLAND
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.networks import SpaceDigestPrepared
from hubs.base import AnyRow
from hubs.calendars.rules import reminder_day
from hubs.group_spaces.models import SpaceDigest, SpacePost, SpaceReading
from hubs.groups.models import GroupLead, GroupParticipant, ProjectGroup
from hubs.groups.rules import OPEN
from hubs.settings import Settings

LOOKS_BACK = timedelta(days=7)
"""What was written before is not told of any more: somebody who was sent nothing so far is spared the whole past."""
USELESS_AFTER = timedelta(days=2)
MOST = 100


def cutoff(settings: Settings, now: datetime) -> datetime:
    """Up to when posts are told of today."""
    return datetime.combine(reminder_day(now, settings.reminder_hour), time(settings.reminder_hour), ENGLAND)


async def groups_with_news(session: AsyncSession, settings: Settings, now: datetime) -> Sequence[UUID]:
    """Groups of which somebody is to be told something."""
    until = cutoff(settings, now)
    news = _news(until).subquery()
    return (await session.scalars(select(news.c.group_id).distinct().order_by(news.c.group_id).limit(MOST))).all()


async def send_digests(session: AsyncSession, settings: Settings, group_id: UUID, now: datetime) -> int:
    """Tell a group's people what is new; how many. However many processes do it at once, each is told once."""
    until = cutoff(settings, now)
    found = {row.person_id: row for row in await session.execute(_news(until, group_id))}
    if not found:
        return 0
    rows = [
        {"group_id": group_id, "person_id": one, "sent_on": until.date(), "until_at": until} for one in sorted(found)
    ]
    note = insert(SpaceDigest).values(rows)
    later = {"sent_on": note.excluded.sent_on, "until_at": note.excluded.until_at}
    noted = note.on_conflict_do_update(
        index_elements=[SpaceDigest.group_id, SpaceDigest.person_id],
        set_=later,
        where=SpaceDigest.sent_on < note.excluded.sent_on,
    ).returning(SpaceDigest.person_id)
    told = (await session.scalars(noted)).all()
    await publish(session, *(_digest(found[one], until) for one in told))
    return len(told)


def _digest(news: AnyRow, until: datetime) -> SpaceDigestPrepared:
    return SpaceDigestPrepared(
        digest_id=new_id(),
        person_id=news.person_id,
        group_id=news.group_id,
        title=news.title,
        posts=news.posts,
        topics=news.topics,
        sent_on=until.date(),
        useless_from_at=until + USELESS_AFTER,
    )


def _news(until: datetime, group_id: UUID | None = None) -> Select[UUID, str, UUID, int, int]:
    """By group and person: how many posts, in how many topics, are new to them and were not told of."""
    people = union(
        select(GroupParticipant.group_id, GroupParticipant.person_id).where(GroupParticipant.left_on.is_(None)),
        select(GroupLead.group_id, GroupLead.person_id).where(GroupLead.until_on.is_(None)),
    ).subquery()
    told = and_(SpaceDigest.group_id == people.c.group_id, SpaceDigest.person_id == people.c.person_id)
    read = and_(SpaceReading.topic_id == SpacePost.topic_id, SpaceReading.person_id == people.c.person_id)
    query = (
        select(
            ProjectGroup.id.label("group_id"),
            ProjectGroup.title,
            people.c.person_id,
            func.count().label("posts"),
            func.count(distinct(SpacePost.topic_id)).label("topics"),
        )
        .select_from(SpacePost)
        .join(ProjectGroup, ProjectGroup.id == SpacePost.group_id)
        .join(people, people.c.group_id == ProjectGroup.id)
        .outerjoin(SpaceDigest, told)
        .outerjoin(SpaceReading, read)
        .where(
            SpacePost.status == "shown",
            SpacePost.posted_at >= literal(until - LOOKS_BACK),
            SpacePost.posted_at < literal(until),
            SpacePost.person_id.is_distinct_from(people.c.person_id),
            SpacePost.number > func.coalesce(SpaceReading.until, 0),
            or_(SpaceDigest.until_at.is_(None), SpacePost.posted_at >= SpaceDigest.until_at),
            ProjectGroup.status.in_(OPEN),
        )
        .group_by(ProjectGroup.id, ProjectGroup.title, people.c.person_id)
    )
    return query if group_id is None else query.where(ProjectGroup.id == group_id)
