"""Bodies and answers of completion rules. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class CompletionRuleIn(Model):
    """The next version of a rule, to be proposed. A course's rule goes before its programme's, and that before
    all.
    """

    applies_to: str | None = None
    credit: Literal["course_hours", "minutes_attended"] | None = None
    minimum_percent: Decimal
    scope: Literal["default", "programme", "course"]
    source: str
    valid_from_on: dt.date
    valid_to_on: dt.date | None = None


class CompletionRuleOut(Model):
    """One version of a rule and what became of it."""

    applies_to: str
    credit: str
    decided_at: dt.datetime | None
    decided_by: UUID | None
    id: UUID
    minimum_percent: str
    proposed_at: dt.datetime
    proposed_by: UUID | None
    reason: str | None
    scope: str
    source: str
    status: str
    valid_from_on: dt.date
    valid_to_on: dt.date | None
    version: int


class PageCompletionRuleOut(Model):
    """PageCompletionRuleOut."""

    data: list[CompletionRuleOut]
    page: PageInfo


class RuleDecisionIn(Model):
    """The second person's word."""

    outcome: Literal["approved", "refused"]
    reason: str
