"""A service's part of an export of everything: made when somebody asks for all of it, kept for a few days.

The part stays in the service that holds what it tells. Only its hash and its counts travel; the person fetches it
through the gateway, which puts the parts of all services into one archive.
"""

import hashlib
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import JsonValue
from pydantic_core import to_json
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.errors import NotFound
from chassis.outbox import publish
from chassis.tables import export_part
from contracts.base import ExportPrepared
from contracts.identity import PersonExportRequested

Told = dict[str, list[dict[str, JsonValue]]]
"""Rows by table."""
Tell = Callable[[AsyncSession, UUID], Awaitable[Told]]


class ExportPartNotFound(NotFound):
    """There is no such part, it is another's, or it has expired."""

    code, title = "export-part-not-found", "No such part of an export"


@dataclass(frozen=True)
class ExportFile:
    """A file that belongs to a part: its name in the archive, and where its owner gets it."""

    name: str
    path: str


@dataclass(frozen=True)
class Made:
    """A part as it was made."""

    sha256: str
    counts: dict[str, int]
    files: int


async def make_part(
    session: AsyncSession,
    service: str,
    event: PersonExportRequested,
    held: Mapping[str, Sequence[Mapping[str, object]]],
    files: Sequence[ExportFile] = (),
    *,
    about: Mapping[str, object],
) -> Made:
    """Keep what is held about somebody as it is now. Asked again, it is made again."""
    made_at = clock.now()
    told = {
        "form": f"uk.ncce.{service}.export.v1",
        "person_id": event.person_id,
        "made_at": made_at,
        "about": {name: about[name] for name in held if name in about},
        "held": held,
        "files": [{"name": one.name, "path": one.path} for one in files],
    }
    body = to_json(told, bytes_mode="hex")
    digest = hashlib.sha256(body).hexdigest()
    row = {
        "export_id": event.export_id,
        "person_id": event.person_id,
        "body": zlib.compress(body),
        "sha256": digest,
        "made_at": made_at,
        "expires_at": event.expires_at,
    }
    kept = insert(export_part).values(row)
    await session.execute(kept.on_conflict_do_update(index_elements=["export_id"], set_=row))
    await audit.record(session, None, "export.prepared", f"person:{event.person_id}")
    return Made(digest, {name: len(rows) for name, rows in held.items()}, len(files))


async def prepare(
    session: AsyncSession,
    service: str,
    event: PersonExportRequested,
    prepared: type[ExportPrepared],
    held: Mapping[str, Sequence[Mapping[str, object]]],
    files: Sequence[ExportFile] = (),
    *,
    about: Mapping[str, object],
) -> None:
    """Make a part, with what each table is and why it is held, and say so; not for an export that has expired."""
    if event.expires_at <= clock.now():
        return
    made = await make_part(session, service, event, held, files, about=about)
    told = prepared(
        export_id=event.export_id,
        person_id=event.person_id,
        sha256=made.sha256,
        counts=made.counts,
        files=made.files,
        made_at=clock.now(),
    )
    await publish(session, told)


async def read_part(session: AsyncSession, person_id: UUID | None, export_id: UUID) -> bytes:
    """The part of one's own export, as JSON, or ExportPartNotFound."""
    theirs = (export_part.c.export_id == export_id, export_part.c.person_id == person_id)
    query = select(export_part.c.body).where(*theirs, export_part.c.expires_at > clock.now())
    body = await session.scalar(query)
    if body is None:
        raise ExportPartNotFound("Ask for an export: POST /v1/privacy/exports.")
    return zlib.decompress(body)


async def forget_parts(session: AsyncSession, person_id: UUID) -> None:
    """Remove every part that tells of somebody."""
    await session.execute(delete(export_part).where(export_part.c.person_id == person_id))
