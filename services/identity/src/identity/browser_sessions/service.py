"""Starting, recognising, renewing and ending sessions by cookie."""

import secrets
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.principal import Principal
from identity.accounts.service import token_digest
from identity.browser_sessions.cookies import NewSession, csrf_token
from identity.browser_sessions.errors import NotInABrowser, SessionNotValid
from identity.browser_sessions.models import BrowserSession
from identity.browser_sessions.schemas import AuthenticatedSession, SessionClaims
from identity.people import queries
from identity.sessions import rules
from identity.sessions.claims import claims_of
from identity.sessions.ends import end, sign_in_of
from identity.sessions.models import SignIn
from identity.settings import Settings

TOKEN_BYTES = 32


async def add_session(session: AsyncSession, sign_in: SignIn) -> NewSession:
    """A new value of the cookie for a sign-in."""
    token, now = secrets.token_hex(TOKEN_BYTES), clock.now()
    session.add(BrowserSession(token_hash=token_digest(token), sign_in_id=sign_in.id, issued_at=now, last_seen_at=now))
    roles = await queries.roles_held(session, sign_in.person_id, clock.today())
    return NewSession(token, sign_in.expires_at, rules.lifetimes_of(row.role for row in roles).idle)


async def rotate(session: AsyncSession, sign_in_id: UUID | None) -> NewSession | None:
    """Replace the cookie of a sign-in, whenever what it may do has changed; None where it has none to replace."""
    sign_in = await session.get(SignIn, sign_in_id, with_for_update=True) if sign_in_id else None
    if sign_in is None or sign_in.ended_at is not None:
        return None
    standing = (BrowserSession.sign_in_id == sign_in.id) & BrowserSession.replaced_at.is_(None)
    replacing = update(BrowserSession).where(standing).values(replaced_at=clock.now())
    if await session.scalar(replacing.returning(BrowserSession.sign_in_id)) is None:
        return None
    return await add_session(session, sign_in)


async def renew(session: AsyncSession, caller: Principal) -> NewSession:
    """Another value of the caller's cookie, or NotInABrowser."""
    new = await rotate(session, sign_in_of(caller))
    if new is None:
        raise NotInABrowser
    return new


async def log_out(session: AsyncSession, caller: Principal) -> None:
    """End the sign-in that the caller's cookie is of. Once more is no harm."""
    sign_in_id = sign_in_of(caller)
    sign_in = await session.get(SignIn, sign_in_id, with_for_update=True) if sign_in_id else None
    if sign_in is not None and sign_in.person_id == caller.id and sign_in.ended_at is None:
        await end(session, caller, sign_in, "logged_out")


async def authenticate(session: AsyncSession, settings: Settings, token: str) -> AuthenticatedSession:
    """Whose session the cookie's value is, or SessionNotValid. Being seen keeps it from falling idle."""
    query = select(BrowserSession, SignIn).join(SignIn, SignIn.id == BrowserSession.sign_in_id)
    found = (await session.execute(query.where(BrowserSession.token_hash == token_digest(token)))).one_or_none()
    if found is None:
        raise SessionNotValid
    row, sign_in = found
    person = await queries.find_person(session, sign_in.person_id)
    roles = await queries.roles_held(session, sign_in.person_id, clock.today())
    now = clock.now()
    idle = rules.lifetimes_of(held.role for held in roles).idle
    until = rules.session_until(sign_in, row, idle)
    if person is None or sign_in.ended_at is not None or now >= until:
        raise SessionNotValid
    await _note_use(session, row)
    claims = claims_of(person, roles, sign_in, settings)
    return AuthenticatedSession(
        sign_in_id=sign_in.id,
        claims=SessionClaims.model_validate(claims),
        csrf_token=csrf_token(token),
        expires_at=min(until, now + rules.SESSION_BELIEVED),
    )


async def _note_use(session: AsyncSession, row: BrowserSession) -> None:
    now = clock.now()
    if row.replaced_at is not None or now - row.last_seen_at < rules.LAST_SEEN_RESOLUTION:
        return
    row.last_seen_at = now
    await session.execute(update(SignIn).where(SignIn.id == row.sign_in_id).values(last_used_at=now))
