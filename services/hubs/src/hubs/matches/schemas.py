"""Matches on the wire."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.identity import Phase
from hubs.completions.models import MatchOutcome
from hubs.completions.schemas import PartnersNumber

MatchStatus = Literal["waiting", "linked", "not_ours", "split"]
Clue = Literal["named_by_partner", "same_number_elsewhere", "same_school"]
AN_ID = "01920000-0000-7000-8000-000000000000"


class CandidateOut(BaseModel):
    """Somebody the learner may be."""

    teacher_id: UUID
    school_urn: str
    phase: Phase
    clues: list[Clue] = Field(description="What speaks for it, the strongest first")
    is_linked: bool = Field(description="The partner has another number for this teacher already")


class MatchOut(BaseModel):
    """A learner whose teacher is to be found, with what waits for the answer."""

    id: UUID
    organisation_id: UUID
    external_learner_id: str
    claimed_teacher_id: UUID | None = Field(description="Whom the partner named, if we do not know that teacher yet")
    school_urn: str | None = Field(description="Where the learner works, as the partner says")
    status: MatchStatus
    first_seen_at: datetime
    waiting: int = Field(description="Completions kept")
    waiting_since_at: datetime | None = Field(description="When the oldest of them came")
    due_at: datetime | None = Field(description="By when an answer is promised")
    is_overdue: bool
    activity_codes: list[str]
    candidates: list[CandidateOut] = Field(description="For moderators; empty for partners")


class DecisionOut(BaseModel):
    """What a person decided."""

    outcome: MatchOutcome
    teacher_id: UUID | None
    reason: str | None
    decided_at: datetime


class WaitingOut(BaseModel):
    """A completion that waits."""

    external_id: str
    activity_code: str
    received_at: datetime


class MatchDetail(MatchOut):
    """The same with what waits, oldest first and at most a hundred, and with what was decided, last first."""

    completions: list[WaitingOut]
    decisions: list[DecisionOut]


class MatchFilter(BaseModel):
    """Which matches to list."""

    organisation_id: UUID | None = None
    status: MatchStatus = "waiting"
    is_overdue: bool | None = None


class QueueOut(BaseModel):
    """One partner's part of the queue."""

    organisation_id: UUID
    learners: int
    completions: int
    overdue_learners: int
    oldest_at: datetime


class QueuesOut(BaseModel):
    """The queue in figures, by partner; partners see their own part."""

    learners: int
    completions: int
    overdue_learners: int
    by_organisation: list[QueueOut]


class AssignmentIn(BaseModel):
    """Whose one completion is."""

    model_config = ConfigDict(extra="forbid")

    external_id: PartnersNumber
    teacher_id: UUID


class ResolutionIn(BaseModel):
    """Who the learner is: a teacher, nobody of ours, or several people who shared a number."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"teacher_id": AN_ID},
                {"outcome": "not_ours", "reason": "The partner confirmed that the learner teaches abroad."},
            ]
        },
    )

    outcome: Literal["linked", "not_ours", "split"] = "linked"
    teacher_id: UUID | None = Field(default=None, description="For `linked`")
    assignments: list[AssignmentIn] = Field(default=[], max_length=500, description="For `split`: what is whose")
    reason: str | None = Field(default=None, min_length=5, max_length=500, description="Needed for all but `linked`")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.outcome == "linked") != (self.teacher_id is not None):
            raise ValueError("teacher_id belongs to the outcome linked")
        if (self.outcome == "split") != bool(self.assignments):
            raise ValueError("assignments belong to the outcome split")
        if self.outcome != "linked" and self.reason is None:
            raise ValueError("say the reason")
        if len({one.external_id for one in self.assignments}) < len(self.assignments):
            raise ValueError("a completion is assigned more than once")
        return self


class ResolutionOut(BaseModel):
    """What the answer set free."""

    id: UUID
    outcome: MatchOutcome
    teacher_id: UUID | None
    recorded: int
    duplicates: int


class ReversalIn(BaseModel):
    """Why a decision was wrong."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "Another teacher of the same name; the partner asked us."}]},
    )

    reason: str = Field(min_length=5, max_length=500)


class ReversalOut(BaseModel):
    """What waits again."""

    id: UUID
    withdrawn: int = Field(description="Reports that counted and wait again")
