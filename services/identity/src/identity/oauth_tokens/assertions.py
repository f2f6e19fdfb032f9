"""Statements with which a client proves itself by its key (RFC 7523 §3): for us, now, and once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from identity.oauth_clients.rules import ALGORITHMS, PublicJwk

LIFETIME = timedelta(minutes=5)
LEEWAY = timedelta(seconds=30)
JTI_LENGTH_MAX = 200
BAD = "The client is unknown, or what it shows does not prove that it is the one."


class AssertionInvalid(ValueError):
    """The assertion does not prove who signed it."""


@dataclass(frozen=True)
class Assertion:
    """What a good assertion says."""

    jti: str
    expires_at: datetime


def named_client(assertion: str) -> str:
    """The client that an assertion speaks of; not yet believed."""
    try:
        claims: dict[str, Any] = jwt.decode(assertion, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError) as error:
        raise AssertionInvalid(BAD) from error
    return str(claims.get("sub", ""))


def check(
    assertion: str, client_id: str, keys: Sequence[PublicJwk], audiences: Sequence[str], now: datetime
) -> Assertion:
    """What the assertion says, or AssertionInvalid."""
    try:
        claims = _claims(assertion, _key_for(assertion, keys))
        if claims.get("iss") != client_id or claims.get("sub") != client_id:
            raise AssertionInvalid(BAD)
        # One audience as a string: a statement for several could be used by one of them towards another.
        if not isinstance(claims["aud"], str) or claims["aud"] not in audiences:
            raise AssertionInvalid(BAD)
        jti = claims["jti"]
        if not isinstance(jti, str) or not 1 <= len(jti) <= JTI_LENGTH_MAX:
            raise AssertionInvalid(BAD)
        return Assertion(jti, _end(claims, now))
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError) as error:
        raise AssertionInvalid(BAD) from error


def _key_for(assertion: str, keys: Sequence[PublicJwk]) -> tuple[jwt.PyJWK, str]:
    """The registered key that the header names, and the algorithm, which the kind of key must allow."""
    header = jwt.get_unverified_header(assertion)
    named = [key for key in keys if key["kid"] == header.get("kid")]
    if header.get("kid") is None and len(keys) == 1:
        named = list(keys)
    algorithm = str(header.get("alg"))
    if len(named) != 1 or algorithm not in ALGORITHMS[named[0]["kty"]] or "crit" in header:
        raise AssertionInvalid(BAD)
    return jwt.PyJWK.from_json(json.dumps(named[0]), algorithm=algorithm), algorithm


def _claims(assertion: str, key_and_algorithm: tuple[jwt.PyJWK, str]) -> dict[str, Any]:
    key, algorithm = key_and_algorithm
    # Audience and times are compared by the caller: strictly, and by the caller's clock.
    options: Any = {
        "require": ["exp", "iss", "sub", "aud", "jti"],
        "verify_aud": False,
        "verify_exp": False,
        "verify_nbf": False,
        "verify_iat": False,
    }
    claims: dict[str, Any] = jwt.decode(assertion, key.key, algorithms=[algorithm], options=options)
    return claims


def _end(claims: dict[str, Any], now: datetime) -> datetime:
    times = [claims["exp"], claims.get("iat", 0), claims.get("nbf", 0)]
    if not all(type(value) in (int, float) for value in times):
        raise AssertionInvalid(BAD)
    end, *starts = (datetime.fromtimestamp(value, UTC) for value in times)
    if end + LEEWAY <= now or end > now + LIFETIME + LEEWAY or max(starts) > now + LEEWAY:
        raise AssertionInvalid(BAD)
    return end
