"""Bodies and answers of equipment. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class DamageIn(Model):
    """What was found damaged or missing during or after a loan."""

    description: str
    items_damaged: int
    items_missing: int


class DamageOutcomeIn(Model):
    """What became of the damage."""

    cost_pence: int | None = None
    outcome: Literal["repaired", "replaced", "written_off", "no_fault_found"]


class DamageReportOut(Model):
    """A report and its outcome. Until it has one the kit is not handed out."""

    cost_pence: int | None
    decided_at: dt.datetime | None
    description: str
    id: UUID
    items_damaged: int
    items_missing: int
    loan_id: UUID
    outcome: str | None
    reported_at: dt.datetime


class ExtensionDecision(Model):
    """The lender's word on an extension."""

    outcome: Literal["granted", "refused"]


class ExtensionIn(Model):
    """Until when the borrower would like to keep the kit."""

    due_on: dt.date


class HistoryStep(Model):
    """Something that happened to a kit."""

    at: dt.datetime
    borrower_urn: str
    due_on: dt.date
    loan_id: UUID
    step: str


class TakenDays(Model):
    """Days on which a kit is promised or out, both included."""

    due_on: dt.date
    from_on: dt.date


class KitDetail(Model):
    """One kit. Its version is the `If-Match` of an edit."""

    condition: str
    hub_id: UUID
    id: UUID
    items_count: int
    kind: str
    longest_loan_days: int
    owner_urn: str | None
    status: str
    taken: list[TakenDays]
    title: str
    value_pence: int
    version: int


class KitEdit(Model):
    """What to change; what is left out stays."""

    condition: Literal["new", "good", "worn", "damaged"] | None = None
    is_withdrawn: bool | None = None
    items_count: int | None = None
    longest_loan_days: int | None = None
    title: str | None = None
    value_pence: int | None = None


class KitIn(Model):
    """A kit that a hub, or a school of it, lends."""

    condition: Literal["new", "good", "worn", "damaged"]
    hub_id: UUID
    items_count: int
    kind: Literal["microbits", "sensors", "single_board_computers", "robots", "electronics", "laptops", "other"]
    longest_loan_days: int | None = None
    owner_urn: str | None = None
    title: str
    value_pence: int


class KitOut(Model):
    """A kit and where it stands."""

    condition: str
    hub_id: UUID
    id: UUID
    items_count: int
    kind: str
    longest_loan_days: int
    owner_urn: str | None
    status: str
    title: str
    value_pence: int


class LoanCancellation(Model):
    """Why a loan is called off before the kit was collected."""

    reason: str


class LoanDecision(Model):
    """The lender's word on a request."""

    outcome: Literal["agreed", "refused"]
    reason: str | None = None


class HubsEquipmentSchemasStepOut(Model):
    """Something that happened to a loan."""

    at: dt.datetime
    due_on: dt.date
    step: str


class LoanDetail(Model):
    """A loan with what happened to it."""

    asked_before: int
    borrower_urn: str
    condition_lent: str | None
    condition_returned: str | None
    damage_reports: list[DamageReportOut]
    days_overdue: int
    due_on: dt.date
    extension_to_on: dt.date | None
    from_on: dt.date
    id: UUID
    is_free: bool
    is_overdue: bool
    items_lent: int | None
    items_returned: int | None
    kit_id: UUID
    kit_title: str
    lent_on: dt.date | None
    reason: str | None
    requested_at: dt.datetime
    returned_on: dt.date | None
    status: str
    steps: list[HubsEquipmentSchemasStepOut]


class LoanIn(Model):
    """Which kit the caller's school wants, from the first day to the day it is due back."""

    due_on: dt.date
    from_on: dt.date
    kit_id: UUID


class LoanOut(Model):
    """A loan, or a wish for one."""

    asked_before: int
    borrower_urn: str
    condition_lent: str | None
    condition_returned: str | None
    days_overdue: int
    due_on: dt.date
    extension_to_on: dt.date | None
    from_on: dt.date
    id: UUID
    is_free: bool
    is_overdue: bool
    items_lent: int | None
    items_returned: int | None
    kit_id: UUID
    kit_title: str
    lent_on: dt.date | None
    reason: str | None
    requested_at: dt.datetime
    returned_on: dt.date | None
    status: str


class PageDamageReportOut(Model):
    """PageDamageReportOut."""

    data: list[DamageReportOut]
    page: PageInfo


class PageHistoryStep(Model):
    """PageHistoryStep."""

    data: list[HistoryStep]
    page: PageInfo


class PageKitOut(Model):
    """PageKitOut."""

    data: list[KitOut]
    page: PageInfo


class PageLoanOut(Model):
    """PageLoanOut."""

    data: list[LoanOut]
    page: PageInfo


class ReturnIn(Model):
    """What came back, as the lender found it."""

    condition: Literal["new", "good", "worn", "damaged"]
    description: str | None = None
    items_damaged: int | None = None
    items_returned: int
