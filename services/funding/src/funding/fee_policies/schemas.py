"""Fee policies as they are shown."""

from datetime import date

from pydantic import BaseModel, Field

from funding.fee_policies.rules import FeeRow


class FeePolicyOut(BaseModel):
    """One version of the fee policy, with the days it is in force and the checksum of its whole text."""

    version: int
    title: str
    effective_from: date
    effective_to: date | None = Field(description="The day before the next version begins; null for the latest")
    source: str
    checksum: str
    quote_valid_days: int = Field(description="For how long a quote by this version holds, until the run begins")
    rows: tuple[FeeRow, ...] = Field(description="Read in order: the first whose condition holds applies")


class FeePolicyList(BaseModel):
    """Versions, the oldest first."""

    data: list[FeePolicyOut]
