"""Passwords chosen anew.

Whoever changes a password, or gets back in by mail, may be doing so because somebody else is in: all other sign-ins
end, all other links stop working, and the account's address is told.
"""

import secrets
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from identity.accounts.models import Account
from identity.accounts.passwords import Passwords
from identity.accounts.rules import MAILS_PER_ADDRESS, MAILS_PERIOD, RESET_ASKED, email_key
from identity.accounts.service import TOKEN_BYTES, token_digest
from identity.browser_sessions.cookies import NewSession
from identity.browser_sessions.service import rotate
from identity.mail.service import ask_for_letter, count_queued_since, queue_mail
from identity.passwords.errors import PasswordHoldsAddress, ResetLinkNotValid
from identity.passwords.models import PasswordReset
from identity.passwords.rules import RESET_LIFETIME
from identity.passwords.schemas import PasswordChange, Reset
from identity.sessions import throttle
from identity.sessions.ends import end_all, sign_in_of
from identity.sessions.errors import PasswordNotConfirmed
from identity.sessions.proof import Prover
from identity.sessions.rules import account_allowance
from identity.settings import Settings


async def ask_for_reset(session: AsyncSession, caller: Principal, email: str) -> None:
    """Ask for a letter to the address. It is written, and the account looked for, when nobody waits for an answer."""
    key = email_key(email)
    if await count_queued_since(session, key, clock.now() - MAILS_PERIOD) >= MAILS_PER_ADDRESS:
        return
    occasion = f"password-reset:{new_id()}"
    ask_for_letter(session, occasion=occasion, to_address=email, to_key=key, template=RESET_ASKED)
    await audit.record(session, caller, "password.reset_requested", occasion)


def open_reset(session: AsyncSession, person_id: UUID) -> tuple[str, str]:
    """One more link's token and until when it works; links that were mailed before work as well until one is used."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    expires_at = now + RESET_LIFETIME
    session.add(
        PasswordReset(token_hash=token_digest(token), person_id=person_id, requested_at=now, expires_at=expires_at)
    )
    return token, f"{expires_at:%d %B %Y %H:%M}"


async def send_reset_link(session: AsyncSession, settings: Settings, person_id: UUID, email: str) -> None:
    """Mail a link to an address that is known to be the person's."""
    token, expires_at = open_reset(session, person_id)
    await queue_mail(
        session,
        occasion=f"password-reset:{new_id()}",
        to_address=email,
        to_key=email_key(email),
        template="reset_password",
        public_url=str(settings.public_url),
        token=token,
        expires_at=expires_at,
    )


async def reset(
    session: AsyncSession, passwords: Passwords, settings: Settings, caller: Principal, body: Reset
) -> None:
    """Set the password of whoever a token was mailed to; ResetLinkNotValid or PasswordHoldsAddress. Works once."""
    password_hash = await passwords.hash(body.new_password)
    digest = token_digest(body.token)
    used = delete(PasswordReset).where(PasswordReset.token_hash == digest).returning(PasswordReset)
    found = await session.scalar(used)
    if found is None or found.expires_at <= clock.now():
        raise ResetLinkNotValid
    account = await session.get_one(Account, found.person_id, with_for_update=True)
    _refuse_address(body.new_password, account.email_key)
    account.password_hash = password_hash
    await throttle.forget_failures(session, account_allowance(account.email_key))
    await _settle(session, settings, caller, account.person_id, account.email, None)


async def change(prover: Prover, settings: Settings, caller: Principal, body: PasswordChange) -> NewSession | None:
    """Change the caller's password. The sign-in it is done from stays, all others end."""
    account = await prover.prove(caller, body.password)
    _refuse_address(body.new_password, account.email_key)
    password_hash = await prover.passwords.hash(body.new_password)
    # The old hash is part of the condition: of two changes at once, the second knew a password that is none any more.
    same = (Account.person_id == account.person_id) & (Account.password_hash == account.password_hash)
    changing = update(Account).where(same).values(password_hash=password_hash).returning(Account.person_id)
    async with prover.database.transaction() as session:
        if await session.scalar(changing) is None:
            raise PasswordNotConfirmed
        await _settle(session, settings, caller, account.person_id, account.email, sign_in_of(caller))
        return await rotate(session, sign_in_of(caller))


def _refuse_address(password: str, key: str) -> None:
    if key in password.casefold():
        raise PasswordHoldsAddress


async def _settle(
    session: AsyncSession, settings: Settings, caller: Principal, person_id: UUID, email: str, sign_in: UUID | None
) -> None:
    """What follows from any change of a password."""
    await session.execute(delete(PasswordReset).where(PasswordReset.person_id == person_id))
    await end_all(session, caller, person_id, "password_changed", but=sign_in)
    await queue_mail(
        session,
        occasion=f"password-changed:{new_id()}",
        to_address=email,
        to_key=email_key(email),
        template="password_changed",
        public_url=str(settings.public_url),
    )
    await audit.record(session, caller, "password.changed", f"person:{person_id}")
