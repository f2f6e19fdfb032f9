"""Signing in, staying signed in, signing out.

These use cases open their transactions themselves, unlike the rest: a failed sign-in and a stolen refresh token are
refused *and* recorded, and no connection is held while a password is hashed.
"""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import Database
from chassis.principal import Principal
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.models import Account
from identity.accounts.passwords import Passwords
from identity.accounts.rules import email_key
from identity.accounts.service import token_digest
from identity.sessions import rules, throttle
from identity.sessions.ends import end
from identity.sessions.errors import RefreshTokenRefused, SignInRefused
from identity.sessions.models import RefreshToken, SignIn
from identity.sessions.opening import TOKEN_BYTES, Opened, SignInDesk, admit, tokens_for
from identity.sessions.schemas import Credentials, Mode, SecondFactorWanted, Tokens

CLIENT_ADDRESS = "client_address"
"""The principal's attribute in which the gateway passes on the network address of the client."""


async def log_in(desk: SignInDesk, caller: Principal, credentials: Credentials) -> Opened | SecondFactorWanted:
    """Signed in with the right password, or asked for a factor; SignInRefused, TooManyFailures or PasswordQueueFull."""
    desk.passwords.refuse_when_full()
    allowances = _allowances(caller, credentials)
    async with desk.database.transaction() as session:
        for allowance in allowances:
            await throttle.count_try(session, allowance)
    account = await _find_account(desk.database, credentials)
    if not await desk.passwords.verify(credentials.password, account.password_hash if account else None):
        await _record_failure(desk.database, caller, account)
        raise SignInRefused
    assert account is not None
    fresh_hash = await _fresh_hash(desk.passwords, credentials.password, account.password_hash)
    async with desk.database.transaction() as session:
        await throttle.forget_failures(session, allowances[0])
        for allowance in allowances[1:]:
            await throttle.take_back(session, allowance)
        if fresh_hash:
            await _replace_hash(session, account, fresh_hash)
        return await _let_in(session, desk, caller, account.person_id, credentials.mode)


async def _let_in(
    session: AsyncSession, desk: SignInDesk, caller: Principal, person_id: UUID, mode: Mode
) -> Opened | SecondFactorWanted:
    outcome = await admit(session, desk, person_id, mode, ["pwd"])
    if not isinstance(outcome, SecondFactorWanted):
        await audit.record(session, caller, "sign_in.succeeded", f"person:{person_id}")
    return outcome


def _allowances(caller: Principal, credentials: Credentials) -> list[rules.Allowance]:
    allowances = [rules.account_allowance(email_key(credentials.email))]
    if client_address := caller.attributes.get(CLIENT_ADDRESS):
        allowances.append(rules.address_allowance(client_address))
    return allowances


async def _find_account(database: Database, credentials: Credentials) -> Row[UUID, str] | None:
    query = select(Account.person_id, Account.password_hash).where(Account.email_key == email_key(credentials.email))
    async with database.reads.connect() as connection:
        return (await connection.execute(query)).one_or_none()


async def _record_failure(database: Database, caller: Principal, account: Row[UUID, str] | None) -> None:
    subject = f"person:{account.person_id}" if account else "person:unknown"
    async with database.transaction() as session:
        reason = "wrong_password" if account else "unknown_account"
        await audit.record(session, caller, "sign_in.failed", subject, {"because": reason})


async def _fresh_hash(passwords: Passwords, password: str, password_hash: str) -> str | None:
    """The password hashed anew if its hash has other parameters than today's; when too much is going on, next time."""
    if not passwords.is_outdated(password_hash):
        return None
    try:
        return await passwords.hash(password)
    except PasswordQueueFull:
        return None


async def _replace_hash(session: AsyncSession, account: Row[UUID, str], fresh_hash: str) -> None:
    # The old hash is part of the condition: a password changed in the meantime must not come back.
    same = (Account.person_id == account.person_id) & (Account.password_hash == account.password_hash)
    await session.execute(update(Account).where(same).values(password_hash=fresh_hash))


async def refresh(desk: SignInDesk, caller: Principal, token: str) -> Tokens:
    """The next pair of tokens, or RefreshTokenRefused. A token used again after the grace ends the whole sign-in."""
    async with desk.database.transaction() as session:
        found = await _find(session, token)
        if found and _is_open(found[1], clock.now()):
            next_token = await _rotate(session, *found, token)
            if next_token:
                found[1].last_used_at = clock.now()
                return await tokens_for(session, desk, found[1], next_token)
            await end(session, caller, found[1], "token_reused")
    # Only here, after the commit: the end of a stolen sign-in must outlast this refusal.
    raise RefreshTokenRefused


async def log_out(desk: SignInDesk, caller: Principal, token: str) -> None:
    """End the sign-in of a refresh token. A token that is none ends nothing, which is as well."""
    async with desk.database.transaction() as session:
        found = await _find(session, token)
        if found and found[1].ended_at is None:
            await end(session, caller, found[1], "logged_out")


async def _find(session: AsyncSession, token: str) -> tuple[RefreshToken, SignIn] | None:
    """The token's row and its sign-in, which is locked first: the second of two uses at once sees the first."""
    token_hash = token_digest(token)
    query = (
        select(SignIn)
        .join(RefreshToken, RefreshToken.sign_in_id == SignIn.id)
        .where(RefreshToken.token_hash == token_hash)
        .with_for_update(of=SignIn)
    )
    sign_in = await session.scalar(query)
    row = await session.get(RefreshToken, token_hash) if sign_in else None
    return (row, sign_in) if row and sign_in else None


def _is_open(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.ended_at is None and now < sign_in.expires_at


async def _rotate(session: AsyncSession, row: RefreshToken, sign_in: SignIn, token: str) -> str | None:
    """The successor: a new one at first use, the same within the grace; none when the token was used before."""
    now = clock.now()
    if row.used_at is not None:
        is_repeat = row.successor_salt is not None and now - row.used_at <= rules.LOST_REPLY_GRACE
        return rules.successor(token, row.successor_salt) if is_repeat and row.successor_salt else None
    row.used_at = now
    row.successor_salt = secrets.token_bytes(TOKEN_BYTES)
    next_token = rules.successor(token, row.successor_salt)
    session.add(RefreshToken(token_hash=token_digest(next_token), sign_in_id=sign_in.id, issued_at=now))
    # This token being used proves that its own reply arrived, so the one before need not be repeatable any more.
    others = (RefreshToken.sign_in_id == sign_in.id) & (RefreshToken.token_hash != row.token_hash)
    await session.execute(update(RefreshToken).where(others).values(successor_salt=None))
    return next_token
