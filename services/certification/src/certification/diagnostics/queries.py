"""Reading diagnostics and pathways."""

from datetime import date

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.diagnostics.errors import DiagnosticNotFound
from certification.diagnostics.models import Diagnostic


async def in_force(connection: AsyncConnection | AsyncSession, slug: str, on: date) -> RowMapping:
    """The version of a diagnostic in force on a day, or DiagnosticNotFound."""
    query = select(Diagnostic.__table__).where(Diagnostic.slug == slug, Diagnostic.effective_from <= on)
    newest = query.order_by(Diagnostic.effective_from.desc(), Diagnostic.version.desc()).limit(1)
    found = (await connection.execute(newest)).mappings().one_or_none()
    if found is None:
        raise DiagnosticNotFound(slug)
    return found


async def all_in_force(connection: AsyncConnection, on: date) -> list[RowMapping]:
    """The version of each diagnostic in force on a day."""
    begun = select(Diagnostic.__table__).where(Diagnostic.effective_from <= on)
    newest = begun.ext(distinct_on(Diagnostic.slug)).order_by(
        Diagnostic.slug, Diagnostic.effective_from.desc(), Diagnostic.version.desc()
    )
    return list((await connection.execute(newest)).mappings())
