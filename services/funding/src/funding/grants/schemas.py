"""Awards on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.wire import Day
from funding.grant_cards.language import Given, Slug
from funding.grant_cards.rules import Calculation
from funding.grant_cards.schemas import CardVersion
from funding.grants.models import GrantStatus, RecipientKind, SnapshotStatus, SourceStatus

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
PositivePence = Annotated[int, Field(strict=True, ge=1, le=10**12)]


class Recipient(BaseModel):
    """The organisation that receives the grant."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    kind: RecipientKind
    id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] = Field(
        description="A hub's id, a school's URN, or an organisation's id"
    )
    name: Words


class Instalment(BaseModel):
    """A part that may be drawn from a day on."""

    model_config = ConfigDict(extra="forbid")

    title: Words
    due_on: Day
    amount_pence: PositivePence
    condition: Reason = Field(description="What has to be met before it is drawn")


class Agreement(BaseModel):
    """The text that the recipient agrees to: where it is, which version, and its digest."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class GrantProposal(BaseModel):
    """An award to be approved by another person. What it comes to is calculated from the card."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "card": "19-09",
                    "inputs": {"schools": "7"},
                    "recipient": {
                        "kind": "hub",
                        "id": "5d1f3f3e-3f67-5cbb-9d41-0a3f2b7c1e10",
                        "name": "Example Hub",
                    },
                    "reference": "north-group-1",
                    "title": "Development work group, north, 2026/27",
                    "budget": "network-grants",
                    "instalments": [
                        {
                            "title": "On agreement",
                            "due_on": "2026-11-22",
                            "amount_pence": 890000,
                            "condition": "The agreement is accepted.",
                        },
                        {
                            "title": "After the third session",
                            "due_on": "2027-03-01",
                            "amount_pence": 890000,
                            "condition": "Registers of three sessions are handed in.",
                        },
                    ],
                    "agreement": {
                        "version": "2026-1",
                        "reference": "Grant terms of the programme, edition 2026-1",
                        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    },
                }
            ]
        },
    )

    card: Slug
    card_version: CardVersion | None = Field(default=None, description="Without it, the version in force today")
    inputs: dict[Slug, Given] = Field(max_length=20)
    recipient: Recipient
    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] = Field(
        description="What is funded, such as a group's code: one live award of a card for each"
    )
    title: Words
    budget: str = Field(max_length=60)
    instalments: list[Instalment] = Field(
        default_factory=list, max_length=12, description="Without any, one instalment, today, of all that we pay"
    )
    agreement: Agreement
    findings_accepted_because: Reason | None = Field(
        default=None, description="Needed when the calculation has findings"
    )


class Acceptance(BaseModel):
    """A named person agrees for the recipient."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"agreement_version": "2026-1", "name": "Ada Example", "position": "Headteacher"}]
        },
    )

    agreement_version: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    name: Words
    position: Words


class Ending(BaseModel):
    """Why an award ends, and when what is due back has to be returned."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "All sessions were held.", "returns_due_on": "2027-08-31"}]},
    )

    reason: Reason
    returns_due_on: Day


class Withdrawal(BaseModel):
    """Why a proposal is taken back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "The group was not formed."}]})

    reason: Reason


class SourceStep(BaseModel):
    """A step of claiming another funder's part."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"status": "claimed", "reference": "AMSP claim 2026-118"}]}
    )

    status: Literal[SourceStatus.CLAIMED, SourceStatus.RECEIVED]
    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class GrantSummary(BaseModel):
    """An award, without its papers."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    card: str
    card_version: int
    title: str
    reference: str
    recipient: Recipient
    budget: str
    status: GrantStatus
    amount_pence: int = Field(description="By all funders together")
    own_pence: int = Field(description="What our budget pays of it")
    drawn_pence: int
    lapsed_pence: int = Field(description="Awarded by us and, at the end, not to be used any more")
    spent_pence: int = Field(description="Shown by evidence")
    due_back_pence: int
    returned_pence: int
    agreement_version: str
    agreement_reference: str
    agreement_sha256: str
    findings_accepted_because: str | None
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    accepted_by: UUID | None
    accepted_name: str | None
    accepted_position: str | None
    accepted_at: datetime | None
    ended_by: UUID | None
    ended_at: datetime | None
    end_reason: str | None


class SnapshotOut(BaseModel):
    """One calculation of the award, with what it changed."""

    ordinal: int
    status: SnapshotStatus
    amount_pence: int
    own_pence: int
    difference_pence: int
    own_difference_pence: int
    because: str
    sha256: str = Field(description="Of the calculation's canonical text")
    calculation: Calculation
    requested_by: UUID
    requested_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None


class SourceOut(BaseModel):
    """A funder's part. Those of one funder add up over the snapshots."""

    model_config = ConfigDict(from_attributes=True)

    ordinal: int = Field(description="The snapshot that made it")
    funder: str
    title: str
    is_external: bool
    claimed_from: str | None
    amount_pence: int
    status: SourceStatus
    reference: str | None
    changed_by: UUID | None
    changed_at: datetime | None


class InstalmentOut(BaseModel):
    """An instalment and what was drawn of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: int
    title: str
    due_on: date
    condition: str
    amount_pence: int
    drawn_pence: int
    cancelled_pence: int


class HistoryEntry(BaseModel):
    """What happened, who did it, and why."""

    model_config = ConfigDict(from_attributes=True)

    action: str
    status: GrantStatus
    actor: UUID | None
    reason: str | None
    amount_pence: int | None
    happened_at: datetime


class GrantOut(GrantSummary):
    """An award with every calculation, every funder's part, its instalments and its history."""

    snapshots: list[SnapshotOut]
    sources: list[SourceOut]
    instalments: list[InstalmentOut]
    history: list[HistoryEntry]
