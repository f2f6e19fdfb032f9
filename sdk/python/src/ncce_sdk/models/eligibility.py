"""Bodies and answers of eligibility. Written by `./ncce sdk`; do not edit."""

import datetime as dt

from ncce_sdk.models.shared import CriterionResult, FundingEligibilityRulesOutcome
from ncce_sdk.transport import Model


class FundingEligibilityRulesFinding(Model):
    """A rule's answer for one school."""

    criteria: list[CriterionResult]
    outcome: FundingEligibilityRulesOutcome
    reason: str
    rule: str
    title: str
    version: int


class EligibilityOut(Model):
    """Every rule's answer for one school."""

    answered_on: dt.date
    rules: list[FundingEligibilityRulesFinding]
    school_name: str
    urn: str
