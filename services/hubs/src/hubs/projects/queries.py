"""Reads of projects and of their versions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from hubs.base import AnyRow
from hubs.projects.document import ProjectDocument
from hubs.projects.errors import ProjectNotFound
from hubs.projects.models import Project, ProjectVersion
from hubs.projects.schemas import ProjectFilter

PROJECT = Project.__table__
COLUMNS = {"network": "network_slug", "year": "project_year"}
Source = AsyncConnection | AsyncSession


async def list_projects(reader: AsyncConnection, wanted: ProjectFilter, page: PageOf) -> Sequence[AnyRow]:
    """Projects by network, year and code, one more than the page holds."""
    order = (Project.network_slug, Project.project_year, Project.code)
    query = select(PROJECT).order_by(*order).limit(page.limit + 1)
    chosen = wanted.model_dump(exclude_none=True)
    if (phase := chosen.pop("phase", None)) is not None:
        query = query.where(Project.phases.contains([phase]))
    for name, value in chosen.items():
        query = query.where(PROJECT.c[COLUMNS.get(name, name)] == value)
    if (after := page.after_as(str, str, str)) is not None:
        query = query.where(tuple_(*order) > tuple_(*after))
    return (await reader.execute(query)).all()


async def find_version(reader: Source, project_id: UUID, number: int | None = None) -> AnyRow:
    """A project with one version of its document, that in force when none is named; ProjectNotFound."""
    query = (
        select(*PROJECT.c, ProjectVersion.document, ProjectVersion.in_force_at)
        .join(ProjectVersion, ProjectVersion.project_id == Project.id)
        .where(Project.id == project_id)
        .where(ProjectVersion.number == (Project.number if number is None else number))
    )
    row = (await reader.execute(query)).first()
    if row is None:
        raise ProjectNotFound("No project has this id, or it has no such version.")
    return row


async def document_of(reader: Source, project_id: UUID, number: int | None = None) -> ProjectDocument:
    """The document itself, that in force when no version is named; ProjectNotFound."""
    return ProjectDocument.model_validate((await find_version(reader, project_id, number)).document)


async def list_versions(reader: AsyncConnection, project_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Versions of a project, newest first, one more than the page holds."""
    query = (
        select(ProjectVersion.project_id, ProjectVersion.number, ProjectVersion.in_force_at, ProjectVersion.proposal_id)
        .where(ProjectVersion.project_id == project_id)
        .order_by(ProjectVersion.number.desc())
        .limit(page.limit + 1)
    )
    if (after := page.after_as(int)) is not None:
        query = query.where(ProjectVersion.number < after[0])
    return (await reader.execute(query)).all()
