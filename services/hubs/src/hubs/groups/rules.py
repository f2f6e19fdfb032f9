"""The life of a group, the values its grant card is filled with, and who completed it; no database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from hubs.groups.models import GroupStatus
from hubs.projects.document import Finance

Step = Literal["running", "completed", "cancelled"]
STEPS: Mapping[tuple[GroupStatus, Step], bool] = {
    ("forming", "running"): True,
    ("forming", "cancelled"): False,
    ("running", "completed"): True,
    ("running", "cancelled"): True,
    ("completed", "running"): True,
}
"""What may follow; whether others are told: nobody outside hubs knows of a group that is still forming."""
OPEN: tuple[GroupStatus, ...] = ("forming", "running")
"""States in which people join and leave."""
COUNTING: tuple[GroupStatus, ...] = ("forming", "running", "completed")
"""States that count towards the limits of a hub and of the network."""


@dataclass(frozen=True)
class Size:
    """What of a group's size fills a grant card."""

    schools: int
    participants: int
    leads: int
    lead_experience: str | None
    strand: str | None


def steps_from(status: GroupStatus) -> list[Step]:
    """What may become of a group."""
    return [to for (at, to) in STEPS if at == status]


def card_inputs(finance: Finance | None, size: Size, told: Mapping[str, str]) -> dict[str, str]:
    """The values for the project's grant card, each as text; one that nobody has told yet is left out."""
    if finance is None:
        return {}
    found: dict[str, str | None] = {}
    for name, wanted in finance.inputs.items():
        match wanted.taken_from:
            case "groups":
                found[name] = "1"
            case "schools":
                found[name] = str(size.schools)
            case "participants" | "average_participants":
                found[name] = str(size.participants)
            case "leads":
                found[name] = str(size.leads)
            case "lead_experience":
                found[name] = size.lead_experience
            case "strand":
                found[name] = size.strand
            case "constant":
                found[name] = wanted.value
            case "hub":
                found[name] = told.get(name, wanted.value)
    return {name: value for name, value in found.items() if value is not None}


def not_taken(finance: Finance | None, told: Mapping[str, str]) -> list[str]:
    """Values that a hub tells and that the project does not ask it for."""
    asked = {} if finance is None else finance.inputs
    return sorted(name for name in told if name not in asked or asked[name].taken_from != "hub")


def attended_share(marks: Sequence[str]) -> Decimal:
    """The part of the marked sessions that somebody was at, those they were excused from left out; 1 when none is."""
    counted = [mark for mark in marks if mark in ("present", "absent")]
    if not counted:
        return Decimal(1)
    return (Decimal(counted.count("present")) / len(counted)).quantize(Decimal("0.01"), ROUND_HALF_UP)
