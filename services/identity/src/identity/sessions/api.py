"""Signing in and out."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Database, Reader, Session, database_of
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.passwords import PasswordHashing
from identity.browser_sessions.api import started
from identity.browser_sessions.cookies import NewSession
from identity.browser_sessions.schemas import SessionStarted
from identity.keys.process import token_keys
from identity.keys.service import TokenKeys
from identity.second_factors.errors import ChallengeNotValid, ProofRefused
from identity.second_factors.schemas import PasskeyChallenge, PasskeySignIn, SecondFactorRequest
from identity.sessions import ends, queries, second_step, service
from identity.sessions.errors import RefreshTokenRefused, SignInNotFound, SignInRefused, TooManyFailures
from identity.sessions.opening import Opened, SignInDesk
from identity.sessions.schemas import Credentials, RefreshRequest, SecondFactorWanted, SignInOut, SignInsEnded, Tokens
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/auth", tags=["sessions"])
own_router = ServiceRouter(prefix="/v1/me/sign-ins", tags=["sessions"])


async def _desk(
    response: Response,
    database: Annotated[Database, Depends(database_of)],
    passwords: PasswordHashing,
    keys: Annotated[TokenKeys, Depends(token_keys)],
    settings: IdentitySettings,
) -> SignInDesk:
    # RFC 6749 §5.1: a reply with tokens is kept by no cache.
    response.headers["Cache-Control"] = "no-store"
    return SignInDesk(database, passwords, keys, settings)


Desk = Annotated[SignInDesk, Depends(_desk)]
Anyone = Annotated[Principal, allow(PUBLIC)]
Owner = Annotated[Principal, allow(SIGNED_IN)]


def given(response: Response, outcome: Opened) -> Tokens | SessionStarted:
    """What somebody who is signed in is answered: tokens, or cookies beside what they say."""
    return started(response, outcome) if isinstance(outcome, NewSession) else outcome


@router.post(
    "/login",
    response_model=Tokens | SessionStarted | SecondFactorWanted,
    responses=errors(SignInRefused, TooManyFailures, PasswordQueueFull),
)
async def log_in(
    body: Credentials, desk: Desk, response: Response, caller: Anyone
) -> Tokens | SessionStarted | SecondFactorWanted:
    """Sign in with e-mail address and password, for tokens or for a session in cookies.

    An account with a second factor is asked for it: the answer names a challenge instead.
    """
    outcome = await service.log_in(desk, caller, body)
    return outcome if isinstance(outcome, SecondFactorWanted) else given(response, outcome)


@router.post(
    "/second-factor",
    response_model=Tokens | SessionStarted,
    responses=errors(ChallengeNotValid, ProofRefused, TooManyFailures),
)
async def prove_second_factor(
    body: SecondFactorRequest, desk: Desk, response: Response, caller: Anyone
) -> Tokens | SessionStarted:
    """Finish signing in with a second factor."""
    return given(response, await second_step.finish(desk, caller, body))


@router.post("/passkey-challenges", response_model=PasskeyChallenge)
async def ask_any_passkey(session: Session, desk: Desk, _caller: Anyone) -> PasskeyChallenge:
    """Ask for what a browser needs to sign in with a passkey alone."""
    return await second_step.ask_any_passkey(session, desk)


@router.post("/passkey", response_model=Tokens | SessionStarted, responses=errors(ChallengeNotValid, ProofRefused))
async def sign_in_with_passkey(
    body: PasskeySignIn, desk: Desk, response: Response, caller: Anyone
) -> Tokens | SessionStarted:
    """Sign in with a passkey that verified its holder; nothing else is asked for."""
    return given(response, await second_step.sign_in_with_passkey(desk, caller, body))


@router.post("/refresh", response_model=Tokens, responses=errors(RefreshTokenRefused))
async def refresh_tokens(body: RefreshRequest, desk: Desk, caller: Anyone) -> Tokens:
    """Exchange a refresh token for the next access token and refresh token."""
    return await service.refresh(desk, caller, body.refresh_token)


@router.post("/logout", status_code=204)
async def log_out(body: RefreshRequest, desk: Desk, caller: Anyone) -> None:
    """Sign out: the refresh token and all that descend from the same sign-in stop working."""
    await service.log_out(desk, caller, body.refresh_token)


@own_router.get("", response_model=Page[SignInOut])
async def list_sign_ins(reader: Reader, page: PageRequest, caller: Owner) -> dict[str, object]:
    """Where the caller is signed in, the latest first."""
    rows = await queries.list_own(reader, caller, page)
    return Page.of(rows, page, key=lambda row: (row.started_at.isoformat(), str(row.id)))


@own_router.delete("/{sign_in_id}", status_code=204, responses=errors(SignInNotFound))
async def end_sign_in(sign_in_id: UUID, session: Session, caller: Owner) -> None:
    """Sign a device out. Once this has answered, the gateway refuses the access token that the device still holds."""
    await ends.end_one(session, caller, sign_in_id)


@own_router.delete("", response_model=SignInsEnded)
async def end_other_sign_ins(session: Session, caller: Owner) -> SignInsEnded:
    """Sign every device out but the one this comes from."""
    but = ends.sign_in_of(caller)
    assert caller.id is not None  # somebody who is signed in is a person
    return SignInsEnded(ended=await ends.end_all(session, caller, caller.id, "ended_by_owner", but=but))
