"""Telling teachers what became of their entries in the professional development log.

The mail says that there is a decision and where to read it. The moderator's words stay in certification: they may be
about the teacher, and no event carries them.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.calendars import one_line
from chassis.db import settings_in
from contracts.certification import LogEntryDecided
from identity.mail.service import Extras, queue_mail
from identity.messages.service import addressee
from identity.settings import Settings


async def tell_of_log_entry(session: AsyncSession, event: LogEntryDecided) -> None:
    """Queue the mail; nobody to send it to is no fault: an account may be gone."""
    to = await addressee(session, event.teacher_id)
    if to is None:
        return
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    await queue_mail(
        session,
        occasion=f"log-entry:{event.entry_id}:{event.submission}:{event.outcome}",
        to_address=to.email,
        to_key=to.email_key,
        template=f"log_entry_{event.outcome}",
        extras=Extras(to.person_id),
        given_name=one_line(to.given_name),
        title=one_line(event.title),
        entry_id=event.entry_id,
        public_url=str(settings.public_url),
    )
