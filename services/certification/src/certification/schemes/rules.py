"""The rules of a scheme version as data: what each kind of activity earns, and what completes a component."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.certification import Component


class ActivityKind(StrEnum):
    """What somebody did, as far as credit rules tell apart."""

    REGISTRATION = "registration"
    HUB_MEMBERSHIP = "hub_membership"
    DIAGNOSTIC = "diagnostic"
    CPD = "cpd"
    COMMUNITY = "community"


class CreditRule(BaseModel):
    """What one kind of activity earns: a fixed sum, credits per hour, or what the catalogue says of the activity."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ActivityKind
    component: Component
    basis: Literal["fixed", "per_hour", "catalogue"]
    credits: Decimal | None = Field(description="The fixed sum or the rate; null when the catalogue decides")
    source: str

    @model_validator(mode="after")
    def _has_the_figure_it_needs(self) -> "CreditRule":
        if (self.credits is None) != (self.basis == "catalogue"):
            raise ValueError("a fixed sum and a rate need credits; the catalogue's basis has none")
        return self


class ComponentRule(BaseModel):
    """One component and the credits that complete it; what is recorded beyond them is surplus."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    component: Component
    title: str
    credits_required: Decimal = Field(gt=0)


class SchemeRules(BaseModel):
    """Everything that decides about credits and completion under one version of a scheme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    components: tuple[ComponentRule, ...]
    credits: tuple[CreditRule, ...]
    assessment_required: bool

    def credit_rule(self, kind: ActivityKind) -> CreditRule | None:
        """The rule for a kind of activity; None when this version gives nothing for it."""
        return next((rule for rule in self.credits if rule.kind == kind), None)

    @property
    def credits_required(self) -> Decimal:
        """What all components need together."""
        return sum((rule.credits_required for rule in self.components), Decimal(0))


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
