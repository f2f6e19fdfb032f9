"""Telling teachers that an assessment has opened to them."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.calendars import one_line
from chassis.db import settings_in
from contracts.certification import AssessmentOpened
from identity.mail.service import Extras, queue_mail
from identity.messages.service import addressee
from identity.settings import Settings


async def tell_of_assessment(session: AsyncSession, event: AssessmentOpened) -> None:
    """Queue the news, once per teacher and assessment. Who is enrolled has registered: without an account they left."""
    to = await addressee(session, event.teacher_id)
    if to is None:
        return
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    await queue_mail(
        session,
        occasion=f"assessment_opened:{event.teacher_id}:{event.assessment}",
        to_address=to.email,
        to_key=to.email_key,
        template="assessment_opened",
        extras=Extras(to.person_id),
        given_name=one_line(to.given_name),
        title=one_line(event.title),
        assessment=event.assessment,
        public_url=str(settings.public_url),
    )
