"""Where the bytes of files are: outside the database, under their SHA-256, written once; over, only to be sealed anew.

A file is first made safe under a name of its own, then given its digest's: whoever finds it there finds all of it. The
methods are those of an object store as well (put, copy if absent, get, delete, list).
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from chassis.faults import fault
from chassis.files.sealing import FileKeys
from chassis.ids import new_id

INCOMING = "incoming"


@dataclass(frozen=True)
class Prepared:
    """Bytes that are safe, under a name that nobody knows."""

    name: str
    digest: bytes


class Storage(Protocol):
    """What keeps the bytes."""

    async def prepare(self, content: bytes, digest: bytes) -> Prepared:
        """Make the bytes safe."""

    async def keep(self, prepared: Prepared) -> None:
        """Let them be found under their digest. What is there already stays as it is."""

    async def discard(self, prepared: Prepared) -> None:
        """Forget what was prepared; nothing when it is gone already."""

    def read(self, digest: bytes) -> AsyncIterator[bytes]:
        """The bytes. FileNotFoundError, FileDamaged."""

    async def remove(self, digest: bytes) -> None:
        """Delete the bytes; nothing when they are gone already."""

    async def kept(self) -> list[tuple[bytes, datetime]]:
        """Every digest there is, and since when."""

    async def clear_unfinished(self, before: datetime) -> int:
        """Delete what was prepared before a moment and never kept; how much it was."""


class DirectoryStorage:
    """A directory that every process of the service shares."""

    def __init__(self, root: Path, keys: FileKeys) -> None:
        self._root = root
        self._keys = keys

    @property
    def newest(self) -> str | None:
        """The name of the key that seals what is prepared; None where files are stored as they are."""
        return self._keys.newest

    async def prepare(self, content: bytes, digest: bytes) -> Prepared:
        """Write aside, synced."""
        prepared = Prepared(f"{new_id()}.part", digest)
        await asyncio.to_thread(self._write, prepared, content)
        return prepared

    def _write(self, prepared: Prepared, content: bytes) -> None:
        incoming = self._root / INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = incoming / prepared.name
        try:
            with aside.open("xb") as file:
                for block in self._keys.seal(content, prepared.digest):
                    file.write(block)
                file.flush()
                fault("files.before_sync")
                os.fsync(file.fileno())
        except OSError:  # most likely there is no room: a half would take what is left of it
            aside.unlink(missing_ok=True)
            raise

    async def keep(self, prepared: Prepared) -> None:
        """Link under the digest, which fails rather than writes over; then sync the directory."""
        await asyncio.to_thread(self._keep, prepared)

    def _keep(self, prepared: Prepared) -> None:
        place = self._place(prepared.digest)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self._root / INCOMING / prepared.name
        with suppress(FileExistsError):
            place.hardlink_to(aside)
        fault("files.after_link")
        aside.unlink()
        for directory in (place.parent, self._root):
            _sync(directory)

    async def replace(self, prepared: Prepared) -> None:
        """Rename over what is under the digest, at once for whoever looks; then sync the directory.

        Only for the same bytes under another key, and by whoever keeps others off the digest.
        """
        await asyncio.to_thread(self._replace, prepared)

    def _replace(self, prepared: Prepared) -> None:
        place = self._place(prepared.digest)
        fault("files.before_replace")
        (self._root / INCOMING / prepared.name).replace(place)
        fault("files.after_replace")
        _sync(place.parent)

    async def key_of(self, digest: bytes) -> str | None:
        """The name of the key that sealed a file; None where none did. FileNotFoundError."""
        return await asyncio.to_thread(self._key_of, digest)

    def _key_of(self, digest: bytes) -> str | None:
        with self._place(digest).open("rb") as file:
            return self._keys.key_of(file)

    async def discard(self, prepared: Prepared) -> None:
        """Unlink what was written aside."""
        await asyncio.to_thread((self._root / INCOMING / prepared.name).unlink, missing_ok=True)

    async def read(self, digest: bytes) -> AsyncIterator[bytes]:
        """The bytes, block by block."""
        file = await asyncio.to_thread(self._place(digest).open, "rb")
        try:
            blocks = self._keys.open(file, digest)
            while (block := await asyncio.to_thread(next, blocks, None)) is not None:
                yield block
        finally:
            file.close()

    async def remove(self, digest: bytes) -> None:
        """Unlink."""
        await asyncio.to_thread(self._place(digest).unlink, missing_ok=True)

    async def kept(self) -> list[tuple[bytes, datetime]]:
        """What is under a digest's name."""
        return await asyncio.to_thread(self._kept)

    def _kept(self) -> list[tuple[bytes, datetime]]:
        return [(bytes.fromhex(file.name), _since(file)) for file in self._root.glob("[0-9a-f][0-9a-f]/*")]

    async def clear_unfinished(self, before: datetime) -> int:
        """Unlink old files that were written aside."""
        return await asyncio.to_thread(self._clear, before)

    def _clear(self, before: datetime) -> int:
        old = [file for file in (self._root / INCOMING).glob("*") if _since(file) < before]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)

    def _place(self, digest: bytes) -> Path:
        name = digest.hex()
        return self._root / name[:2] / name


def _since(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_ctime, UTC)
    except FileNotFoundError:  # gone meanwhile, so not old
        return datetime.max.replace(tzinfo=UTC)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
