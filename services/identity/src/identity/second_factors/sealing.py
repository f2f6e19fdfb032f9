"""Secrets of authenticator apps at rest: AES-256-GCM, bound to the person, by a key that the row names."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES = 32, 12


class UnusableFactorKeys(ValueError):
    """The key set cannot seal secrets."""


class SealBroken(Exception):
    """A sealed secret cannot be opened: its key is gone, or the row was changed or swapped for another's."""


@dataclass(frozen=True)
class FactorKeys:
    """The keys in the order of the settings: the first seals, all open."""

    keys: Mapping[str, AESGCM]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "FactorKeys":
        """The keys in a JSON Web Key Set, or UnusableFactorKeys."""
        try:
            found = [(key["kty"], key["kid"], _bytes(key["k"])) for key in json.loads(key_set)["keys"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnusableFactorKeys("not a JSON Web Key Set of symmetric keys") from error
        usable = {kid: AESGCM(key) for kty, kid, key in found if kty == "oct" and kid and len(key) == KEY_BYTES}
        if not usable or len(usable) != len(found):
            raise UnusableFactorKeys(f"each key must be symmetric, of {KEY_BYTES} bytes, with a `kid` of its own")
        return FactorKeys(usable)

    def seal(self, secret: str, person_id: UUID) -> tuple[str, bytes]:
        """The name of the key that sealed it and the sealed secret, which opens for this person only."""
        key_id, key = next(iter(self.keys.items()))
        nonce = os.urandom(NONCE_BYTES)
        return key_id, nonce + key.encrypt(nonce, secret.encode(), person_id.bytes)

    def open(self, key_id: str, sealed: bytes, person_id: UUID) -> str:
        """What was sealed, or SealBroken."""
        key = self.keys.get(key_id)
        if key is None:
            raise SealBroken(f"there is no key {key_id}")
        try:
            return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], person_id.bytes).decode()
        except InvalidTag as error:
            raise SealBroken(f"the secret of {person_id} is not what was sealed") from error


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
