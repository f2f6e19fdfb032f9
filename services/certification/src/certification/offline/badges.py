"""Badges and status lists, checked with the published keys alone."""

import gzip
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from certification.badges.credential import VERIFIABLE
from certification.verify_offline import NotProven

Claims = Mapping[str, Any]
BadgeKeys = Mapping[str, RSAPublicKey]


def badge_keys_of(document: Mapping[str, Any]) -> dict[str, RSAPublicKey]:
    """The public keys of what `/v1/badges/keys` answered."""
    found = {key["kid"]: jwt.PyJWK(key, algorithm="RS256").key for key in document["keys"]}
    return {kid: key for kid, key in found.items() if isinstance(key, RSAPublicKey)}


def claims_of(token: str, keys: BadgeKeys) -> Claims:
    """What a badge or a list says. NotProven when no key given signed it, or it is not the credential it says it is."""
    kid = str(jwt.get_unverified_header(token).get("kid", "")).rpartition("/")[2]
    if kid not in keys:
        raise NotProven("the badge is signed by no key that was given")
    try:
        claims: Claims = jwt.decode(
            token, keys[kid], algorithms=["RS256"], options={"verify_exp": False, "verify_nbf": False}
        )
    except jwt.PyJWTError as error:
        raise NotProven(f"the signature of the badge is wrong ({error})") from error
    issuer = claims["issuer"]
    issued_by = issuer["id"] if isinstance(issuer, Mapping) else issuer
    same = (claims["iss"], issued_by), (claims["jti"], claims["id"]), (claims["sub"], claims["credentialSubject"]["id"])
    if VERIFIABLE not in claims["@context"] or any(one != other for one, other in same):
        raise NotProven("the badge contradicts itself")
    return claims


def is_list(claims: Claims) -> bool:
    """Whether it is a status list."""
    return "BitstringStatusListCredential" in claims["type"]


def check_badge(badge: Claims, lists: Sequence[Claims], now: datetime) -> str:
    """What a badge is worth, in a sentence. NotProven when it is not a badge or not valid yet."""
    if "OpenBadgeCredential" not in badge["type"]:
        raise NotProven("the credential is no Open Badge")
    if _moment(badge["validFrom"]) > now:
        raise NotProven(f"the badge is not valid before {badge['validFrom']}")
    name = f"The badge {badge['name']!r} ({badge['id']}) is genuine"
    if "validUntil" in badge and _moment(badge["validUntil"]) <= now:
        return f"{name}; it expired on {badge['validUntil']}."
    entry = badge.get("credentialStatus")
    newest = max(
        (one for one in lists if entry and one["id"] == entry["statusListCredential"]), key=_since, default=None
    )
    if entry is None or newest is None:
        return f"{name}; whether it was revoked is not told by any status list that was given."
    fell = is_set(newest["credentialSubject"]["encodedList"], int(entry["statusListIndex"]))
    told = "was revoked or replaced" if fell else "stands"
    late = "" if _moment(newest["validUntil"]) > now else ", which is too old to rely on"
    return f"{name}; it {told} by the list of {newest['validFrom']}{late}."


def is_set(encoded: str, index: int) -> bool:
    """A bit of a published list: multibase `u`, base64url, GZIP; the first bit is the highest of the first byte."""
    bits = gzip.decompress(urlsafe_b64decode(encoded.removeprefix("u") + "=" * (-(len(encoded) - 1) % 4)))
    if not 0 <= index < len(bits) * 8:
        raise NotProven("the badge names a place that its status list does not have")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def _since(one: Claims) -> datetime:
    return _moment(one["validFrom"])


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told.replace("Z", "+00:00")).astimezone(UTC)
