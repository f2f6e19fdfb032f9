"""Eligibility rules: a condition of the rule language, and what to say of it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from funding.policies.conditions import Condition, CriterionResult, Met, because, evaluate, report
from funding.policies.facts import Document, Fact


class Outcome(StrEnum):
    """The answer of a rule."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    NEEDS_REVIEW = "needs_review"


OUTCOME_OF = {Met.MET: Outcome.ELIGIBLE, Met.NOT_MET: Outcome.INELIGIBLE, Met.UNKNOWN: Outcome.NEEDS_REVIEW}


class Rule(Document):
    """One version of an eligibility rule. Its condition holds every criterion in full, so that it explains itself."""

    rule: str
    version: int
    effective_from: date
    title: str
    source: str
    condition: Condition
    eligible: str


class Finding(Document):
    """A rule's answer for one school."""

    rule: str
    version: int
    title: str
    outcome: Outcome
    reason: str
    criteria: tuple[CriterionResult, ...]


def find(rule: Rule, facts: Mapping[str, Fact]) -> Finding:
    """The answer of one rule for these facts."""
    outcome = OUTCOME_OF[evaluate(rule.condition, facts)]
    reason = rule.eligible if outcome is Outcome.ELIGIBLE else " ".join(because(rule.condition, facts))
    if outcome is Outcome.NEEDS_REVIEW:
        reason = f"This needs a person to look at it. {reason}"
    return Finding(
        rule=rule.rule,
        version=rule.version,
        title=rule.title,
        outcome=outcome,
        reason=reason,
        criteria=report(rule.condition, facts),
    )
