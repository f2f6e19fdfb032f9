"""Being told by a provider that somebody signed out there (OpenID Connect Back-Channel Logout 1.0).

What began here with that account or session there ends at once. A token that says so is good for ten minutes and once.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import jwt
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.principal import Principal
from identity.federation.discovery import Directory
from identity.federation.errors import LogoutTokenRefused
from identity.federation.flows import LEEWAY_SECONDS, named_session
from identity.federation.models import FederatedIdentity, UsedLogoutToken
from identity.federation.providers import Provider
from identity.second_factors.models import ProofChallenge
from identity.sessions.elsewhere import account_at, session_at
from identity.sessions.ends import end_where
from identity.sessions.models import SignIn

EVENT = "http://schemas.openid.net/event/backchannel-logout"
TYPES = ("logout+jwt", "JWT", None)
BELIEVED = timedelta(minutes=10)
LEEWAY = timedelta(seconds=LEEWAY_SECONDS)
ID_LENGTH, BODY_BYTES_MAX = 200, 16 * 1024


@dataclass(frozen=True)
class Logout:
    """What a good token says: at least one of subject and session is there."""

    jti: str
    subject: str | None
    session: str | None
    issued_at: datetime


def read_form(content_type: str, body: bytes) -> str:
    """The token in what the provider sent, or LogoutTokenRefused."""
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise LogoutTokenRefused
    try:
        if len(body) > BODY_BYTES_MAX:
            raise LogoutTokenRefused
        pairs = parse_qsl(body.decode("ascii"), strict_parsing=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise LogoutTokenRefused from error
    tokens = [value for name, value in pairs if name == "logout_token"]
    if len(tokens) != 1:
        raise LogoutTokenRefused
    return tokens[0]


async def check(directory: Directory, provider: Provider, token: str) -> Logout:
    """What the token says; LogoutTokenRefused or ProviderUnavailable."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("typ") not in TYPES or "crit" in header:
            raise LogoutTokenRefused
        key = await directory.key(provider, header.get("kid"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=list(provider.id_token_algorithms),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "aud", "iat", "exp", "jti", "events"]},
        )
        return _read(claims, clock.real())
    except (jwt.PyJWTError, TypeError, ValueError, OverflowError) as error:
        raise LogoutTokenRefused from error


def _read(claims: dict[str, Any], now: datetime) -> Logout:
    """What the claims say, once signature, issuer, audience and end are known to be right."""
    subject, session, jti, events = claims.get("sub"), named_session(claims), claims["jti"], claims["events"]
    issued_at = datetime.fromtimestamp(claims["iat"], UTC)
    is_event = isinstance(events, dict) and isinstance(events.get(EVENT), dict)
    is_named = (subject or session) and (subject is None or (isinstance(subject, str) and len(subject) <= 255))
    is_id = isinstance(jti, str) and 0 < len(jti) <= ID_LENGTH
    # A nonce makes it an ID token: somebody who has one must not be able to sign its holder out with it.
    if "nonce" in claims or not (is_event and is_named and is_id) or issued_at < now - BELIEVED:
        raise LogoutTokenRefused
    return Logout(jti, subject, session, issued_at)


async def carry_out(session: AsyncSession, caller: Principal, provider: Provider, logout: Logout) -> int:
    """End what began with that account or session; how many sign-ins. LogoutTokenRefused when it was told before."""
    await _use(session, provider, logout)
    if logout.subject is not None and logout.session is None:
        await _note(session, provider, logout.subject, logout.issued_at)
    # A second step that still waits would go on after the account's own end.
    await session.execute(delete(ProofChallenge).where(_began_there(ProofChallenge, provider, logout)))
    return await end_where(session, caller, _began_there(SignIn, provider, logout), "logged_out_there")


async def _use(session: AsyncSession, provider: Provider, logout: Logout) -> None:
    await session.execute(delete(UsedLogoutToken).where(UsedLogoutToken.expires_at < clock.real() - LEEWAY))
    used = {
        "issuer": provider.issuer,
        "jti_hash": hashlib.sha256(logout.jti.encode()).digest(),
        "expires_at": logout.issued_at + BELIEVED,
    }
    first = insert(UsedLogoutToken).values(used).on_conflict_do_nothing().returning(UsedLogoutToken.jti_hash)
    if (await session.execute(first)).scalar_one_or_none() is None:
        raise LogoutTokenRefused


async def _note(session: AsyncSession, provider: Provider, subject: str, at: datetime) -> None:
    """Keep sign-ins that are under way with older tokens from being opened after this."""
    theirs = (FederatedIdentity.issuer == provider.issuer) & (FederatedIdentity.subject == subject)
    found = await session.scalar(select(FederatedIdentity).where(theirs).with_for_update())
    if found is not None:
        found.logged_out_at = max(at, found.logged_out_at or at)


def _began_there(row: type[SignIn] | type[ProofChallenge], provider: Provider, logout: Logout) -> ColumnElement[bool]:
    """Of the account, where one is named; of the session, where one is named and the sign-in noted which it had."""
    in_session = row.elsewhere_session == session_at(provider.issuer, logout.session)
    if logout.subject is None:
        return in_session
    of_account = row.elsewhere_account == account_at(provider.issuer, logout.subject)
    return of_account & (in_session | row.elsewhere_session.is_(None)) if logout.session else of_account
