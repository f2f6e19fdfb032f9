"""Signing access tokens, and publishing what verifies them."""

import json
from collections.abc import Sequence
from typing import cast

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from identity.keys.schemas import PublicKey, PublicKeys

TOKEN_TYPE = "at+jwt"  # noqa: S105  a media type (RFC 9068), not a secret
Claims = dict[str, object]


class TokenKeys:
    """Private Ed25519 keys. The first signs; all are published, so that a key is replaced without refusing a token."""

    def __init__(self, jwks: str) -> None:
        """Raise ValueError when the set is not one or more named private Ed25519 keys. The message holds no key."""
        try:
            keys = jwt.PyJWKSet.from_json(jwks).keys
        except (jwt.PyJWTError, json.JSONDecodeError, AttributeError) as error:
            raise ValueError("not a JSON Web Key Set") from error
        if any(not isinstance(key.key, Ed25519PrivateKey) or not key.key_id for key in keys):
            raise ValueError("each key must be a private Ed25519 key with a kid")
        self._signing_key = keys[0]
        self.published = PublicKeys(keys=[_public(key) for key in keys])

    @classmethod
    def joined(cls, signing: Sequence[str], given: str, waiting: Sequence[str]) -> "TokenKeys":
        """The platform's own keys, those of the settings, which sign only where there is none, and those to come."""
        keys = [*map(json.loads, signing), *json.loads(given)["keys"], *map(json.loads, waiting)]
        return cls(json.dumps({"keys": keys}))

    def sign(self, claims: Claims) -> str:
        """The claims as a signed token that names its key."""
        key = self._signing_key
        return jwt.encode(claims, key.key, algorithm="EdDSA", headers={"kid": key.key_id, "typ": TOKEN_TYPE})


def _public(key: jwt.PyJWK) -> PublicKey:
    point = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.key.public_key()))
    return PublicKey(kid=cast(str, key.key_id), x=point["x"])
