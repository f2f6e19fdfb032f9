"""Which activities would help next, and why these: the pathway first, then what the catalogue offers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from certification.credits.amounts import plain
from certification.credits.rules import credits_earned
from certification.progress.rules import ZERO, Met
from certification.schemes.requirements import ActivityKind, AtLeast, Condition, Facts, walk
from certification.schemes.rules import SchemeRules
from contracts.certification import Component

MOST_OF_A_COMPONENT = 3
KEY_PREFIX = {ActivityKind.CPD: "cpd", ActivityKind.COMMUNITY: "community"}
COMPONENT_KINDS: Mapping[Component, ActivityKind] = {
    "professional_knowledge": ActivityKind.CPD,
    "community": ActivityKind.COMMUNITY,
}


@dataclass(frozen=True)
class BandReached:
    """A band of the latest diagnostic."""

    dimension: str
    band: str


@dataclass(frozen=True)
class Offer:
    """An activity that may be recommended, and why."""

    kind: ActivityKind
    facts: Facts
    title: str
    reason: str
    pathway: str | None = None
    bands: tuple[BandReached, ...] = ()
    replaces: str | None = None


@dataclass(frozen=True)
class Because:
    """Why, for programs."""

    kind: Literal["pathway", "requirement", "component"]
    pathway: str | None
    bands: tuple[BandReached, ...]
    requirement: str | None
    replaces: str | None


@dataclass(frozen=True)
class Recommendation:
    """An activity that would help next."""

    component: Component
    activity: str
    title: str
    credits: Decimal | None
    reason: str
    because: Because


def recommended(
    rules: SchemeRules, met: Met, offers: Sequence[Offer], keys_done: frozenset[str]
) -> list[Recommendation]:
    """At most a few for each component and requirement that is not met, in the order of the offers."""
    found: dict[str, Recommendation] = {}
    fresh = [one for one in offers if f"{KEY_PREFIX[one.kind]}:{one.facts.counts_as}" not in keys_done]
    for standing in met.components:
        if standing.needed:
            kind = COMPONENT_KINDS.get(standing.component)
            helping = (one for one in fresh if one.kind is kind)
            for recommendation in _few(_of(rules, helping)):
                found.setdefault(recommendation.activity, recommendation)
    for asked, finding in zip(rules.requirements, met.findings, strict=True):
        if not finding.is_met:
            wanted = [one.of for one in _amounts(asked)]
            helping = (one for one in fresh if any(selection.holds(one.kind, one.facts) for selection in wanted))
            for recommendation in _few(_of(rules, helping, finding.title)):
                found.setdefault(recommendation.activity, recommendation)
    return list(found.values())


def _amounts(condition: Condition) -> Iterator[AtLeast]:
    return (one for one in walk(condition) if isinstance(one, AtLeast))


def _of(rules: SchemeRules, offers: Iterator[Offer], requirement: str | None = None) -> Iterator[Recommendation]:
    for one in offers:
        rule = rules.credit_rule(one.kind, one.facts)
        if rule is None:
            continue
        worth = credits_earned(rules, one.kind, ZERO, one.facts.published_credits, one.facts)
        credits_ = None if rule.basis == "per_hour" or worth is None else worth.credits
        told = f" {plain(credits_)} credits." if credits_ else ""
        reason = f"Counts for “{requirement}”." if requirement else one.reason
        because = _because(one, requirement)
        yield Recommendation(rule.component, one.facts.code, one.title, credits_, f"{reason}{told}", because)


def _because(offer: Offer, requirement: str | None) -> Because:
    kind: Literal["pathway", "requirement", "component"] = "pathway" if offer.pathway else "component"
    return Because("requirement" if requirement else kind, offer.pathway, offer.bands, requirement, offer.replaces)


def _few(recommendations: Iterator[Recommendation]) -> Iterator[Recommendation]:
    for _, one in zip(range(MOST_OF_A_COMPONENT), recommendations, strict=False):
        yield one
