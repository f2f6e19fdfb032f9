"""Signatures over heads of an audit trail: Ed25519, by keys that sign nothing else."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORM = "uk.ncce.audit-head.v1"


class UnusableAuditKeys(ValueError):
    """The key set is not a JSON Web Key Set of private Ed25519 keys, each with its own `kid`."""


@dataclass(frozen=True)
class HeadSignature:
    """A signature, who made it, and how it is checked."""

    key_id: str
    public_key: str
    signature: str


@lru_cache(maxsize=8)
def load_key(key_set: str) -> tuple[str, Ed25519PrivateKey]:
    """The first key of a set, which signs; or UnusableAuditKeys."""
    try:
        found = [jwt.PyJWK(key) for key in json.loads(key_set)["keys"]]
    except (jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
        raise UnusableAuditKeys("not a JSON Web Key Set") from error
    first = found[0] if found else None
    if first is None or not first.key_id or not isinstance(first.key, Ed25519PrivateKey):
        raise UnusableAuditKeys("the first key must be a private Ed25519 key with a `kid`")
    return first.key_id, first.key


def said(service: str, number: int, head: str, sealed_at: datetime) -> bytes:
    """What is signed: canonical JSON."""
    at = sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    told = {"form": FORM, "service": service, "number": number, "head": head, "sealed_at": at}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def sign(key_set: str, message: bytes) -> HeadSignature:
    """A signature by the first key of a set."""
    key_id, key = load_key(key_set)
    public = urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return HeadSignature(key_id, public, key.sign(message).hex())


def is_of(made: HeadSignature, message: bytes) -> bool:
    """Whether a signature is of this message by the key that comes with it."""
    try:
        raw = urlsafe_b64decode(made.public_key + "=" * (-len(made.public_key) % 4))
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes.fromhex(made.signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
