"""Bursaries that are paid part by part: what earns each part, by when, and what becomes of paid ones on withdrawal."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from funding.policies.facts import Document

Earning = Literal["course_completed", "programme_completed"]


class Milestone(Document):
    """One part: so much when this is reached; of courses the `course`-th of those that are long enough counts."""

    milestone: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    title: str
    amount_pence: int = Field(gt=0)
    earned_by: Earning
    course: int = Field(default=1, ge=1)
    least_days: Decimal = Field(default=Decimal(0), ge=0)
    by: date | None = None
    """The last day on which it can be reached."""
    is_beside_cap: bool = False
    """A bonus: it does not count towards the most that the parts together come to."""
    uses: tuple[str, ...] = ()
    """What the money may be used for; anything when nothing is listed."""


class Clawback(Document):
    """Whether parts that were paid can be asked back when the programme is given up, and in which words."""

    on_withdrawal: Literal["paid_parts", "nothing"]
    reason: str


class Milestones(Document):
    """The parts of a bursary, and the most that they come to, bonuses aside."""

    parts: tuple[Milestone, ...] = Field(min_length=1)
    at_most_pence: int = Field(gt=0)
    clawback: Clawback

    @model_validator(mode="after")
    def _keeps_its_cap(self) -> "Milestones":
        capped = sum(part.amount_pence for part in self.parts if not part.is_beside_cap)
        if capped > self.at_most_pence:
            raise ValueError(f"the parts come to {capped} pence, and {self.at_most_pence} are the most")
        if len({part.milestone for part in self.parts}) != len(self.parts):
            raise ValueError("two parts have the same name")
        return self

    def promised(self, on: date) -> tuple[Milestone, ...]:
        """The parts that can still be reached by somebody who applies on this day."""
        return tuple(part for part in self.parts if part.by is None or part.by >= on)


class Attended(Document):
    """A course of the programme that was completed."""

    completed_on: date
    days: Decimal
    cause: str
    """The fact it is known by, such as `completion:0190…`."""


class Earned(Document):
    """A part that was reached."""

    milestone: str
    earned_on: date
    cause: str


def earned(
    parts: Sequence[Milestone], courses: Sequence[Attended], completed_on: date | None, completed_cause: str
) -> tuple[Earned, ...]:
    """Which parts were reached, whatever the order in which news of them came."""
    return tuple(
        _earned(parts, sorted(courses, key=lambda one: (one.completed_on, one.cause)), completed_on, completed_cause)
    )


def _earned(
    parts: Sequence[Milestone], courses: Sequence[Attended], completed_on: date | None, completed_cause: str
) -> Iterator[Earned]:
    for part in parts:
        if part.earned_by == "programme_completed":
            day, cause = completed_on, completed_cause
        else:
            long_enough = [one for one in courses if one.days >= part.least_days]
            reached = long_enough[part.course - 1] if len(long_enough) >= part.course else None
            day, cause = (reached.completed_on, reached.cause) if reached else (None, "")
        if day is not None and (part.by is None or day <= part.by):
            yield Earned(milestone=part.milestone, earned_on=day, cause=cause)
