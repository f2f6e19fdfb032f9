"""Reads of the imports."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import PageOf
from hubs.base import AnyRow
from hubs.school_imports.errors import SchoolImportNotFound
from hubs.school_imports.models import SchoolImport, SchoolImportRemark

IMPORT = SchoolImport.__table__
REMARK = SchoolImportRemark.__table__


async def list_imports(reader: AsyncConnection, page: PageOf) -> Sequence[AnyRow]:
    """Imports, the newest first, one row more than the page holds."""
    newest = select(IMPORT).order_by(SchoolImport.started_at.desc(), SchoolImport.id.desc()).limit(page.limit + 1)
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        newest = newest.where(tuple_(SchoolImport.started_at, SchoolImport.id) < after)
    return (await reader.execute(newest)).all()


async def find_import(reader: AsyncConnection, import_id: UUID) -> AnyRow:
    """One import, or SchoolImportNotFound."""
    row = (await reader.execute(select(IMPORT).where(SchoolImport.id == import_id))).first()
    if row is None:
        raise SchoolImportNotFound("No import of the register has this id.")
    return row


async def list_remarks(reader: AsyncConnection, import_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Remarks of an import by file and line, one row more than the page holds."""
    await find_import(reader, import_id)
    key = (SchoolImportRemark.file_name, SchoolImportRemark.line, SchoolImportRemark.severity)
    remarks = select(REMARK).where(SchoolImportRemark.import_id == import_id).order_by(*key).limit(page.limit + 1)
    if (after := page.after_as(str, int, str)) is not None:
        remarks = remarks.where(tuple_(*key) > after)
    return (await reader.execute(remarks)).all()
