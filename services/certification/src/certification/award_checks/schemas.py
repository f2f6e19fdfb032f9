"""What the API says about checks of earned certificates."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.certificate_reviews.schemas import Reason
from certification.progress.schemas import EntryOut


class AwardRecommendation(BaseModel):
    """What to do about an earned certificate, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "award", "reason": "Registers and evidence bear it out."}]},
    )

    outcome: Literal["award", "withhold"]
    reason: Reason


class AwardDecision(BaseModel):
    """What a second person says to a recommendation. Declined, the check waits for another."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "approved"}]})

    outcome: Literal["approved", "declined"]


class AwardCheckOut(BaseModel):
    """An earned certificate that was drawn for a check, and what was said and decided."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    teacher_id: UUID
    scheme: str
    opened_at: datetime
    recommendation: Literal["award", "withhold"] | None
    reason: str | None
    recommended_by: UUID | None
    recommended_at: datetime | None
    outcome: Literal["awarded", "withheld"] | None = Field(description="Withheld, it can be recommended anew")
    decided_by: UUID | None
    closed_at: datetime | None


class AwardCheckInFull(AwardCheckOut):
    """The same with everything in the ledger that the certificate rests on."""

    entries: list[EntryOut]
