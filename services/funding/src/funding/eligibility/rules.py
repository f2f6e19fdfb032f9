"""The rule language: typed conditions over named facts, evaluated with three values.

A condition is a test of one fact, or `all` or `any` of further conditions. Evaluation is total: it always ends, never
raises, and reports every criterion, also those that no longer matter for the answer. What is not known is `unknown`
and stays so (Kleene's strong logic), because a missing fact must never become a silent no.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

Scalar = bool | int | str

FACTS: dict[str, type] = {
    "school.is_open": bool,
    "school.is_in_england": bool,
    "school.is_state_funded": bool,
    "school.phase": str,
    "school.teaches_key_stages_1_2": bool,
    "school.teaches_key_stages_3_4": bool,
    "school.teaches_post_16": bool,
    "school.offers_gcse_computer_science": bool,
    "area.category": int,
    "course.phase": str,
    "course.programme": str,
    "course.mode": str,
    "school.free_place_is_left": bool,
    "teacher.completed_gcse_programme": bool,
    "teacher.is_eligible_for_gcse_programme": bool,
    "pilot.gender_balance_is_recruiting": bool,
    "quota.is_free": bool,
}
"""Every fact a rule may ask for, and its type; beside those about lists."""

LISTED = "listed."
"""Before the name of a scheme: the fact whether the school is on the list of it that counts."""


def type_of(fact: str) -> type | None:
    """The type of a fact's values; None when there is no such fact."""
    return bool if fact.startswith(LISTED) else FACTS.get(fact)


class Met(StrEnum):
    """What became of a criterion or a condition."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """The answer of a rule."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    NEEDS_REVIEW = "needs_review"


OUTCOME_OF = {Met.MET: Outcome.ELIGIBLE, Met.NOT_MET: Outcome.INELIGIBLE, Met.UNKNOWN: Outcome.NEEDS_REVIEW}


class Document(BaseModel):
    """Part of a rule or a decision: closed, unchangeable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Document):
    """What is known of one fact: the values it may have. None is known when empty; one when settled."""

    possible: tuple[Scalar, ...] = ()
    source: str
    as_of: date | None = None

    @property
    def value(self) -> Scalar | list[Scalar] | None:
        """The value for people: settled, several possible, or unknown."""
        if not self.possible:
            return None
        return self.possible[0] if len(self.possible) == 1 else list(self.possible)


NOT_HELD = Fact(source="not held")


class Criterion(Document):
    """One criterion: a fact compared with the values that meet it, and what to say when it is not met or unknown."""

    criterion: str
    title: str
    fact: str
    one_of: tuple[Scalar, ...] = ()
    at_least: int | None = None
    not_met: str
    unknown: str

    @model_validator(mode="after")
    def _is_typed(self) -> "Criterion":
        kind = type_of(self.fact)
        if kind is None:
            raise ValueError(f"{self.fact} is not a fact")
        if bool(self.one_of) == (self.at_least is not None):
            raise ValueError(f"{self.criterion}: say either one_of or at_least")
        if self.at_least is not None and kind is not int:
            raise ValueError(f"{self.criterion}: at_least is for numbers")
        if any(type(value) is not kind for value in self.one_of):
            raise ValueError(f"{self.criterion}: {self.fact} is of type {kind.__name__}")
        return self

    def of(self, fact: Fact) -> Met:
        """Met when every possible value passes, not met when none does, otherwise unknown."""
        passed = {self._passes(value) for value in fact.possible}
        if len(passed) != 1:
            return Met.UNKNOWN
        return Met.MET if passed.pop() else Met.NOT_MET

    def _passes(self, value: Scalar) -> bool:
        if self.at_least is not None:
            return isinstance(value, int) and value >= self.at_least
        return any(type(value) is type(wanted) and value == wanted for wanted in self.one_of)


class AllOf(Document):
    """Met when all parts are met; `all` of nothing is met."""

    all: tuple["Condition", ...]


class AnyOf(Document):
    """Met when at least one part is met; `any` of nothing is not met."""

    any: tuple["Condition", ...]


Condition = AllOf | AnyOf | Criterion
AllOf.model_rebuild()
AnyOf.model_rebuild()


class CriterionResult(Document):
    """One criterion of a decision: the fact used, where it comes from, and what became of it."""

    criterion: str
    title: str
    fact: str
    value: Scalar | list[Scalar] | None
    source: str
    as_of: date | None
    outcome: Met


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


def kleene(operator: Literal["all", "any"], parts: list[Met]) -> Met:
    """Strong three-valued conjunction or disjunction."""
    decisive, otherwise = (Met.NOT_MET, Met.MET) if operator == "all" else (Met.MET, Met.NOT_MET)
    if decisive in parts:
        return decisive
    return Met.UNKNOWN if Met.UNKNOWN in parts else otherwise


def evaluate(condition: Condition, facts: Mapping[str, Fact]) -> Met:
    """What becomes of a condition. A fact that is not held is unknown."""
    if isinstance(condition, Criterion):
        return condition.of(facts.get(condition.fact, NOT_HELD))
    if isinstance(condition, AllOf):
        return kleene("all", [evaluate(part, facts) for part in condition.all])
    return kleene("any", [evaluate(part, facts) for part in condition.any])


def criteria_of(condition: Condition) -> Iterator[Criterion]:
    """Every test in a condition, in reading order."""
    if isinstance(condition, Criterion):
        yield condition
        return
    for part in condition.all if isinstance(condition, AllOf) else condition.any:
        yield from criteria_of(part)


def report(condition: Condition, facts: Mapping[str, Fact]) -> tuple[CriterionResult, ...]:
    """Every criterion of a condition once, whether or not it mattered."""
    found: dict[str, CriterionResult] = {}
    for test in criteria_of(condition):
        fact = facts.get(test.fact, NOT_HELD)
        found[test.criterion] = CriterionResult(
            criterion=test.criterion,
            title=test.title,
            fact=test.fact,
            value=fact.value,
            source=fact.source,
            as_of=fact.as_of,
            outcome=test.of(fact),
        )
    return tuple(found.values())


def facts_asked(*conditions: Condition) -> frozenset[str]:
    """The facts that conditions ask for."""
    return frozenset(test.fact for condition in conditions for test in criteria_of(condition))


def because(condition: Condition, facts: Mapping[str, Fact]) -> list[str]:
    """The sentences that explain why a condition is not met, or not known; none when it is met."""
    outcome = evaluate(condition, facts)
    if outcome is Met.MET:
        return []
    if isinstance(condition, Criterion):
        return [condition.not_met if outcome is Met.NOT_MET else condition.unknown]
    parts = condition.all if isinstance(condition, AllOf) else condition.any
    blamed = [sentence for part in parts if evaluate(part, facts) is outcome for sentence in because(part, facts)]
    return list(dict.fromkeys(blamed))


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
