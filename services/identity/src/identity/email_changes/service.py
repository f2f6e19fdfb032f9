"""Changing an account's address.

The new address proves itself by a click, and the old one is told and can take the change back for a week: whoever got
hold of password and computer for a moment must not get the account for good.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from identity.accounts.models import Account
from identity.accounts.passwords import Passwords
from identity.accounts.rules import MAILS_PER_ADDRESS, MAILS_PERIOD, email_key
from identity.accounts.service import TOKEN_BYTES, token_digest
from identity.email_changes.errors import EmailChangeLinkNotValid
from identity.email_changes.models import EmailChange
from identity.email_changes.rules import CONFIRMATION_LIFETIME, RESTORATION_LIFETIME, SUSPECT_BEFORE
from identity.email_changes.schemas import EmailChanged, EmailChangeRequest
from identity.mail.service import count_queued_since, queue_mail
from identity.passwords.models import PasswordReset
from identity.passwords.service import send_reset_link
from identity.second_factors.removal import remove_added_since
from identity.sessions.ends import end_all
from identity.sessions.proof import Prover
from identity.settings import Settings


async def ask(prover: Prover, settings: Settings, caller: Principal, body: EmailChangeRequest) -> None:
    """Mail a link to the new address; if it has an account already, its owner is told that instead."""
    account = await prover.prove(caller, body.password)
    key = email_key(body.email)
    async with prover.database.transaction() as session:
        if await count_queued_since(session, key, clock.now() - MAILS_PERIOD) >= MAILS_PER_ADDRESS:
            return
        owner = await session.scalar(select(Account.person_id).where(Account.email_key == key))
        if owner is None or owner == account.person_id:
            token = _note(session, account.person_id, "change", body.email, CONFIRMATION_LIFETIME)
            await _mail(session, settings, body.email, "confirm_email_change", token=token)
        else:
            await _mail(session, settings, body.email, "already_registered")
        await audit.record(session, caller, "email.change_requested", f"person:{account.person_id}")


async def confirm(
    session: AsyncSession, passwords: Passwords, settings: Settings, caller: Principal, token: str
) -> EmailChanged:
    """Give the account the address that a token was mailed to, or EmailChangeLinkNotValid. Works once."""
    used = delete(EmailChange).where(EmailChange.token_hash == token_digest(token)).returning(EmailChange)
    asked = await session.scalar(used)
    if asked is None or asked.expires_at <= clock.now():
        raise EmailChangeLinkNotValid
    account = await session.get_one(Account, asked.person_id, with_for_update=True)
    before = account.email
    await _take_on(session, asked)
    if asked.purpose == "restoration":
        account.password_hash = passwords.nobodys_hash
        await _restore(session, settings, caller, asked)
        return EmailChanged(status="email_restored")
    pending = (EmailChange.person_id == asked.person_id) & (EmailChange.purpose == "change")
    await session.execute(delete(EmailChange).where(pending))
    if email_key(before) != asked.email_key:
        undo = _note(session, asked.person_id, "restoration", before, RESTORATION_LIFETIME)
        await _mail(session, settings, before, "email_changed", token=undo)
    await audit.record(session, caller, "email.changed", f"person:{asked.person_id}")
    return EmailChanged(status="email_changed")


async def _take_on(session: AsyncSession, asked: EmailChange) -> None:
    taking = update(Account).where(Account.person_id == asked.person_id)
    try:
        await session.execute(taking.values(email=asked.email, email_key=asked.email_key))
    except IntegrityError as error:  # the address was registered, or taken on by another account, since the mail
        raise EmailChangeLinkNotValid from error


async def _restore(session: AsyncSession, settings: Settings, caller: Principal, asked: EmailChange) -> None:
    """Somebody else had the account: nothing they left behind stays open, and its owner chooses a new password.

    The password that they know, or chose, has gone by now.
    """
    await session.execute(delete(EmailChange).where(EmailChange.person_id == asked.person_id))
    await session.execute(delete(PasswordReset).where(PasswordReset.person_id == asked.person_id))
    await remove_added_since(session, caller, asked.person_id, asked.requested_at - SUSPECT_BEFORE)
    await end_all(session, caller, asked.person_id, "address_restored")
    await send_reset_link(session, settings, asked.person_id, asked.email)
    await audit.record(session, caller, "email.restored", f"person:{asked.person_id}")


def _note(session: AsyncSession, person_id: UUID, purpose: str, email: str, lifetime: timedelta) -> str:
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    session.add(
        EmailChange(
            token_hash=token_digest(token),
            person_id=person_id,
            purpose=purpose,
            email=email,
            email_key=email_key(email),
            requested_at=now,
            expires_at=now + lifetime,
        )
    )
    return token


async def _mail(session: AsyncSession, settings: Settings, to: str, template: str, token: str = "") -> None:
    await queue_mail(
        session,
        occasion=f"{template}:{new_id()}",
        to_address=to,
        to_key=email_key(to),
        template=template,
        public_url=str(settings.public_url),
        token=token,
    )
