"""Cases that are stored with rules: what somebody did, and what has to come of it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from certification.credits.amounts import plain
from certification.schemes.evaluation import Done, Evaluation, evaluate
from certification.schemes.requirements import ZERO, ActivityKind, Besides, Facts, unknown
from certification.schemes.rules import SchemeRules
from contracts.certification import Component

CLOSED = ConfigDict(frozen=True, extra="forbid")
MOST_HOURS = Decimal("9999.99")


class CaseActivity(BaseModel):
    """Something done. A kind that the catalogue has no activities for needs no code."""

    model_config = CLOSED

    kind: ActivityKind
    activity: str = Field("", max_length=120, description="Code in the catalogue")
    hours: Decimal = Field(ZERO, ge=0, le=MOST_HOURS)


class Expectation(BaseModel):
    """What has to come of a case; what is not said does not matter."""

    model_config = CLOSED

    is_complete: bool
    credits: dict[Component, Decimal] = Field({}, description="Credits recorded, by component")
    assessment_is_open: bool | None = None


class Case(BaseModel):
    """One case."""

    model_config = CLOSED

    name: str = Field(min_length=3, max_length=200)
    done: tuple[CaseActivity, ...] = Field((), max_length=200)
    certificates: tuple[str, ...] = Field((), max_length=20, description="Schemes whose certificate is held")
    assessment_passed: bool = False
    expect: Expectation

    def run(self, rules: SchemeRules, catalogue: Mapping[str, Facts]) -> list[str]:
        """How what comes of it differs from what has to, in sentences; none when it passes."""
        besides = Besides(frozenset(self.certificates), self.assessment_passed)
        found = evaluate(rules, [_as_done(one, catalogue) for one in self.done], besides)
        return list(_differences(self.expect, found))


def _as_done(one: CaseActivity, catalogue: Mapping[str, Facts]) -> Done:
    facts = catalogue.get(one.activity) or unknown(one.activity)
    kept = facts.published_credits if one.kind is ActivityKind.COMMUNITY else ZERO
    return Done(f"{one.kind}:{facts.counts_as}", one.kind, facts, one.hours, kept)


def _differences(expect: Expectation, found: Evaluation) -> Iterator[str]:
    if expect.is_complete != found.is_complete:
        yield "It completes the certificate." if found.is_complete else "It does not complete the certificate."
    for component, credits_ in expect.credits.items():
        recorded = found.recorded.get(component, ZERO)
        if recorded != credits_:
            yield f"{component}: {plain(recorded)} credits, not {plain(credits_)}."
    opens = found.assessment_opens is None or found.assessment_opens.is_met
    if expect.assessment_is_open is not None and expect.assessment_is_open != opens:
        yield "The assessment is open." if opens else "The assessment is not open."


def complaints(
    rules: SchemeRules, scheme: str, catalogue: Mapping[str, Facts], schemes: Sequence[str]
) -> Iterator[str]:
    """What is wrong with rules that only the catalogue and the other schemes can tell."""
    canonical = {facts.counts_as for facts in catalogue.values()}
    for code in _codes_in(rules):
        if code not in catalogue and code not in canonical:
            yield f"No activity of the catalogue has the code {code!r}."
    for other in _schemes_in(rules):
        if other == scheme or other not in schemes:
            yield f"{other!r} is no other scheme whose certificate could be held."
    for asked in rules.conditions():
        able = {one.counts_as for one in catalogue.values() if asked.of.holds(_kind_of(one), one)}
        if asked.measure == "activities" and asked.of.reads_catalogue and len(able) < asked.amount:
            yield f"“{asked.title}” asks for {plain(asked.amount)} activities and the catalogue has {len(able)}."


def _kind_of(facts: Facts) -> ActivityKind:
    kinds = {"community": ActivityKind.COMMUNITY, "diagnostic": ActivityKind.DIAGNOSTIC}
    return kinds.get(facts.mode or "", ActivityKind.CPD)


def _codes_in(rules: SchemeRules) -> Iterator[str]:
    for asked in rules.conditions():
        yield from asked.of.activities
    for rule in rules.credits:
        yield from rule.eligible.activities if rule.eligible else ()
    yield from (one.activity for one in rules.activity_credits)


def _schemes_in(rules: SchemeRules) -> Iterator[str]:
    yield from rules.prerequisites
    yield from rules.certificates_asked_for()
