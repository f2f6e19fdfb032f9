"""Signatures over awards: Ed25519, so that a row that was changed in the database no longer verifies."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class UnusableKeys(ValueError):
    """The key set is not a JSON Web Key Set of private Ed25519 keys, each with its own `kid`."""


def canonical(facts: Mapping[str, str | int]) -> bytes:
    """The one byte string that stands for these facts: JSON with sorted keys and no spaces."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True)
class Signature:
    """A signature and the key that made it."""

    key_id: str
    value: bytes


@dataclass(frozen=True)
class SigningKeys:
    """The keys of the service in the order of its settings: the first signs, all verify."""

    keys: Mapping[str, Ed25519PrivateKey]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "SigningKeys":
        """The keys in a JSON Web Key Set, or UnusableKeys."""
        try:
            found = [jwt.PyJWK(key) for key in json.loads(key_set)["keys"]]
        except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnusableKeys("not a JSON Web Key Set") from error
        usable = {key.key_id: key.key for key in found if key.key_id and isinstance(key.key, Ed25519PrivateKey)}
        if not usable or len(usable) != len(found):
            raise UnusableKeys("each key must be a private Ed25519 key with a `kid`")
        return SigningKeys(usable)

    def sign(self, message: bytes) -> Signature:
        """A signature by the current key."""
        key_id, key = next(iter(self.keys.items()))
        return Signature(key_id, key.sign(message))

    def public(self) -> list[dict[str, str]]:
        """What anybody may know of the keys, as JSON Web Keys."""
        shown = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig"}
        return [
            {**shown, "kid": key_id, "x": urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()}
            for key_id, key in self.keys.items()
        ]

    def verifies(self, message: bytes, signature: Signature) -> bool:
        """Whether one of our keys signed exactly this message."""
        key = self.keys.get(signature.key_id)
        if key is None:
            return False
        public: Ed25519PublicKey = key.public_key()
        try:
            public.verify(signature.value, message)
        except InvalidSignature:
            return False
        return True
