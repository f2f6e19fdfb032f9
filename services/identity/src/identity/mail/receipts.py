"""Asking GOV.UK Notify what became of messages that it took: it takes nearly every address, and finds out later.

Runs in the `work` process. Notify tells for seven days, so a day without asking loses nothing.
"""

import asyncio
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Database
from chassis.service import ServiceContext
from identity.mail.models import Mail, RefusedAddress
from identity.mail.refusals import note_arrived, note_refused
from identity.mail.transports import MailNotSent, Notify, Receipt, transport_of
from identity.settings import Settings

log = structlog.get_logger(__name__)

ASK_SECONDS = 600.0
PAGES = 20
"""Of 250 each: what is older waits for the next time, behind what is new."""
ASKED_AGAIN = 50
FAILED = "permanent-failure"
"""Nothing is delivered to the address; a full inbox, for one, is only a temporary failure."""
DELIVERED = "delivered"


async def ask_after_mail(context: ServiceContext) -> None:
    """Ask until cancelled, where mail leaves by Notify."""
    settings = context.settings
    assert isinstance(settings, Settings)
    transport = transport_of(settings)
    while True:
        if isinstance(transport, Notify):
            try:
                await ask(context.database, transport)
            except MailNotSent as error:
                log.warning("mail.not_asked", error=str(error))
        await asyncio.sleep(ASK_SECONDS)


async def ask(database: Database, notify: Notify) -> int:
    """Mark messages and addresses that failed for good, take the mark off what arrived since; how many failed."""
    found, older_than = 0, None
    for _ in range(PAGES):
        receipts = await notify.receipts(status=FAILED, older_than=older_than)
        async with database.transaction() as session:
            new = [await _note_failed(session, one) for one in receipts]
        found += sum(new)
        # What is older was met the last time.
        if not any(new):
            break
        older_than = receipts[-1].id
    for mail_id in await _waited_for(database):
        arrived = await notify.receipts(reference=str(mail_id), status=DELIVERED)
        async with database.transaction() as session:
            message = await session.get(Mail, mail_id)
            if arrived and message is not None:
                await note_arrived(session, message)
    return found


async def _note_failed(session: AsyncSession, receipt: Receipt) -> bool:
    """Whether it was news."""
    if receipt.mail_id is None:
        return False
    waiting = select(Mail).where(Mail.id == receipt.mail_id, Mail.refused_at.is_(None)).with_for_update()
    message = await session.scalar(waiting)
    if message is None:
        return False
    await note_refused(session, message, "Notify could not deliver it: there is no such address", of_address=True)
    return True


async def _waited_for(database: Database) -> list[UUID]:
    """Messages to marked addresses that left after the mark, the latest first."""
    query = (
        select(Mail.id)
        .join(RefusedAddress, RefusedAddress.to_key == Mail.to_key)
        .where(Mail.sent_at > RefusedAddress.refused_at, Mail.refused_at.is_(None))
        .order_by(Mail.sent_at.desc())
        .limit(ASKED_AGAIN)
    )
    async with database.reads.connect() as connection:
        return list((await connection.execute(query)).scalars())
