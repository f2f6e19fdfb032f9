"""Reading diagnostics and pathways."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.diagnostics.errors import DiagnosticNotFound, SittingNotFound
from certification.diagnostics.models import Diagnostic, DiagnosticResponse, DiagnosticSitting, Pathway
from chassis.paging import PageOf
from chassis.principal import Principal


async def in_force(connection: AsyncConnection | AsyncSession, slug: str, on: date) -> RowMapping:
    """The version of a diagnostic in force on a day, or DiagnosticNotFound."""
    query = select(Diagnostic.__table__).where(Diagnostic.slug == slug, Diagnostic.effective_from <= on)
    newest = query.order_by(Diagnostic.effective_from.desc(), Diagnostic.version.desc()).limit(1)
    found = (await connection.execute(newest)).mappings().one_or_none()
    if found is None or _has_ended(found, on):
        raise DiagnosticNotFound(slug)
    return found


async def all_in_force(connection: AsyncConnection, on: date) -> list[RowMapping]:
    """The version of each diagnostic in force on a day."""
    begun = select(Diagnostic.__table__).where(Diagnostic.effective_from <= on)
    newest = begun.ext(distinct_on(Diagnostic.slug)).order_by(
        Diagnostic.slug, Diagnostic.effective_from.desc(), Diagnostic.version.desc()
    )
    return [row for row in (await connection.execute(newest)).mappings() if not _has_ended(row, on)]


def _has_ended(row: RowMapping, on: date) -> bool:
    return row["effective_to"] is not None and row["effective_to"] <= on


async def version_of(runner: AsyncConnection | AsyncSession, slug: str, version: int) -> RowMapping:
    """A version that there is."""
    query = select(Diagnostic.__table__).where(Diagnostic.slug == slug, Diagnostic.version == version)
    return (await runner.execute(query)).mappings().one()


async def sittings(reader: AsyncConnection, caller: Principal, page: PageOf, is_open: bool | None) -> list[RowMapping]:
    """The caller's sittings, oldest first: all, those that go on, or those finished."""
    query = select(DiagnosticSitting.__table__).where(DiagnosticSitting.teacher_id == caller.id)
    if is_open is not None:
        finished = DiagnosticSitting.finished_at.is_not(None)
        query = query.where(~finished if is_open else finished)
    if after := page.after_as(UUID):
        query = query.where(DiagnosticSitting.id > after[0])
    return list((await reader.execute(query.order_by(DiagnosticSitting.id).limit(page.limit + 1))).mappings())


async def sitting(reader: AsyncConnection, caller: Principal, sitting_id: UUID) -> RowMapping:
    """One of the caller's sittings, or SittingNotFound."""
    own = (DiagnosticSitting.id == sitting_id) & (DiagnosticSitting.teacher_id == caller.id)
    found = (await reader.execute(select(DiagnosticSitting.__table__).where(own))).mappings().one_or_none()
    if found is None:
        raise SittingNotFound
    return found


async def responses(reader: AsyncConnection, caller: Principal, page: PageOf) -> list[RowMapping]:
    """The caller's results with the pathway of each, oldest first."""
    joined = DiagnosticResponse.__table__.join(Pathway.__table__, Pathway.slug == DiagnosticResponse.pathway)
    shown = (Pathway.title.label("pathway_title"), Pathway.courses, Pathway.community)
    query = select(DiagnosticResponse.__table__, *shown).select_from(joined)
    query = query.where(DiagnosticResponse.teacher_id == caller.id)
    if after := page.after_as(UUID):
        query = query.where(DiagnosticResponse.id > after[0])
    return list((await reader.execute(query.order_by(DiagnosticResponse.id).limit(page.limit + 1))).mappings())
