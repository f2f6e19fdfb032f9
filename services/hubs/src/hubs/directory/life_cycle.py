"""A hub's life as a table: which step follows which, who takes it, and which steps need another person."""

from collections.abc import Mapping
from dataclasses import dataclass

from hubs.directory.models import HubStage

ADMINISTRATORS = ("administrator",)
HIDDEN: frozenset[HubStage] = frozenset({"applied", "assessed"})
"""Stages of an application, which only administrators see."""
WORKING: frozenset[HubStage] = frozenset({"designated", "reviewed"})
"""Stages in which a hub is open."""


@dataclass(frozen=True)
class Step:
    """Who may take a step. With `two_people` not who took the step before it."""

    roles: tuple[str, ...] = ADMINISTRATORS
    two_people: bool = False


STEPS: Mapping[tuple[HubStage, HubStage], Step] = {
    ("applied", "assessed"): Step(),
    ("assessed", "designated"): Step(two_people=True),
    ("designated", "reviewed"): Step(),
    ("reviewed", "designated"): Step(two_people=True),
    ("applied", "closed"): Step(),
    ("assessed", "closed"): Step(),
    ("designated", "closed"): Step(),
    ("reviewed", "closed"): Step(),
}
"""Every step there is. Closed is the end: a hub that comes back applies again."""


def steps_from(stage: HubStage) -> list[HubStage]:
    """The stages that may follow."""
    return [after for before, after in STEPS if before == stage]
