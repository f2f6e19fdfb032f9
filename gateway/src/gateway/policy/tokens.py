"""Access tokens of identity: what makes one good."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from chassis.principal import Principal
from gateway.problems import InvalidCredential

ISSUER = "ncce-identity"
AUDIENCE = "ncce"
TYPE = "at+jwt"
LEEWAY_SECONDS = 30

_REFUSED = "The access token is not valid. Sign in again or refresh it."


@dataclass(frozen=True, slots=True)
class Verified:
    """Who a credential speaks for, and until when (Unix seconds)."""

    principal: Principal
    expires_at: float
    networks: tuple[str, ...] = ()
    requests_per_minute: int | None = None
    organisation_requests_per_minute: int | None = None


def key_id(token: str) -> str:
    """The name of the key that is said to have signed a token.

    The header is the caller's word: algorithm and type must be the ones we use, and a key that it carries or
    points to (`jwk`, `jku`, `x5u`) is never looked at.
    """
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise InvalidCredential(_REFUSED) from error
    kid = header.get("kid")
    if header.get("alg") != "EdDSA" or header.get("typ") != TYPE or "crit" in header or not isinstance(kid, str):
        raise InvalidCredential(_REFUSED)
    return kid


def verify(token: str, key: Ed25519PublicKey, now: float) -> Verified:
    """The person a token speaks for; InvalidCredential when it was forged, has expired or is meant for others."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["EdDSA"],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={
                "require": ["exp", "iat", "iss", "aud", "sub"],
                "strict_aud": True,
                # Times are compared below, with the caller's clock.
                "verify_exp": False, "verify_nbf": False, "verify_iat": False,
            },
        )  # fmt: skip
        expires_at = _check_times(claims, now)
        return Verified(
            principal_of(claims),
            expires_at,
            tuple(claims.get("allowed_networks", ())),
            claims.get("requests_per_minute"),
            claims.get("organisation_requests_per_minute"),
        )
    except (jwt.PyJWTError, ValidationError, ValueError) as error:
        raise InvalidCredential(_REFUSED) from error


def _check_times(claims: Mapping[str, Any], now: float) -> float:
    times = [claims["exp"], claims["iat"], claims.get("nbf", claims["iat"])]
    if not all(type(value) in (int, float) for value in times):
        raise ValueError("a time is not a number")
    expires_at, *starts = times
    if expires_at + LEEWAY_SECONDS <= now or max(starts) - LEEWAY_SECONDS > now:
        raise ValueError("outside its time")
    return float(expires_at) + LEEWAY_SECONDS


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """Who claims of identity's speak for. ValueError, of which ValidationError is one, when that is nobody."""
    # A bearer token speaks for people and organisations; `service` is what the platform says of itself.
    if claims.get("kind") not in ("person", "partner"):
        raise ValueError("a token of another kind")
    fields = ("kind", "organisation_id", "roles", "scopes", "attributes")
    return Principal(id=UUID(claims["sub"]), **{name: claims[name] for name in fields if name in claims})


def key_table(jwks: object) -> dict[str, Ed25519PublicKey]:
    """Identity's verification keys by their name; ValueError when none can be read. Other kinds of key are left out."""
    if not isinstance(jwks, dict):
        raise ValueError("not a key set")
    try:
        keys = jwt.PyJWKSet.from_dict(jwks).keys
    except jwt.PyJWTError as error:
        raise ValueError("not a key set") from error
    table = {key.key_id: key.key for key in keys if key.key_id and isinstance(key.key, Ed25519PublicKey)}
    if not table:
        raise ValueError("no key of the kind that signs access tokens")
    return table
