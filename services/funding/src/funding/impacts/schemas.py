"""Impacts on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from funding.eligibility.rules import Outcome
from funding.impacts.models import Effect


class ImpactOut(BaseModel):
    """One change and what it did, as far as it is worked off."""

    id: UUID
    cause: str = Field(examples=["area-list:achieving-excellence-areas/2"])
    found: int = Field(description="Bursaries that it may touch")
    pending: int
    unchanged: int
    decided: int = Field(description="Decided again, and came out otherwise")
    kept: int = Field(description="Would come out otherwise now, and stay as they were promised")
    gone: int
    opened_at: datetime
    finished_at: datetime | None


class ImpactItemOut(BaseModel):
    """One bursary, before and after."""

    model_config = ConfigDict(from_attributes=True)

    bursary_id: UUID
    effect: Effect
    status_before: str
    amount_before_pence: int
    outcome_after: Outcome | None
    amount_after_pence: int | None
    handled_at: datetime | None
