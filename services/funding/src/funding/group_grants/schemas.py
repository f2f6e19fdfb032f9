"""Money of groups on the wire."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.wire import Day
from funding.grant_cards.rules import Calculation
from funding.grants.models import GrantStatus
from funding.grants.schemas import Reason


class GroupGrantOut(BaseModel):
    """What a group's hub can expect, has drawn and is owed, with what that was worked out from."""

    group_id: UUID
    hub_id: UUID
    hub_name: str | None = Field(description="Null in news from before it was told")
    network: str
    project_code: str
    project_year: str
    status: Literal["running", "completed", "cancelled"] = Field(description="Of the group")
    card: str | None = Field(description="Null when the project pays no grant")
    grant_id: UUID | None = Field(description="The latest award proposed for it: read it under `/v1/grants`")
    grant_status: GrantStatus | None
    expected_pence: int = Field(description="Our part of what the card comes to for the group as it now stands")
    awarded_pence: int = Field(description="Our part of what was approved, less what lapsed")
    drawn_pence: int = Field(description="Drawn by the hub and approved, less what is due back")
    owed_pence: int = Field(description="Awarded and not drawn yet")
    to_return_pence: int = Field(description="Due back from the hub, and not here yet")
    recovery: Literal["proposed", "approved", "declined"] | None = Field(
        description="Of a group that was called off after something was drawn: whether its grant is to be ended"
    )
    to_recover_pence: int = Field(description="What falls due when a proposed recovery is approved")
    is_ready_to_complete: bool = Field(description="The group has completed its project; its grant can be completed")
    question_code: str | None = Field(description="Why the grant is not in line with the group; null when it is")
    question: str | None = Field(examples=["There is no budget maths-hubs-2019-20."])


class GroupGrantDetail(GroupGrantOut):
    """The same, with every line of the calculations."""

    expected: Calculation | None = Field(description="What `expected_pence` was worked out from")
    awarded: Calculation | None = Field(description="What the award that holds was worked out from")
    explanation: list[str] = Field(description="Each figure in words")


class GroupRecoveryDecision(BaseModel):
    """Whether the grant of a group that was called off is ended, and by when what was not spent has to be back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "approved", "reason": "Two sessions were held.", "returns_due_on": "2027-01-31"},
                {"outcome": "declined", "reason": "The hub forms the group anew.", "returns_due_on": "2027-01-31"},
            ]
        },
    )

    outcome: Literal["approved", "declined"]
    reason: Reason
    returns_due_on: Day = Field(description="Of no effect when it is declined")
