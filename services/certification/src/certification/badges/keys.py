"""Keys that sign badges: RSA, because RS256 is what every verifier of Open Badges has to understand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from jwt.algorithms import RSAAlgorithm

from certification.certificates.signing import UnusableKeys

LEAST_BITS = 2048


@dataclass(frozen=True)
class BadgeKeys:
    """The keys in the order of the settings: the first signs, all are published."""

    keys: Mapping[str, RSAPrivateKey]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "BadgeKeys":
        """The keys in a JSON Web Key Set, or UnusableKeys."""
        try:
            found = [jwt.PyJWK(key, algorithm="RS256") for key in json.loads(key_set)["keys"]]
        except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnusableKeys("not a JSON Web Key Set of RSA keys") from error
        usable = {key.key_id: key.key for key in found if key.key_id and isinstance(key.key, RSAPrivateKey)}
        if not usable or len(usable) != len(found) or any(key.key_size < LEAST_BITS for key in usable.values()):
            raise UnusableKeys(f"each key must be a private RSA key of {LEAST_BITS} bits or more with a `kid`")
        return BadgeKeys(usable)

    def public(self) -> list[dict[str, Any]]:
        """What anybody may know of the keys, as JSON Web Keys."""
        shown = [(key_id, RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)) for key_id, key in self.keys.items()]
        return [
            {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": key_id, "n": key["n"], "e": key["e"]}
            for key_id, key in shown
        ]

    def sign(self, claims: Mapping[str, Any], keys_url: str) -> str:
        """A compact JWS over these claims; its `kid` is where the key is published."""
        key_id, key = next(iter(self.keys.items()))
        return jwt.encode(dict(claims), key, "RS256", headers={"kid": f"{keys_url}/{key_id}"})
