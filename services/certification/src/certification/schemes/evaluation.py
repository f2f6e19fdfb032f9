"""Working out what somebody's activities come to under a version of the rules. Pure calculation, in no order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from certification.credits.rules import Earned, credits_earned
from certification.schemes.requirements import ZERO, ActivityKind, Besides, Facts, Finding, Holding
from certification.schemes.rules import SchemeRules
from contracts.certification import Component


@dataclass(frozen=True)
class Done:
    """One report of an activity, at the hours it stands at. Reports with one key are one activity in the real world."""

    key: str
    kind: ActivityKind
    facts: Facts
    hours: Decimal = ZERO
    published_credits: Decimal = ZERO
    """What the catalogue gave when it was recorded; 0 where that was not kept."""


@dataclass(frozen=True)
class Evaluation:
    """What activities come to: credits by activity and by component, and how far each requirement is met."""

    earned: Mapping[str, Earned]
    recorded: Mapping[Component, Decimal]
    findings: tuple[Finding, ...]
    assessment_opens: Finding | None
    components_met: bool
    is_complete: bool


def evaluate(rules: SchemeRules, done: Iterable[Done], besides: Besides) -> Evaluation:
    """What activities come to; the same whatever order they are told in, and however often."""
    holdings = _holdings(rules, done)
    earned = {key: worth for key, (_, worth) in holdings.items() if worth and worth.credits > 0}
    recorded = {rule.component: ZERO for rule in rules.components}
    for worth in earned.values():
        recorded[worth.component] += worth.credits
    held = [holding for holding, _ in holdings.values()]
    findings = tuple(one.find(held, besides) for one in rules.requirements)
    gate = rules.assessment.opens_when if rules.assessment else None
    components_met = all(recorded[rule.component] >= rule.credits_required for rule in rules.components)
    is_complete = (
        components_met
        and all(one.is_met for one in findings)
        and (besides.assessment_passed or not rules.assessment_required)
    )
    opens = gate.find(held, besides) if gate else None
    return Evaluation(earned, recorded, findings, opens, components_met, is_complete)


def _holdings(rules: SchemeRules, done: Iterable[Done]) -> dict[str, tuple[Holding, Earned | None]]:
    """By activity the report that is worth most; of equals the one with most hours, and then the first code."""
    best: dict[str, tuple[tuple[Decimal, Decimal, str], Done, Earned | None]] = {}
    for one in done:
        worth = credits_earned(rules, one.kind, one.hours, one.published_credits, one.facts)
        rank = (-(worth.credits if worth else ZERO), -one.hours, one.facts.code)
        if one.key not in best or rank < best[one.key][0]:
            best[one.key] = (rank, one, worth)
    return {
        key: (Holding(one.kind, one.facts, one.hours, worth.credits if worth else ZERO), worth)
        for key, (_, one, worth) in best.items()
    }
