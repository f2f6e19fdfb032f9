"""The two cookies of a session: one that proves it and no script can read, one that scripts repeat in a header."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Response

SESSION = "__Host-ncce_session"
"""The prefix has browsers refuse it from other hosts, without TLS, and for a part of the site."""
CSRF = "ncce_csrf"


@dataclass(frozen=True)
class NewSession:
    """A session on the one occasion on which its cookie's value exists here."""

    token: str
    expires_at: datetime
    idle: timedelta


def csrf_token(token: str) -> str:
    """The value that goes with a session's: nobody who cannot read the session can make it up."""
    return hmac.digest(token.encode(), b"ncce csrf", "sha256").hex()


def give(response: Response, new: NewSession, now: datetime) -> None:
    """Set both cookies for as long as the sign-in can last."""
    seconds = max(0, int((new.expires_at - now).total_seconds()))
    _set(response, SESSION, new.token, seconds, readable=False)
    _set(response, CSRF, csrf_token(new.token), seconds, readable=True)


def take_back(response: Response) -> None:
    """Have the browser forget both."""
    _set(response, SESSION, "", 0, readable=False)
    _set(response, CSRF, "", 0, readable=True)


def _set(response: Response, name: str, value: str, seconds: int, *, readable: bool) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=not readable, samesite="lax")
