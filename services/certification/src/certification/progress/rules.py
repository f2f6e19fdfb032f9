"""How far somebody is: what counts, what is missing, and how to say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from enum import StrEnum

from certification.credits.amounts import HOURS_STEP, plain
from certification.schemes.evaluation import Evaluation
from certification.schemes.requirements import ActivityKind, Besides, Finding
from certification.schemes.rules import SchemeRules
from contracts.certification import Component

ZERO = Decimal(0)


class Status(StrEnum):
    """How far a scheme is."""

    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    AWARDED = "awarded"


@dataclass(frozen=True)
class Standing:
    """One component: `counted` never exceeds `required`, and surplus in one component never fills another."""

    component: Component
    title: str
    required: Decimal
    recorded: Decimal
    at_most: Decimal
    """The most that counts: what is required, unless the rules say more."""

    @property
    def counted(self) -> Decimal:
        """What counts towards completion."""
        return min(self.recorded, self.at_most)

    @property
    def needed(self) -> Decimal:
        """What is still missing."""
        return max(self.required - self.counted, ZERO)

    @property
    def surplus(self) -> Decimal:
        """What was recorded beyond what the component needs."""
        return self.recorded - self.counted


@dataclass(frozen=True)
class Hint:
    """Something that would help next."""

    component: Component
    hint: str


@dataclass(frozen=True)
class Situation:
    """What else is known of the teacher, for hints that fit."""

    kinds_done: frozenset[ActivityKind]
    entries_waiting: int
    pathway_title: str | None
    courses_left: Sequence[str]


@dataclass(frozen=True)
class Met:
    """How far somebody is under a version of the rules, in everything that it asks for."""

    components: Sequence[Standing]
    findings: Sequence[Finding]
    assessment_passed: bool
    assessment_opens: Finding | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, the assessment aside."""
        return not any(one.needed for one in self.components) and all(one.is_met for one in self.findings)


def standings(rules: SchemeRules, recorded: Mapping[Component, Decimal]) -> list[Standing]:
    """Each component of a scheme with what was recorded in it."""
    return [
        Standing(
            rule.component, rule.title, rule.credits_required, recorded.get(rule.component, ZERO), rule.counts_at_most
        )
        for rule in rules.components
    ]


def status_of(rules: SchemeRules, met: Met, *, is_awarded: bool) -> Status:
    """The status of a scheme."""
    if is_awarded:
        return Status.AWARDED
    has_passed = met.assessment_passed or not rules.assessment_required
    return Status.COMPLETE if met.is_complete and has_passed else Status.IN_PROGRESS


def why_not_complete(rules: SchemeRules, met: Met) -> list[str]:
    """What stands between here and the certificate, in sentences."""
    reasons = [
        f"{standing.title}: {plain(standing.counted)} of {plain(standing.required)} credits, "
        f"{plain(standing.needed)} more needed."
        for standing in met.components
        if standing.needed
    ]
    reasons += [f"{lacking(finding)}." for finding in met.findings if not finding.is_met]
    if rules.assessment_required and not met.assessment_passed:
        reasons.append("The summative assessment has to be passed.")
        if met.assessment_opens and not met.assessment_opens.is_met:
            reasons.append(f"It opens when this is met: {lacking(met.assessment_opens)}.")
    return reasons


def missing_from(rules: SchemeRules, evaluation: Evaluation, besides: Besides) -> list[str]:
    """The same from what activities come to rather than from a ledger."""
    components = standings(rules, evaluation.recorded)
    met = Met(components, evaluation.findings, besides.assessment_passed, evaluation.assessment_opens)
    return why_not_complete(rules, met)


def lacking(finding: Finding) -> str:
    """What a requirement that is not met still asks for."""
    if finding.measure == "certificates":
        return f"{finding.title}: not held yet"
    if not finding.parts:
        more = plain(finding.need - finding.have)
        return f"{finding.title}: {plain(finding.have)} of {plain(finding.need)} {finding.measure}, {more} more needed"
    missing = [lacking(part) for part in finding.parts if not part.is_met]
    # One condition is enough where there are more of them than are needed.
    is_choice = finding.need < len(finding.parts)
    return f"{finding.title} ({'; or '.join(missing) if is_choice else '; and '.join(missing)})"


def hours_for(rules: SchemeRules, credits_needed: Decimal) -> Decimal | None:
    """Hours of approved CPD that earn these credits, rounded up to a hundredth; None when hours earn nothing."""
    rule = next((one for one in rules.credits if one.kind is ActivityKind.CPD and one.eligible is None), None)
    if rule is None or rule.basis != "per_hour" or not rule.credits:
        return None
    return (credits_needed / rule.credits).quantize(HOURS_STEP, ROUND_UP)


def what_next(rules: SchemeRules, components: Sequence[Standing], situation: Situation) -> list[Hint]:
    """What would help in each component that is not complete."""
    hints: list[Hint] = []
    for standing in components:
        if standing.needed:
            sentences = _HINTS[standing.component](rules, standing.needed, situation)
            hints += [Hint(standing.component, sentence) for sentence in sentences]
    return hints


def _commitment(rules: SchemeRules, needed: Decimal, situation: Situation) -> list[str]:
    steps = {
        ActivityKind.HUB_MEMBERSHIP: "Join your local computing hub",
        ActivityKind.DIAGNOSTIC: "Take the diagnostic",
    }
    open_steps = [(step, rules.credit_rule(kind)) for kind, step in steps.items() if kind not in situation.kinds_done]
    return [f"{step}: {plain(rule.credits)} credits." for step, rule in open_steps if rule and rule.credits]


def _professional_knowledge(rules: SchemeRules, needed: Decimal, situation: Situation) -> list[str]:
    hours = hours_for(rules, needed)
    sentences = [f"Complete {plain(hours)} more hours of approved CPD."] if hours else []
    if situation.pathway_title and situation.courses_left:
        courses = ", ".join(situation.courses_left[:3])
        sentences.append(f"Your diagnostic recommends the pathway “{situation.pathway_title}”, such as {courses}.")
    return sentences


def _community(rules: SchemeRules, needed: Decimal, situation: Situation) -> list[str]:
    sentences = [f"Record community activity worth {plain(needed)} credits in your professional development log."]
    if situation.entries_waiting:
        sentences.append(f"Log entries waiting for a moderator: {situation.entries_waiting}.")
    return sentences


_HINTS = {"commitment": _commitment, "professional_knowledge": _professional_knowledge, "community": _community}
