"""The stages of a pathway as data, and how far somebody is. Pure calculation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from certification.schemes.requirements import ActivityKind

CLOSED = ConfigDict(frozen=True, extra="forbid")
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]


class Need(BaseModel):
    """Something that a stage asks for, by a name that no other need of the pathway has."""

    model_config = CLOSED

    need: Slug
    title: str


class CertificatesNeed(Need):
    """Certificates that are held: neither revoked nor expired."""

    kind: Literal["certificates"]
    schemes: tuple[str, ...] = Field(min_length=1)
    count: int = Field(ge=1)


class EndorsementsNeed(Need):
    """Endorsements that stand, each of another organisation."""

    kind: Literal["endorsements"]
    organisations: int = Field(ge=1)


class YearsNeed(Need):
    """Whole years since the first activity on record."""

    kind: Literal["years"]
    years: int = Field(ge=1)


class ActivitiesNeed(Need):
    """Different activities on record."""

    kind: Literal["activities"]
    kinds: tuple[ActivityKind, ...] = Field(min_length=1)
    count: int = Field(ge=1)


class StatementNeed(Need):
    """Something that the teacher writes."""

    kind: Literal["statement"]
    least_characters: int = Field(ge=1)


AnyNeed = Annotated[
    CertificatesNeed | EndorsementsNeed | YearsNeed | ActivitiesNeed | StatementNeed, Field(discriminator="kind")
]


class Stage(BaseModel):
    """One stage: met when all its needs are."""

    model_config = CLOSED

    stage: Slug
    title: str
    needs: tuple[AnyNeed, ...] = Field(min_length=1)


class PathwayRules(BaseModel):
    """A version of a pathway."""

    model_config = CLOSED

    stages: tuple[Stage, ...] = Field(min_length=1)
    consent: str = Field(description="What a teacher agrees to before anything is sent")

    @model_validator(mode="after")
    def _names_each_need_once(self) -> "PathwayRules":
        names = [need.need for need in self.needs()]
        if len(names) != len(set(names)):
            raise ValueError("two needs have the same name")
        return self

    def needs(self) -> Iterator[AnyNeed]:
        """Every need of every stage."""
        return (need for stage in self.stages for need in stage.needs)


@dataclass(frozen=True)
class Facts:
    """What is known of a teacher."""

    certificates: frozenset[str] = frozenset()
    endorsing: int = 0
    """Organisations with an endorsement that stands."""
    since_on: date | None = None
    """The day of the first activity on record."""
    activities: Mapping[str, int] | None = None
    """Different activities, by kind."""
    statements: Mapping[str, str] | None = None
    """The latest of each need."""


@dataclass(frozen=True)
class NeedStanding:
    """How far a need is met: `have` of `asked`."""

    need: str
    kind: str
    title: str
    have: int
    asked: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.asked


@dataclass(frozen=True)
class StageStanding:
    """How far a stage is."""

    stage: str
    title: str
    needs: tuple[NeedStanding, ...]

    @property
    def is_met(self) -> bool:
        return all(one.is_met for one in self.needs)


def standing_of(rules: PathwayRules, facts: Facts, on: date) -> list[StageStanding]:
    """How far somebody is on a day."""
    return [
        StageStanding(stage.stage, stage.title, tuple(_need_standing(need, facts, on) for need in stage.needs))
        for stage in rules.stages
    ]


def _need_standing(need: AnyNeed, facts: Facts, on: date) -> NeedStanding:
    have, asked = _measured(need, facts, on)
    return NeedStanding(need.need, need.kind, need.title, min(have, asked), asked)


def _measured(need: AnyNeed, facts: Facts, on: date) -> tuple[int, int]:
    if isinstance(need, CertificatesNeed):
        return len(facts.certificates.intersection(need.schemes)), need.count
    if isinstance(need, EndorsementsNeed):
        return facts.endorsing, need.organisations
    if isinstance(need, YearsNeed):
        return whole_years(facts.since_on, on) if facts.since_on else 0, need.years
    if isinstance(need, ActivitiesNeed):
        return sum((facts.activities or {}).get(kind, 0) for kind in need.kinds), need.count
    return int(len((facts.statements or {}).get(need.need, "")) >= need.least_characters), 1


def whole_years(since: date, on: date) -> int:
    """Years gone by; somebody who began on 29 February completes one on 1 March."""
    return max(on.year - since.year - ((on.month, on.day) < (since.month, since.day)), 0)


class ApplicationStatus(StrEnum):
    """How far an application is."""

    IN_PROGRESS = "in_progress"
    SENT = "sent"
    MORE_EVIDENCE = "more_evidence"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


MAY_BE_SENT = frozenset({ApplicationStatus.IN_PROGRESS, ApplicationStatus.MORE_EVIDENCE})
MAY_BEGIN_ANEW = frozenset({ApplicationStatus.REFUSED, ApplicationStatus.LAPSED, ApplicationStatus.WITHDRAWN})


@dataclass(frozen=True)
class Sent:
    """The newest sending of an application, and the newest decision on it."""

    outcome: str | None
    renew_by_on: date | None


def status_of(*, is_withdrawn: bool, sent: Sent | None, on: date) -> ApplicationStatus:
    """The status of an application on a day. One granted lapses when the day by which it is to be renewed is over."""
    if is_withdrawn:
        return ApplicationStatus.WITHDRAWN
    if sent is None:
        return ApplicationStatus.IN_PROGRESS
    if sent.outcome is None:
        return ApplicationStatus.SENT
    if sent.outcome == "granted" and sent.renew_by_on is not None and sent.renew_by_on < on:
        return ApplicationStatus.LAPSED
    return ApplicationStatus(sent.outcome)
