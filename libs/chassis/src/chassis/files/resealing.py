"""Files under the newest key: opened, held against the digest they are named by, written aside, put in place at once.

Whoever reads meanwhile has the old file or the new one, whole, and so has whoever comes after a crash. The lock of a
digest keeps the sweeper and uploads of the same bytes away from a file while it is in hand.
"""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.db import Database
from chassis.files.sealing import FileDamaged
from chassis.files.storage import DirectoryStorage, Prepared
from chassis.files.sweeping import lock_digest
from chassis.resealing import Resealed
from chassis.settings import ServiceSettings

UNSEALED = "unsealed"
"""Stands for the key of files that were stored before there was one."""


@dataclass(frozen=True)
class SealedFiles:
    """A directory whose files are sealed."""

    storage: Callable[[ServiceSettings], DirectoryStorage | None]
    action: str
    """How the audit trail calls it."""
    subjects: Callable[[AsyncSession, bytes], Awaitable[Sequence[str]]]
    """Of whose audit entry a file with this digest is."""

    async def __call__(self, database: Database, settings: ServiceSettings) -> Resealed:
        """Go through the files, each in transactions of its own. Nothing where there is no directory."""
        storage, done = self.storage(settings), Resealed()
        if storage is None:
            return done
        for digest, _ in await storage.kept():
            if not await _is_current(storage, digest):
                await self._reseal(database, storage, digest, done)
        held = [await _key_of(storage, digest) for digest, _ in await storage.kept()]
        done.sealed_by = dict(Counter(key or UNSEALED for key in held))
        return done

    async def _reseal(self, database: Database, storage: DirectoryStorage, digest: bytes, done: Resealed) -> None:
        prepared = await self._prepared(database, storage, digest, done)
        if prepared is None:
            return
        async with database.transaction() as session:
            await lock_digest(session, digest)
            if await _is_current(storage, digest):
                await storage.discard(prepared)
                return
            await storage.replace(prepared)
        done.resealed += 1

    async def _prepared(
        self, database: Database, storage: DirectoryStorage, digest: bytes, done: Resealed
    ) -> Prepared | None:
        """The file under the newest key, beside the old one, and that it is to take its place is on record.

        The entry is committed first: who dies behind the rename cannot write it any more, and a file shows no later run
        that it was missed. Who dies before the rename has an entry too many; the next run writes its own.
        """
        async with database.transaction() as session:
            await lock_digest(session, digest)
            if await _is_current(storage, digest):  # another has been here, or swept it away
                return None
            try:
                content = await _opened(storage, digest)
            except FileDamaged:
                done.could_not_be_opened.append(digest.hex())
                return None
            prepared = await storage.prepare(content, digest)
            details: dict[str, audit.JSON] = {"key_id": storage.newest}
            acts = [(subject, details) for subject in await self.subjects(session, digest)]
            await audit.record_all(session, None, self.action, acts)
        return prepared


async def _opened(storage: DirectoryStorage, digest: bytes) -> bytes:
    content = b"".join([block async for block in storage.read(digest)])
    if hashlib.sha256(content).digest() != digest:
        raise FileDamaged(f"{digest.hex()} is another file than its name says")
    return content


async def _is_current(storage: DirectoryStorage, digest: bytes) -> bool:
    return await _key_of(storage, digest) == storage.newest


async def _key_of(storage: DirectoryStorage, digest: bytes) -> str | None:
    try:
        return await storage.key_of(digest)
    except FileNotFoundError:  # swept away meanwhile: nothing is left to seal
        return storage.newest
