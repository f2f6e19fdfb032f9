"""Telling people that there is something new in the space of their group. What was written is read there only."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.calendars import one_line
from chassis.db import settings_in
from contracts.networks import SpaceDigestPrepared
from identity.mail.service import Extras, queue_mail
from identity.messages.service import addressee, unsubscribable, unwanted_of
from identity.settings import Settings

KIND = "space_digest"


async def tell_of_space(session: AsyncSession, event: SpaceDigestPrepared) -> None:
    """Queue the digest, unless it is of no more use or not wanted; one for each group and day."""
    if event.useless_from_at <= clock.now():
        return
    to = await addressee(session, event.person_id)
    if to is None or KIND in await unwanted_of(session, to.person_id):
        return
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    public_url = str(settings.public_url)
    await queue_mail(
        session,
        occasion=f"{KIND}:{event.group_id}:{event.sent_on}:{to.person_id}",
        to_address=to.email,
        to_key=to.email_key,
        template=KIND,
        extras=unsubscribable(Extras(to.person_id), public_url),
        given_name=one_line(to.given_name),
        title=one_line(event.title),
        group_id=event.group_id,
        posts=event.posts,
        topics=event.topics,
        public_url=public_url,
    )
