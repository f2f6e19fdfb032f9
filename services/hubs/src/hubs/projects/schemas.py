"""Projects on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hubs.academic_years import AcademicYear
from hubs.projects.document import ParticipationKind, ProjectDocument, ProjectKind
from hubs.projects.downloads import Format
from hubs.projects.parts import Code, Phase, Slug


class ProjectFilter(BaseModel):
    """Which projects."""

    network: Slug | None = None
    year: AcademicYear | None = Field(default=None, examples=["2019-20"])
    code: Code | None = None
    phase: Phase | None = None
    kind: ProjectKind | None = None
    participation: ParticipationKind | None = None
    card: Slug | None = None


class ProjectOut(BaseModel):
    """A project in one year."""

    id: UUID
    network_slug: str
    project_year: str
    code: str
    title: str
    kind: ProjectKind
    phases: list[Phase]
    participation: ParticipationKind
    card: str | None = Field(description="The grant card that pays for it, of `/v1/grant-cards`")
    number: int = Field(description="Of the version in force")


class ProjectDetail(ProjectOut):
    """The same with its document. `number` is the version shown."""

    document: ProjectDocument
    in_force_at: datetime


class ProjectVersionOut(BaseModel):
    """One version of a project's document."""

    project_id: UUID
    number: int
    in_force_at: datetime
    proposal_id: UUID | None = Field(description="Null: it came with the platform")


class VersionChosen(BaseModel):
    """Which version."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        default=None, description="That in force when left out"
    )


class FileChosen(VersionChosen):
    """Which version, and how it is written."""

    format: Format = "yaml"
