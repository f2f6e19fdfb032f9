"""What the API says about moderation."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from certification.log_entries.schemas import LogEntryOut, Status
from certification.moderation.rules import PolicyRules, ReasonCode
from chassis.wire import Day

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
GivenReason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=2000)]


class Decision(BaseModel):
    """A moderator's decision. A returned entry needs a reason, from which its author can do better."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "accepted", "reason": "A clear account of what was shared."},
                {
                    "outcome": "returned",
                    "reason_code": "not_enough_detail",
                    "reason": "Say which meeting it was and what your colleagues took from it.",
                },
            ]
        },
    )

    outcome: Literal["accepted", "returned"]
    reason_code: ReasonCode | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def _return_has_a_reason(self) -> "Decision":
        if self.outcome == "returned" and not self.reason:
            raise ValueError("a returned entry needs a reason")
        return self


class AuditDecision(BaseModel):
    """What a second look at an accepted entry found."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "outcome": "rejected",
                    "reason_code": "not_genuine",
                    "reason": "The hall that the photograph shows is not where the meeting took place.",
                },
                {"outcome": "confirmed"},
            ]
        },
    )

    outcome: Literal["confirmed", "rejected"]
    reason_code: ReasonCode | None = None
    reason: GivenReason | None = None

    @model_validator(mode="after")
    def _rejection_has_reasons(self) -> "AuditDecision":
        if self.outcome == "rejected" and not (self.reason and self.reason_code):
            raise ValueError("what was accepted is rejected with a reason_code and a reason")
        return self


class QueueItem(LogEntryOut):
    """An entry as it waits for a moderator."""

    is_overdue: bool
    is_mine: bool = Field(description="You have taken it")
    claimed_until: datetime | None
    audit_status: str | None = Field(description="`waiting` for the second look at what was accepted")


class Summary(BaseModel):
    """The queue in numbers, as far as the caller may see it."""

    counts: dict[Status, int] = Field(description="Entries by status; drafts and what was withdrawn are nobody else's")
    overdue: int
    audits_waiting: int
    oldest_due_at: datetime | None
    service_level_working_days: int
    decided_30_days: int
    decided_in_time_percent: Decimal | None = Field(description="Of those decided within 30 days; null for none")


class PolicyProposal(BaseModel):
    """A version of the policy for a second administrator to approve."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "effective_from_on": "2027-01-04",
                    "source": "Moderation board of 10 December 2026, item 4",
                    "rules": {
                        "service_level_working_days": 10,
                        "claim_minutes": 120,
                        "first_entries": "1",
                        "later_entries": "1",
                        "activities": {"contribute-to-online-discussion": "0.2"},
                        "audited": "0.05",
                        "refuses_same_school": True,
                        "evidence_kept_days": 1095,
                        "abandoned_kept_days": 90,
                    },
                }
            ]
        },
    )

    effective_from_on: Day
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=500)]
    rules: PolicyRules


class PolicyOut(BaseModel):
    """A version of the policy, with the seed from which its draws can be repeated."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    effective_from_on: date
    source: str
    rules: PolicyRules
    seed: str
    proposed_by: UUID | None
    proposed_at: datetime
    approved_by: UUID | None
    approved_at: datetime | None


class PolicyList(BaseModel):
    """Every version there is."""

    data: list[PolicyOut]


class QueueFilter(BaseModel):
    """What part of the queue."""

    section: Literal["waiting", "mine", "audits"] = "waiting"
