"""How large the groups of a simulated year are, and which of a project's criteria an applicant fails on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Phases = tuple[Literal["primary", "secondary", "post_16"], ...]


@dataclass(frozen=True)
class Shape:
    """A project as the simulation drives it."""

    phases: Phases
    """Schools of these phases take part."""
    schools: tuple[int, int] = (0, 0)
    """So many to so many schools, of a project that counts schools."""
    each: int = 1
    """People of each school."""
    people: tuple[int, int] = (0, 0)
    """So many to so many people, of a project that counts people."""
    leads: int = 1
    session: tuple[str, str] = ("session", "sessions")
    """Kind and slug of what the group holds three times."""
    task: str = ""
    visit: str = ""
    strands: tuple[str, ...] = ()
    role: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    fails: str = ""
    """Without this an applicant is not eligible."""
    lead_fails: str = ""
    commits: bool = False
    """Whether the school's head has to state that it is committed."""
    chance: float = 1.0
    """How many of the hubs plan it."""


P: Phases = ("primary",)
S: Phases = ("secondary",)
X: Phases = ("post_16",)

SHAPES: Mapping[str, Shape] = {
    "19-01": Shape(P, people=(1, 2), session=("residential", "residentials"), task="gap-tasks", fails="experienced"),
    "19-02": Shape(P, people=(1, 2), leads=0, session=("webinar", "webinars")),
    "19-03": Shape(S, people=(1, 1), session=("residential", "residentials"), task="gap-tasks", fails="cohort-3"),
    "19-04": Shape(S, people=(1, 2), session=("residential", "residentials"), fails="wants-to-lead"),
    "19-05": Shape(
        P,
        people=(2, 3),
        leads=2,
        session=("session", "days"),
        strands=("early-years", "primary", "secondary"),
        fails="potential",
        lead_fails="knows-cpd",
        chance=0.5,
    ),
    "19-06": Shape(
        P,
        people=(2, 3),
        leads=3,
        session=("session", "workshops"),
        strands=("early-years", "other-phases"),
        fails="current-sle",
        chance=0.2,
    ),
    "19-07": Shape(P, people=(4, 6), leads=3, session=("meeting", "meetings"), fails="works-with-hub"),
    "19-08": Shape(
        P,
        (2, 2),
        each=2,
        task="gap-tasks",
        role="reception-teacher",
        told={"lead_day_rate_pence": "35000", "venue_cost_pence": "2500", "facilitation_days": "4"},
        fails="committed",
        lead_fails="released",
        chance=0.4,
    ),
    "19-09": Shape(
        P,
        (6, 7),
        task="actions",
        visit="school-visits",
        role="lead-teacher",
        fails="wants-to-develop",
        lead_fails="accredited-specialist",
    ),
    "19-10": Shape(P, (3, 3), fails="was-in-development-2018-19", lead_fails="led-change"),
    "19-11": Shape(
        P,
        (5, 8),
        session=("session", "workshops"),
        visit="school-visits",
        task="action-plan",
        role="teacher",
        fails="never-in-mastery-group",
        lead_fails="has-capacity",
        commits=True,
    ),
    "19-12": Shape(P, (2, 3), chance=0.3),
    "19-13": Shape(P, (2, 3), visit="field-visits", lead_fails="experienced", chance=0.3),
    "19-14": Shape(
        P, (2, 2), task="gap-tasks", fails="mixed-age-classes", lead_fails="mixed-age-experience", chance=0.3
    ),
    "19-15": Shape(
        S, (2, 2), each=2, role="mastery-advocate", fails="head-supports", lead_fails="two-years-done", commits=True
    ),
    "19-16": Shape(
        S,
        (2, 2),
        each=2,
        role="mastery-advocate",
        fails="was-in-development-2018-19",
        lead_fails="secondary-lead",
        chance=0.5,
    ),
    "19-17": Shape(S, (2, 2), task="gap-tasks", chance=0.3),
    "19-18": Shape(
        ("primary", "secondary"), people=(5, 6), told={"training_days": "4"}, lead_fails="experienced", chance=0.3
    ),
    "19-19": Shape(S, (4, 5), lead_fails="taught-ks3-and-ks4", chance=0.3),
    "19-20": Shape(X, people=(2, 3), fails="not-in-trials", lead_fails="taught-resits", chance=0.3),
    "19-21": Shape(X, people=(5, 5), fails="core-maths-teacher", lead_fails="knows-core-maths", chance=0.95),
    "19-22": Shape(X, people=(4, 5), fails="level-3-teacher", chance=0.25, lead_fails="knows-level-3"),
    "19-23": Shape(X, people=(4, 5), fails="leads-or-experienced", lead_fails="knows-a-level", chance=0.25),
    "19-24": Shape(
        P, people=(3, 4), strands=("early-years", "primary-teacher", "teaching-assistant"), task="gap-tasks", chance=0.3
    ),
    "19-25": Shape(
        P, people=(2, 2), session=("meeting", "network-meetings"), fails="involved-in-itt", lead_fails="itt-community"
    ),
}
EARLY_YEARS = ("19-05", "19-06", "19-08")
"""One of these is each hub's offer for the early years."""
LEVEL_3_CHOICE = ("19-22", "19-23")
