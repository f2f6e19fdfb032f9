"""Sending queued mail: claim, deliver, mark as sent. Runs in the `work` process.

A message is delivered before it is marked, so a crash in between delivers it a second time with the same Message-ID;
the maildir recognises that and keeps one.
"""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import Database
from chassis.service import ServiceContext
from identity.mail.models import Mail
from identity.mail.refusals import is_refused, note_arrived, note_refused
from identity.mail.transports import MailNotSent, MailRefused, Transport, transport_of
from identity.settings import Settings

log = structlog.get_logger(__name__)

# The queue is asked this often: a person waits for this mail in front of a screen, and the question is one index probe.
POLL_SECONDS = 0.25
BATCH = 20
MAX_RETRY_MINUTES = 60
GIVEN_UP_AFTER = timedelta(days=5)
"""As mail servers have it (RFC 5321, 4.5.4.1)."""


async def send_queued_mail(context: ServiceContext) -> None:
    """Send mail until cancelled."""
    settings = context.settings
    assert isinstance(settings, Settings)
    transport = transport_of(settings)
    while True:
        sent = await send_batch(context.database, transport)
        if sent < BATCH:
            await asyncio.sleep(POLL_SECONDS)


async def send_batch(database: Database, transport: Transport) -> int:
    """Send what is due, at most a batch; return how many were tried. Several senders share the work without overlap.

    The first that cannot be sent ends the batch: where a server is away, the others need not wait for it one by one.
    """
    async with database.transaction() as session:
        due = (
            select(Mail)
            .where(Mail.sent_at.is_(None), Mail.refused_at.is_(None), Mail.retry_at <= clock.now(), Mail.body != "")
            .order_by(Mail.retry_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        messages = (await session.scalars(due)).all()
        for tried, message in enumerate(messages, start=1):
            if await is_refused(session, message):
                continue
            if not await _send(session, transport, message):
                return tried
        return len(messages)


async def _send(session: AsyncSession, transport: Transport, message: Mail) -> bool:
    message.attempts += 1
    try:
        await transport.send(message)
    except MailRefused as error:
        await note_refused(session, message, str(error), of_address=error.of_address)
        return True
    except (MailNotSent, OSError) as error:
        minutes = min(2**message.attempts, MAX_RETRY_MINUTES)
        message.retry_at = clock.now() + timedelta(minutes=minutes)
        reason = str(error) if isinstance(error, MailNotSent) else type(error).__name__
        log.warning("mail.not_delivered", mail_id=str(message.id), attempts=message.attempts, error=reason)
        if message.queued_at <= clock.now() - GIVEN_UP_AFTER:
            await note_refused(session, message, "given up after five days", of_address=False)
        return False
    message.sent_at = clock.now()
    if transport.knows_address:
        await note_arrived(session, message)
    message.body, message.calendar_parts, message.unsubscribe_url = "", None, None
    return True
