"""Proposals on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hubs.academic_years import AcademicYear
from hubs.network_proposals.merging import Change
from hubs.network_proposals.models import ProposalStatus
from hubs.projects.parts import Slug

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class FileHead(BaseModel):
    """What the file is for."""

    model_config = ConfigDict(extra="forbid")

    network: Slug | None = Field(
        default=None, description="With a file of one project: its network. A file of a whole network names it itself."
    )


class ProposalHead(FileHead):
    """What the file is for, and why."""

    reason: Reason = Field(examples=["Dates of the national workshops"])


class FileCheck(BaseModel):
    """What a file would do. Nothing was kept."""

    network_slug: str
    project_year: str
    is_new: bool = Field(description="The network has no documents of that year yet")
    changes_count: int
    changes: list[Change] = Field(description="The first 500")


class ProposalFilter(BaseModel):
    """Which proposals."""

    network: Slug | None = None
    year: AcademicYear | None = None
    status: ProposalStatus | None = None


class NetworkProposalOut(BaseModel):
    """A proposed change of a network's documents."""

    id: UUID
    network_slug: str
    project_year: str
    reason: str
    status: ProposalStatus
    changes_count: int
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision: str | None = Field(description="Why it was decided so")


class NetworkProposalDetail(NetworkProposalOut):
    """The same with what it changes."""

    changes: list[Change] = Field(description="The first 500")


class ProposalDecisionIn(BaseModel):
    """What a second person says."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "Compared with the published document."}]},
    )

    outcome: Literal["approved", "refused"]
    reason: Reason
