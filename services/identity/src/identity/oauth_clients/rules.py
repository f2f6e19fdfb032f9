"""What a client's secret looks like, and which keys can stand for a client."""

import json
import re
import secrets

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from identity.api_keys.rules import SECRET_BITS, SECRET_LENGTH, base62, check_of

CLIENTS_PER_ORGANISATION = 10
KEYS_MAX = 5
RSA_BITS_MIN = 2048
CURVE = "secp256r1"
PUBLIC_PARTS = {"OKP": ("crv", "x"), "EC": ("crv", "x", "y"), "RSA": ("n", "e")}
ALGORITHMS = {"OKP": ("EdDSA",), "EC": ("ES256",), "RSA": ("RS256", "PS256")}
"""By kind of key. What the header of an assertion says counts only within these."""
_KID = re.compile(r"[A-Za-z0-9._:-]{1,100}")

PublicJwk = dict[str, str]


def make_secret() -> str:
    """A fresh secret of 256 random bits, in a form that scanners of published code can know."""
    body = f"ncce_secret_{base62(secrets.randbits(SECRET_BITS), SECRET_LENGTH)}"
    return f"{body}_{check_of(body)}"


def usable_keys(keys: list[dict[str, object]]) -> list[PublicJwk]:
    """The public parts of a client's keys; ValueError says what is wrong with them."""
    found = [_usable_key(key) for key in keys]
    if len({key["kid"] for key in found}) != len(found):
        raise ValueError("two keys have the same kid")
    return found


def _usable_key(key: dict[str, object]) -> PublicJwk:
    kind, kid = str(key.get("kty")), str(key.get("kid", ""))
    if kind not in PUBLIC_PARTS:
        raise ValueError("a key must be of kty OKP, EC or RSA")
    if not _KID.fullmatch(kid):
        raise ValueError("a key needs a kid of at most 100 letters, digits and ._:-")
    if {"d", "p", "q", "k"} & key.keys():
        raise ValueError("send public keys only: this one is private, so make another and keep it to yourself")
    public = {"kty": kind, "kid": kid, **{part: str(key.get(part, "")) for part in PUBLIC_PARTS[kind]}}
    _require_strong(public)
    return public


def _require_strong(public: PublicJwk) -> None:
    try:
        key = jwt.PyJWK.from_json(json.dumps(public), algorithm=ALGORITHMS[public["kty"]][0]).key
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise ValueError("a key cannot be read") from error
    is_strong = (
        isinstance(key, Ed25519PublicKey)
        or (isinstance(key, EllipticCurvePublicKey) and key.curve.name == CURVE)
        or (isinstance(key, RSAPublicKey) and key.key_size >= RSA_BITS_MIN)
    )
    if not is_strong:
        raise ValueError("a key must be Ed25519, P-256, or RSA of at least 2048 bits")
