"""When an attempt may begin, and what an attempt comes to. Pure calculation; every interval is half open.

An attempt that begins at 10:00 with half an hour takes answers up to, and not at, 10:30. Where 48 hours have to pass
after a failure, the next attempt may begin when exactly 48 hours have passed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Protocol

from certification.question_banks.schemas import Limits

PERCENT_STEP = Decimal("0.0001")
HUNDRED = Decimal(100)


class AttemptStatus(StrEnum):
    """How far an attempt is."""

    IN_PROGRESS = "in_progress"
    MARKED = "marked"
    EXPIRED = "expired"


class Outcome(StrEnum):
    """What came of an attempt."""

    PASSED = "passed"
    FAILED = "failed"


class GateStatus(StrEnum):
    """Whether an attempt may begin."""

    OPEN = "open"
    PASSED = "passed"
    IN_PROGRESS = "in_progress"
    BEING_MARKED = "being_marked"
    WAITING = "waiting"
    NOT_ENROLLED = "not_enrolled"
    NOT_ASKED_FOR = "not_asked_for"
    NOT_ELIGIBLE = "not_eligible"
    NOT_AVAILABLE = "not_available"


class Sat(Protocol):
    """As much of an attempt as the gate looks at."""

    @property
    def status(self) -> str: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def deadline_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Gate:
    """Whether an attempt may begin at a moment; `opens_at` when that is only a matter of time."""

    status: GateStatus
    attempts: int
    failures: int
    opens_at: datetime | None = None


def gate_for(limits: Limits, attempts: Sequence[Sat], now: datetime, *, is_passed: bool, is_eligible: bool) -> Gate:
    """Whether somebody who is enrolled may begin an attempt now.

    A pass closes the gate for good. An attempt that has run out and was not marked yet is neither here nor there: it
    may turn out to be the pass.
    """
    failures = [one.ended_at for one in attempts if one.outcome == Outcome.FAILED and one.ended_at is not None]
    so_far = (len(attempts), len(failures))
    if is_passed:
        return Gate(GateStatus.PASSED, *so_far)
    running = next((one for one in attempts if one.status == AttemptStatus.IN_PROGRESS), None)
    if running is not None:
        is_over = running.deadline_at <= now
        return Gate(GateStatus.BEING_MARKED if is_over else GateStatus.IN_PROGRESS, *so_far)
    if not is_eligible:
        return Gate(GateStatus.NOT_ELIGIBLE, *so_far)
    opens_at = next_opening(limits, failures)
    if opens_at is not None and now < opens_at:
        return Gate(GateStatus.WAITING, *so_far, opens_at)
    return Gate(GateStatus.OPEN, *so_far)


def next_opening(limits: Limits, failures: Sequence[datetime]) -> datetime | None:
    """When the wait after these failures is over; None while there is none."""
    if len(failures) < limits.attempts_at_once:
        return None
    return max(failures) + timedelta(hours=limits.wait_hours)


def deadline_for(limits: Limits, started_at: datetime, extra_time_percent: int) -> datetime:
    """The first moment that is too late for an answer."""
    whole = timedelta(minutes=limits.time_limit_minutes)
    return started_at + whole * (100 + extra_time_percent) / 100


def passes(marks_awarded: int, marks_possible: int, pass_percent: Decimal) -> bool:
    """Whether marks are enough: compared exactly, with nothing rounded."""
    return HUNDRED * marks_awarded >= pass_percent * marks_possible


def percent_of(marks_awarded: int, marks_possible: int) -> Decimal:
    """Marks as a percentage, rounded down."""
    return (HUNDRED * marks_awarded / marks_possible).quantize(PERCENT_STEP, ROUND_FLOOR)


@dataclass(frozen=True)
class Answered:
    """A question with what is right and what was chosen, each by the options' places in the question."""

    marks: int
    right: frozenset[int]
    answer: frozenset[int] | None
    is_given_away: bool = False
    """Everybody gets its marks: it was found to be wrong beyond repair."""


def marks_for(one: Answered) -> int:
    """All of a question's marks, for exactly the right options; otherwise none."""
    return one.marks if one.is_given_away or one.answer == one.right else 0


def total(answered: Iterable[Answered]) -> tuple[int, int]:
    """Marks awarded and marks possible."""
    each = [(marks_for(one), one.marks) for one in answered]
    return sum(awarded for awarded, _ in each), sum(possible for _, possible in each)
