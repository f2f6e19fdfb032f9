"""What the API says about reviews of certificates."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000, pattern=r"^[^\x00]+$")]


class Recommendation(BaseModel):
    """What to do about a certificate in question, and why. To revoke is a proposal of revocation at the same time."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "keep", "reason": "Later courses make up for the lost hours."}]},
    )

    outcome: Literal["keep", "revoke"]
    reason: Reason


class ReviewDecision(BaseModel):
    """What a second person says to a recommendation. Declined, the review waits for another."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "approved"}]})

    outcome: Literal["approved", "declined"]


class ReviewOut(BaseModel):
    """A certificate in question: what took its ground away, and what was said and decided."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    certificate_id: UUID
    completion_id: UUID | None = Field(description="The completion that was corrected")
    contribution_id: UUID | None = Field(description="The contribution that no longer counts")
    re_evaluation_id: UUID | None = Field(description="The re-evaluation under whose rules it would not be earned")
    log_entry_id: UUID | None = Field(description="The entry of the log that a second look reversed")
    opened_at: datetime
    recommendation: Literal["keep", "revoke"] | None
    reason: str | None
    recommended_by: UUID | None
    recommended_at: datetime | None
    revocation_id: UUID | None = Field(description="The proposal that a recommendation to revoke is")
    outcome: Literal["kept", "revoked"] | None
    decided_by: UUID | None
    closed_at: datetime | None
