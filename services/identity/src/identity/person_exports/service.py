"""Gathering an export: every service is asked by event, makes its part and says so; the person is mailed once.

A service that is away is asked again. What there is can be had at any time, and says what is missing.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.exports import make_part
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.base import ExportPrepared
from contracts.identity import PersonExportRequested
from identity.accounts.models import Account
from identity.accounts.rules import email_key
from identity.erasures import own
from identity.mail.service import Extras, queue_mail
from identity.people.service import hold_person
from identity.person_exports.errors import ExportExpired, ExportNotFound
from identity.person_exports.models import PersonExport, PersonExportPart
from identity.person_exports.rules import ASK_AGAIN_AFTER, LIFETIME, OWN, SERVICES, WAITED_FOR
from identity.person_exports.schemas import ArchivePlan, ExportPartOut, PersonExportOut, PlannedPart
from identity.privacy.retention import RETENTION
from identity.settings import Settings


async def ask(session: AsyncSession, caller: Principal) -> PersonExport:
    """Ask every service for its part. Asked again while it is being gathered, it is the same export."""
    person = await hold_person(session, caller.id)
    now = clock.now()
    query = select(PersonExport).where(PersonExport.person_id == person.id, PersonExport.status == "gathering")
    found = await session.scalar(query)
    if found is not None:
        return found
    export = PersonExport(person_id=person.id, status="gathering", requested_at=now, expires_at=now + LIFETIME)
    session.add(export)
    await session.flush()
    session.add_all(PersonExportPart(export_id=export.id, service=name, asked_at=now) for name in SERVICES)
    await session.flush()
    await audit.record(session, caller, "export.requested", f"person:{person.id}")
    asked = _event(export)
    made = await make_part(session, OWN, asked, await own.tell(session, person.id), about=RETENTION.about())
    await _note(session, export.id, OWN, made.sha256, made.counts, made.files)
    await publish(session, asked)
    return export


def _event(export: PersonExport) -> PersonExportRequested:
    return PersonExportRequested(export_id=export.id, person_id=export.person_id, expires_at=export.expires_at)


async def note_part(session: AsyncSession, settings: Settings, service: str, event: ExportPrepared) -> None:
    """Note a part. The last one makes the export ready. A part that was made anew counts as it is now."""
    export = await session.get(PersonExport, event.export_id, with_for_update=True)
    if export is None or export.person_id != event.person_id:
        return
    await _note(session, event.export_id, service, event.sha256, event.counts, event.files)
    await session.flush()
    if export.status == "gathering" and all(part.made_at for part in await _parts(session, export.id)):
        await _tell_ready(session, settings, export, [])


async def _note(
    session: AsyncSession, export_id: UUID, service: str, sha256: str, counts: dict[str, int], files: int
) -> None:
    part = await session.get_one(PersonExportPart, (export_id, service), with_for_update=True)
    part.made_at, part.sha256, part.counts, part.files = clock.now(), sha256, counts, files


async def _tell_ready(session: AsyncSession, settings: Settings, export: PersonExport, missing: list[str]) -> None:
    export.status, export.ready_at = "ready", clock.now()
    account = await session.get(Account, export.person_id)
    if account is None:
        return
    await queue_mail(
        session,
        occasion=f"export_ready:{export.id}",
        to_address=account.email,
        to_key=email_key(account.email),
        template="export_ready",
        extras=Extras(export.person_id),
        public_url=str(settings.public_url),
        export_id=export.id,
        expires_at=f"{export.expires_at:%d %B %Y %H:%M}",
        missing=missing,
    )


async def look_after(session: AsyncSession, settings: Settings) -> int:
    """Ask again whoever has not answered, and after a day tell the person of what there is; how many were late."""
    now = clock.now()
    late = (
        PersonExportPart.made_at.is_(None),
        PersonExportPart.asked_at <= now - ASK_AGAIN_AFTER,
        PersonExportPart.export_id.in_(select(PersonExport.id).where(PersonExport.expires_at > now)),
    )
    parts = (await session.scalars(select(PersonExportPart).where(*late).with_for_update(skip_locked=True))).all()
    for part in parts:
        part.asked_at, part.attempts = now, part.attempts + 1
    for export_id in sorted({part.export_id for part in parts}):
        export = await session.get_one(PersonExport, export_id, with_for_update=True)
        await publish(session, _event(export))
        if export.status == "gathering" and export.requested_at <= now - WAITED_FOR:
            out = [part.service for part in await _parts(session, export_id) if part.made_at is None]
            await _tell_ready(session, settings, export, out)
    return len(parts)


async def own_export(connection: AsyncConnection | AsyncSession, caller: Principal, export_id: UUID) -> PersonExportOut:
    """One export of the caller's, or ExportNotFound."""
    table = PersonExport.__table__
    query = select(table).where(table.c.id == export_id, table.c.person_id == caller.id)
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise ExportNotFound("None of yours has this id.")
    return await described(connection, row)


async def described(connection: AsyncConnection | AsyncSession, row: object) -> PersonExportOut:
    """An export with its parts."""
    told = dict(row)  # type: ignore[call-overload]  # a mapping of a table's columns
    if told["expires_at"] <= clock.now():
        told["status"] = "expired"
    parts = [ExportPartOut.model_validate(part) for part in await _parts(connection, told["id"])]
    return PersonExportOut.model_validate(
        {**told, "archive": f"/v1/privacy/exports/{told['id']}/archive", "parts": parts}
    )


async def _parts(connection: AsyncConnection | AsyncSession, export_id: UUID) -> Sequence[PersonExportPart]:
    table = PersonExportPart.__table__
    rows = await connection.execute(select(table).where(table.c.export_id == export_id).order_by(table.c.service))
    return rows.all()  # type: ignore[return-value]  # rows have the columns' names


async def plan(connection: AsyncConnection | AsyncSession, caller: Principal, export_id: UUID) -> ArchivePlan:
    """Of which parts the archive is made; ExportExpired."""
    export = await own_export(connection, caller, export_id)
    if export.status == "expired":
        raise ExportExpired("Ask for another: POST /v1/privacy/exports.")
    parts = [
        PlannedPart(
            **part.model_dump(), name=f"{part.service}.json", path=f"/v1/me/{part.service}-export/parts/{export_id}"
        )
        for part in export.parts
    ]
    assert caller.id is not None
    return ArchivePlan(
        file_name=f"ncce-{export.requested_at:%Y-%m-%d}.zip",
        export_id=export.id,
        person_id=caller.id,
        requested_at=export.requested_at,
        expires_at=export.expires_at,
        parts=parts,
    )
