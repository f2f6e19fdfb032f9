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

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import Database
from chassis.ids import new_id
from hubs.areas.models import District
from hubs.school_imports import apply, rules
from hubs.school_imports.errors import ExtractOlder, ImportInProgress
from hubs.school_imports.extract import Row, read_extract, sha256_of
from hubs.school_imports.models import LINK_STAGING, SCHOOL_STAGING, SchoolImport, SchoolImportRemark
from hubs.school_imports.policy import state_funded_on

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


@dataclass
class _Reader:
    """Reads one file into rows for a staging table, setting remarks aside as it goes."""

    codes: rules.Codes
    file_name: str
    remarks: list[Remark] = field(default_factory=list)
    read: int = 0
    refused: int = 0
    _lines: dict[Any, int] = field(default_factory=dict)

    def schools(self, rows: Iterator[Row]) -> Iterator[tuple[Any, ...]]:
        """Schools that can be taken."""
        for row in rows:
            kept, reading = rules.read_school(row.values, self.codes)
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

    Raises ExtractUnreadable, ExtractOlder and ImportInProgress before anything is changed.
    """
    async with _alone(database):
        run = await _begin(database, extract)
        try:
            await _stage(database, run, extract, tell)
            await apply.apply(database, run)
            if extract.links:
                await _apply_links(database, run, extract.links.name, tell)
        except BaseException:
            # Cancelled, killed by a signal, refused by the database: the record of the run must not say "running".
            await asyncio.shield(_finish(database, run, "failed"))
            raise
        await _finish(database, run, "finished")
    return run


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    async with database.reads.connect() as connection:
        if not await connection.scalar(select(func.pg_try_advisory_lock(IMPORT_LOCK))):
            raise ImportInProgress("Wait until it has finished, then import again.")
        try:
            yield
        finally:
            await connection.execute(select(func.pg_advisory_unlock(IMPORT_LOCK)))


async def _begin(database: Database, extract: Extract) -> SchoolImport:
    run = SchoolImport(
        id=new_id(),
        file_name=extract.schools.name[-255:],
        file_sha256=await asyncio.to_thread(sha256_of, extract.schools),
        as_of_on=extract.as_of_on,
        imported_by=extract.imported_by[:80],
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
        codes = await _codes(session, extract.as_of_on)
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


async def _apply_links(database: Database, run: SchoolImport, file_name: str, tell: Tell) -> None:
    async with database.transaction() as session:
        strangers = await apply.apply_links(session)
        run.links_refused += len(strangers)
        remarks = [{"file_name": file_name, "severity": "refused", **one} for one in strangers]
        await remember(session, run, remarks, tell)


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


async def _codes(session: AsyncSession, as_of_on: date) -> rules.Codes:
    vintages = await session.execute(select(District.code, District.vintage))
    return rules.Codes(state_funded_on(as_of_on), {row.code: row.vintage for row in vintages})


async def _finish(database: Database, run: SchoolImport, status: str) -> None:
    run.status, run.finished_at = cast(Any, status), clock.now()
    async with database.transaction() as session:
        await session.merge(run)
        await session.execute(text("TRUNCATE school_staging, school_link_staging"))
        counts = {name: getattr(run, name) for name in ("schools_added", "schools_changed", "rows_refused")}
        await audit.record(session, None, f"schools.import_{status}", f"school_import:{run.id}", dict(counts))
