"""What a mark may say, and what follows from the marks; no database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import cast
from uuid import UUID

from pydantic import JsonValue

from hubs.bookings.rules import Action
from hubs.completion_rules.models import Credit
from hubs.registers.errors import HoursRequired, MinutesRequired, TimesOutsideSession, TooManyHours, TooManyMinutes
from hubs.registers.models import Outcome, Presence, StatedOutcome

CENT = Decimal("0.01")
MINUTES_PER_HOUR = 60
SECONDS_PER_MINUTE = 60

BECOMES: dict[Outcome, Action] = {"attended": "attend", "incomplete": "fall_short", "absent": "miss"}
"""What is done with a booking whose outcome was decided."""


@dataclass(frozen=True)
class Session:
    """A meeting of the run as it is planned."""

    id: UUID
    ordinal: int
    starts_at: datetime
    ends_at: datetime
    minutes: int


@dataclass(frozen=True)
class Mark:
    """How somebody was at a session; minutes of learning, 0 unless present."""

    presence: Presence
    minutes: int
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True)
class Standard:
    """What a run is judged by."""

    minimum_percent: Decimal
    credit: Credit
    course_hours: Decimal | None


@dataclass(frozen=True)
class Verdict:
    """What the marks of one booking come to. `outcome` is None while a mark is missing."""

    outcome: Outcome | None
    hours: Decimal | None
    minutes_planned: int
    minutes_attended: int
    is_met: bool | None
    """True or False as soon as no further mark can change it."""
    explanation: str


def minutes_late(session: Session, arrived_at: datetime | None) -> int:
    """Whole minutes after the beginning."""
    return 0 if arrived_at is None else max(0, _minutes(session.starts_at, arrived_at))


def minutes_early(session: Session, left_at: datetime | None) -> int:
    """Whole minutes before the end."""
    return 0 if left_at is None else max(0, _minutes(left_at, session.ends_at))


def _minutes(earlier: datetime, later: datetime) -> int:
    return int((later - earlier).total_seconds() // SECONDS_PER_MINUTE)


def present(
    session: Session, minutes: int | None = None, arrived_at: datetime | None = None, left_at: datetime | None = None
) -> Mark:
    """A presence: of the minutes stated, else of the planned ones less those missed at the beginning and the end.

    Raises TimesOutsideSession, TooManyMinutes, and MinutesRequired when nothing is left by the clock.
    """
    comes, goes = arrived_at or session.starts_at, left_at or session.ends_at
    if not (comes < min(goes, session.ends_at) and goes > session.starts_at):
        raise TimesOutsideSession(f"Session {session.ordinal} is from {session.starts_at} to {session.ends_at}.")
    if minutes is not None and minutes > session.minutes:
        raise TooManyMinutes(f"Session {session.ordinal} has {session.minutes} minutes of learning.")
    counted = minutes or session.minutes - minutes_late(session, arrived_at) - minutes_early(session, left_at)
    if counted < 1:
        raise MinutesRequired("Breaks leave open how much was attended; say how many minutes.")
    return Mark("present", counted, arrived_at, left_at)


def signed_in(session: Session, at: datetime) -> Mark:
    """A presence from the moment of signing in. Who came at all was there for a minute."""
    counted = max(1, session.minutes - minutes_late(session, at))
    return Mark("present", counted, at)


def away(presence: Presence) -> Mark:
    """An absence, excused or not."""
    return Mark(presence, 0)


def judge(sessions: Sequence[Session], marks: Mapping[UUID, Mark], standard: Standard) -> Verdict:
    """Add up one booking's marks and hold them against the rule of the run."""
    planned = sum(one.minutes for one in sessions)
    attended = sum(marks[one.id].minutes for one in sessions if one.id in marks)
    missing = [one for one in sessions if one.id not in marks]
    needed = planned * standard.minimum_percent
    is_met: bool | None = attended * 100 >= needed
    if not is_met and (attended + sum(one.minutes for one in missing)) * 100 >= needed:
        is_met = None
    outcome = None if missing else _outcome(is_met, attended, marks)
    return Verdict(
        outcome=outcome,
        hours=_hours(standard, planned, attended) if outcome == "attended" else None,
        minutes_planned=planned,
        minutes_attended=attended,
        is_met=is_met,
        explanation=_explained(attended, planned, standard.minimum_percent, missing),
    )


def _outcome(is_met: bool | None, attended: int, marks: Mapping[UUID, Mark]) -> Outcome:
    if is_met:
        return "attended"
    # Who was excused from everything did not fail to turn up.
    unexcused = any(mark.presence == "absent" for mark in marks.values())
    return "absent" if attended == 0 and unexcused else "incomplete"


def _hours(standard: Standard, planned: int, attended: int) -> Decimal:
    full = _as_hours(planned) if standard.course_hours is None else standard.course_hours
    return full if standard.credit == "course_hours" else min(full, _as_hours(attended))


def _as_hours(minutes: int) -> Decimal:
    return max(CENT, (Decimal(minutes) / MINUTES_PER_HOUR).quantize(CENT, ROUND_HALF_UP))


def _explained(attended: int, planned: int, minimum_percent: Decimal, missing: Sequence[Session]) -> str:
    share = Decimal(attended * 100) / planned
    said = f"{attended} of {planned} minutes attended, {_percent(share)}; {_percent(minimum_percent)} are needed."
    if missing:
        said += f" Not marked yet: session {', '.join(str(one.ordinal) for one in missing)}."
    return said


def _percent(share: Decimal) -> str:
    # Cut, not rounded: 79.996 % is not shown as the 80 % that it is not.
    shown = share.quantize(CENT, "ROUND_DOWN").normalize()
    return f"{shown:f} %"


def inputs_of(sessions: Sequence[Session], marks: Mapping[UUID, Mark], standard: Standard) -> dict[str, JsonValue]:
    """Everything `judge` looked at, as it is stored with a decision."""
    return {
        "minimum_percent": str(standard.minimum_percent),
        "credit": standard.credit,
        "course_hours": None if standard.course_hours is None else str(standard.course_hours),
        "sessions": [
            {
                "session_id": str(one.id),
                "ordinal": one.ordinal,
                "starts_at": one.starts_at.isoformat(),
                "ends_at": one.ends_at.isoformat(),
                "minutes_planned": one.minutes,
                "presence": marks[one.id].presence,
                "minutes": marks[one.id].minutes,
            }
            for one in sessions
        ],
    }


def judge_again(inputs: Mapping[str, object]) -> Verdict:
    """The verdict on stored inputs: the one that was stored with them."""
    rows = cast(list[dict[str, str]], inputs["sessions"])
    sessions = [
        Session(
            id=UUID(row["session_id"]),
            ordinal=int(row["ordinal"]),
            starts_at=datetime.fromisoformat(row["starts_at"]),
            ends_at=datetime.fromisoformat(row["ends_at"]),
            minutes=int(row["minutes_planned"]),
        )
        for row in rows
    ]
    marks = {UUID(row["session_id"]): Mark(cast(Presence, row["presence"]), int(row["minutes"])) for row in rows}
    hours = inputs["course_hours"]
    standard = Standard(
        minimum_percent=Decimal(str(inputs["minimum_percent"])),
        credit=cast(Credit, inputs["credit"]),
        course_hours=None if hours is None else Decimal(str(hours)),
    )
    return judge(sessions, marks, standard)


def stated_hours(outcome: StatedOutcome, stated: Decimal | None, course_hours: Decimal | None) -> Decimal | None:
    """Hours of an outcome that staff state: those stated, else the course's; None for an absence.

    Raises HoursRequired when neither says, TooManyHours when a run would count for more than its course.
    """
    if outcome == "absent":
        return None
    hours = course_hours if stated is None else stated
    if hours is None:
        raise HoursRequired("The catalogue gives this course no hours; the register must.")
    if course_hours is not None and hours > course_hours:
        raise TooManyHours(f"The course has {course_hours} hours, and {hours} were marked.")
    return hours
