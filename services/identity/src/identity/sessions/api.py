"""Signing in and out."""

from typing import Annotated

from fastapi import Depends, Response

from chassis.access import PUBLIC, allow
from chassis.db import Database, database_of
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.accounts.errors import PasswordQueueFull
from identity.accounts.passwords import PasswordHashing
from identity.keys.service import TokenKeys, token_keys
from identity.sessions import service
from identity.sessions.errors import RefreshTokenRefused, SignInRefused, TooManyFailures
from identity.sessions.schemas import Credentials, RefreshRequest, Tokens
from identity.sessions.service import SignInDesk
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/auth", tags=["sessions"])


async def _desk(
    response: Response,
    database: Annotated[Database, Depends(database_of)],
    passwords: PasswordHashing,
    keys: Annotated[TokenKeys, Depends(token_keys)],
    settings: IdentitySettings,
) -> SignInDesk:
    # RFC 6749 §5.1: a reply with tokens is kept by no cache.
    response.headers["Cache-Control"] = "no-store"
    return SignInDesk(database, passwords, keys, settings.access_token_seconds)


Desk = Annotated[SignInDesk, Depends(_desk)]
Anyone = Annotated[Principal, allow(PUBLIC)]


@router.post(
    "/login",
    response_model=Tokens,
    responses=errors(SignInRefused, TooManyFailures, PasswordQueueFull),
)
async def log_in(body: Credentials, desk: Desk, caller: Anyone) -> Tokens:
    """Sign in with e-mail address and password."""
    return await service.log_in(desk, caller, body)


@router.post("/refresh", response_model=Tokens, responses=errors(RefreshTokenRefused))
async def refresh_tokens(body: RefreshRequest, desk: Desk, caller: Anyone) -> Tokens:
    """Exchange a refresh token for the next access token and refresh token."""
    return await service.refresh(desk, caller, body.refresh_token)


@router.post("/logout", status_code=204)
async def log_out(body: RefreshRequest, desk: Desk, caller: Anyone) -> None:
    """Sign out: the refresh token and all that descend from the same sign-in stop working."""
    await service.log_out(desk, caller, body.refresh_token)
