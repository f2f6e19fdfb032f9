"""Which reports a group owes, when they are due, what one has to hold, and what may follow; no database here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal
from uuid import UUID

from hubs.projects.evaluation import Due, Evaluation, EvaluationDuty, OutcomeKind

ReportStatus = Literal["draft", "submitted", "returned", "accepted", "withdrawn"]
Step = Literal["submitted", "returned", "accepted"]
Level = Literal["none", "some", "most", "full"]
"""How far an outcome was reached."""
WRITABLE: tuple[ReportStatus, ...] = ("draft", "returned")
STEPS: Mapping[Step, tuple[ReportStatus, ...]] = {
    "submitted": WRITABLE,
    "returned": ("submitted",),
    "accepted": ("submitted",),
}
"""From where each step may be taken."""
FORGOTTEN_DAYS = 60
"""Nobody is reminded of a report that was due longer ago."""
LATE_DAYS = 7
"""So many days after a report was due its writers are reminded once more."""


@dataclass(frozen=True)
class Window:
    """A reminder is sent of what is due so many days from now, the first and the last included."""

    days: int
    """Which reminder: so many days before, or negative after, the day it is due."""
    first: int
    last: int


@dataclass(frozen=True)
class GroupStanding:
    """What of a group decides which reports it owes."""

    id: UUID
    hub_id: UUID
    status: str
    ended_on: date | None
    schools: Collection[str] = ()
    participants: Collection[UUID] = ()


@dataclass(frozen=True)
class Owed:
    """A report that is owed: the duty, about what, and by when."""

    duty: EvaluationDuty
    subject: str
    due_on: date | None
    urn: str | None = None
    participant_id: UUID | None = None


def owed(evaluation: Evaluation, group: GroupStanding) -> list[Owed]:
    """Everything that a group which runs or has run owes by now. Registers are no reports: they are kept as such."""
    if group.status not in ("running", "completed"):
        return []
    return [
        one
        for duty in evaluation.duties
        if duty.kind != "attendance" and is_open(duty.due, group)
        for one in _of_duty(duty, group)
    ]


def is_open(due: Due, group: GroupStanding) -> bool:
    """Whether a duty can be met already: what is due after completion opens with it, everything else at once."""
    return due.after != "group_completed" or group.status == "completed"


def due_on(due: Due, group: GroupStanding) -> date | None:
    """The day by which it is due; None where the project names none."""
    if due.after == "group_completed" and due.days_after is not None and group.ended_on is not None:
        return group.ended_on + timedelta(days=due.days_after)
    return due.on


def _of_duty(duty: EvaluationDuty, group: GroupStanding) -> Iterator[Owed]:
    by = due_on(duty.due, group)
    match duty.by:
        case "lead":
            yield Owed(duty, f"group:{group.id}", by)
        case "school":
            for urn in sorted(group.schools):
                yield Owed(duty, f"group:{group.id}:school:{urn}", by, urn=urn)
        case "participant":
            for one in sorted(group.participants):
                yield Owed(duty, f"participant:{one}", by, participant_id=one)
        case "hub":
            yield Owed(duty, f"hub:{group.hub_id}", by)
        case "co_ordination_team" | "lead_evaluator":
            yield Owed(duty, "network", by)


def register_due_on(evaluation: Evaluation, session_on: date) -> date | None:
    """The day by which the register of a session is marked; None when the project asks for none."""
    days = [
        duty.due.days_after
        for duty in evaluation.duties
        if duty.kind == "attendance" and duty.due.after == "session" and duty.due.days_after is not None
    ]
    return session_on + timedelta(days=min(days)) if days else None


def not_asked(asked: Sequence[OutcomeKind], answered: Sequence[OutcomeKind]) -> list[str]:
    """Outcomes that are answered and not asked for, or answered twice."""
    return sorted({kind for kind in answered if kind not in asked or answered.count(kind) > 1})


def still_missing(asked: Sequence[OutcomeKind], answered: Collection[str], summary: str | None) -> list[str]:
    """What a report lacks before it can be handed in, in the order in which it is asked for."""
    missing: list[str] = [kind for kind in asked if kind not in answered]
    return missing if summary else [*missing, "summary"]


def is_overdue(status: ReportStatus, due: date | None, today: date) -> bool:
    """Whether a report is late: due before today, and not handed in."""
    return status in WRITABLE and due is not None and due < today


def reminder_windows(days_before: Collection[int]) -> list[Window]:
    """When each reminder is due, the one nearest to the day alone: after an outage nobody gets two."""
    ahead = sorted(set(days_before))
    windows = [Window(days, nearer + 1, days) for nearer, days in pairwise((-1, *ahead))]
    return [*windows, Window(-LATE_DAYS, -FORGOTTEN_DAYS, -LATE_DAYS)]
