"""Completion rules on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chassis.wire import Day
from hubs.completion_rules.models import EVERYTHING, Credit, RuleScope, RuleStatus


class CompletionRuleIn(BaseModel):
    """The next version of a rule, to be proposed. A course's rule goes before its programme's, and that before all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "scope": "programme",
                    "applies_to": "gcse_subject_knowledge",
                    "minimum_percent": "90",
                    "credit": "course_hours",
                    "valid_from_on": "2026-09-01",
                    "source": "Letter of the department to the National Centre, 14 July 2026",
                }
            ]
        },
    )

    scope: RuleScope
    applies_to: str = Field(
        default=EVERYTHING, max_length=40, description="A course's code, a programme, or `everything` (scope `default`)"
    )
    minimum_percent: Decimal = Field(
        gt=0, le=100, decimal_places=2, description="The least share of the planned minutes to be attended"
    )
    credit: Credit = Field(
        default="course_hours", description="A completed run counts for the course's hours, or for what was attended"
    )
    valid_from_on: Day = Field(description="For runs that begin on this day or later")
    valid_to_on: Day | None = Field(default=None, description="The last such day; open when left out")
    source: str = Field(min_length=10, max_length=1000, description="Who decided it, where and when it was published")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.scope == "default") != (self.applies_to == EVERYTHING):
            raise ValueError("a default rule, and no other, applies to everything")
        if self.valid_to_on is not None and self.valid_to_on < self.valid_from_on:
            raise ValueError("valid_to_on is before valid_from_on")
        return self


class CompletionRuleOut(BaseModel):
    """One version of a rule and what became of it."""

    id: UUID
    scope: RuleScope
    applies_to: str
    version: int
    minimum_percent: Decimal
    credit: Credit
    valid_from_on: date
    valid_to_on: date | None
    source: str
    status: RuleStatus
    proposed_by: UUID | None = Field(description="Null: it came with the platform")
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None


class CompletionRuleFilter(BaseModel):
    """Which versions to list. Only approved ones are public."""

    scope: RuleScope | None = None
    applies_to: str | None = Field(default=None, max_length=40)
    status: RuleStatus = "approved"


class RuleDecisionIn(BaseModel):
    """The second person's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "approved", "reason": "Compared with the department's letter."}]},
    )

    outcome: Literal["approved", "refused"]
    reason: str = Field(min_length=5, max_length=1000)
