"""Where every way of signing in ends: a new sign-in, and what its holder is given."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import Database
from chassis.ids import new_id
from identity.accounts.passwords import Passwords
from identity.accounts.service import token_digest
from identity.browser_sessions.cookies import NewSession
from identity.browser_sessions.service import add_session
from identity.keys.service import TokenKeys
from identity.people import queries
from identity.sessions import rules
from identity.sessions.claims import claims_of
from identity.sessions.errors import RefreshTokenRefused
from identity.sessions.models import RefreshToken, SignIn
from identity.sessions.schemas import Mode, Tokens

TOKEN_BYTES = 32


@dataclass(frozen=True)
class SignInDesk:
    """What signing in needs of its process."""

    database: Database
    passwords: Passwords
    keys: TokenKeys
    access_token_seconds: int


async def open_sign_in(session: AsyncSession, desk: SignInDesk, person_id: UUID, mode: Mode) -> Tokens | NewSession:
    """Sign somebody in who has proven who they are."""
    roles = await queries.roles_held(session, person_id, clock.today())
    lifetimes, now = rules.lifetimes_of(row.role for row in roles), clock.now()
    sign_in = SignIn(id=new_id(), person_id=person_id, started_at=now, expires_at=now + lifetimes.absolute)
    session.add(sign_in)
    await session.flush()
    if mode == "cookie":
        return await add_session(session, sign_in)
    token = secrets.token_hex(TOKEN_BYTES)
    session.add(RefreshToken(token_hash=token_digest(token), sign_in_id=sign_in.id, issued_at=now))
    return await tokens_for(session, desk, sign_in, token)


async def tokens_for(session: AsyncSession, desk: SignInDesk, sign_in: SignIn, refresh_token: str) -> Tokens:
    """A fresh access token beside a refresh token; RefreshTokenRefused when nobody is behind the sign-in any more."""
    person = await queries.find_person(session, sign_in.person_id)
    if person is None:
        raise RefreshTokenRefused
    roles = await queries.roles_held(session, sign_in.person_id, clock.today())
    return Tokens(
        access_token=desk.keys.sign(claims_of(person, roles, sign_in, desk.access_token_seconds)),
        expires_in_seconds=desk.access_token_seconds,
        refresh_token=refresh_token,
    )
