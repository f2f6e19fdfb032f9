"""Completions on the wire."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, TypeAdapter, WithJsonSchema

from chassis.wire import Day

MOST_ITEMS = 10_000
MOST_HOURS = 60
"""Above any activity of the catalogue."""


PartnersNumber = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""Any printable text; control characters have no place in a column or a report."""


class CompletionItem(BaseModel):
    """One completion as the partner knows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    external_id: PartnersNumber = Field(description="The partner's number of this completion")
    external_learner_id: PartnersNumber = Field(description="The partner's number of the learner")
    teacher_id: UUID | None = Field(default=None, description="The teacher, if the partner knows our number")
    activity_code: str = Field(min_length=1, max_length=20, examples=["CO040"])
    hours: Decimal = Field(gt=0, le=MOST_HOURS, decimal_places=2, description="Hours of learning")
    completed_on: Day


ITEM: TypeAdapter[CompletionItem] = TypeAdapter(CompletionItem)
# Items are judged one by one after the envelope, so that one bad item does not turn the others away.
RawItem = Annotated[JsonValue, WithJsonSchema(CompletionItem.model_json_schema())]


class BatchIn(BaseModel):
    """Completions to record."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "completions": [
                        {
                            "external_id": "2026-0001",
                            "external_learner_id": "L-4711",
                            "activity_code": "CO001",
                            "hours": "3.5",
                            "completed_on": "2026-11-20",
                        }
                    ]
                }
            ]
        },
    )

    completions: list[RawItem] = Field(min_length=1, max_length=MOST_ITEMS)


class Rejection(BaseModel):
    """An item that cannot be taken, and why."""

    index: int = Field(description="Position in the batch, from 0")
    code: str = Field(examples=["unknown-activity"])
    detail: str


class BatchOut(BaseModel):
    """What became of a batch: received = recorded + queued + duplicates + rejected."""

    received: int
    recorded: int = Field(description="Completions that count from now on")
    queued: int = Field(description="Kept until it is known who the learner is")
    duplicates: int = Field(description="Sent before, or a second report of the same completion")
    rejected: list[Rejection]


class MatchOut(BaseModel):
    """A learner whose teacher is not known, with what waits for the answer."""

    id: UUID
    organisation_id: UUID
    external_learner_id: str
    claimed_teacher_id: UUID | None
    first_seen_at: datetime
    waiting: int = Field(description="Completions kept")
    activity_codes: list[str]


class MatchFilter(BaseModel):
    """Which waiting matches to list."""

    organisation_id: UUID | None = None


class ResolutionIn(BaseModel):
    """Who the learner is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"teacher_id": "01920000-0000-7000-8000-000000000000"}]}
    )

    teacher_id: UUID


class ResolutionOut(BaseModel):
    """What the answer set free."""

    id: UUID
    teacher_id: UUID
    recorded: int
    duplicates: int
