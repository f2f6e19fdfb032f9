"""Bodies and answers of sessions. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import JsonValue, PageInfo, PasskeyProof, RecoveryCodeProof, TotpProof
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


class PasskeySignIn(Model):
    """Signing in with a passkey alone."""

    challenge: str
    credential: dict[str, JsonValue]
    mode: Literal["bearer", "cookie"] | None = None


class RefreshRequest(Model):
    """The refresh token of the reply before."""

    refresh_token: str


class SecondFactorRequest(Model):
    """The second step of signing in."""

    challenge: str
    mode: Literal["bearer", "cookie"] | None = None
    proof: TotpProof | RecoveryCodeProof | PasskeyProof


class SignInsEnded(Model):
    """How many sign-ins ended."""

    ended: int
