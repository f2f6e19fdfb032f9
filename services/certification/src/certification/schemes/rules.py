"""The rules of a scheme version as data: what each kind of activity earns, and what completes the certificate."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from certification.schemes.requirements import (
    ActivityKind,
    AtLeast,
    CertificateHeld,
    Condition,
    Facts,
    Requirement,
    Selection,
    walk,
)
from contracts.certification import Component

__all__ = ["ActivityKind", "ComponentRule", "CreditRule", "SchemeRules", "in_force"]

PASS_PERCENT = Decimal(65)


class CreditRule(BaseModel):
    """What one kind of activity earns: a fixed sum, credits per hour, or what the catalogue says of the activity."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ActivityKind
    component: Component
    basis: Literal["fixed", "per_hour", "catalogue"]
    credits: Decimal | None = Field(
        None, ge=0, description="The fixed sum or the rate; null when the catalogue decides"
    )
    source: str
    eligible: Selection | None = Field(None, description="Which activities of the kind; null for all of them")
    at_most: Decimal | None = Field(None, gt=0, description="The most that one activity earns; null for no limit")

    @model_validator(mode="after")
    def _has_the_figure_it_needs(self) -> "CreditRule":
        if (self.credits is None) != (self.basis == "catalogue"):
            raise ValueError("a fixed sum and a rate need credits; the catalogue's basis has none")
        return self


class ActivityCredits(BaseModel):
    """Credits of one activity that differ from what its rule would give, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    activity: str = Field(min_length=1, max_length=120)
    credits: Decimal = Field(ge=0)
    reason: str = Field(min_length=3, max_length=500)


class ComponentRule(BaseModel):
    """One component and the credits that complete it; what is recorded beyond the cap is surplus."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    component: Component
    title: str
    credits_required: Decimal = Field(ge=0, description="0 for a component whose credits are only shown")
    cap: Decimal | None = Field(None, ge=0, description="The most that counts; null for what is required")

    @model_validator(mode="after")
    def _cap_leaves_room(self) -> "ComponentRule":
        if self.cap is not None and self.cap < self.credits_required:
            raise ValueError("a cap below what the component requires could never be completed")
        return self

    @property
    def counts_at_most(self) -> Decimal:
        """The most that counts."""
        return self.credits_required if self.cap is None else self.cap


class AssessmentRule(BaseModel):
    """How the summative assessment is passed, and when it may be taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pass_percent: Decimal = Field(PASS_PERCENT, gt=0, le=100)
    opens_when: Requirement | None = Field(None, description="What has to be met first; null for nothing")


class SchemeRules(BaseModel):
    """Everything that decides about credits and completion under one version of a scheme.

    The certificate is earned when every component has its credits, every requirement is met and, where one is required,
    the assessment is passed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    components: tuple[ComponentRule, ...]
    credits: tuple[CreditRule, ...]
    assessment_required: bool
    assessment: AssessmentRule | None = None
    requirements: tuple[Requirement, ...] = Field((), max_length=20)
    prerequisites: tuple[str, ...] = Field((), description="Schemes whose certificate is needed to enrol")
    activity_credits: tuple[ActivityCredits, ...] = ()
    pending_days: int = Field(0, ge=0, le=365, description="Days between earning the certificate and its award")
    awarded_to: Literal["person", "school"] = "person"
    checked_percent: Decimal = Field(
        Decimal(0), ge=0, le=100, description="How many of a hundred certificates two people look at before the award"
    )
    valid_for_months: int | None = Field(None, ge=1, le=600, description="How long a certificate stands; null for good")

    @model_validator(mode="after")
    def _is_consistent(self) -> "SchemeRules":
        names = [rule.component for rule in self.components]
        if len(names) != len(set(names)):
            raise ValueError("a component is named twice")
        if not {rule.component for rule in self.credits} <= set(names):
            raise ValueError("credits are given in a component that the scheme does not have")
        components = {(rule.kind, rule.component) for rule in self.credits}
        if len(components) != len({kind for kind, _ in components}):
            raise ValueError("one kind of activity earns in one component only, or it would earn twice")
        if self.assessment is not None and not self.assessment_required:
            raise ValueError("an assessment that is not required needs no rule")
        return self

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SchemeRules":
        asks = self.assessment_required or self.requirements or any(one.credits_required for one in self.components)
        if not asks:
            raise ValueError("a certificate that asks for nothing would be everybody's")
        return self

    def credit_rule(self, kind: ActivityKind, facts: Facts | None = None) -> CreditRule | None:
        """The rule for an activity, the first that fits; None when this version gives nothing for it."""
        return next((rule for rule in self.credits if rule.kind == kind and _fits(rule, facts)), None)

    def override_for(self, facts: Facts) -> ActivityCredits | None:
        """The credits that this version gives for one activity in particular."""
        named = (facts.code, facts.counts_as)
        return next((one for one in self.activity_credits if one.activity in named), None)

    @property
    def credits_required(self) -> Decimal:
        """What all components need together."""
        return sum((rule.credits_required for rule in self.components), Decimal(0))

    @property
    def assessment_rule(self) -> AssessmentRule | None:
        """How the assessment is passed; None when none is required."""
        return (self.assessment or AssessmentRule()) if self.assessment_required else None

    @property
    def reads_catalogue(self) -> bool:
        """Whether what an activity is worth depends on what the catalogue says of it."""
        by_rule = any(
            (rule.eligible and rule.eligible.reads_catalogue) or _asks_catalogue(rule) for rule in self.credits
        )
        return by_rule or bool(self.activity_credits) or bool(self.requirements)

    def conditions(self) -> Iterator[AtLeast]:
        """Every amount that a requirement or the gate of the assessment asks for, however deep."""
        return (one for one in self._everything_asked() if isinstance(one, AtLeast))

    def certificates_asked_for(self) -> Iterator[str]:
        """Every scheme whose certificate a requirement or the gate asks for, however deep."""
        return (one.scheme for one in self._everything_asked() if isinstance(one, CertificateHeld))

    def _everything_asked(self) -> Iterator[Condition]:
        gate = self.assessment.opens_when if self.assessment else None
        for requirement in (*self.requirements, *([gate] if gate else [])):
            yield from walk(requirement)


def _fits(rule: CreditRule, facts: Facts | None) -> bool:
    return rule.eligible is None or (facts is not None and rule.eligible.holds(rule.kind, facts))


def _asks_catalogue(rule: CreditRule) -> bool:
    """Community activity keeps what the catalogue gave when it was recorded; a course does not."""
    return rule.basis == "catalogue" and rule.kind is not ActivityKind.COMMUNITY


class Dated(Protocol):
    """Anything in force from a date on, until a date or for good."""

    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...


DatedT = TypeVar("DatedT", bound=Dated)


def in_force(versions: Sequence[DatedT], on: date) -> DatedT | None:
    """The version in force on a day.

    A version replaces those that began before it. A day before the first takes the first: the source lets activity from
    before the launch count. None when the scheme had ended by then, or has no version at all.
    """
    ordered = sorted(versions, key=lambda version: version.effective_from)
    begun = [version for version in ordered if version.effective_from <= on] or ordered[:1]
    if not begun or (begun[-1].effective_to is not None and begun[-1].effective_to <= on):
        return None
    return begun[-1]
