"""An archive of everything held about somebody, made as it is sent: one part or file is in memory at a time.

Identity says which parts there are; each service hands over its own to the person alone. What cannot be fetched just
now is named in the index with the reason, and can be had by downloading again.
"""

import asyncio
import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined

PLAN_FORM, FORM = "uk.ncce.archive-plan.v1", "uk.ncce.archive.v1"
OK = 200
WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
"""Of entries: the same content is the same bytes. When a part was made is in the index."""

Json = dict[str, Any]
Fetch = Callable[[str, str], Awaitable[tuple[int, bytes]]]
"""Ask a service for a path in the person's name. A status of 0 means that it did not answer."""

_TEMPLATES = Environment(
    autoescape=True, undefined=StrictUndefined, loader=PackageLoader("gateway.composed"), trim_blocks=True
)


class NoPlan(ValueError):
    """Identity's answer is no plan of an archive."""


def read_plan(content: bytes) -> Json:
    """The plan in an answer of identity's, or NoPlan."""
    try:
        plan = json.loads(content)
    except ValueError as error:
        raise NoPlan from error
    if not isinstance(plan, dict) or plan.get("form") != PLAN_FORM:
        raise NoPlan
    return plan


class _Outlet(io.RawIOBase):
    """What an archive is written into, and taken out of piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | bytearray | memoryview") -> int:  # type: ignore[override] # narrower than a buffer
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found


class Archive:
    """One archive on its way out."""

    def __init__(self, plan: Json, fetch: Fetch, made_at: datetime) -> None:
        self._plan = plan
        self._fetch = fetch
        self._made_at = made_at
        self._outlet = _Outlet()
        self._packed = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_DEFLATED)
        self.files: list[Json] = []
        self.missing: list[Json] = []

    async def pieces(self) -> AsyncIterator[bytes]:
        """The archive's bytes, in order. The index is last: only then is it known what there is."""
        for part in self._plan["parts"]:
            async for piece in self._part(part):
                yield piece
        index = self.index()
        yield self._packed_entry("index.json", json.dumps(index, indent=2, ensure_ascii=False).encode())
        yield self._packed_entry("index.html", _TEMPLATES.get_template("index.html").render(index=index).encode())
        self._packed.close()
        yield self._outlet.taken()

    def index(self) -> Json:
        """What is in the archive, and what is not."""
        told = {name: self._plan[name] for name in ("export_id", "person_id", "requested_at", "expires_at")}
        return {
            "form": FORM,
            **told,
            "made_at": self._made_at.astimezone(UTC).isoformat(timespec="seconds"),
            "is_complete": not self.missing,
            "missing": self.missing,
            "files": self.files,
        }

    async def _part(self, part: Json) -> AsyncIterator[bytes]:
        service, name = part["service"], part["name"]
        if part["made_at"] is None:
            self._miss(service, name, "the service has not made its part yet")
            return
        content = await self._get(service, name, part["path"])
        if content is None:
            return
        if hashlib.sha256(content).hexdigest() != part["sha256"]:
            self._miss(service, name, "the part is not the one that the service told of")
            return
        told = cast(Json, await asyncio.to_thread(json.loads, content))
        self._note(service, name, content, {"made_at": told["made_at"], "tables": list(_tables(told))})
        yield await asyncio.to_thread(self._packed_entry, name, content)
        for one in told["files"]:
            file = await self._get(service, one["name"], one["path"])
            if file is not None:
                self._note(service, one["name"], file, {})
                yield self._packed_entry(one["name"], file, zipfile.ZIP_STORED)

    async def _get(self, service: str, name: str, path: str) -> bytes | None:
        status, content = await self._fetch(service, path)
        if status == OK:
            return content
        self._miss(service, name, f"the service answered {status}" if status else "the service did not answer")
        return None

    def _miss(self, service: str, name: str, why: str) -> None:
        self.missing.append({"service": service, "name": name, "why": why})

    def _note(self, service: str, name: str, content: bytes, more: Json) -> None:
        digest = hashlib.sha256(content).hexdigest()
        self.files.append({"name": name, "service": service, "bytes": len(content), "sha256": digest, **more})

    def _packed_entry(self, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> bytes:
        entry = zipfile.ZipInfo(name, WRITTEN_AT)
        entry.compress_type, entry.external_attr = how, 0o600 << 16
        self._packed.writestr(entry, content)
        return self._outlet.taken()


def _tables(part: Json) -> Iterator[Json]:
    """What a part tells of, table by table, with why it is held."""
    for table, rows in part["held"].items():
        yield {"table": table, "rows": len(rows), **part["about"].get(table, {})}
