"""Where every way of signing in ends: a second step, or a new sign-in and what its holder is given."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import Database
from chassis.ids import new_id
from chassis.known_as import goes_by
from identity.accounts.passwords import Passwords
from identity.accounts.service import token_digest
from identity.browser_sessions.cookies import NewSession
from identity.browser_sessions.service import add_session
from identity.keys.service import TokenKeys
from identity.people import queries
from identity.second_factors import challenges
from identity.second_factors.passkeys import request_options
from identity.second_factors.queries import Held, held_by
from identity.second_factors.rules import CHALLENGE_LIFETIME
from identity.sessions import rules
from identity.sessions.claims import SEVERAL, claims_of
from identity.sessions.elsewhere import Elsewhere
from identity.sessions.errors import RefreshTokenRefused
from identity.sessions.models import RefreshToken, SignIn
from identity.sessions.schemas import Mode, SecondFactorWanted, Tokens
from identity.settings import Settings

TOKEN_BYTES = 32
SECOND_STEP = "second_step"
Opened = Tokens | NewSession


@dataclass(frozen=True)
class SignInDesk:
    """What signing in needs of its process."""

    database: Database
    passwords: Passwords
    keys: TokenKeys
    settings: Settings


async def admit(
    session: AsyncSession,
    desk: SignInDesk,
    person_id: UUID,
    mode: Mode,
    methods: list[str],
    elsewhere: Elsewhere | None = None,
) -> Opened | SecondFactorWanted:
    """Let in somebody who has proven who they are in one way: whoever has a second factor is asked for it first.

    A merged account leads to the one that is kept, with its factors.
    """
    person_id = await goes_by(session, person_id)
    held = await held_by(session, person_id)
    if held.count == 0:
        return await open_sign_in(session, desk, person_id, mode, methods, elsewhere)
    return await _ask_for_factor(session, desk, person_id, held, methods, elsewhere)


async def _ask_for_factor(
    session: AsyncSession,
    desk: SignInDesk,
    person_id: UUID,
    held: Held,
    methods: list[str],
    elsewhere: Elsewhere | None,
) -> SecondFactorWanted:
    token, nonce = await challenges.ask(session, SECOND_STEP, person_id, methods, elsewhere)
    theirs = [row.credential_id for row in held.passkeys]
    return SecondFactorWanted(
        challenge=token,
        expires_in_seconds=int(CHALLENGE_LIFETIME.total_seconds()),
        methods=held.methods,
        passkey_options=request_options(desk.settings, nonce, theirs) if theirs else None,
    )


async def open_sign_in(
    session: AsyncSession,
    desk: SignInDesk,
    person_id: UUID,
    mode: Mode,
    methods: list[str],
    elsewhere: Elsewhere | None = None,
) -> Opened:
    """Sign somebody in who has proven who they are in every way that is asked of them."""
    person_id = await goes_by(session, person_id)
    roles = await queries.roles_held(session, person_id, clock.today())
    now = clock.now()
    sign_in = SignIn(
        id=new_id(),
        person_id=person_id,
        started_at=now,
        expires_at=now + rules.lifetimes_of(row.role for row in roles).absolute,
        methods=methods,
        proven_at=now,
        factor_proven_at=now if SEVERAL in methods else None,
        elsewhere_account=elsewhere.account if elsewhere else None,
        elsewhere_session=elsewhere.session if elsewhere else None,
    )
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
    if person is None or await goes_by(session, person.id) != person.id:
        raise RefreshTokenRefused
    roles = await queries.roles_held(session, sign_in.person_id, clock.today())
    return Tokens(
        access_token=desk.keys.sign(claims_of(person, roles, sign_in, desk.settings)),
        expires_in_seconds=desk.settings.access_token_seconds,
        refresh_token=refresh_token,
    )
