"""What the API says about re-evaluations."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Action(StrEnum):
    """What is to be done with what is found."""

    DRY_RUN = "dry_run"
    MIGRATE_IF_BETTER = "migrate_if_better"
    MIGRATE_ALL = "migrate_all"
    RECHECK = "recheck"


class ReEvaluationStatus(StrEnum):
    """How far it is."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What the rules looked at would change for somebody, compared with the rules they are enrolled under."""

    STAYS_COMPLETE = "stays_complete"
    WOULD_COMPLETE = "would_complete"
    WOULD_LOSE = "would_lose"
    STAYS_INCOMPLETE = "stays_incomplete"


class ReEvaluationRequest(BaseModel):
    """Whom to look at, under which rules, and what to do with it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"scheme": "primary", "action": "dry_run", "version": 6}]}
    )

    scheme: str = Field(min_length=1, max_length=60)
    action: Action = Field(
        description="`dry_run` only tells; `migrate_if_better` moves those who would complete; `migrate_all` moves "
        "everybody without a certificate; `recheck` works out everybody anew under the version they have"
    )
    version: int | None = Field(None, ge=1, le=2**31 - 1, description="A published version of the scheme")
    draft_id: UUID | None = Field(None, description="A draft for the scheme; for a dry run only")


class Counts(BaseModel):
    """People by outcome, as far as it is done."""

    stays_complete: int = 0
    would_complete: int = 0
    would_lose: int = 0
    stays_incomplete: int = 0


class ReEvaluationOut(BaseModel):
    """A re-evaluation and how far it is."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    scheme: str
    action: Action
    version: int | None
    draft_id: UUID | None
    status: ReEvaluationStatus
    total: int = Field(description="People who were enrolled when it was asked for")
    done: int
    moved: int = Field(description="People who are now enrolled under the version looked at")
    counts: Counts
    requested_by: UUID
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class FindingOut(BaseModel):
    """What was found about one person."""

    model_config = ConfigDict(from_attributes=True)

    teacher_id: UUID
    from_version: int
    outcome: Outcome
    is_awarded: bool = Field(description="The certificate was awarded already and stays so whatever was found")
    was_moved: bool
    missing: str = Field(description="What is missing under the rules looked at; empty for nothing")
