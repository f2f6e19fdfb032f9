"""Merges as administrators send and read them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from identity.merges.rules import Reason
from identity.teacher_numbers.models import Standing

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500)]
Whose = Literal["kept", "merged"]


class CandidatePerson(BaseModel):
    """One of two, as far as it takes to look further."""

    id: UUID
    initials: str = Field(examples=["S. T."])
    school_urn: str | None = Field(description="The present school")
    number_standing: Standing | None = Field(description="How sure the platform is of the teacher reference number")
    registered_at: datetime


class MergeCandidate(BaseModel):
    """Two accounts that may be one person's."""

    people: list[CandidatePerson] = Field(min_length=2, max_length=2)
    score: int = Field(ge=0, le=100)
    reasons: list[Reason]
    has_different_numbers: bool = Field(description="Then they are not merged unless one number is corrected")


class NewMerge(BaseModel):
    """Which account is kept, which goes by it, and how it is known that they are one person's."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kept_id": "0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11",
                    "merged_id": "0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a12",
                    "reason": "Rang the school: she registered again with her new address.",
                }
            ]
        },
    )

    kept_id: UUID
    merged_id: UUID
    reason: Words
    present_school: Whose | None = Field(default=None, description="Needed where both are at a school, not the same")


class MergeDecision(BaseModel):
    """What another administrator decides."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "approved"}]})

    outcome: Literal["approved", "declined"]


class MergeSeparation(BaseModel):
    """Why two accounts are not one person's after all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "They are twins, both teaching at the school."}]},
    )

    reason: Words


class MergeOut(BaseModel):
    """A merge that was proposed."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kept_id: UUID
    merged_id: UUID
    reason: str
    present_school: Whose | None
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    outcome: Literal["approved", "declined"] | None
    separated_by: UUID | None
    separated_at: datetime | None
    separation_reason: str | None


class MergePreview(BaseModel):
    """What a merge would do here. Every other service tells what it did at `/v1/merge-effects/…`."""

    merge_id: UUID
    moves: dict[str, int] = Field(description="Rows by table that go to the person who is kept")
    stays: dict[str, int] = Field(description="Rows by table that the kept person has one like already")
    sign_ins_ended: int = Field(description="Open sign-ins of the account that is merged")
