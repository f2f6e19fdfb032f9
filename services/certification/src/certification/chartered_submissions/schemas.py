"""What the API says to the organisation that decides."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from certification.chartered.schemas import DecisionOut, Prose
from chassis.wire import Day

READABLE = ConfigDict(from_attributes=True)


class SubmissionOut(BaseModel):
    """Evidence that was sent to the caller's organisation. It names nobody: the bundle does."""

    model_config = READABLE

    id: UUID
    pathway: str
    version: int
    sent_at: datetime
    is_withdrawn: bool
    sha256: str = Field(description="Of the bundle, in hexadecimal")
    decisions: list[DecisionOut]


class BundleOut(BaseModel):
    """The evidence as it was signed. The signature covers `bundle` byte for byte, by a key of /v1/transparency/keys."""

    submission_id: UUID
    bundle: str = Field(description="JSON with sorted keys and no spaces")
    sha256: str = Field(description="Of the UTF-8 form of `bundle`, in hexadecimal")
    key_id: str
    signature: str = Field(description="Ed25519, in hexadecimal")
    content: dict[str, Any] = Field(description="The same, read")


class DecisionRequest(BaseModel):
    """What the organisation decided. One that differs from the latest is a further revision; the same again is none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "outcome": "granted",
                    "reason": "All stages are evidenced; the statement shows impact on pupils.",
                    "reference": "CT-2026-00017",
                    "decided_on": "2026-11-20",
                    "status_from_on": "2026-11-20",
                    "renew_by_on": "2031-11-19",
                }
            ]
        },
    )

    outcome: Literal["granted", "refused", "more_evidence"]
    reason: Prose
    reference: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$")
    ]
    decided_on: Day
    status_from_on: Day | None = Field(None, description="The first day of the status: with `granted`, and only then")
    renew_by_on: Day | None = Field(None, description="The last day of the status unless renewed: as above")

    def day_problem(self, today: date) -> str | None:
        """What is wrong with the days; None when they fit."""
        if self.decided_on > today:
            return "A decision is reported on its day or later."
        days = (self.status_from_on, self.renew_by_on)
        if self.outcome != "granted":
            return "Only what is granted has a first day and a day to renew by." if any(days) else None
        if self.status_from_on is None or self.renew_by_on is None:
            return "What is granted has a first day and a day to renew by."
        return None if self.renew_by_on > self.status_from_on else "The day to renew by comes after the first day."
