"""How far somebody is: what counts, what is missing, and how to say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from enum import StrEnum

from certification.credits.amounts import HOURS_STEP, plain
from certification.schemes.rules import ActivityKind, SchemeRules
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

    @property
    def counted(self) -> Decimal:
        """What counts towards completion."""
        return min(self.recorded, self.required)

    @property
    def needed(self) -> Decimal:
        """What is still missing."""
        return self.required - self.counted

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


def standings(rules: SchemeRules, recorded: Mapping[Component, Decimal]) -> list[Standing]:
    """Each component of a scheme with what was recorded in it."""
    return [
        Standing(rule.component, rule.title, rule.credits_required, recorded.get(rule.component, ZERO))
        for rule in rules.components
    ]


def status_of(rules: SchemeRules, components: Sequence[Standing], *, is_awarded: bool) -> Status:
    """The status of a scheme. The assessment is not built yet, so a scheme that needs one stays in progress."""
    if is_awarded:
        return Status.AWARDED
    all_met = all(not standing.needed for standing in components)
    return Status.COMPLETE if all_met and not rules.assessment_required else Status.IN_PROGRESS


def why_not_complete(rules: SchemeRules, components: Sequence[Standing]) -> list[str]:
    """What stands between here and the certificate, in sentences."""
    reasons = [
        f"{standing.title}: {plain(standing.counted)} of {plain(standing.required)} credits, "
        f"{plain(standing.needed)} more needed."
        for standing in components
        if standing.needed
    ]
    if rules.assessment_required:
        reasons.append("The summative assessment has to be passed; it is not open for booking yet.")
    return reasons


def hours_for(rules: SchemeRules, credits_needed: Decimal) -> Decimal | None:
    """Hours of approved CPD that earn these credits, rounded up to a hundredth; None when hours earn nothing."""
    rule = rules.credit_rule(ActivityKind.CPD)
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
