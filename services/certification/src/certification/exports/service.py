"""Making an export, as one document or as an archive with the files."""

import io
import zipfile
from collections.abc import AsyncIterator
from uuid import UUID

import structlog
from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.evidence.models import Evidence
from certification.exports.registry import ABOUT_NOBODY, held_tables, is_of, rows_of
from certification.exports.schemas import Export
from chassis import audit, clock
from chassis.files.sealing import FileDamaged
from chassis.files.storage import Storage
from chassis.holdings import trails_of
from chassis.known_as import is_theirs
from chassis.principal import Principal
from chassis.tables import audit_entry

log = structlog.get_logger(__name__)

DOCUMENT = "certification.json"
MISSING = "missing-files.txt"


async def make(session: AsyncSession, caller: Principal) -> Export:
    """Everything held about the caller. That it was made is on record."""
    assert caller.id is not None
    held = await held_of(session, caller.id)
    await audit.record(session, caller, "export.made", f"teacher:{caller.id}")
    told = {"teacher_id": caller.id, "made_at": clock.now(), "held": held, "not_held": ABOUT_NOBODY}
    form = {"form": "uk.ncce.certification.export.v1"}
    return Export.model_validate(to_jsonable_python({**form, **told}, bytes_mode="hex"))


async def held_of(session: AsyncSession, teacher_id: UUID) -> dict[str, list[dict[str, object]]]:
    """Everything held about a teacher, by table, with what they did and who looked at them."""
    held: dict[str, list[dict[str, object]]] = {}
    for table in held_tables():
        rows = (await session.execute(rows_of(table, teacher_id))).mappings().all()
        held[table.name] = [dict(row) for row in rows]
    looked = (await trails_of(session, [teacher_id]))["who_looked"]
    return {**held, "audit_entry": await _actions(session, teacher_id), "who_looked": looked}


async def names_of_files(session: AsyncSession, teacher_id: UUID) -> list[tuple[str, UUID]]:
    """The names that the teacher's files have in an archive, and their ids."""
    there = (is_of(Evidence.metadata.tables["evidence"], teacher_id), Evidence.purged_at.is_(None))
    rows = await session.execute(select(Evidence.id, Evidence.kind).where(*there).order_by(Evidence.id))
    return [(f"evidence/{row.id}.{row.kind}", row.id) for row in rows]


async def _actions(session: AsyncSession, teacher_id: UUID) -> list[dict[str, object]]:
    """What the trail says that the teacher did."""
    columns = ("recorded_at", "action", "subject", "details", "request_id")
    query = select(*(audit_entry.c[name] for name in columns)).where(is_theirs(audit_entry.c.caller_id, teacher_id))
    return [dict(row) for row in (await session.execute(query.order_by(audit_entry.c.position))).mappings()]


async def files_of(session: AsyncSession, teacher_id: UUID) -> list[tuple[str, bytes]]:
    """The names that the teacher's files have in an archive, and where their bytes are."""
    columns = (Evidence.id, Evidence.kind, Evidence.sha256)
    there = (is_of(Evidence.metadata.tables["evidence"], teacher_id), Evidence.purged_at.is_(None))
    rows = await session.execute(select(*columns).where(*there).order_by(Evidence.id))
    return [(f"evidence/{row.id}.{row.kind}", row.sha256) for row in rows]


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


async def archive(export: Export, files: list[tuple[str, bytes]], storage: Storage | None) -> AsyncIterator[bytes]:
    """A ZIP archive, made as it is sent: memory holds a block of it."""
    outlet, missing = _Outlet(), []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(DOCUMENT, export.model_dump_json(indent=2))
        yield outlet.taken()
        for name, digest in files:
            if storage is None:
                missing.append(name)
                continue
            try:
                with packed.open(name, "w") as entry:
                    async for block in storage.read(digest):
                        entry.write(block)
                        yield outlet.taken()
            except (OSError, FileDamaged) as error:
                log.error("evidence.unreadable", alert=True, sha256=digest.hex(), error=str(error))
                missing.append(name)
        if missing:
            packed.writestr(MISSING, "\n".join(missing) + "\n")
    yield outlet.taken()
