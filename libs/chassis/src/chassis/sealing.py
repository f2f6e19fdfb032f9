"""Secrets at rest: AES-256-GCM, each bound to the row it belongs to, by a key that is named beside it."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jwt.utils import base64url_decode

KEY_BYTES, NONCE_BYTES = 32, 12


class UnusableKeys(ValueError):
    """The key set is not a JSON Web Key Set of symmetric keys of 256 bits, each with its own `kid`."""


class SealBroken(Exception):
    """What is sealed cannot be opened: its key is gone, or the row was changed or swapped for another's."""


def load_keys(key_set: str) -> dict[str, bytes]:
    """The keys in a JSON Web Key Set by their names, in its order, at least one; or UnusableKeys, which holds none."""
    try:
        found = [(key["kty"], key["kid"], base64url_decode(key["k"])) for key in json.loads(key_set)["keys"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableKeys("not a JSON Web Key Set of symmetric keys") from error
    usable = {kid: key for kty, kid, key in found if kty == "oct" and kid and len(key) == KEY_BYTES}
    if not usable or len(usable) != len(found):
        raise UnusableKeys(f"each key must be symmetric, of {KEY_BYTES} bytes, with a `kid` of its own")
    return usable


@dataclass(frozen=True)
class Sealed:
    """What is kept."""

    key_id: str
    content: bytes


@dataclass(frozen=True)
class SealingKeys:
    """Keys in the order of the settings: the first seals, all open."""

    keys: Mapping[str, AESGCM]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "SealingKeys":
        """The keys in a JSON Web Key Set, or UnusableKeys."""
        return SealingKeys({kid: AESGCM(key) for kid, key in load_keys(key_set).items()})

    @property
    def newest(self) -> str:
        """The name of the key that seals."""
        return next(iter(self.keys))

    def seal(self, secret: str, bound_to: UUID) -> Sealed:
        """Seal with the first key; what is sealed opens for this owner only."""
        nonce = os.urandom(NONCE_BYTES)
        content = self.keys[self.newest].encrypt(nonce, secret.encode(), bound_to.bytes)
        return Sealed(self.newest, nonce + content)

    def open(self, sealed: Sealed, bound_to: UUID) -> str:
        """What was sealed, or SealBroken."""
        key = self.keys.get(sealed.key_id)
        if key is None:
            raise SealBroken(f"there is no key {sealed.key_id}")
        nonce, content = sealed.content[:NONCE_BYTES], sealed.content[NONCE_BYTES:]
        try:
            return key.decrypt(nonce, content, bound_to.bytes).decode()
        except (InvalidTag, ValueError) as error:  # the latter for what is too short to have a nonce
            raise SealBroken(f"what {bound_to} has is not what was sealed") from error

    def seal_anew(self, sealed: Sealed, bound_to: UUID) -> Sealed:
        """The same secret under the first key, or SealBroken."""
        return self.seal(self.open(sealed, bound_to), bound_to)
