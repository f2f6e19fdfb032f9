"""Signing secrets of webhooks as they are kept: in one text, the key's name before what it sealed."""

import base64
import os
from uuid import UUID

from chassis.sealing import SealBroken, Sealed, SealingKeys

SECRET_BYTES = 32
PREFIX = "whsec_"


def seal(keys: SealingKeys, secret: str, webhook_id: UUID) -> str:
    """A secret as it is kept."""
    sealed = keys.seal(secret, webhook_id)
    return f"{sealed.key_id}:{base64.b64encode(sealed.content).decode()}"


def open_secret(keys: SealingKeys, kept: str, webhook_id: UUID) -> str:
    """The secret, or SealBroken."""
    key_id, _, content = kept.rpartition(":")
    try:
        sealed = Sealed(key_id, base64.b64decode(content, validate=True))
    except ValueError as error:
        raise SealBroken(f"what {webhook_id} has is not what was sealed") from error
    return keys.open(sealed, webhook_id)


def make_secret() -> str:
    """A fresh signing secret as Standard Webhooks writes them."""
    return PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()
