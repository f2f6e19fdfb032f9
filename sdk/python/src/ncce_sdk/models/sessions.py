"""Bodies and answers of sessions. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class Credentials(Model):
    """What a person signs in with."""

    email: str
    mode: Literal["bearer", "cookie"] | None = None
    password: str


class SignInOut(Model):
    """One device, or program, on which somebody stays signed in."""

    expires_at: dt.datetime
    id: UUID
    is_current: bool
    last_used_at: dt.datetime | None
    started_at: dt.datetime


class PageSignInOut(Model):
    """PageSignInOut."""

    data: list[SignInOut]
    page: PageInfo


class RefreshRequest(Model):
    """The refresh token of the reply before."""

    refresh_token: str


class SessionStarted(Model):
    """Signed in by cookie. The session itself is in a cookie that no script can read."""

    csrf_token: str
    expires_at: dt.datetime
    idle_seconds: int
    status: str | None = None


class SignInsEnded(Model):
    """How many sign-ins ended."""

    ended: int


class Tokens(Model):
    """Proof of being signed in: a short-lived token for `Authorization: Bearer …`, and one that fetches the
    next.
    """

    access_token: str
    expires_in_seconds: int
    refresh_token: str
    status: str | None = None
    token_type: str | None = None
