"""Links to one's calendar: made, exchanged, taken back. The secret in a link is shown once."""

import hashlib
import secrets
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.calendars.errors import CalendarFeedNotFound, TooManyCalendarFeeds
from hubs.calendars.models import CalendarFeed

SECRET_BYTES = 32
MOST_FEEDS = 10


def digest(secret: str) -> bytes:
    """What is stored of a secret. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


async def list_feeds(reader: AsyncConnection, caller: Principal) -> Sequence[AnyRow]:
    """The caller's links, oldest first."""
    query = select(CalendarFeed.__table__).where(CalendarFeed.person_id == caller.id).order_by(CalendarFeed.id)
    return (await reader.execute(query)).all()


async def create_feed(session: AsyncSession, caller: Principal) -> tuple[CalendarFeed, str]:
    """A new link and its secret. TooManyCalendarFeeds."""
    assert caller.id is not None, "a person has an id"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"feeds:{caller.id}", 0))))
    count = select(func.count()).where(CalendarFeed.person_id == caller.id)
    if (await session.execute(count)).scalar_one() >= MOST_FEEDS:
        raise TooManyCalendarFeeds(f"Take one of your {MOST_FEEDS} links back first.", most=MOST_FEEDS)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed(id=new_id(), person_id=caller.id, secret_hash=digest(secret), created_at=clock.now())
    session.add(feed)
    await audit.record(session, caller, "calendar_feed.created", f"calendar_feed:{feed.id}")
    return feed, secret


async def rotate_feed(session: AsyncSession, caller: Principal, feed_id: UUID) -> tuple[CalendarFeed, str]:
    """Give a link another secret; the one before leads nowhere from now on. CalendarFeedNotFound."""
    own = select(CalendarFeed).where(CalendarFeed.id == feed_id, CalendarFeed.person_id == caller.id)
    feed = await session.scalar(own.with_for_update())
    if feed is None:
        raise _no_such_feed()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed.secret_hash, feed.rotated_at = digest(secret), clock.now()
    await audit.record(session, caller, "calendar_feed.rotated", f"calendar_feed:{feed_id}")
    return feed, secret


async def revoke_feed(session: AsyncSession, caller: Principal, feed_id: UUID) -> None:
    """Take a link back. CalendarFeedNotFound."""
    own = delete(CalendarFeed).where(CalendarFeed.id == feed_id, CalendarFeed.person_id == caller.id)
    if (await session.execute(own.returning(CalendarFeed.id))).first() is None:
        raise _no_such_feed()
    await audit.record(session, caller, "calendar_feed.revoked", f"calendar_feed:{feed_id}")


def _no_such_feed() -> CalendarFeedNotFound:
    return CalendarFeedNotFound("You have no link with this id.")
