"""What became of a project's criteria for one applicant, test by test and in words.

Pure: the same rule, facts, declarations and overrides give the same decision. What a person decided goes before what is
known, and what is known before what the applicant declares; nothing that is known can be declared away.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field

from hubs.projects.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    FactTest,
    Met,
    Node,
    Test,
    leaves_of,
    parts_of,
    settle,
)
from hubs.projects.facts import NOT_HELD, Document, Known, Scalar


class Declaration(Document):
    """What the applicant says of one criterion: its title is true of it (or, of a question, the answer is yes)."""

    criterion: str = Field(max_length=60, examples=["needs-leadership-support"])
    answer: bool
    evidence: str | None = Field(default=None, min_length=10, max_length=2000)


class Override(Document):
    """What a person decided of one criterion, whatever is known or declared."""

    criterion: str = Field(max_length=60)
    is_met: bool
    reason: str = Field(min_length=10, max_length=2000)


class Standing(StrEnum):
    """What a test's outcome is, and on whose word."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    DECLARED = "declared"
    OVERRIDDEN = "overridden"


class CriterionReason(Document):
    """One test of a decision: what became of it, from what, and in words."""

    criterion: str
    title: str
    standing: Standing
    is_met: bool | None
    value: list[Scalar] | None
    source: str
    as_of: date | None
    words: str
    may_be_declared: bool
    """Whether the applicant's declaration would still count for it."""


class Eligibility(StrEnum):
    """The answer of a rule."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_REVIEW = "needs_review"


class CriteriaDecision(Document):
    """What a rule says of one applicant."""

    outcome: Eligibility
    words: str
    reasons: tuple[CriterionReason, ...]
    rests_on_declarations: bool
    """Whether the outcome would not stand on what is known and decided alone."""


OUTCOMES = {Met.MET: Eligibility.ELIGIBLE, Met.NOT_MET: Eligibility.NOT_ELIGIBLE, Met.UNKNOWN: Eligibility.NEEDS_REVIEW}


def decide(
    rule: Criterion | None,
    known: Known,
    declarations: Sequence[Declaration] = (),
    overrides: Sequence[Override] = (),
) -> CriteriaDecision:
    """The decision of a rule; without a rule everybody is eligible."""
    if rule is None:
        words = "The project asks for nothing in particular."
        return CriteriaDecision(outcome=Eligibility.ELIGIBLE, words=words, reasons=(), rests_on_declarations=False)
    declared = {one.criterion: one for one in declarations}
    overridden = {one.criterion: one for one in overrides}
    reasons = tuple(
        _reason(test, known, declared.get(test.criterion), overridden.get(test.criterion)) for test in leaves_of(rule)
    )
    outcome = settle(rule, {one.criterion: _met(one) for one in reasons})
    alone = settle(rule, {one.criterion: _met(one) for one in reasons if one.standing is not Standing.DECLARED})
    return CriteriaDecision(
        outcome=OUTCOMES[outcome],
        words=_explained(rule, {one.criterion: one for one in reasons}, outcome),
        reasons=reasons,
        rests_on_declarations=outcome is not alone,
    )


def not_asked(rule: Criterion | None, declarations: Sequence[Declaration]) -> list[str]:
    """Criteria that somebody declares and that the rule does not ask the applicant about."""
    asked = set() if rule is None else {test.criterion for test in leaves_of(rule) if test.may_be_declared}
    return sorted({one.criterion for one in declarations} - asked)


def _reason(test: Test, known: Known, declared: Declaration | None, overridden: Override | None) -> CriterionReason:
    found = test.judge(known)
    is_met: bool | None = None if found is Met.UNKNOWN else found is Met.MET
    standing = Standing(found.value)
    words = {
        Standing.MET: f"Met: {test.title}.",
        Standing.NOT_MET: f"Not met: {test.title}.",
        Standing.UNKNOWN: f"Not known: {test.title}.",
    }[standing]
    if overridden is not None:
        standing, is_met = Standing.OVERRIDDEN, overridden.is_met
        words = f"Decided by a person to be {'met' if is_met else 'not met'}: {test.title}. {overridden.reason}"
    elif found is Met.UNKNOWN and declared is not None and _counts(test, declared):
        standing, is_met = Standing.DECLARED, declared.answer is test.meeting_answer
        words = f"Declared {'as met' if is_met else 'as not met'}: {test.title}." + _quoted(declared)
    fact = known.facts.get(test.fact, NOT_HELD) if isinstance(test, FactTest) else None
    return CriterionReason(
        criterion=test.criterion,
        title=test.title,
        standing=standing,
        is_met=is_met,
        value=list(fact.known) if fact is not None and fact.is_held else None,
        source=_source(test, standing, fact.source if fact is not None else None),
        as_of=None if fact is None else fact.as_of,
        words=words,
        may_be_declared=test.may_be_declared and standing is Standing.UNKNOWN,
    )


def _counts(test: Test, declared: Declaration) -> bool:
    """Whether a declaration is one that the rule takes; a claim to meet something may need evidence."""
    claims = declared.answer is test.meeting_answer
    return test.may_be_declared and (not claims or not test.needs_evidence or declared.evidence is not None)


def _quoted(declared: Declaration) -> str:
    return "" if declared.evidence is None else f" “{declared.evidence}”"


def _source(test: Test, standing: Standing, of_fact: str | None) -> str:
    if standing is Standing.DECLARED:
        return "the applicant"
    if standing is Standing.OVERRIDDEN:
        return "a person's decision"
    return of_fact or "records of taking part"


def _met(reason: CriterionReason) -> Met:
    if reason.is_met is None:
        return Met.UNKNOWN
    return Met.MET if reason.is_met else Met.NOT_MET


def _explained(rule: Node, reasons: Mapping[str, CriterionReason], outcome: Met) -> str:
    """The sentences that a reader needs: what speaks against it, or what is open; else that everything is met."""
    if outcome is Met.MET:
        return "Everything that the project asks for is met."
    return " ".join(dict.fromkeys(_because(rule, reasons, outcome)))


def _because(node: Node, reasons: Mapping[str, CriterionReason], outcome: Met) -> list[str]:
    if isinstance(node, Test):
        return [reasons[node.criterion].words]
    outcomes = {name: _met(one) for name, one in reasons.items()}
    blamed = [part for part in parts_of(node) if settle(part, outcomes) is outcome]
    sentences = [sentence for part in blamed for sentence in _because(part, reasons, outcome)]
    return [*_asked(node), *sentences]


def _asked(node: Node) -> list[str]:
    """How many of several are asked for, when it is not all of them."""
    if isinstance(node, AllOf) or not isinstance(node, AnyOf | AtLeast):
        return []
    number = node.at_least if isinstance(node, AtLeast) else 1
    title = f" ({node.title})" if node.title else ""
    return [f"At least {number} of {len(parts_of(node))} is needed{title}."]
