"""The rule language: typed conditions over named facts, evaluated with three values.

A condition is a test of facts, or `all`, `any` or a number of further conditions. Evaluation is total: it always ends,
never raises, and reports every criterion, also those that no longer matter for the answer. What is not known is
`unknown` and stays so (Kleene's strong logic), because a missing fact must never become a silent no.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from funding.policies.facts import NOT_HELD, OF_TRUST, Document, Fact, Scalar, absent, type_of

DEEPEST = 12
"""Conditions within conditions."""


class Met(StrEnum):
    """What became of a criterion or a condition."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class CriterionResult(Document):
    """One criterion of a decision: the fact used, where it comes from, and what became of it."""

    criterion: str
    title: str
    fact: str
    value: Scalar | list[Scalar] | None
    source: str
    as_of: date | None
    outcome: Met


class Comparison(Document):
    """What values of one fact pass: those that are listed, numbers between bounds, or days between days."""

    fact: str
    one_of: tuple[Scalar, ...] = ()
    at_least: int | None = None
    below: int | None = Field(default=None, exclude_if=absent)
    on_or_after: date | None = Field(default=None, exclude_if=absent)
    on_or_before: date | None = Field(default=None, exclude_if=absent)

    @model_validator(mode="after")
    def _is_typed(self) -> "Comparison":
        kind = type_of(self.fact)
        if kind is None:
            raise ValueError(f"{self.fact} is not a fact")
        bounds = self.at_least is not None or self.below is not None
        days = self.on_or_after is not None or self.on_or_before is not None
        if [bool(self.one_of), bounds, days].count(True) != 1:
            raise ValueError(f"{self.fact}: say one of one_of, at_least and below, on_or_after and on_or_before")
        if bounds and kind is not int:
            raise ValueError(f"{self.fact}: at_least and below are for numbers, and this is of type {kind.__name__}")
        if days != (kind is date):
            raise ValueError(f"{self.fact}: on_or_after and on_or_before are for days, and days have nothing else")
        if any(type(value) is not kind for value in self.one_of):
            raise ValueError(f"{self.fact} is of type {kind.__name__}")
        return self

    def of(self, fact: Fact) -> Met:
        """Met when every possible value passes, not met when none does, otherwise unknown."""
        passed = {self._passes(value) for value in fact.possible}
        found = passed.pop() if len(passed) == 1 else None
        return Met.UNKNOWN if found is None else Met.MET if found else Met.NOT_MET

    def _passes(self, value: Scalar) -> bool | None:
        if self.one_of:
            return _is_one_of(value, self.one_of)
        if self.at_least is not None or self.below is not None:
            return isinstance(value, int) and _within(value, self.at_least, self.below)
        day = _day(value)
        if day is None:
            return None
        return (self.on_or_after or date.min) <= day <= (self.on_or_before or date.max)


class Criterion(Comparison):
    """One criterion: a fact compared with the values that meet it, and what to say when it is not met or unknown."""

    criterion: str
    title: str
    not_met: str
    unknown: str

    def asks(self) -> tuple[str, ...]:
        """The facts it needs."""
        return (self.fact,)

    def judge(self, facts: Mapping[str, Fact]) -> Met:
        """What becomes of it."""
        return self.of(facts.get(self.fact, NOT_HELD))

    def result(self, facts: Mapping[str, Fact]) -> CriterionResult:
        """The same, with the fact that was used."""
        fact = facts.get(self.fact, NOT_HELD)
        return _result(self, self.fact, fact.value, [fact], self.of(fact))


class Band(Document):
    """A line of a matrix: numbers of the first fact, and what the second may be; anything when nothing is listed."""

    at_least: int | None = None
    below: int | None = None
    with_one_of: tuple[Scalar, ...] = ()


class Matrix(Document):
    """A criterion on two facts together: met in the bands, read for every combination that is possible."""

    criterion: str
    title: str
    bands_of: str
    across: str
    bands: tuple[Band, ...] = Field(min_length=1)
    not_met: str
    unknown: str

    @model_validator(mode="after")
    def _is_typed(self) -> "Matrix":
        if type_of(self.bands_of) is not int:
            raise ValueError(f"{self.criterion}: bands are of a number, and {self.bands_of} is none")
        kind = type_of(self.across)
        if kind is None:
            raise ValueError(f"{self.across} is not a fact")
        if any(type(value) is not kind for band in self.bands for value in band.with_one_of):
            raise ValueError(f"{self.criterion}: {self.across} is of type {kind.__name__}")
        return self

    def asks(self) -> tuple[str, ...]:
        """The facts it needs."""
        return (self.bands_of, self.across)

    def judge(self, facts: Mapping[str, Fact]) -> Met:
        """Met or not when it is so for every combination of what the two facts may be."""
        one, other = (facts.get(name, NOT_HELD).possible or (None,) for name in self.asks())
        found = {passed for left, right in product(one, other) for passed in self._cell(left, right)}
        return Met.UNKNOWN if len(found) > 1 else Met.MET if found.pop() else Met.NOT_MET

    def _cell(self, number: Scalar | None, value: Scalar | None) -> set[bool]:
        """What may become of one combination; None stands for any value at all."""
        fitting = [band for band in self.bands if number is None or self._fits(band, number)]
        sure = [band for band in fitting if not band.with_one_of or _is_one_of(value, band.with_one_of)]
        if value is None:
            sure = [band for band in fitting if not band.with_one_of]
        if sure:
            return {True} if number is not None else {True, False}
        return {True, False} if fitting and value is None else {False}

    @staticmethod
    def _fits(band: Band, number: Scalar) -> bool:
        return type(number) is int and _within(number, band.at_least, band.below)

    def result(self, facts: Mapping[str, Fact]) -> CriterionResult:
        """The outcome with both facts."""
        used = [facts.get(name, NOT_HELD) for name in self.asks()]
        shown = " × ".join("not known" if fact.value is None else str(fact.value) for fact in used)
        return _result(self, " × ".join(self.asks()), shown, used, self.judge(facts))


class Inherited(Document):
    """A criterion that a school meets when any school of its trusts does."""

    criterion: str
    title: str
    any_school_of_trust: Comparison
    not_met: str
    unknown: str

    @model_validator(mode="after")
    def _is_of_a_school(self) -> "Inherited":
        if type_of(OF_TRUST + self.any_school_of_trust.fact) is None:
            raise ValueError(f"{self.any_school_of_trust.fact} is no fact of a school")
        return self

    def asks(self) -> tuple[str, ...]:
        """The facts it needs."""
        return (OF_TRUST + self.any_school_of_trust.fact,)

    def judge(self, facts: Mapping[str, Fact]) -> Met:
        """Met by one school; not met only when every school of the trusts is known not to meet it."""
        fact = facts.get(self.asks()[0], NOT_HELD)
        outcomes = [self.any_school_of_trust.of(member) for member in fact.members or ()]
        return kleene("any", [*outcomes, Met.NOT_MET if fact.is_whole else Met.UNKNOWN])

    def result(self, facts: Mapping[str, Fact]) -> CriterionResult:
        """The outcome with what is known of the trusts' schools."""
        fact = facts.get(self.asks()[0], NOT_HELD)
        known = [value for member in fact.members or () for value in member.possible]
        return _result(self, self.asks()[0], known or None, [fact], self.judge(facts))


Test = Criterion | Matrix | Inherited


class AllOf(Document):
    """Met when all parts are met; `all` of nothing is met."""

    all: tuple["Condition", ...]


class AnyOf(Document):
    """Met when at least one part is met; `any` of nothing is not met."""

    any: tuple["Condition", ...]


class SomeOf(Document):
    """Met when at least so many parts are met."""

    number: int = Field(ge=0)
    of: tuple["Condition", ...]


def _kind(value: object) -> str | None:
    """Which form a written condition has, so that only that form's faults are told."""
    names = value if isinstance(value, Mapping) else vars(value) if isinstance(value, Document) else {}
    for form, name in {"all": "all", "any": "any", "number": "some", "bands": "matrix"}.items():
        if form in names:
            return name
    return "inherited" if "any_school_of_trust" in names else "criterion" if "fact" in names else None


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[SomeOf, Tag("some")]
    | Annotated[Matrix, Tag("matrix")]
    | Annotated[Inherited, Tag("inherited")]
    | Annotated[Criterion, Tag("criterion")],
    Discriminator(
        _kind,
        custom_error_type="not_a_condition",
        custom_error_message="A condition has one of: all, any, number and of, fact, bands, any_school_of_trust",
    ),
]
AllOf.model_rebuild()
AnyOf.model_rebuild()
SomeOf.model_rebuild()


def kleene(operator: Literal["all", "any"], parts: list[Met]) -> Met:
    """Strong three-valued conjunction or disjunction."""
    decisive, otherwise = (Met.NOT_MET, Met.MET) if operator == "all" else (Met.MET, Met.NOT_MET)
    if decisive in parts:
        return decisive
    return Met.UNKNOWN if Met.UNKNOWN in parts else otherwise


def evaluate(condition: Condition, facts: Mapping[str, Fact]) -> Met:
    """What becomes of a condition. A fact that is not held is unknown."""
    if isinstance(condition, Test):
        return condition.judge(facts)
    parts = [evaluate(part, facts) for part in parts_of(condition)]
    if isinstance(condition, SomeOf):
        met, open_ones = parts.count(Met.MET), parts.count(Met.UNKNOWN)
        if met >= condition.number:
            return Met.MET
        return Met.UNKNOWN if met + open_ones >= condition.number else Met.NOT_MET
    return kleene("all" if isinstance(condition, AllOf) else "any", parts)


def parts_of(condition: AllOf | AnyOf | SomeOf) -> tuple[Condition, ...]:
    """The conditions within one."""
    if isinstance(condition, AllOf):
        return condition.all
    return condition.any if isinstance(condition, AnyOf) else condition.of


def criteria_of(condition: Condition) -> Iterator[Test]:
    """Every test in a condition, in reading order."""
    if isinstance(condition, Test):
        yield condition
        return
    for part in parts_of(condition):
        yield from criteria_of(part)


def depth(condition: Condition) -> int:
    """How many conditions stand within one another."""
    if isinstance(condition, Test):
        return 1
    return 1 + max((depth(part) for part in parts_of(condition)), default=0)


def report(condition: Condition, facts: Mapping[str, Fact]) -> tuple[CriterionResult, ...]:
    """Every criterion of a condition once, whether or not it mattered."""
    return tuple({test.criterion: test.result(facts) for test in criteria_of(condition)}.values())


def facts_asked(*conditions: Condition) -> frozenset[str]:
    """The facts that conditions ask for."""
    return frozenset(fact for condition in conditions for test in criteria_of(condition) for fact in test.asks())


def because(condition: Condition, facts: Mapping[str, Fact]) -> list[str]:
    """The sentences that explain why a condition is not met, or not known; none when it is met."""
    outcome = evaluate(condition, facts)
    if outcome is Met.MET:
        return []
    if isinstance(condition, Test):
        return [condition.not_met if outcome is Met.NOT_MET else condition.unknown]
    blamed = [part for part in parts_of(condition) if evaluate(part, facts) is outcome]
    return list(dict.fromkeys(sentence for part in blamed for sentence in because(part, facts)))


def _result(
    test: Test, fact: str, value: Scalar | list[Scalar] | None, used: Sequence[Fact], outcome: Met
) -> CriterionResult:
    days = [one.as_of for one in used if one.as_of is not None]
    return CriterionResult(
        criterion=test.criterion,
        title=test.title,
        fact=fact,
        value=value,
        source="; ".join(dict.fromkeys(one.source for one in used)),
        as_of=min(days, default=None),
        outcome=outcome,
    )


def _is_one_of(value: Scalar | None, wanted: Sequence[Scalar]) -> bool:
    """Whether it is one of these, by type too: True is not 1."""
    return any(type(value) is type(one) and value == one for one in wanted)


def _within(number: int, at_least: int | None, below: int | None) -> bool:
    return (at_least is None or number >= at_least) and (below is None or number < below)


def _day(value: Scalar) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
