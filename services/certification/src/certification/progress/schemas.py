"""What the API says about progress."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from certification.credits.amounts import CreditAmount
from certification.progress.rules import Status
from contracts.certification import Component

READABLE = ConfigDict(from_attributes=True)


class EntryOut(BaseModel):
    """One entry of the credit ledger."""

    model_config = READABLE

    id: UUID
    activity: str = Field(description="Catalogue code, or the platform's name of its own action")
    hours: CreditAmount
    credits: CreditAmount
    occurred_on: date
    recorded_at: datetime
    source: str = Field(description="The fact or evidence it rests on")


class ComponentOut(BaseModel):
    """One component. `counted` is `recorded` up to `required`; `surplus` is kept and never fills another component."""

    model_config = READABLE

    component: Component
    title: str
    required: CreditAmount
    recorded: CreditAmount
    counted: CreditAmount
    needed: CreditAmount
    surplus: CreditAmount
    entries: list[EntryOut]


class HintOut(BaseModel):
    """Something that would help next."""

    model_config = READABLE

    component: Component
    hint: str


class SchemeProgress(BaseModel):
    """How far the caller is in one scheme."""

    scheme: str
    scheme_version: int
    title: str
    status: Status
    counted: CreditAmount
    required: CreditAmount
    components: list[ComponentOut]
    why_not_complete: list[str]
    what_next: list[HintOut]


class Progress(BaseModel):
    """How far the caller is in every scheme they are enrolled in."""

    data: list[SchemeProgress]
