"""A second person's word on an import that was held, and applying what was approved."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.db import Database
from chassis.principal import Principal
from hubs.area_lists.errors import SecondPersonNeeded
from hubs.school_imports.errors import ImportInProgress, ImportNotHeld, SchoolImportNotFound
from hubs.school_imports.models import SCHOOL_STAGING, SchoolImport
from hubs.school_imports.schemas import ImportDecisionIn
from hubs.school_imports.service import alone, apply_staged, finish


async def decide(session: AsyncSession, caller: Principal, import_id: UUID, word: ImportDecisionIn) -> SchoolImport:
    """Approve a held import, which is then applied within seconds, or refuse it, so that it never is.

    Raises ImportNotHeld, and SecondPersonNeeded for the importer.
    """
    run = await session.get(SchoolImport, import_id, with_for_update=True)
    if run is None:
        raise SchoolImportNotFound("No import of the register has this id.")
    if run.status != "held":
        raise ImportNotHeld(f"The import is {run.status}.")
    if run.imported_by_id is not None and run.imported_by_id == caller.id:
        raise SecondPersonNeeded("You imported this file; another administrator decides on it.")
    run.status, run.reason = word.outcome, word.reason
    run.decided_by, run.decided_at = caller.id, clock.now()
    details: dict[str, audit.JSON] = {"file": run.file_name, "reason": word.reason}
    await audit.record(session, caller, f"schools.import_{word.outcome}", f"school_import:{run.id}", details)
    return run


async def apply_approved(database: Database) -> SchoolImport | None:
    """Apply the import that was approved, if there is one and no other runs. What it says of lines is kept as ever."""
    async with database.transaction() as session:
        waiting = await session.scalar(select(SchoolImport.id).where(SchoolImport.status == "approved"))
    if waiting is None:
        return None
    try:
        async with alone(database):
            return await _apply(database)
    except ImportInProgress:
        return None  # the next round will


async def _apply(database: Database) -> SchoolImport | None:
    async with database.transaction() as session:
        run = await session.scalar(select(SchoolImport).where(SchoolImport.status == "approved").with_for_update())
        staged = await session.scalar(select(func.count()).select_from(SCHOOL_STAGING))
        if run is None:
            return None
        run.status = "running"
    if staged != run.rows_read - run.rows_refused:
        # The staging tables are not logged: the database server was restarted hard since.
        run.held_because = "What was read is gone. It was approved: import the same file again and it is applied."
        await finish(database, run, "failed")
        return run
    await apply_staged(database, run, lambda remark: None)
    return run
