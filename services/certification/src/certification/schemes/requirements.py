"""What a certificate asks for beyond its components: a small language of conditions on what somebody has done.

It is total: a condition is a tree of bounded depth and size without names, loops or negation, so that working it out
always ends and always says yes or no. Doing more never makes a condition that held fail.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

CLOSED = ConfigDict(frozen=True, extra="forbid")
ZERO = Decimal(0)
MOST_LEVELS = 4
MOST_CONDITIONS = 40

Mode = Literal["face_to_face", "live_remote", "online", "community", "diagnostic", "assessment"]


class ActivityKind(StrEnum):
    """What somebody did, as far as credit rules tell apart."""

    REGISTRATION = "registration"
    HUB_MEMBERSHIP = "hub_membership"
    DIAGNOSTIC = "diagnostic"
    CPD = "cpd"
    COMMUNITY = "community"


@dataclass(frozen=True)
class Facts:
    """What the catalogue knows of an activity. One that it does not know has a code and nothing else."""

    code: str
    counts_as: str
    mode: str | None = None
    provider: str | None = None
    programmes: frozenset[str] = frozenset()
    published_credits: Decimal = ZERO


def unknown(code: str) -> Facts:
    """The facts of an activity that is in no catalogue."""
    return Facts(code, code)


class Selection(BaseModel):
    """Some of the activities there are: those to which everything said here applies. Nothing said selects all."""

    model_config = CLOSED

    kinds: tuple[ActivityKind, ...] = ()
    modes: tuple[Mode, ...] = ()
    providers: tuple[str, ...] = ()
    programmes: tuple[str, ...] = Field((), description="Programmes of the catalogue; being in one of them suffices")
    activities: tuple[str, ...] = Field((), description="Codes; whatever counts as one of them is selected too")
    published_credits: Decimal | None = Field(None, ge=0, description="The credits published for the activity")

    def holds(self, kind: ActivityKind, facts: Facts) -> bool:
        """Whether an activity is selected."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.modes or facts.mode in self.modes)
            and (not self.providers or facts.provider in self.providers)
            and (not self.programmes or not facts.programmes.isdisjoint(self.programmes))
            and (not self.activities or facts.code in self.activities or facts.counts_as in self.activities)
            and (self.published_credits is None or facts.published_credits == self.published_credits)
        )

    @property
    def reads_catalogue(self) -> bool:
        """Whether the kind of an activity is not enough to tell."""
        said = (self.modes, self.providers, self.programmes, self.activities, self.published_credits is not None)
        return any(said)


@dataclass(frozen=True)
class Holding:
    """One activity in the real world, at the largest report of it, and what it earned (nothing is 0)."""

    kind: ActivityKind
    facts: Facts
    hours: Decimal
    credits: Decimal


@dataclass(frozen=True)
class Besides:
    """What counts towards a certificate and is no activity."""

    certificates: frozenset[str] = frozenset()
    """Schemes whose certificate is held."""
    assessment_passed: bool = False


NOTHING_BESIDES = Besides()


@dataclass(frozen=True)
class Finding:
    """How far a condition is met, in its measure: `have` of `need`. `parts` are the findings of what it is made of."""

    title: str
    measure: str
    have: Decimal
    need: Decimal
    is_met: bool
    parts: tuple["Finding", ...] = ()


class AtLeast(BaseModel):
    """So many credits, hours or activities of a selection."""

    model_config = CLOSED

    needs: Literal["at_least"]
    title: str = Field(min_length=1, max_length=120)
    measure: Literal["credits", "hours", "activities"]
    amount: Decimal = Field(gt=0, le=100_000)
    of: Selection = Selection()

    def find(self, holdings: Sequence[Holding], besides: Besides) -> Finding:
        """How far it is met."""
        chosen = (one for one in holdings if self.of.holds(one.kind, one.facts))
        have = _MEASURES[self.measure](chosen)
        return Finding(self.title, self.measure, have, self.amount, have >= self.amount)


class CertificateHeld(BaseModel):
    """The certificate of another scheme."""

    model_config = CLOSED

    needs: Literal["certificate"]
    title: str = Field(min_length=1, max_length=120)
    scheme: str = Field(min_length=1, max_length=60)

    def find(self, holdings: Sequence[Holding], besides: Besides) -> Finding:
        """Whether it is held."""
        is_held = self.scheme in besides.certificates
        return Finding(self.title, "certificates", Decimal(is_held), Decimal(1), is_held)


class AllOf(BaseModel):
    """Every one of several conditions."""

    model_config = CLOSED

    needs: Literal["all_of"]
    title: str = Field(min_length=1, max_length=120)
    of: tuple["Condition", ...] = Field(min_length=1, max_length=10)

    def find(self, holdings: Sequence[Holding], besides: Besides) -> Finding:
        """How many of them are met; all have to be."""
        return _combined(self.title, [one.find(holdings, besides) for one in self.of], len(self.of))


class AnyOf(BaseModel):
    """One of several conditions, whichever."""

    model_config = CLOSED

    needs: Literal["any_of"]
    title: str = Field(min_length=1, max_length=120)
    of: tuple["Condition", ...] = Field(min_length=1, max_length=10)

    def find(self, holdings: Sequence[Holding], besides: Besides) -> Finding:
        """Whether one of them is met."""
        return _combined(self.title, [one.find(holdings, besides) for one in self.of], 1)


Condition = Annotated[AtLeast | CertificateHeld | AllOf | AnyOf, Field(discriminator="needs")]


def _combined(title: str, parts: Sequence[Finding], need: int) -> Finding:
    met = sum(part.is_met for part in parts)
    return Finding(title, "conditions", Decimal(min(met, need)), Decimal(need), met >= need, tuple(parts))


def _credits(chosen: Iterable[Holding]) -> Decimal:
    return sum((one.credits for one in chosen), ZERO)


def _hours(chosen: Iterable[Holding]) -> Decimal:
    return sum((one.hours for one in chosen), ZERO)


def _activities(chosen: Iterable[Holding]) -> Decimal:
    return Decimal(sum(1 for _ in chosen))


_MEASURES: dict[str, Callable[[Iterable[Holding]], Decimal]] = {
    "credits": _credits,
    "hours": _hours,
    "activities": _activities,
}


def walk(condition: Condition) -> Iterable[Condition]:
    """A condition and everything it is made of."""
    yield condition
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.of:
            yield from walk(part)


def _levels(condition: Condition) -> int:
    parts = condition.of if isinstance(condition, AllOf | AnyOf) else ()
    return 1 + max((_levels(part) for part in parts), default=0)


def _bounded(condition: Condition) -> Condition:
    if _levels(condition) > MOST_LEVELS or sum(1 for _ in walk(condition)) > MOST_CONDITIONS:
        raise ValueError(f"a requirement has at most {MOST_LEVELS} levels and {MOST_CONDITIONS} conditions")
    return condition


Requirement = Annotated[Condition, AfterValidator(_bounded)]
"""A condition small enough to be read and worked out."""

AllOf.model_rebuild()
AnyOf.model_rebuild()
