"""What a project's document allows a group to be, and what a group lacks; no database here.

A number that the document calls a limit is enforced: the highest whenever somebody joins, the lowest when the group
starts, or when it is completed where the document gives it until then. Every other number is told and stops nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hubs.projects.criteria import Met, leaves_of, settle
from hubs.projects.document import ProjectDocument, Size, Strand
from hubs.projects.facts import Fact, Known
from hubs.projects.parts import Extent


@dataclass(frozen=True)
class Limits:
    """The most of each that is taken; None: as many as come."""

    schools: int | None = None
    participants: int | None = None
    participants_per_school: int | None = None
    groups: int | None = None


@dataclass(frozen=True)
class Counts:
    """What a group has now."""

    schools: int
    participants: int
    leads: int
    by_school: Mapping[str, int] = field(default_factory=dict)
    """Participants of each school that is in the group."""
    phases: frozenset[str] = frozenset()
    leads_of_hub: int = 0
    """Who was accepted to lead the project at the group's hub."""


@dataclass(frozen=True)
class Shortfall:
    """Something that a group has too little or too much of, and which step that keeps it from."""

    code: str
    says: str
    keeps_from: Literal["running", "completed"] | None

    @property
    def is_decisive(self) -> bool:
        """Whether it keeps the group from starting."""
        return self.keeps_from == "running"


def limits_of_group(document: ProjectDocument, strand: str | None) -> Limits:
    """The most that one group takes."""
    sizes = _sizes(document, strand)
    per_school = document.participants.per_school
    return Limits(
        schools=_most(size.schools_of_group for size in sizes),
        participants=_most(size.participants_of_group for size in sizes),
        participants_per_school=_most([per_school]),
    )


def limits_of_hub(document: ProjectDocument, strand: str | None) -> Limits:
    """The most that one hub takes; none where the limits bind its first plan only."""
    sizes = [size for size in _sizes(document, strand) if size.hub_limits_until == "always"]
    return Limits(
        groups=_most(size.groups_of_hub for size in sizes),
        schools=_most(size.schools_of_hub for size in sizes),
        participants=_most(size.participants_of_hub for size in sizes),
    )


def limits_of_network(document: ProjectDocument, strand: str | None) -> Limits:
    """The most that the whole network takes, from sizes and from those aims that are limits."""
    sizes = _sizes(document, strand)
    aims = [aim for aim in document.national_aims if aim.is_limit and aim.at_most is not None]
    told = {aim.measure: aim.at_most for aim in aims}
    return Limits(
        groups=_least(_most(size.groups_of_network for size in sizes), told.get("groups")),
        schools=_least(_most(size.schools_of_network for size in sizes), told.get("schools")),
        participants=_least(_most(size.participants_of_network for size in sizes), told.get("participants")),
    )


def shortfalls(document: ProjectDocument, strand: str | None, counts: Counts) -> list[Shortfall]:
    """Everything that a group has too little of to start, and what it merely should have more or less of."""
    found = [
        shortfall
        for size in _sizes(document, strand)
        for shortfall in (
            *_outside("schools", size.schools_of_group, counts.schools),
            *_outside("participants", size.participants_of_group, counts.participants),
        )
    ]
    for urn, number in sorted(counts.by_school.items()):
        found += _outside("participants-of-school", document.participants.per_school, number, f" of school {urn}")
    found += _of_leads(document, counts)
    return [*found, *_of_composition(document, counts)]


def facts_of(counts: Counts) -> dict[str, Fact]:
    """A group's counts as facts of criteria."""
    source = "the group's members"
    return {
        "group.schools": Fact(known=(counts.schools,), source=source),
        "group.participants": Fact(known=(counts.participants,), source=source),
        "group.leads": Fact(known=(counts.leads,), source=source),
        "group.phases": Fact(known=tuple(sorted(counts.phases)), source=source),
    }


def _of_leads(document: ProjectDocument, counts: Counts) -> list[Shortfall]:
    """Too few or too many of a group; where the document counts a hub's leads, too few of the hub."""
    wanted = document.leads.how_many
    if wanted is None or document.leads.per == "group":
        return _outside("leads", wanted, counts.leads)
    few = wanted.model_copy(update={"maximum": None, "average": None, "expected": None})
    return _outside("leads", few, counts.leads_of_hub, " of the hub")


def _of_composition(document: ProjectDocument, counts: Counts) -> list[Shortfall]:
    rule = document.size.composition
    if rule is None:
        return []
    known = Known(facts_of(counts))
    outcomes = {test.criterion: test.judge(known) for test in leaves_of(rule)}
    if settle(rule, outcomes) is Met.MET:
        return []
    missed = [test.title for test in leaves_of(rule) if outcomes[test.criterion] is not Met.MET]
    return [Shortfall("composition", f"Not so yet: {'; '.join(missed)}.", keeps_from="running")]


def _outside(what: str, extent: Extent | None, number: int, whose: str = "") -> list[Shortfall]:
    if extent is None or extent.admits(number):
        return []
    few = extent.minimum is not None and number < extent.minimum
    bound = extent.minimum if few else extent.maximum
    named = what.removesuffix("-of-school")
    waits = few and extent.minimum_by == "completion"
    least = "least to be completed with" if waits else "least"
    says = f"There are {number} {named}{whose}, and {bound} is the {least if few else 'most'}."
    code = f"{what}-{'too-few' if few else 'too-many'}"
    step: Literal["running", "completed"] = "completed" if waits else "running"
    return [Shortfall(code, f"{says} {extent.says}" if extent.says else says, step if extent.is_limit else None)]


def _sizes(document: ProjectDocument, slug: str | None) -> list[Size]:
    strand: Strand | None = document.strand(slug)
    return [document.size] if strand is None else [document.size, strand.size]


def _most(extents: Iterable[Extent | None]) -> int | None:
    bounds = [one.maximum for one in extents if one is not None and one.is_limit and one.maximum is not None]
    return min(bounds, default=None)


def _least(*numbers: int | None) -> int | None:
    return min((number for number in numbers if number is not None), default=None)
