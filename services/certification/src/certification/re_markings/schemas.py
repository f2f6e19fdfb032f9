"""What the API says about re-markings."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from certification.question_banks.schemas import Name, Reason, Words


class ReMarkingStatus(StrEnum):
    """How far a re-marking is."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    RUNNING = "running"
    DONE = "done"


class ReMarkingRequest(BaseModel):
    """What was wrong with a question, and how whoever answered it is to be marked instead."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "denary-of-1011",
                    "treatment": "marks_for_all",
                    "reason": "Two of its options can be defended.",
                }
            ]
        },
    )

    question: Name
    version: int | None = Field(None, ge=1, description="Of the bank that has the question; null for the newest")
    treatment: Literal["other_answer", "marks_for_all"]
    right: list[Words] | None = Field(None, min_length=1, max_length=5, description="What is right after all")
    reason: Reason

    @model_validator(mode="after")
    def _says_what_is_right(self) -> "ReMarkingRequest":
        if (self.treatment == "other_answer") != (self.right is not None):
            raise ValueError("say what is right where the answer is another one, and only there")
        return self


class ReMarkingDecision(BaseModel):
    """A second person's word."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "approved", "reason": "Seen by the board."}]}
    )

    outcome: Literal["approved", "declined"]
    reason: Reason


class ReMarkingOut(BaseModel):
    """A re-marking and how far it has come. Whoever had passed keeps the pass, whatever the new marks say."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    assessment: str
    question: str
    treatment: str
    right: list[str] | None
    reason: str
    status: ReMarkingStatus
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    attempts_seen: int
    attempts_changed: int
    passes_given: int
    passes_kept: int = Field(description="Passes that the new marks would not have reached")
    finished_at: datetime | None
