"""The days a lead is given, and where a lead has to be; no database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hubs.project_leads.models import Experience, Presence
from hubs.projects.document import Attendance, LeadDays, ProjectDocument
from hubs.projects.parts import LeadExperience, Occasion


@dataclass(frozen=True)
class Load:
    """What somebody leads."""

    groups: int
    schools: int
    participants: int


@dataclass(frozen=True)
class DaysLine:
    """Days for one purpose: so many, times so many. `days_at_most` is more when the project gives a range."""

    label: str
    days_each: Decimal
    per: Literal["group", "school", "participant", "lead"]
    times: int
    days: Decimal
    days_at_most: Decimal
    is_included: bool


@dataclass(frozen=True)
class AllocatedDays:
    """Every line and what they come to; days within another line are told and not added."""

    lines: tuple[DaysLine, ...]
    days: Decimal
    days_at_most: Decimal


@dataclass(frozen=True)
class Duty:
    """Occasions of the network that a lead has to be at, or may be; `is_met` is None while more are to come."""

    activity: str
    title: str
    is_required: bool
    at_least: int
    attended: int
    occasions: tuple[tuple[Occasion, Presence | None], ...]
    is_met: bool


def is_for(wanted: LeadExperience, experience: Experience) -> bool:
    """Whether something is meant for a lead of this experience."""
    return wanted in ("all", experience)


def allocated_days(document: ProjectDocument, experience: Experience, load: Load) -> AllocatedDays:
    """The days that a project gives a lead for what they lead."""
    lines = tuple(_line(one, load) for one in document.leads.days if is_for(one.for_leads, experience))
    counted = [line for line in lines if not line.is_included]
    return AllocatedDays(
        lines=lines,
        days=sum((line.days for line in counted), Decimal(0)),
        days_at_most=sum((line.days_at_most for line in counted), Decimal(0)),
    )


def _line(given: LeadDays, load: Load) -> DaysLine:
    times = {"group": load.groups, "school": load.schools, "participant": load.participants, "lead": 1}[given.per]
    most = given.days_at_most or given.days
    return DaysLine(given.label, given.days, given.per, times, given.days * times, most * times, given.is_included)


def duties(document: ProjectDocument, experience: Experience, marks: Mapping[tuple[str, str], Presence]) -> list[Duty]:
    """Where a lead has to be, with what is known of each occasion."""
    asked = [one for one in document.leads.attendance if is_for(one.for_leads, experience)]
    return [_duty(document, one, experience, marks) for one in asked]


def _duty(
    document: ProjectDocument, asked: Attendance, experience: Experience, marks: Mapping[tuple[str, str], Presence]
) -> Duty:
    activity = next(one for one in document.activities if one.slug == asked.activity)
    occasions = [one for one in activity.occasions if is_for(one.for_leads, experience)]
    held = [(one, marks.get((activity.slug, one.title))) for one in occasions]
    attended = sum(mark == "present" for _, mark in held)
    needed = _needed(asked, held)
    return Duty(activity.slug, activity.title, asked.is_required, needed, attended, tuple(held), attended >= needed)


def _needed(asked: Attendance, held: Sequence[tuple[Occasion, Presence | None]]) -> int:
    """How many occasions are asked for; from one that a lead was excused from nobody expects them."""
    possible = sum(mark != "excused" for _, mark in held)
    return min(asked.at_least if asked.at_least is not None else len(held), possible)


def occasions_of(document: ProjectDocument) -> set[tuple[str, str]]:
    """Every occasion that leads have to be at, by its activity and its title."""
    asked = {one.activity for one in document.leads.attendance}
    return {
        (one.slug, occasion.title) for one in document.activities if one.slug in asked for occasion in one.occasions
    }
