"""Importing an extract: read into a staging table, compared with what we hold, applied and told of in bounded batches.

A run that is interrupted is simply run again: what was applied is then equal, and the rest follows.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import Database, settings_in
from chassis.ids import new_id
from hubs.areas.models import District
from hubs.establishment_types.service import add_reference_verdicts, propose_unknown_types, state_funded_on
from hubs.school_imports import apply, rules
from hubs.school_imports.errors import ExtractOlder, ImportInProgress
from hubs.school_imports.extract import Row, read_extract, sha256_of
from hubs.school_imports.hold import Limits, count_changes, why_to_hold
from hubs.school_imports.models import LINK_STAGING, SCHOOL_STAGING, SchoolImport, SchoolImportRemark
from hubs.settings import Settings
from hubs.successions.service import refresh

IMPORT_LOCK = 7_101
"""Advisory lock: one import at a time."""
REMARKS_AT_ONCE = 500
REQUIRED = (
    "URN",
    "LA (code)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "EstablishmentStatus (code)",
    "PhaseOfEducation (code)",
    "DistrictAdministrative (code)",
)
WANTED = (
    *REQUIRED,
    "TypeOfEstablishment (name)",
    "UKPRN",
    "EstablishmentNumber",
    "OpenDate",
    "CloseDate",
    "Section41Approved (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "NumberOfPupils",
    "PercentageFSM",
    "Postcode",
    "Easting",
    "Northing",
    "Town",
    "GOR (code)",
    "LSOA (code)",
    "Trusts (code)",
    "Trusts (name)",
)
Remark = dict[str, Any]
Tell = Callable[[Remark], None]


@dataclass(frozen=True)
class Extract:
    """What is to be imported: the register's file, perhaps its file of links, and the day it speaks of."""

    schools: Path
    as_of_on: date
    imported_by: str
    links: Path | None = None
    accept_older: bool = False
    imported_by_id: UUID | None = None
    """The importer as a person of the platform, who then cannot approve it."""


@dataclass
class _Reader:
    """Reads one file into rows for a staging table, setting remarks aside as it goes."""

    codes: rules.Codes
    file_name: str
    remarks: list[Remark] = field(default_factory=list)
    read: int = 0
    refused: int = 0
    unknown_types: dict[int, str] = field(default_factory=dict)
    """Types that nobody has decided on, by code, with the register's name for them."""
    _lines: dict[Any, int] = field(default_factory=dict)

    def schools(self, rows: Iterator[Row]) -> Iterator[tuple[Any, ...]]:
        """Schools that can be taken."""
        for row in rows:
            kept, reading = rules.read_school(row.values, self.codes)
            if (code := rules.unknown_type(row.values, self.codes)) is not None and not row.fault:
                self.unknown_types.setdefault(code, row.values.get("TypeOfEstablishment (name)", ""))
            if self._is_taken(row, kept["urn"], kept["urn"], reading):
                yield rules.staged(kept, row.line)

    def links(self, rows: Iterator[Row]) -> Iterator[tuple[Any, ...]]:
        """Links that can be taken."""
        for row in rows:
            link, reading = rules.read_link(row.values)
            if self._is_taken(row, link[:3], link[0], reading):
                yield (*link, row.line)

    def _is_taken(self, row: Row, key: Any, urn: str | None, reading: rules.Reading) -> bool:
        self.read += 1
        # Of a row that is none, what seems to stand in its columns is not judged as well.
        reasons = [row.fault] if row.fault else list(reading.reasons)
        if urn is not None and (first := self._lines.setdefault(key, row.line)) != row.line:
            reasons.append(f"URN: {urn} stands on line {first} already")
        if reasons or reading.notes:
            severity = "refused" if reasons else "noted"
            said = {"severity": severity, "urn": urn, "reasons": reasons or reading.notes}
            self.remarks.append({"file_name": self.file_name, "line": row.line, **said})
        self.refused += bool(reasons)
        return not reasons


async def import_schools(database: Database, extract: Extract, tell: Tell) -> SchoolImport:
    """Import one extract and return its run. `tell` hears each remark, of a line refused or noted, as it is stored.

    The run is `held` when it would change so much that a second person has to approve it: then nothing is changed yet.
    Raises ExtractUnreadable, ExtractOlder and ImportInProgress before anything is changed.
    """
    async with alone(database):
        run = await _begin(database, extract)
        async with _told_if_it_fails(database, run):
            await _stage(database, run, extract, tell)
        if run.held_because is not None:
            await finish(database, run, "held")
        else:
            await apply_staged(database, run, tell)
    return run


async def apply_staged(database: Database, run: SchoolImport, tell: Tell) -> None:
    """Bring the register to what is in the staging tables. The caller is alone."""
    async with _told_if_it_fails(database, run):
        await apply.apply(database, run)
        if run.links_file_name:
            await _apply_links(database, run, run.links_file_name, tell)
    await finish(database, run, "finished")


@asynccontextmanager
async def _told_if_it_fails(database: Database, run: SchoolImport) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        # Cancelled, killed by a signal, refused by the database: the record of the run must not say "running".
        await asyncio.shield(finish(database, run, "failed"))
        raise


@asynccontextmanager
async def alone(database: Database) -> AsyncIterator[None]:
    """No other import runs meanwhile; ImportInProgress."""
    async with database.reads.connect() as connection:
        # A transaction for as long as the import takes, and not a lock of the session, since a pooler gives sessions
        # to others in between. At rest it holds no snapshot, and so keeps nothing from being cleaned up.
        await connection.execution_options(isolation_level="READ COMMITTED")
        async with connection.begin():
            await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            if not await connection.scalar(select(func.pg_try_advisory_xact_lock(IMPORT_LOCK))):
                raise ImportInProgress("Wait until it has finished, then import again.")
            yield


async def _begin(database: Database, extract: Extract) -> SchoolImport:
    run = SchoolImport(
        id=new_id(),
        file_name=extract.schools.name[-255:],
        file_sha256=await asyncio.to_thread(sha256_of, extract.schools),
        as_of_on=extract.as_of_on,
        imported_by=extract.imported_by[:80],
        imported_by_id=extract.imported_by_id,
        links_file_name=extract.links.name[-255:] if extract.links else None,
        status="running",
        started_at=clock.now(),
    )
    async with database.transaction() as session:
        finished = select(func.max(SchoolImport.as_of_on)).where(SchoolImport.status == "finished")
        newest = await session.scalar(finished)
        if newest and newest > extract.as_of_on and not extract.accept_older:
            raise ExtractOlder(f"An extract of {newest} was imported; this one is of {extract.as_of_on}.")
        # Whoever still says "running" while we hold the lock was killed.
        abandoned = update(SchoolImport).where(SchoolImport.status == "running")
        await session.execute(abandoned.values(status="failed", finished_at=clock.now()))
        session.add(run)
        subject, details = f"school_import:{run.id}", {"file": run.file_name, "by": run.imported_by}
        await audit.record(session, None, "schools.import_started", subject, dict(details))
    return run


async def _stage(database: Database, run: SchoolImport, extract: Extract, tell: Tell) -> None:
    async with database.transaction() as session:
        await session.execute(text("TRUNCATE school_staging, school_link_staging"))
        # Whatever waited in the staging tables gives way to this one.
        waiting = update(SchoolImport).where(SchoolImport.status.in_(("held", "approved")))
        await session.execute(waiting.values(status="superseded", finished_at=clock.now()))
        codes = await _codes(session)
        schools = _Reader(codes, run.file_name)
        rows = read_extract(extract.schools, REQUIRED, WANTED)
        await _copy(session, run, SCHOOL_STAGING, schools.schools(rows), schools.remarks, tell)
        run.rows_read, run.rows_refused = schools.read, schools.refused
        if extract.links:
            links = _Reader(codes, extract.links.name)
            wanted = (*rules.LINK_COLUMNS, "LinkEstablishedDate")
            rows = read_extract(extract.links, rules.LINK_COLUMNS, wanted)
            await _copy(session, run, LINK_STAGING, links.links(rows), links.remarks, tell)
            run.links_read, run.links_refused = links.read, links.refused
        noted = select(func.count()).select_from(SchoolImportRemark).where(SchoolImportRemark.import_id == run.id)
        run.rows_noted = await session.scalar(noted.where(SchoolImportRemark.severity == "noted")) or 0
        await session.execute(text("ANALYZE school_staging"))
        await propose_unknown_types(session, schools.unknown_types, run.as_of_on, run.imported_by_id)
        await count_changes(session, run)
        if not await _was_approved(session, run):
            run.held_because = why_to_hold(run.changes or {}, Limits.of(cast(Settings, settings_in(session))))


async def _was_approved(session: AsyncSession, run: SchoolImport) -> bool:
    """Whether a second person has approved this very file before, and it could not be applied."""
    approved = select(SchoolImport.id).where(
        SchoolImport.file_sha256 == run.file_sha256,
        SchoolImport.as_of_on == run.as_of_on,
        SchoolImport.decided_by.is_not(None),
        SchoolImport.status != "refused",
    )
    return await session.scalar(approved.limit(1)) is not None


async def _apply_links(database: Database, run: SchoolImport, file_name: str, tell: Tell) -> None:
    async with database.transaction() as session:
        strangers = await apply.apply_links(session)
        run.links_refused += len(strangers)
        remarks = [{"file_name": file_name, "severity": "refused", **one} for one in strangers]
        await remember(session, run, remarks, tell)
        await refresh(session)


async def _copy(
    session: AsyncSession,
    run: SchoolImport,
    table: Table,
    rows: Iterator[tuple[Any, ...]],
    remarks: list[Remark],
    tell: Tell,
) -> None:
    """COPY rows into a table as they are read; what there is to say of lines piles up until all are read."""
    driver = (await (await session.connection()).get_raw_connection()).driver_connection
    assert driver is not None
    await driver.copy_records_to_table(table.name, records=rows, columns=[one.name for one in table.columns])
    await remember(session, run, remarks, tell)


async def remember(session: AsyncSession, run: SchoolImport, remarks: Sequence[Remark], tell: Tell) -> None:
    """Keep what a run has to say about lines, and say it."""
    for start in range(0, len(remarks), REMARKS_AT_ONCE):
        some = remarks[start : start + REMARKS_AT_ONCE]
        await session.execute(insert(SchoolImportRemark), [{"import_id": run.id, **remark} for remark in some])
        for remark in some:
            tell(remark)


async def _codes(session: AsyncSession) -> rules.Codes:
    await add_reference_verdicts(session)
    vintages = await session.execute(select(District.code, District.vintage))
    funded = await state_funded_on(session, clock.today())
    return rules.Codes(funded, {row.code: row.vintage for row in vintages})


async def finish(database: Database, run: SchoolImport, status: str) -> None:
    """Keep how a run ended; the staging tables are emptied unless something in them waits for a second person."""
    run.status, run.finished_at = cast(Any, status), clock.now()
    async with database.transaction() as session:
        await session.merge(run)
        await session.flush()
        waiting = select(SchoolImport.id).where(SchoolImport.status.in_(("held", "approved")))
        if await session.scalar(waiting.limit(1)) is None:
            await session.execute(text("TRUNCATE school_staging, school_link_staging"))
        counts = {name: getattr(run, name) for name in ("schools_added", "schools_changed", "rows_refused")}
        await audit.record(session, None, f"schools.import_{status}", f"school_import:{run.id}", dict(counts))
