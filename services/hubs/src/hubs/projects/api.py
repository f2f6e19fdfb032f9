"""`/v1/projects`: what networks run, for everybody to read, and as files."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.projects import queries
from hubs.projects.downloads import FILES, file_response
from hubs.projects.errors import ProjectNotFound
from hubs.projects.schemas import (
    FileChosen,
    ProjectDetail,
    ProjectFilter,
    ProjectOut,
    ProjectVersionOut,
    VersionChosen,
)

router = ServiceRouter(prefix="/v1/projects", tags=["networks"])
Anybody = Annotated[Principal, allow(PUBLIC)]


@router.get("", response_model=Page[ProjectOut])
async def list_projects(
    reader: Reader, caller: Anybody, wanted: Annotated[ProjectFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Projects by network, year and code."""
    rows = await queries.list_projects(reader, wanted, page)
    return Page.of(rows, page, key=lambda row: (row.network_slug, row.project_year, row.code))


@router.get("/{project_id}", response_model=ProjectDetail, responses=errors(ProjectNotFound))
async def get_project(
    reader: Reader, caller: Anybody, project_id: UUID, wanted: Annotated[VersionChosen, Query()]
) -> dict[str, object]:
    """A project with its document: that in force, or an earlier version."""
    row = (await queries.find_version(reader, project_id, wanted.number))._mapping
    return {**row, "number": wanted.number or row["number"]}


@router.get("/{project_id}/versions", response_model=Page[ProjectVersionOut], responses=errors(ProjectNotFound))
async def list_project_versions(
    reader: Reader, caller: Anybody, project_id: UUID, page: PageRequest
) -> dict[str, object]:
    """Versions of a project's document, newest first."""
    await queries.find_version(reader, project_id)
    rows = await queries.list_versions(reader, project_id, page)
    return Page.of(rows, page, key=lambda row: (str(row.number),))


@router.get("/{project_id}/file", response_class=Response, responses=errors(ProjectNotFound) | FILES)
async def get_project_file(
    reader: Reader, caller: Anybody, project_id: UUID, wanted: Annotated[FileChosen, Query()]
) -> Response:
    """The document as a file to edit; proposing it back unchanged changes nothing."""
    row = await queries.find_version(reader, project_id, wanted.number)
    document = await queries.document_of(reader, project_id, wanted.number)
    return file_response(document, f"{row.network_slug}-{row.code}", wanted.format)
