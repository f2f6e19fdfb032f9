"""Kits, loans and damage on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Day
from hubs.directory.administration_schemas import Urn
from hubs.equipment.models import Condition, DamageOutcome, KitKind, KitStatus, LoanStatus

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=300)]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=5, max_length=500),
    Field(description="Of the equipment; name nobody"),
]
Items = Annotated[int, Field(gt=0, le=10_000)]
Pence = Annotated[int, Field(ge=0, le=1_000_000_000)]
LoanDays = Annotated[int, Field(gt=0, le=366)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class KitIn(BaseModel):
    """A kit that a hub, or a school of it, lends."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "hub_id": "0192f0c1-7a52-7d3a-9e0b-0d5f6a1b2c3d",
                    "kind": "microbits",
                    "title": "Class set of micro:bits with battery packs",
                    "items_count": 30,
                    "value_pence": 52_500,
                    "condition": "good",
                    "longest_loan_days": 28,
                }
            ]
        },
    )

    hub_id: UUID
    owner_urn: Urn | None = Field(default=None, description="The school that owns it; left out when the hub does")
    kind: KitKind
    title: Title
    items_count: Items
    value_pence: Pence
    condition: Condition
    longest_loan_days: LoanDays = 28


class KitEdit(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"longest_loan_days": 42}]})

    title: Title | None = None
    items_count: Items | None = None
    value_pence: Pence | None = None
    condition: Condition | None = None
    longest_loan_days: LoanDays | None = None
    is_withdrawn: bool | None = Field(default=None, description="A kit that is withdrawn is lent no more")

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if emptied := sorted(one for one in self.model_fields_set if getattr(self, one) is None):
            raise ValueError(f"these cannot be null: {', '.join(emptied)}")
        return self


class KitOut(BaseModel):
    """A kit and where it stands."""

    id: UUID
    hub_id: UUID
    owner_urn: str | None
    kind: KitKind
    title: str
    items_count: int
    value_pence: int
    condition: Condition
    longest_loan_days: int
    status: KitStatus = Field(description="Today; it may be promised for other days")


class TakenDays(BaseModel):
    """Days on which a kit is promised or out, both included."""

    from_on: date
    due_on: date


class KitDetail(KitOut):
    """One kit. Its version is the `If-Match` of an edit."""

    taken: list[TakenDays]
    version: int


class KitFilter(BaseModel):
    """Which kits to list."""

    hub_id: UUID | None = None
    kind: KitKind | None = None
    free_from: Day | None = Field(default=None, description="With free_to: not promised or out on any of the days")
    free_to: Day | None = None


class LoanIn(BaseModel):
    """Which kit the caller's school wants, from the first day to the day it is due back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kit_id": "0192f0c1-7a52-7d3a-9e0b-0d5f6a1b2c40",
                    "from_on": "2027-01-11",
                    "due_on": "2027-01-29",
                }
            ]
        },
    )

    kit_id: UUID
    from_on: Day
    due_on: Day


class LoanDecision(BaseModel):
    """The lender's word on a request."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "agreed"}]})

    outcome: Literal["agreed", "refused"]
    reason: Reason | None = Field(default=None, description="Needed to refuse; name nobody")

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.outcome == "refused" and self.reason is None:
            raise ValueError("a refusal needs its reason")
        return self


class LoanCancellation(BaseModel):
    """Why a loan is called off before the kit was collected."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "The unit was moved to the summer term."}]}
    )

    reason: Reason = Field(description="Name nobody")


class ReturnIn(BaseModel):
    """What came back, as the lender found it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"items_returned": 30, "condition": "good"}]}
    )

    items_returned: Count
    condition: Condition
    items_damaged: Count = 0
    description: Description | None = Field(
        default=None, description="Needed when items are damaged or missing; name nobody"
    )


class ExtensionIn(BaseModel):
    """Until when the borrower would like to keep the kit."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"due_on": "2027-02-12"}]})

    due_on: Day


class ExtensionDecision(BaseModel):
    """The lender's word on an extension."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "granted"}]})

    outcome: Literal["granted", "refused"]


class DamageIn(BaseModel):
    """What was found damaged or missing during or after a loan."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"items_damaged": 2, "items_missing": 0, "description": "Two USB sockets are loose."}]
        },
    )

    items_damaged: Count
    items_missing: Count
    description: Description

    @model_validator(mode="after")
    def _is_about_something(self) -> Self:
        if self.items_damaged + self.items_missing == 0:
            raise ValueError("a report is about at least one item")
        return self


class DamageOutcomeIn(BaseModel):
    """What became of the damage."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "replaced", "cost_pence": 3500}]}
    )

    outcome: DamageOutcome
    cost_pence: Pence = 0


class DamageReportOut(BaseModel):
    """A report and its outcome. Until it has one the kit is not handed out."""

    id: UUID
    loan_id: UUID
    items_damaged: int
    items_missing: int
    description: str
    reported_at: datetime
    outcome: DamageOutcome | None
    cost_pence: int | None
    decided_at: datetime | None


class DamageFilter(BaseModel):
    """Which reports to list."""

    kit_id: UUID | None = None
    is_open: bool | None = Field(default=None, description="True for those that wait for an outcome")


class StepOut(BaseModel):
    """Something that happened to a loan."""

    step: str
    at: datetime
    due_on: date = Field(description="As it was from then on")


class LoanOut(BaseModel):
    """A loan, or a wish for one."""

    id: UUID
    kit_id: UUID
    kit_title: str
    borrower_urn: str
    from_on: date
    due_on: date
    extension_to_on: date | None = Field(description="Asked for and not decided on")
    status: LoanStatus
    is_overdue: bool = Field(description="It is out after the day it was due")
    days_overdue: int
    is_free: bool = Field(description="No other loan is agreed or out on these days")
    asked_before: int = Field(description="Earlier requests that wait for some of these days")
    requested_at: datetime
    lent_on: date | None
    returned_on: date | None
    items_lent: int | None
    items_returned: int | None
    condition_lent: Condition | None
    condition_returned: Condition | None
    reason: str | None


class LoanDetail(LoanOut):
    """A loan with what happened to it."""

    steps: list[StepOut]
    damage_reports: list[DamageReportOut]


class LoanFilter(BaseModel):
    """Which loans to list."""

    kit_id: UUID | None = None
    hub_id: UUID | None = None
    status: LoanStatus | None = None
    is_overdue: bool | None = None


class HistoryStep(StepOut):
    """Something that happened to a kit."""

    loan_id: UUID
    borrower_urn: str
