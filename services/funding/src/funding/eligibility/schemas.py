"""Eligibility as it is shown."""

from datetime import date

from pydantic import BaseModel, Field

from funding.eligibility.rules import Finding


class EligibilityOut(BaseModel):
    """Every rule's answer for one school."""

    urn: str = Field(examples=["900001"])
    school_name: str
    answered_on: date
    rules: list[Finding]
