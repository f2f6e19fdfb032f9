"""The file of a request: taken in, looked through, scanned and made safe, under a name that nobody knows yet."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from chassis.errors import ServiceError
from chassis.files.findings import Infected, Inspected, Refused, ScannerSilent, TooLarge, Unreadable, Unsafe
from chassis.files.inspection import inspect
from chassis.files.scanning import Scan, scan
from chassis.files.storage import Prepared, Storage
from chassis.files.uploads import drain, receive


@dataclass(frozen=True)
class Upload:
    """A file that was looked through and is safe, under a name that nobody knows yet."""

    name: str
    inspected: Inspected
    scan: Scan
    prepared: Prepared
    storage: Storage

    def facts(self) -> dict[str, object]:
        """What a table remembers of it: the columns of `StoredFile` that are known now."""
        return {
            "sha256": self.prepared.digest,
            "size_bytes": len(self.inspected.content),
            "kind": self.inspected.kind,
            "name": self.name,
            "left_out": list(self.inspected.left_out),
            "scan_status": self.scan.status,
            "scanned_by": self.scan.scanner,
        }


@dataclass(frozen=True)
class Refusals:
    """What a service answers where it does not take a file."""

    too_large: Callable[[int], ServiceError]
    unreadable: Callable[[str], ServiceError]
    kind: Callable[[str], ServiceError]
    unsafe: Callable[[str], ServiceError]
    infected: Callable[[], ServiceError]
    scanner: Callable[[str], ServiceError]
    storage: Callable[[str], ServiceError]

    @contextmanager
    def told(self, most_bytes: int) -> Iterator[None]:
        """Answer in the service's own words what is found about a file."""
        try:
            yield
        except TooLarge as found:
            raise self.too_large(most_bytes) from found
        except Unreadable as found:
            raise self.unreadable(str(found)) from found
        except Refused as found:
            raise self.kind(str(found)) from found
        except Unsafe as found:
            raise self.unsafe(str(found)) from found
        except Infected as found:
            raise self.infected() from found
        except ScannerSilent as found:
            raise self.scanner(str(found)) from found
        except OSError as found:
            raise self.storage("The file could not be stored; nothing was kept. Try again later.") from found


@dataclass(frozen=True)
class Reception:
    """How a service takes files in."""

    storage: Storage
    most_bytes: int
    scanner: str | None
    refusals: Refusals

    async def turn_away(self, request: Request) -> None:
        """Read what is still coming: whoever sends a body reads the answer when all of it is sent."""
        with self.refusals.told(self.most_bytes):
            await drain(request, self.most_bytes)

    @asynccontextmanager
    async def take(self, request: Request) -> AsyncIterator[Upload]:
        """The file of a request, forgotten afterwards unless it is kept."""
        with self.refusals.told(self.most_bytes):
            upload = await self._prepared(request)
        try:
            yield upload
        finally:
            await self.storage.discard(upload.prepared)

    async def _prepared(self, request: Request) -> Upload:
        with tempfile.TemporaryDirectory(prefix="file-") as directory:
            path = Path(directory) / "file"
            name = await receive(request, path, self.most_bytes)
            content = await asyncio.to_thread(path.read_bytes)
        inspected = await asyncio.to_thread(inspect, content)
        scanned = await scan(content, self.scanner)
        prepared = await self.storage.prepare(inspected.content, hashlib.sha256(inspected.content).digest())
        return Upload(name, inspected, scanned, prepared, self.storage)
