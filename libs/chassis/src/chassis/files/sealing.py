"""Files at rest: AES-256-GCM in blocks, decrypted as it is read; no block can be changed, moved or cut off."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.sealing import UnusableKeys, load_keys

MAGIC = b"NCE1"
BLOCK_BYTES = 64 * 1024
TAG_BYTES = 16
NONCE_PREFIX_BYTES = 8
KEY_ID_BYTES = 64


class FileDamaged(Exception):
    """What is stored is not what was stored, or the key that sealed it is gone."""


@dataclass(frozen=True)
class FileKeys:
    """Keys in the order of the settings: the first seals, all open. Without any, files are stored as they are."""

    keys: Mapping[str, bytes]

    @staticmethod
    @lru_cache(maxsize=8)
    def load(key_set: str) -> "FileKeys":
        """The keys in a JSON Web Key Set, or UnusableKeys."""
        keys = load_keys(key_set)
        if any(len(key_id.encode()) > KEY_ID_BYTES for key_id in keys):
            raise UnusableKeys(f"a `kid` must not be longer than {KEY_ID_BYTES} bytes: files have room for no more")
        return FileKeys(keys)

    @property
    def newest(self) -> str | None:
        """The name of the key that seals; None where files are stored as they are."""
        return next(iter(self.keys), None)

    @staticmethod
    def key_of(stored: BinaryIO) -> str | None:
        """The name of the key that sealed a stored file; None where none did."""
        return _key_id(stored) if stored.read(len(MAGIC)) == MAGIC else None

    def seal(self, content: bytes, digest: bytes) -> Iterator[bytes]:
        """The content as it is to be stored under its digest."""
        if not self.keys:
            yield content
            return
        key_id, key = next(iter(self.keys.items()))
        prefix = secrets.token_bytes(NONCE_PREFIX_BYTES)
        yield MAGIC + key_id.encode().ljust(KEY_ID_BYTES, b"\0") + prefix
        blocks = range(0, max(len(content), 1), BLOCK_BYTES)
        for number, start in enumerate(blocks):
            is_last = start + BLOCK_BYTES >= len(content)
            block = content[start : start + BLOCK_BYTES]
            yield AESGCM(key).encrypt(prefix + number.to_bytes(4), block, _place(digest, number, is_last))

    def open(self, stored: BinaryIO, digest: bytes) -> Iterator[bytes]:
        """The content of a stored file, block by block. FileDamaged at the first that is not as it was."""
        head = stored.read(len(MAGIC))
        if head != MAGIC:
            yield head
            while block := stored.read(BLOCK_BYTES):
                yield block
            return
        key_id = _key_id(stored)
        key, prefix = self.keys.get(key_id), stored.read(NONCE_PREFIX_BYTES)
        if key is None:
            raise FileDamaged(f"the key {key_id} is not among the keys of files")
        number, block = 0, stored.read(BLOCK_BYTES + TAG_BYTES)
        if not block:  # of an empty file there is a tag, too
            raise FileDamaged(f"nothing but the head of {digest.hex()} is left")
        while block:
            after = stored.read(BLOCK_BYTES + TAG_BYTES)
            try:
                yield AESGCM(key).decrypt(prefix + number.to_bytes(4), block, _place(digest, number, not after))
            except InvalidTag as error:
                raise FileDamaged(f"block {number} of {digest.hex()} is not as it was stored") from error
            number, block = number + 1, after


def _key_id(stored: BinaryIO) -> str:
    return stored.read(KEY_ID_BYTES).rstrip(b"\0").decode(errors="replace")


def _place(digest: bytes, number: int, is_last: bool) -> bytes:
    """What a block is authenticated with: of which file it is, where in it, and whether it ends there."""
    return digest + number.to_bytes(4) + bytes([is_last])
