"""Allocations on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.allocations.models import AllocationStatus
from funding.budgets.schemas import MOST_PENCE


class AllocationProposal(BaseModel):
    """Money for a budget: from its fund, or from another budget when that is named."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"to_budget": "cpd-bursaries", "amount_pence": 2_500_000, "reason": "Second instalment of the award."}
            ]
        },
    )

    to_budget: str = Field(max_length=60)
    from_budget: str | None = Field(default=None, max_length=60)
    amount_pence: int = Field(gt=0, le=MOST_PENCE)
    reason: str = Field(min_length=1, max_length=1000)


class AllocationOut(BaseModel):
    """An allocation, and who proposed and decided it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    to_budget: str
    from_budget: str | None
    amount_pence: int
    reason: str
    status: AllocationStatus
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
