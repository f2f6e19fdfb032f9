"""Telling people of reports that they owe on a group, and what became of those they handed in.

What was said about a report stays with it: no event carries words about somebody's work.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.calendars import one_line
from chassis.db import settings_in
from contracts.networks import ReportDecided, ReportReminded
from identity.mail.service import Extras, queue_mail
from identity.messages.rules import DAY
from identity.messages.service import addressee
from identity.settings import Settings


async def tell_of_due_report(session: AsyncSession, event: ReportReminded) -> None:
    """Queue the mail, unless it is of no more use; nobody to send it to is no fault."""
    if event.useless_from_on <= clock.today():
        return
    values = {"due_on": event.due_on.strftime(DAY), "days_before": event.days_before}
    await _queue(
        session, event, "report_due", f"report-due:{event.report_id}:{event.due_on}:{event.days_before}", values
    )


async def tell_of_decided_report(session: AsyncSession, event: ReportDecided) -> None:
    """Queue the mail, once for each decision."""
    occasion = f"report:{event.report_id}:{event.submission}:{event.outcome}"
    await _queue(session, event, f"report_{event.outcome}", occasion, {})


async def _queue(
    session: AsyncSession,
    event: ReportReminded | ReportDecided,
    template: str,
    occasion: str,
    values: dict[str, object],
) -> None:
    to = await addressee(session, event.person_id)
    if to is None:
        return
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    await queue_mail(
        session,
        occasion=f"{occasion}:{event.person_id}",
        to_address=to.email,
        to_key=to.email_key,
        template=template,
        extras=Extras(to.person_id),
        given_name=one_line(to.given_name),
        title=one_line(event.title),
        project_code=one_line(event.project_code),
        report_id=event.report_id,
        public_url=str(settings.public_url),
        **values,
    )
