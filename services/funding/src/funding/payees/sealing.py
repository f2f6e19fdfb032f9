"""Bank details at rest: AES-256-GCM, bound to the row they belong to, by a key that the row names."""

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


class UnusablePayeeKeys(ValueError):
    """The key set cannot seal bank details."""


class SealBroken(Exception):
    """Sealed details cannot be opened: the key is gone, or somebody changed the row or swapped it for another's."""


@dataclass(frozen=True)
class BankAccount:
    """Sort code of six digits and account number of eight."""

    sort_code: str
    account_number: str

    def __repr__(self) -> str:
        return f"BankAccount(…{self.account_number[-4:]})"


@dataclass(frozen=True)
class Sealed:
    """What is kept."""

    key_id: str
    content: bytes


@dataclass(frozen=True)
class PayeeKeys:
    """The keys in the order of the settings: the first seals, all open."""

    keys: Mapping[str, AESGCM]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "PayeeKeys":
        """The keys in a JSON Web Key Set, or UnusablePayeeKeys."""
        try:
            found = [(key["kty"], key["kid"], _bytes(key["k"])) for key in json.loads(key_set)["keys"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnusablePayeeKeys("not a JSON Web Key Set of symmetric keys") from error
        usable = {kid: AESGCM(key) for kty, kid, key in found if kty == "oct" and kid and len(key) == KEY_BYTES}
        if not usable or len(usable) != len(found):
            raise UnusablePayeeKeys(f"each key must be symmetric, of {KEY_BYTES} bytes, with a `kid` of its own")
        return PayeeKeys(usable)

    def seal(self, account: BankAccount, details_id: UUID) -> Sealed:
        """Seal with the first key; what is sealed opens for these details only."""
        key_id, key = next(iter(self.keys.items()))
        nonce = os.urandom(NONCE_BYTES)
        content = key.encrypt(nonce, f"{account.sort_code}{account.account_number}".encode(), details_id.bytes)
        return Sealed(key_id, nonce + content)

    def open(self, sealed: Sealed, details_id: UUID) -> BankAccount:
        """What was sealed, or SealBroken."""
        key = self.keys.get(sealed.key_id)
        if key is None:
            raise SealBroken(f"there is no key {sealed.key_id}")
        nonce, content = sealed.content[:NONCE_BYTES], sealed.content[NONCE_BYTES:]
        try:
            written = key.decrypt(nonce, content, details_id.bytes).decode()
        except InvalidTag as error:
            raise SealBroken(f"details {details_id} are not what was sealed") from error
        return BankAccount(written[:6], written[6:])


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
