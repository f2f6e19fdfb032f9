"""Adjustments on the wire."""

from pydantic import BaseModel, ConfigDict, Field

from funding.grant_cards.language import Given, Slug
from funding.grant_cards.schemas import CardVersion
from funding.grants.schemas import Reason


class AdjustmentRequest(BaseModel):
    """What the award is to be calculated from now."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"inputs": {"schools": "6"}, "because": "A school left the group."}]},
    )

    inputs: dict[Slug, Given] = Field(max_length=20)
    card_version: CardVersion | None = Field(default=None, description="Without it, the version that holds now")
    because: Reason
    findings_accepted_because: Reason | None = Field(
        default=None, description="Needed when the calculation has findings"
    )
