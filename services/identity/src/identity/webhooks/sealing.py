"""Signing secrets of webhooks at rest: AES-256-GCM, bound to the webhook they belong to, by a key that is named."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES, SECRET_BYTES = 32, 12, 32
PREFIX = "whsec_"


class SealBroken(Exception):
    """A sealed secret cannot be opened: the key is gone, or somebody changed the row."""


@dataclass(frozen=True)
class WebhookKeys:
    """The keys in the order of the settings: the first seals, all open."""

    keys: Mapping[str, AESGCM]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "WebhookKeys":
        """The keys in a JSON Web Key Set; ValueError when there is none, or one that cannot seal."""
        try:
            found = [(key["kty"], key["kid"], _bytes(key["k"])) for key in json.loads(key_set)["keys"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a JSON Web Key Set of symmetric keys") from error
        usable = {kid: AESGCM(key) for kty, kid, key in found if kty == "oct" and kid and len(key) == KEY_BYTES}
        if not usable or len(usable) != len(found):
            raise ValueError(f"each key must be symmetric, of {KEY_BYTES} bytes, with a kid of its own")
        return WebhookKeys(usable)

    def seal(self, webhook_id: UUID, secret: str) -> str:
        """A secret as it is kept."""
        kid, key = next(iter(self.keys.items()))
        nonce = os.urandom(NONCE_BYTES)
        return f"{kid}:{base64.b64encode(nonce + key.encrypt(nonce, secret.encode(), webhook_id.bytes)).decode()}"

    def open(self, webhook_id: UUID, sealed: str) -> str:
        """The secret, or SealBroken."""
        kid, _, content = sealed.rpartition(":")
        try:
            raw = base64.b64decode(content, validate=True)
            return self.keys[kid].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], webhook_id.bytes).decode()
        except (InvalidTag, KeyError, ValueError) as error:
            raise SealBroken(str(webhook_id)) from error


def make_secret() -> str:
    """A fresh signing secret as Standard Webhooks writes them."""
    return PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
