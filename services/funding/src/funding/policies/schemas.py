"""Policies as they are shown."""

from datetime import date

from pydantic import BaseModel, Field

from funding.policies.rules import AppliesTo, Row


class PolicyOut(BaseModel):
    """One version of a policy, with the days it is in force and the checksum of its whole text."""

    policy: str = Field(examples=["primary-cpd"])
    version: int
    title: str
    effective_from: date
    effective_to: date | None = Field(description="The day before the next version begins; null for the latest")
    source: str
    checksum: str
    applies_to: AppliesTo
    rows: tuple[Row, ...]


class PolicyList(BaseModel):
    """Versions, the policies by name and each one's oldest first."""

    data: list[PolicyOut]
