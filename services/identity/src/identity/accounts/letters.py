"""Letters that were asked for by an address: written in the `work` process, where nobody measures how long it takes.

Who asks does not wait for what depends on whether there is an account. A letter is written and committed before the
sender sees it: were it sent first, a crash would leave a link that leads nowhere.
"""

import asyncio
import secrets

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.db import Database
from chassis.service import ServiceContext
from identity.accounts.models import Account, Registration
from identity.accounts.rules import REGISTRATION_ASKED, RESET_ASKED
from identity.accounts.service import TOKEN_BYTES, one_at_a_time, token_digest
from identity.mail.models import Mail
from identity.mail.sender import POLL_SECONDS
from identity.mail.service import write_letter
from identity.passwords.service import open_reset
from identity.settings import Settings


async def write_asked_letters(context: ServiceContext) -> None:
    """Write letters until cancelled."""
    settings = context.settings
    assert isinstance(settings, Settings)
    while True:
        if not await write_next_letter(context.database, settings):
            await asyncio.sleep(POLL_SECONDS)


async def write_next_letter(database: Database, settings: Settings) -> bool:
    """Write the letter that waits longest; whether there was one. Several writers share the work without overlap."""
    waiting = (
        select(Mail)
        .where(Mail.sent_at.is_(None), Mail.template.in_([REGISTRATION_ASKED, RESET_ASKED]))
        .order_by(Mail.retry_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    async with database.transaction() as session:
        message = await session.scalar(waiting)
        if message is None:
            return False
        await one_at_a_time(session, message.to_key)
        if message.template == RESET_ASKED:
            await _write_about_reset(session, settings, message)
        else:
            await _write_about_registration(session, settings, message)
        return True


async def _write_about_reset(session: AsyncSession, settings: Settings, message: Mail) -> None:
    """A link; an address without an account is told that: its owner may have used another address."""
    found = select(Account.person_id, Account.email).where(Account.email_key == message.to_key)
    account = (await session.execute(found)).one_or_none()
    if account is None:
        write_letter(message, "reset_without_account", public_url=str(settings.public_url))
        return
    message.to_address = account.email
    token, expires_at = open_reset(session, account.person_id)
    values = {"public_url": str(settings.public_url), "token": token, "expires_at": expires_at}
    write_letter(message, "reset_password", **values)
    await audit.record(session, None, "password.reset_mailed", f"person:{account.person_id}", {"for": message.occasion})


async def _write_about_registration(session: AsyncSession, settings: Settings, message: Mail) -> None:
    """A link that proves the address; who has an account already is told so, and what was entered goes."""
    asked = Registration.id == message.occasion.rpartition(":")[2]
    if await session.scalar(select(Account.person_id).where(Account.email_key == message.to_key)):
        await session.execute(delete(Registration).where(asked))
        write_letter(message, "already_registered", public_url=str(settings.public_url))
        return
    token = secrets.token_urlsafe(TOKEN_BYTES)
    given = update(Registration).where(asked).values(token_hash=token_digest(token)).returning(Registration.expires_at)
    expires_at = await session.scalar(given)
    if expires_at is None:  # erased since
        await session.delete(message)
        return
    values = {"public_url": str(settings.public_url), "token": token, "expires_at": f"{expires_at:%d %B %Y %H:%M}"}
    write_letter(message, "confirm_registration", **values)
